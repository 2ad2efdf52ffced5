import type { en } from '../en'
import type { Translation } from '../translation'
import { coldStart } from './coldStart'
import { comfort } from './comfort'
import { common } from './common'
import { context } from './context'
import { exemplars } from './exemplars'
import { exporting } from './export'
import { flow } from './flow'
import { keys } from './keys'
import { library } from './library'
import { projects } from './projects'
import { prompt } from './prompt'
import { recipe } from './recipe'
import { review } from './review'
import { runs } from './runs'
import { settings } from './settings'
import { shell } from './shell'

/** All words of the window in Dutch; what is missing beside the English ones is found by the type checker. */
export const nl = {
  coldStart,
  comfort,
  common,
  context,
  exemplars,
  export: exporting,
  flow,
  keys,
  library,
  projects,
  prompt,
  recipe,
  review,
  runs,
  settings,
  shell,
} satisfies Translation<typeof en>
