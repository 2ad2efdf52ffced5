import type {
  Candidate,
  CandidateState,
  Context,
  FileExemplar,
  Item,
  Media,
  PromptVersion,
  RunSettings,
  Split,
} from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { type Message, message } from '../../../shared/messages/message'
import { toEnglish } from '../../../shared/messages/translate'
import { listCandidates, readExemplarIds } from './candidates'
import type { ReadableDb } from '../sql/types'
import { readFinalDecisions, type FinalDecision } from '../decisions/decisionHistory'
import { readItems } from '../library/items'
import { getPromptVersion, listPromptExemplars } from '../project/prompts'
import { requireRun } from '../runs/runs'
import { listUnresolved } from '../quality/secondReviewQueue'

/** An approved pair with its item, run, prompt and decision. */
export interface ApprovedPair {
  readonly candidate: Candidate
  readonly itemId: number
  readonly itemSourceId: string
  readonly media: readonly Media[]
  /** Media of the item that have not been found yet. */
  readonly missing: Item['missing']
  readonly context: Context
  /**
   * Null, like the prompt version, if a person wrote the pair. Pairs of one run share one object, and so do pairs of one prompt version.
   */
  readonly run: { readonly id: number; readonly settings: RunSettings; readonly createdAt: number } | null
  readonly promptVersion: PromptVersion | null
  /** Examples from a prompt file that were in the prompt. */
  readonly fileExemplars: readonly FileExemplar[]
  /** Ids of the candidates that were in the prompt as exemplars. */
  readonly exemplarIds: readonly number[]
  /** The latest decision, ignoring moves of a turn. */
  readonly decision: FinalDecision
  /** `train` if the pairs are not split. */
  readonly split: Split
}

const remember = <V>(read: (id: number) => V) => {
  const kept = new Map<number, V>()
  return (id: number): V => {
    let value = kept.get(id)
    if (value === undefined) kept.set(id, (value = read(id)))
    return value
  }
}

const missing = (what: Message): Problem =>
  new Problem('damaged-project', message('store.rowMissing', { what }), message('store.runDoctor'), {
    item: toEnglish(what),
  })

type Origin = Pick<ApprovedPair, 'run' | 'promptVersion' | 'fileExemplars' | 'exemplarIds'>

/**
 * Creates a function that returns the run, prompt version and exemplars of a pair, reading each run and prompt version once.
 * @param settings settings of runs by run id, used instead of those in the project
 */
export function createOriginReader(db: ReadableDb, settings: ReadonlyMap<number, RunSettings> = new Map()) {
  const runOf = remember((id): ApprovedPair['run'] => {
    const run = requireRun(db, id)
    return { id, settings: settings.get(id) ?? run.settings, createdAt: run.createdAt }
  })
  const promptOf = remember((id): PromptVersion => {
    const version = getPromptVersion(db, id)
    if (!version) throw missing(message('store.rowOf.promptVersion', { id }))
    return version
  })
  const fileExemplarsOf = remember((id) => listPromptExemplars(db, id))
  return ({ runId, promptVersionId, callId }: Candidate, exemplars: ReadonlyMap<number, readonly number[]>): Origin => ({
    run: runId === null ? null : runOf(runId),
    promptVersion: promptVersionId === null ? null : promptOf(promptVersionId),
    fileExemplars: promptVersionId === null ? [] : fileExemplarsOf(promptVersionId),
    exemplarIds: (callId === null ? undefined : exemplars.get(callId)) ?? [],
  })
}

/** Number of pairs per page: few statements, without holding many pairs in memory. */
const pageSize = 500

/**
 * Yields the accepted and edited pairs by item, then by age, except pairs whose second review is pending (docs/adr/0009). Reads them in
 * pages, so that the connection stays free for other work.
 * @param itemIds yields only pairs of these items
 */
export const listApproved = (db: ReadableDb, itemIds?: readonly number[]): IterableIterator<ApprovedPair> =>
  listDecided(db, ['accepted', 'edited'], itemIds)

/** Yields pairs in other states, such as rejected ones, in the same way as `listApproved`. */
export function* listDecided(
  db: ReadableDb,
  states: readonly CandidateState[],
  itemIds?: readonly number[],
): IterableIterator<ApprovedPair> {
  const originOf = createOriginReader(db)
  let cursor: { itemId: number; id: number } | null = null
  do {
    const page = listCandidates(db, { states: [...states], ...(itemIds && { itemIds: [...itemIds] }) }, cursor, pageSize)
    const ids = page.candidates.map(({ id }) => id)
    const unresolved = listUnresolved(db, ids)
    const candidates = page.candidates.filter(({ id }) => !unresolved.has(id))
    const items = readItems(db, [...new Set(candidates.map(({ itemId }) => itemId))])
    const decisions = readFinalDecisions(db, ids)
    const exemplars = readExemplarIds(db, [...new Set(candidates.flatMap(({ callId }) => callId ?? []))])
    for (const candidate of candidates) {
      const item = items.get(candidate.itemId)
      if (!item) throw missing(message('store.rowOf.item', { id: candidate.itemSourceId }))
      const decision = decisions.get(candidate.id)
      if (!decision) throw missing(message('store.rowOf.decision', { id: candidate.id }))
      yield {
        candidate,
        itemId: item.id,
        itemSourceId: item.sourceId,
        media: item.media,
        missing: item.missing,
        context: item.context,
        ...originOf(candidate, exemplars),
        decision,
        split: 'train',
      }
    }
    cursor = page.next
  } while (cursor)
}
