import { dirname } from 'node:path'
import { message } from '../../../../shared/messages/message'
import { type AnnotationFile, listAnnotationFiles } from '../annotationFiles'

/** What stands beside the data in exports: settings, cards, and where pairs came from. */
const beside = new Set(['provenance.jsonl', 'export.json', 'dataset_info.json', 'meta.json', 'croissant.json', 'package.json'])

const isData = (ending: RegExp) => (name: string) => ending.test(name) && !beside.has(name) && !name.endsWith('.meta.json')

/** Returns the data files that were named: a file, or those of a folder. @throws Problem bad-file where it holds none */
export const listDataFiles = (path: string, ending: RegExp): Promise<AnnotationFile[]> =>
  listAnnotationFiles(path, isData(ending), message('import.asPairs.dataFiles'))

/** Folders in which the side file of a data file may lie: its own, and the one above. */
export const foldersOf = (path: string): readonly string[] => [dirname(path), dirname(dirname(path))]
