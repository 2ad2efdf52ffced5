import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ExportReport, ExportStep, ProjectInfo, ProviderKind, Split } from '../../../shared/domain'
import type { ReadableDb } from '../../store/sql/types'
import type { ImageIds } from './mimicIt/identifiers'
import type { ParquetLimits } from './mimicIt/parquet'
import type { PairSource } from './pairSource'
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
      const { author, provider, model } = pair.candidate
      pairs += 1
      if (isDemo(pair)) demoPairs += 1
      reviewers.add(pair.decision.reviewer)
      if (author !== null) humanPairs += 1
      // An imported file need not say who drafted its pairs.
      if (provider !== null && model !== null) models.set(`${provider} ${model}`, { provider, model })
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

/** The part of a set's metadata about pairs that no model drafted; empty for a set without demo pairs and pairs written by people. */
export function originMarks({ demoPairs, humanPairs }: SetSummary): { demo?: true; demo_pairs?: number; human_pairs?: number } {
  return { ...(demoPairs > 0 ? { demo: true, demo_pairs: demoPairs } : {}), ...(humanPairs > 0 ? { human_pairs: humanPairs } : {}) }
}

/** The part of a set's metadata about the snapshot that it was made from. */
export const snapshotMark = ({ source: { snapshot }, split }: Pick<ExportJob, 'source' | 'split'>) =>
  snapshot && { snapshot: { name: snapshot.name, content_hash: snapshot.contentHash, split } }

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
  /** of the MIMIC-IT image files */
  readonly parquetLimits?: ParquetLimits
}

/** What a writer of a format is given: it writes below `staging`. */
export interface ExportJob extends ExportOptions {
  readonly project: ExportProject
  readonly staging: string
  readonly source: PairSource
  /** of the source alone; null: all of it */
  readonly split: Split | null
  /** approved pairs when the export began */
  readonly total: number
  readonly imageIds: ImageIds
}

/** Reads the pairs that a job is to write. */
export const listPairs = ({ source, split }: ExportJob): Iterable<ApprovedPair> => source.list(split === null ? {} : { split })

/** What a writer of a format has done. `files` in the order in which they are to appear in the target. */
export interface Written {
  readonly files: readonly string[]
  readonly summary: SetSummary
  readonly images: number
  readonly leftOut: ExportReport['leftOut']
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

/** Approved pairs of one item, by age; the turns of a conversation in its order, in the places that they hold together. */
export type ItemPairs = readonly [ApprovedPair, ...ApprovedPair[]]

/** Gathers pairs that come ordered by item. */
export function* groupByItem(pairs: Iterable<ApprovedPair>): Generator<ItemPairs> {
  let group: [ApprovedPair, ...ApprovedPair[]] | undefined
  for (const pair of pairs) {
    if (group && group[0].itemId === pair.itemId) {
      group.push(pair)
    } else {
      if (group) yield inTurn(group)
      group = [pair]
    }
  }
  if (group) yield inTurn(group)
}

/** Pairs about which other tables are read at a time. */
const pageSize = 500

/** Gathers the pairs of items into pages, so that what belongs to them is read in few statements. */
export function* inPages(groups: Iterable<ItemPairs>): Generator<readonly ItemPairs[]> {
  let [page, pairs]: [ItemPairs[], number] = [[], 0]
  for (const group of groups) {
    page.push(group)
    pairs += group.length
    if (pairs < pageSize) continue
    yield page
    ;[page, pairs] = [[], 0]
  }
  if (pairs > 0) yield page
}

type Group = [ApprovedPair, ...ApprovedPair[]]

const conversationOf = ({ candidate: { conversation, conversationCallId } }: ApprovedPair) =>
  conversation === null ? null : `${conversationCallId}:${conversation}`

/** A turn that was moved, or put in later, stands where it belongs. */
function inTurn(group: Group): Group {
  const conversations = Map.groupBy(group, conversationOf)
  const next = new Map([...conversations].map(([key, pairs]) => [key, pairs.toSorted(byTurn)[Symbol.iterator]()]))
  return group.map((pair) => (conversationOf(pair) === null ? pair : (next.get(conversationOf(pair))?.next().value ?? pair))) as Group
}

const byTurn = ({ candidate: a }: ApprovedPair, { candidate: b }: ApprovedPair) => (a.turn ?? 0) - (b.turn ?? 0) || a.id - b.id

/** Milliseconds of work before others have their turn. */
const workMs = 20

/** To be awaited between steps of long work: undefined, or a moment in which others have their turn. */
export type Pause = (done: number, total: number) => Promise<void> | undefined

/**
 * Lets others have their turn in long work, which would otherwise hold up every job of its process.
 * The pause rejects with the reason of `signal` once that is aborted. `onProgress` is called at each pause.
 */
export function createPause(signal: AbortSignal | undefined, onProgress?: (progress: { done: number; total: number }) => void): Pause {
  let since = performance.now()
  return (done, total) => {
    if (performance.now() - since < workMs) return undefined
    onProgress?.({ done, total })
    return nextTurn().then(() => {
      signal?.throwIfAborted()
      since = performance.now()
    })
  }
}

/** For work that nobody stops or waits beside. */
export const noPause: Pause = () => undefined
