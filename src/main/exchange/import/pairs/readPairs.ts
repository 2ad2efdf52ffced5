import type { ImportRequest } from '../../../../shared/contract'
import type { PairFormat } from '../../../../shared/imports'
import type { Scratch } from '../../../store/sql/scratch'
import type { ImportEntry } from '../row/entry'
import type { LeftOut } from '../row/leftOut'
import { readExportLines } from './exportLines'
import { readMimicItPairs } from './mimicItPairs'
import type { PairNotes } from './pairNotes'
import { readParquetFiles } from './parquetFiles'
import type { PairEntry } from './record'
import { readRowFiles } from './rowFiles'
import { readTableFiles } from './tableFiles'
import { readTarFiles } from './tarFiles'

export interface PairsContext {
  readonly notes: PairNotes
  readonly leftOut: LeftOut
  readonly scratch: Scratch
  /** Returns a path for a new temporary file. */
  readonly takeFile: () => Promise<string>
}

/**
 * Reads the pairs of a file or folder.
 * @throws Problem 'bad-file' if it is unusable as a whole
 */
export type ReadPairs = (
  path: string,
  context: PairsContext,
  request: ImportRequest,
) => AsyncGenerator<readonly (PairEntry | ImportEntry)[], void, undefined>

/** Readers of the formats whose pairs can be imported. */
export const pairReaders: Readonly<Record<PairFormat, ReadPairs>> = {
  'mimic-it': readMimicItPairs,
  jsonl: readExportLines,
  csv: readTableFiles,
  llava: readRowFiles,
  sharegpt: readRowFiles,
  chat: readRowFiles,
  qwen: readRowFiles,
  internvl: readRowFiles,
  llamafactory: readRowFiles,
  'ms-swift': readRowFiles,
  alpaca: readRowFiles,
  axolotl: readRowFiles,
  trl: readParquetFiles,
  'hugging-face': readParquetFiles,
  webdataset: readTarFiles,
}
