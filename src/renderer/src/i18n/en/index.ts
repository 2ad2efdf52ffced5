import { coldStart } from './coldStart'
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

/** All words of the window, a file a feature. A key is `feature.name`; plurals end in `_one` and `_other`. */
export const en = {
  coldStart,
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
} as const
