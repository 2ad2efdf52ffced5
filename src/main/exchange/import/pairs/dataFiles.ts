import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { message } from '../../../../shared/messages/message'
import { type AnnotationFile, listAnnotationFiles } from '../annotationFiles'
import { badFile } from '../text/readLines'

/** Files that exports contain in addition to the data: settings, cards and the origin of pairs. */
const beside = new Set(['provenance.jsonl', 'export.json', 'dataset_info.json', 'meta.json', 'croissant.json', 'package.json'])

const isData = (ending: RegExp) => (name: string) => ending.test(name) && !beside.has(name) && !name.endsWith('.meta.json')

/** Kinds of data files, with the formats that use them. */
const kinds = {
  json: { ending: /\.(?:jsonl?|ndjson)$/i, endings: '.json, .jsonl', formats: 'ShareGPT, chat, Alpaca, axolotl' },
  table: { ending: /\.(?:csv|tsv)$/i, endings: '.csv, .tsv', formats: 'CSV' },
  parquet: { ending: /\.parquet$/i, endings: '.parquet', formats: 'TRL, Hugging Face' },
  tar: { ending: /\.tar$/i, endings: '.tar', formats: 'WebDataset' },
} as const

/**
 * Returns the data files at a path: the file itself, or those of the folder.
 * @throws Problem 'bad-file' if a folder contains none, or if the file is of another kind
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

/** Returns the folders that may contain the side file of a data file: its own folder and the parent folder. */
export const foldersOf = (path: string): readonly string[] => [dirname(path), dirname(dirname(path))]
