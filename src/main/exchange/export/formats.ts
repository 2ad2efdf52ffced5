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
  /** Reads the files back. */
  readonly validate: (directory: string, pause: Pause) => Promise<ExportReport['validation']>
  /** The records that pairs become in the set's main file, as text of some lines each. */
  readonly preview: (db: ReadableDb, pairs: readonly ApprovedPair[], source: PairSource) => string[]
  /** a pair of an item without media, or with a medium that is missing or broken, is left out */
  readonly needsMedia: boolean
  /** The room that a set takes at least, in bytes. */
  readonly leastBytes: (media: ApprovedMedia, pairs: number) => number
}

/** An image of 224 × 224 pixels as base64 is rarely smaller. */
const leastTrainingImage = 2_000
const leastRecord = 200

/** All formats. A format is one entry here, its name in `exportFormatSchema`, and its texts in the catalogue. */
export const exportFormats: Readonly<Record<ExportFormat, ExportFormatEntry>> = {
  'mimic-it': {
    write: writeMimicIt,
    validate: (directory, pause) => validateMimicIt(directory, { pause }),
    preview: (db, pairs, { recipe }) => previewMimicIt(db, pairs, recipe),
    needsMedia: true,
    leastBytes: ({ count }, pairs) => count * leastTrainingImage + pairs * leastRecord,
  },
  jsonl: {
    write: writeJsonl,
    validate: validateJsonl,
    preview: previewJsonl,
    needsMedia: false,
    leastBytes: ({ bytes }, pairs) => bytes + pairs * leastRecord,
  },
  syphus: {
    write: writeSyphus,
    validate: validateSyphus,
    preview: previewSyphus,
    needsMedia: false,
    leastBytes: (_, pairs) => pairs * leastRecord,
  },
}
