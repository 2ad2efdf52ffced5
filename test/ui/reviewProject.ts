import { vi } from 'vitest'
import type { CandidateDetail } from '../../src/shared/contract'
import type { Candidate, Counts, Pair } from '../../src/shared/domain'
import { decided } from '../../src/renderer/src/features/review/session/verdict'
import type { Handlers } from './fakeBridge'
import { aCandidate, anItem } from './fakeProject'

/** Three candidates an item, as many as wanted. */
export const candidatesOf = (count: number, part: (id: number) => Partial<Candidate> = () => ({})): Candidate[] =>
  Array.from({ length: count }, (_, index) => {
    const id = index + 1
    const itemId = Math.ceil(id / 3)
    return aCandidate({
      id,
      itemId,
      itemSourceId: `item ${itemId}`,
      instruction: `Question ${id}?`,
      response: `Answer ${id}.`,
      ...part(id),
    })
  })

/** A main process that keeps candidates, decisions, undo and drafts in memory, with the rules of the store. */
export function reviewProject(start: readonly Candidate[]) {
  const candidates = new Map(start.map((candidate) => [candidate.id, candidate]))
  const drafts = new Map<number, Pair & { savedAt: number }>()
  const exemplars = new Map<number, CandidateDetail['exemplars']>()
  interface Earlier {
    readonly candidate: Candidate
    readonly draft: (Pair & { savedAt: number }) | undefined
  }
  const undos: Earlier[] = []
  const redos: Earlier[] = []
  const find = (id: number) => candidates.get(id) ?? aCandidate({ id })
  const counts = () => {
    const all: Counts = { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0 }
    for (const { state } of candidates.values()) all[state]++
    return all
  }
  const keep = (candidate: Candidate) => {
    candidates.set(candidate.id, candidate)
    return { candidate, counts: counts() }
  }
  const swap = (from: Earlier[], to: Earlier[]) => {
    const earlier = from.pop()
    if (!earlier) return null
    const { candidate, draft } = earlier
    to.push({ candidate: find(candidate.id), draft: undefined })
    if (draft) drafts.set(candidate.id, draft)
    return keep(candidate)
  }
  const handlers = {
    'item.get': ({ id }) => anItem({ id, sourceId: `item ${id}`, media: [{ ...anItem().media[0]!, id }] }),
    'candidate.counts': counts,
    'candidate.page': ({ filter, after, limit }) => {
      const found = [...candidates.values()]
        .filter(({ id }) => id > (after?.id ?? 0))
        .filter(({ itemId }) => filter.itemId === undefined || filter.itemId === itemId)
        .filter(({ state }) => !filter.states?.length || filter.states.includes(state))
        .filter(({ instruction, response }) => `${instruction} ${response}`.includes(filter.query ?? ''))
      const page = found.slice(0, limit)
      const last = page.at(-1)
      return { candidates: page, next: found.length > limit && last ? { itemId: last.itemId, id: last.id } : null }
    },
    'candidate.get': ({ id }) => ({
      candidate: find(id),
      exemplars: exemplars.get(id) ?? [],
      decisions: [],
      draft: drafts.get(id) ?? null,
    }),
    'decision.add': ({ candidateId, verdict, pair, reason }) => {
      const before = find(candidateId)
      const draft = drafts.get(candidateId)
      undos.push({ candidate: before, draft: pair ? undefined : draft })
      redos.length = 0
      drafts.delete(candidateId)
      if (verdict === 'reopen') return keep({ ...before, state: 'pending' })
      return keep(decided(before, { verdict, ...(pair ? { pair } : {}), ...(reason ? { reason } : {}) }))
    },
    'decision.undo': () => swap(undos, redos),
    'decision.redo': () => swap(redos, undos),
    'draft.save': ({ candidateId, ...text }) => {
      const draft = { ...text, savedAt: 1 }
      drafts.set(candidateId, draft)
      return draft
    },
    'draft.discard': ({ candidateId }) => {
      drafts.delete(candidateId)
      return null
    },
    'exemplar.pin': ({ candidateId, pinned }) => keep({ ...find(candidateId), pinned }).candidate,
  } satisfies Partial<Handlers>
  return { handlers, candidates, drafts, exemplars }
}

/** Images load at once, which jsdom does not do. */
export function loadImages() {
  vi.spyOn(HTMLImageElement.prototype, 'complete', 'get').mockReturnValue(true)
  vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockReturnValue(640)
  vi.spyOn(HTMLImageElement.prototype, 'naturalHeight', 'get').mockReturnValue(427)
}
