import type { ExportReport, ExportStep, ProjectInfo, ProviderKind } from '../../../shared/domain'
import type { ReadableDb } from '../../store/sql/types'
import type { ImageName } from '../../store/library/media'
import type { ParquetLimits } from './mimicIt/parquet'
import { version } from '../../../../package.json'
import type { ApprovedPair } from '../../store/candidates/approved'

export const generator = `Exemplar ${version}`
export const generatorVersion: string = version

export interface SetSummary {
  readonly pairs: number
  readonly demoPairs: number
  /** written by people */
  readonly humanPairs: number
  /** in the order of the alphabet */
  readonly reviewers: readonly string[]
  readonly models: readonly { readonly provider: ProviderKind; readonly model: string }[]
  /** of the last decision, milliseconds since 1970; 0 without any. It dates the set, so that the same pairs make the same files. */
  readonly decidedAt: number
}

export const isDemo = ({ candidate }: Pick<ApprovedPair, 'candidate'>): boolean => candidate.provider === 'demo'

/** Counts the pairs of a set and who made it. */
export function createSetSummary(): { add(pair: ApprovedPair): void; read(): SetSummary } {
  const reviewers = new Set<string>()
  const models = new Map<string, { provider: ProviderKind; model: string }>()
  let pairs = 0
  let demoPairs = 0
  let humanPairs = 0
  let decidedAt = 0
  return {
    add(pair) {
      const { provider, model } = pair.candidate
      pairs += 1
      if (isDemo(pair)) demoPairs += 1
      reviewers.add(pair.decision.reviewer)
      if (provider === null || model === null) humanPairs += 1
      else models.set(`${provider} ${model}`, { provider, model })
      decidedAt = Math.max(decidedAt, pair.decision.decidedAt)
    },
    read: () => ({
      pairs,
      demoPairs,
      humanPairs,
      reviewers: [...reviewers].toSorted(),
      models: [...models].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model),
      decidedAt,
    }),
  }
}

/** What a set's meta says of pairs that no model drafted: nothing of demo pairs, or of people's, in a set without them. */
export function originMarks({ demoPairs, humanPairs }: SetSummary): { demo?: true; demo_pairs?: number; human_pairs?: number } {
  return { ...(demoPairs > 0 ? { demo: true, demo_pairs: demoPairs } : {}), ...(humanPairs > 0 ? { human_pairs: humanPairs } : {}) }
}

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
