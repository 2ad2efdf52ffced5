import type { ExportFormat, ExportReport } from '../../../shared/domain'
import type { ApprovedPair } from '../../store/candidates/approved'
import type { ApprovedMedia } from '../../store/candidates/approvedMedia'
import type { PairSource } from './pairSource'
import type { ReadableDb } from '../../store/sql/types'
import type { ExportJob, Pause, Written } from './exportJob'
import { previewJsonl, writeJsonl } from './jsonl/jsonl'
import { validateJsonl } from './jsonl/validateJsonl'
import { writeMimicIt } from './mimicIt/mimicIt'
import { previewMimicIt } from './mimicIt/previewMimicIt'
import { validateMimicIt } from './mimicIt/validate/validateMimicIt'
import { previewSyphus, writeSyphus } from './syphus/syphus'
import { validateSyphus } from './syphus/validateSyphus'

export interface ExportFormatEntry {
  readonly write: (job: ExportJob) => Promise<Written>
  /** Reads the files back and validates them. */
  readonly validate: (directory: string, pause: Pause) => Promise<ExportReport['validation']>
  /** Returns the records of pairs in the set's main file, each as multi-line text. */
  readonly preview: (db: ReadableDb, pairs: readonly ApprovedPair[], source: PairSource) => string[]
  /** Whether pairs of items without media, or with missing or broken media, are left out. */
  readonly needsMedia: boolean
  /** Whether the system text of an imported conversation is part of the set. */
  readonly keepsSystem: boolean
  /** Returns the minimum size of a set in bytes. */
  readonly leastBytes: (media: ApprovedMedia, pairs: number) => number
}

/** Lower bound for the size of a 224 × 224 image as base64, in bytes; smaller images are rare. */
const leastTrainingImage = 2_000
const leastRecord = 200

/** All formats. To add a format, add an entry here, its name to `exportFormatSchema`, and its texts to the catalogue. */
export const exportFormats: Readonly<Record<ExportFormat, ExportFormatEntry>> = {
  'mimic-it': {
    write: writeMimicIt,
    validate: (directory, pause) => validateMimicIt(directory, { pause }),
    preview: (db, pairs, { recipe }) => previewMimicIt(db, pairs, recipe),
    needsMedia: true,
    keepsSystem: false,
    leastBytes: ({ count }, pairs) => count * leastTrainingImage + pairs * leastRecord,
  },
  jsonl: {
    write: writeJsonl,
    validate: validateJsonl,
    preview: previewJsonl,
    needsMedia: false,
    keepsSystem: true,
    leastBytes: ({ bytes }, pairs) => bytes + pairs * leastRecord,
  },
  syphus: {
    write: writeSyphus,
    validate: validateSyphus,
    preview: previewSyphus,
    needsMedia: false,
    keepsSystem: false,
    leastBytes: (_, pairs) => pairs * leastRecord,
  },
}
