import { coldStart } from './coldStart'
import { comfort } from './comfort'
import { common } from './common'
import { context } from './context'
import { editing } from './editing'
import { exemplars } from './exemplars'
import { exporting } from './export'
import { flow } from './flow'
import { guidelines } from './guidelines'
import { keys } from './keys'
import { library } from './library'
import { media } from './media'
import { projects } from './projects'
import { prompt } from './prompt'
import { quality } from './quality'
import { recipe } from './recipe'
import { review } from './review'
import { runs } from './runs'
import { settings } from './settings'
import { shell } from './shell'
import { spelling } from './spelling'
import { table } from './table'

/** All words of the window, a file a feature. A key is `feature.name`; plurals end in `_one` and `_other`. */
export const en = {
  coldStart,
  comfort,
  common,
  context,
  editing,
  exemplars,
  export: exporting,
  flow,
  guidelines,
  keys,
  library,
  media,
  projects,
  prompt,
  quality,
  recipe,
  review,
  runs,
  settings,
  shell,
  spelling,
  table,
} as const
