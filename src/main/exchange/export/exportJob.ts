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
  /** Number of pairs written by people. */
  readonly humanPairs: number
  /** Reviewers in alphabetical order. */
  readonly reviewers: readonly string[]
  readonly models: readonly { readonly provider: ProviderKind; readonly model: string }[]
  /**
   * Time of the last decision in milliseconds since 1970; 0 if there is none. It is the date of the set, so that the same pairs give the
   * same files.
   */
  readonly decidedAt: number
}

export const isDemo = ({ candidate }: Pick<ApprovedPair, 'candidate'>): boolean => candidate.provider === 'demo'

/** Counts the pairs of a set and collects its reviewers and models. */
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
      // An imported file may not specify which model drafted its pairs.
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

/**
 * Returns the part of a set's metadata about pairs that no model drafted; empty for a set without demo pairs and pairs written by people.
 */
export function originMarks({ demoPairs, humanPairs }: SetSummary): { demo?: true; demo_pairs?: number; human_pairs?: number } {
  return { ...(demoPairs > 0 ? { demo: true, demo_pairs: demoPairs } : {}), ...(humanPairs > 0 ? { human_pairs: humanPairs } : {}) }
}

/** Returns the part of a set's metadata about the snapshot that it was created from. */
export const snapshotMark = ({ source: { snapshot }, split }: Pick<ExportJob, 'source' | 'split'>) =>
  snapshot && { snapshot: { name: snapshot.name, content_hash: snapshot.contentHash, split } }

export interface ExportProject {
  readonly db: ReadableDb
  /** The project's folder. */
  readonly directory: string
  readonly info: Pick<ProjectInfo, 'name' | 'recipe' | 'uuid'>
}

export interface ExportOptions {
  /** Called after each item, and periodically during a `step` of a large export; `done` and `total` are numbers of pairs. */
  readonly onProgress?: (progress: { done: number; total: number; step?: ExportStep }) => void
  /** When it is aborted, the export throws its reason and leaves no files behind. */
  readonly signal?: AbortSignal
  /** Replaces the query of the free disk space; returns bytes. */
  readonly freeBytes?: (directory: string) => Promise<number | null>
  /** Limits of the MIMIC-IT image files. */
  readonly parquetLimits?: ParquetLimits
}

/** Input of a format's writer, which writes below `staging`. */
export interface ExportJob extends ExportOptions {
  readonly project: ExportProject
  readonly staging: string
  readonly source: PairSource
  /** Split of the source to write; null for all of it. */
  readonly split: Split | null
  /** Number of approved pairs when the export began. */
  readonly total: number
  readonly imageIds: ImageIds
}

/** Reads the pairs that a job must write. */
export const listPairs = ({ source, split }: ExportJob): Iterable<ApprovedPair> => source.list(split === null ? {} : { split })

/** Result of a format's writer. `files` are in the order in which they must appear in the target. */
export interface Written {
  readonly files: readonly string[]
  readonly summary: SetSummary
  readonly images: number
  readonly leftOut: ExportReport['leftOut']
}

/** Returns a function that counts processed pairs and reports the progress; it throws if the export was aborted. */
export function createProgress({ onProgress, signal, total }: ExportJob): (pairs: number) => void {
  let done = 0
  return (pairs) => {
    signal?.throwIfAborted()
    done += pairs
    onProgress?.({ done, total: Math.max(total, done) })
  }
}

/** Approved pairs of one item, ordered by age. The turns of a conversation are in order, at the positions that they occupy together. */
export type ItemPairs = readonly [ApprovedPair, ...ApprovedPair[]]

/** Groups pairs that are ordered by item. */
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

/** Number of pairs for which other tables are read together. */
const pageSize = 500

/** Groups the pairs of items into pages, so that related data is read with few statements. */
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

/** Sorts the turns of each conversation, since a turn may have been moved or inserted later. */
function inTurn(group: Group): Group {
  const conversations = Map.groupBy(group, conversationOf)
  const next = new Map([...conversations].map(([key, pairs]) => [key, pairs.toSorted(byTurn)[Symbol.iterator]()]))
  return group.map((pair) => (conversationOf(pair) === null ? pair : (next.get(conversationOf(pair))?.next().value ?? pair))) as Group
}

const byTurn = ({ candidate: a }: ApprovedPair, { candidate: b }: ApprovedPair) => (a.turn ?? 0) - (b.turn ?? 0) || a.id - b.id

/** Milliseconds of work between two pauses. */
const workMs = 20

/** Call between the steps of long work: returns undefined, or a promise that yields to the event loop. */
export type Pause = (done: number, total: number) => Promise<void> | undefined

/**
 * Creates a pause that yields to the event loop during long work, which would otherwise block every job of its process. The pause rejects
 * with the reason of `signal` once it is aborted. `onProgress` is called at each pause.
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

/** A pause for work that nobody aborts and that blocks no other job. */
export const noPause: Pause = () => undefined
