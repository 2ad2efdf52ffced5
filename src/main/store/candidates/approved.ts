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

/** An approved pair with all that it came from. */
export interface ApprovedPair {
  readonly candidate: Candidate
  readonly itemId: number
  readonly itemSourceId: string
  readonly media: readonly Media[]
  /** media that its item still waits for */
  readonly missing: Item['missing']
  readonly context: Context
  /** null where a person wrote it, as is the prompt version; pairs of one run have the same object, and so with prompt versions */
  readonly run: { readonly id: number; readonly settings: RunSettings; readonly createdAt: number } | null
  readonly promptVersion: PromptVersion | null
  /** examples from a prompt file that stood in its prompt */
  readonly fileExemplars: readonly FileExemplar[]
  /** candidates that stood in its prompt */
  readonly exemplarIds: readonly number[]
  /** the last one, moves of a turn left out */
  readonly decision: FinalDecision
  /** `train` where the pairs are not split */
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
 * Makes a function that returns what pairs were drafted with, reading each run and prompt version once.
 * @param settings of runs, where those of the project do not count
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

/** Pairs that are read at a time: in a few statements, and without holding many in memory. */
const pageSize = 500

/**
 * Accepted and edited pairs by item, then by age, without those whose second look is still to come (docs/adr/0009). Pages behind the
 * scenes, so that the connection stays free for others.
 * @param itemIds those of these items alone
 */
export const listApproved = (db: ReadableDb, itemIds?: readonly number[]): IterableIterator<ApprovedPair> =>
  listDecided(db, ['accepted', 'edited'], itemIds)

/** The same of pairs in other states, such as rejected ones. */
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
