import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { message } from '../../../../shared/messages/message'
import { type AnnotationFile, listAnnotationFiles } from '../annotationFiles'
import { badFile } from '../text/readLines'

/** What stands beside the data in exports: settings, cards, and where pairs came from. */
const beside = new Set(['provenance.jsonl', 'export.json', 'dataset_info.json', 'meta.json', 'croissant.json', 'package.json'])

const isData = (ending: RegExp) => (name: string) => ending.test(name) && !beside.has(name) && !name.endsWith('.meta.json')

/** The kinds of data files, and the formats whose files are of each kind. */
const kinds = {
  json: { ending: /\.(?:jsonl?|ndjson)$/i, endings: '.json, .jsonl', formats: 'ShareGPT, chat, Alpaca, axolotl' },
  table: { ending: /\.(?:csv|tsv)$/i, endings: '.csv, .tsv', formats: 'CSV' },
  parquet: { ending: /\.parquet$/i, endings: '.parquet', formats: 'TRL, Hugging Face' },
  tar: { ending: /\.tar$/i, endings: '.tar', formats: 'WebDataset' },
} as const

/**
 * Returns the data files that were named: a file, or those of a folder.
 * @throws Problem bad-file where a folder holds none, or the file is of another kind
 */
export async function listDataFiles(
  path: string,
  kind: keyof typeof kinds,
  ending: RegExp = kinds[kind].ending,
): Promise<AnnotationFile[]> {
  const { endings } = kinds[kind]
  const other = kinds[kind].ending.test(path) ? undefined : Object.values(kinds).find((each) => each.ending.test(path))
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  if (other && isFile) {
    const remedy = message('import.asPairs.formatsOfKind', { file: basename(path), formats: other.formats, endings })
    throw badFile(path, message('import.asPairs.otherKind', { endings }), remedy)
  }
  return listAnnotationFiles(path, isData(ending), message('import.asPairs.dataFiles', { endings }))
}

/** Folders in which the side file of a data file may lie: its own, and the one above. */
export const foldersOf = (path: string): readonly string[] => [dirname(path), dirname(dirname(path))]
