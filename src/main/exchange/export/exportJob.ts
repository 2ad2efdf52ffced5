import type { ExportReport, ExportStep, ProjectInfo } from '../../../shared/domain'
import type { ReadableDb } from '../../store/sql/types'
import type { ImageName } from '../../store/library/imageIds'
import type { ParquetLimits } from './mimicIt/parquet'
import type { SetSummary } from './setSummary'

export interface ExportProject {
  readonly db: ReadableDb
  /** the project's folder */
  readonly directory: string
  readonly info: Pick<ProjectInfo, 'name' | 'recipe' | 'uuid'>
}

export interface ExportOptions {
  /** called after each item, and now and then in a `step` of a large export; `done` and `total` count pairs */
  readonly onProgress?: (progress: { done: number; total: number; step?: ExportStep }) => void
  /** when it is aborted the export throws its reason and leaves nothing behind */
  readonly signal?: AbortSignal
  /** in place of asking the disk: what it has left, in bytes */
  readonly freeBytes?: (directory: string) => Promise<number | null>
  /** pairs of these items alone */
  readonly itemIds?: readonly number[] | undefined
  /** of the MIMIC-IT image files */
  readonly parquetLimits?: ParquetLimits
}

/** What a writer of a format is given: it writes below `staging`. */
export interface ExportJob extends ExportOptions {
  readonly project: ExportProject
  readonly staging: string
  /** approved pairs when the export began */
  readonly total: number
}

/** What a writer of a format has done. `files` in the order in which they are to appear in the target. */
export interface Written {
  readonly files: readonly string[]
  readonly summary: SetSummary
  readonly images: number
  readonly leftOut: ExportReport['leftOut']
  /** ids of images that no export gave before */
  readonly imageNames?: readonly ImageName[]
}

/** Counts pairs as they pass, and stops when the export was cancelled. */
export function createProgress({ onProgress, signal, total }: ExportJob): (pairs: number) => void {
  let done = 0
  return (pairs) => {
    signal?.throwIfAborted()
    done += pairs
    onProgress?.({ done, total: Math.max(total, done) })
  }
}
