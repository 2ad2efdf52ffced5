import type { Catalogue } from '../../../../../shared/say'
import { annotationTools } from './annotationTools'
import { exporting } from './exporting'
import { files } from './files'
import { generation } from './generation'
import { importing } from './importing'
import { media } from './media'
import { project } from './project'
import { promptFile } from './promptFile'
import { reading } from './reading'

/** What a project keeps of a call that failed is the English text of one of these, the longest tried first. */
export const ofCalls: readonly string[] = Object.keys({ ...generation, ...media }).toSorted((a, b) => b.length - a.length)

/** What main says (`say`), in Dutch. A test finds what is missing, what is said no more, and places that differ. */
export const said: Catalogue = {
  ...annotationTools,
  ...exporting,
  ...files,
  ...generation,
  ...importing,
  ...media,
  ...project,
  ...promptFile,
  ...reading,
}
