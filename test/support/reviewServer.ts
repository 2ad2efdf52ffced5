import type fc from 'fast-check'
import { stateAfter, type Candidate, type Counts } from '../../src/shared/domain'
import type { call as callMain } from '../../src/renderer/src/api/api'
import { decided, type ReviewDecision } from '../../src/renderer/src/features/review/session/verdict'

export const aReviewCandidate = (id: number, part: Partial<Candidate> = {}): Candidate => ({
  id,
  itemId: Math.ceil(id / 3),
  itemSourceId: `item ${Math.ceil(id / 3)}`,
  author: null,
  importedFrom: null,
  splitFrom: null,
  conversationCallId: null,
  runId: 1,
  callId: 1,
  provider: 'demo',
  model: 'demo',
  promptVersionId: 1,
  state: 'pending',
  instruction: `Question ${id}?`,
  response: `Answer ${id}.`,
  draft: null,
  kind: null,
  conversation: null,
  turn: null,
  rationale: null,
  reason: null,
  pinned: false,
  pinnedReason: null,
  createdAt: 0,
  ...part,
})

/** A store in memory whose calls are carried out and answered in the order that the scheduler chooses, and fail where asked to. */
export function reviewServer(count: number, scheduler: fc.Scheduler, fails: (name: string) => boolean) {
  const candidates = new Map(Array.from({ length: count }, (_, index) => [index + 1, aReviewCandidate(index + 1)]))
  const undos: (readonly Candidate[])[] = []
  const redos: (readonly Candidate[])[] = []
  const find = (id: number): Candidate => candidates.get(id) ?? aReviewCandidate(id)
  const counts = (): Counts => {
    const all: Counts = { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0 }
    for (const { state } of candidates.values()) all[state]++
    return all
  }
  interface Filter {
    readonly states?: readonly string[]
    readonly itemId?: number
  }
  const matching = ({ states, itemId }: Filter) =>
    [...candidates.values()].filter(
      (each) => (!states?.length || states.includes(each.state)) && (itemId === undefined || each.itemId === itemId),
    )
  const change = (changed: readonly Candidate[], history = undos) => {
    history.push(changed.map(({ id }) => find(id)))
    for (const candidate of changed) candidates.set(candidate.id, candidate)
  }
  const step = (from: (readonly Candidate[])[], to: (readonly Candidate[])[]) => {
    const earlier = from.pop()
    if (!earlier?.[0]) return null
    // A pin is no decision: it stays.
    const states = earlier.map((candidate) => ({
      ...candidate,
      pinned: find(candidate.id).pinned,
      pinnedReason: find(candidate.id).pinnedReason,
    }))
    change(states, to)
    return { candidate: find(earlier[0].id), counts: counts(), pairs: earlier.length }
  }

  const answers: Record<string, (input: never) => unknown> = {
    'candidate.page': ({ filter, after, limit }: { filter: Filter; after: { id: number } | null; limit: number }) => {
      const found = matching(filter).filter(({ id }) => id > (after?.id ?? 0))
      const page = found.slice(0, limit)
      const last = page.at(-1)
      return { candidates: page, next: found.length > limit && last ? { itemId: last.itemId, id: last.id } : null }
    },
    'candidate.get': ({ id }: { id: number }) => ({ candidate: find(id), draft: null, decisions: [], exemplars: [] }),
    'candidate.list': ({ ids }: { ids: number[] }) => ids.map(find),
    'candidate.counts': counts,
    'candidate.found': ({ filter }: { filter: Filter }) => ({ count: matching(filter).length, more: false }),
    'candidate.count': ({ filter }: { filter: Filter }) => matching(filter).length,
    'decision.add': ({ candidateId, ...decision }: ReviewDecision & { candidateId: number }) => {
      redos.length = 0
      change([decided(find(candidateId), decision)])
      return { candidate: find(candidateId), counts: counts() }
    },
    'decision.undo': () => step(undos, redos),
    'decision.redo': () => step(redos, undos),
    'item.decide': ({ itemId, verdict }: { itemId: number; verdict: 'accept' | 'reject' }) => {
      const pending = matching({ states: ['pending'], itemId }).map((each) => ({ ...each, state: stateAfter[verdict] }))
      if (pending.length > 0) {
        redos.length = 0
        change(pending)
      }
      return { candidates: pending, counts: counts(), decided: pending.length }
    },
    'exemplar.pin': ({ candidateId, pinned }: { candidateId: number; pinned: boolean }) => {
      candidates.set(candidateId, { ...find(candidateId), pinned })
      return find(candidateId)
    },
    'draft.save': () => ({}),
    'draft.discard': () => null,
  }

  const call = async (name: string, input: unknown): Promise<unknown> => {
    const failing = fails(name)
    await scheduler.schedule(Promise.resolve(), `${name} reaches the store`)
    const result = failing ? null : answers[name]?.(input as never)
    await scheduler.schedule(Promise.resolve(), `${name} is answered`)
    if (failing) throw new Error(`${name} failed`)
    return structuredClone(result)
  }
  return {
    call: call as typeof callMain,
    find,
    counts,
    matching,
    /** somebody else decides */
    decideElsewhere: (id: number, verdict: 'accept' | 'reject') => candidates.set(id, { ...find(id), state: stateAfter[verdict] }),
  }
}
