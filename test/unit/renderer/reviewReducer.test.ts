import { describe, expect, it } from 'vitest'
import { currentId } from '../../../src/renderer/src/features/review/queue/queueList'
import type { Effect, ReviewEvent } from '../../../src/renderer/src/features/review/session/events'
import { reduce } from '../../../src/renderer/src/features/review/session/reducer'
import { selectView } from '../../../src/renderer/src/features/review/session/selectView'
import { initialState } from '../../../src/renderer/src/features/review/session/state'
import type { Candidate, Counts } from '../../../src/shared/domain'
import { aReviewCandidate } from '../../support/reviewServer'

const none: Counts = { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0 }
const filter = { states: ['pending' as const] }
const problem = new Error('disk full')
const accept: ReviewEvent = { type: 'decide', candidate: null, decision: { verdict: 'accept' }, seconds: 5, pin: null }

/** An event, or one that is made of the effects so far. */
type Scripted = ReviewEvent | ((effects: readonly Effect[]) => ReviewEvent)

/** Carries events out one after the other. */
function run(...events: readonly Scripted[]) {
  let state = initialState
  const effects: Effect[] = []
  for (const each of events) {
    const transition = reduce(state, typeof each === 'function' ? each(effects) : each)
    state = transition.state
    effects.push(...transition.effects)
  }
  return { state, effects, view: selectView(state) }
}

const last = <T extends Effect['type']>(effects: readonly Effect[], type: T) => {
  const found = effects.findLast((effect) => effect.type === type)
  if (!found) throw new Error(`no ${type}`)
  return found as Extract<Effect, { readonly type: T }>
}
const requestOf =
  <T extends Effect['type']>(type: T, answer: (request: Extract<Effect, { readonly type: T }>) => ReviewEvent) =>
  (effects: readonly Effect[]) =>
    answer(last(effects, type))

/** A queue of six pending pairs, three an item, read to its end. */
const opened = [
  { type: 'show', filter, order: { kind: 'import', seed: 1 } } as const,
  requestOf('awaitWrites', ({ listKey }) => ({ type: 'writesSettled', listKey })),
  requestOf('readPage', (request) => ({
    type: 'pageRead',
    request,
    page: { candidates: [1, 2, 3, 4, 5, 6].map((id) => aReviewCandidate(id)), next: null },
  })),
  requestOf('readCounts', (request) => ({ type: 'countsRead', request, counts: { ...none, pending: 6 } })),
] as const

const stored = (candidate: Candidate, counts: Counts) =>
  requestOf('saveDecision', (request) => ({ type: 'decisionStored', request, result: { candidate, counts } }))
const failed = requestOf('saveDecision', (request) => ({ type: 'decisionFailed', request, error: problem }))
const undone = (candidate: Candidate, counts: Counts, part: object = {}) =>
  requestOf('undoOrRedo', (request) => ({ type: 'undoOrRedoDone', request, result: { candidate, counts, ...part }, draft: null }))

interface Row {
  readonly when: string
  readonly events: readonly Scripted[]
  /** the pair on the screen, its state, pending pairs, what is announced */
  readonly shows: readonly [number | null, string | null, number | null, string | null]
  readonly effects?: readonly Effect['type'][]
}

const table: readonly Row[] = [
  { when: 'a queue is opened', events: [...opened], shows: [1, 'pending', 6, null] },
  {
    when: 'a pair is accepted: the next one is there at once',
    events: [...opened, accept],
    shows: [2, 'pending', 5, 'accepted'],
    effects: ['notifyDecisions', 'saveDecision', 'restartTimer'],
  },
  {
    when: 'the decision is stored as shown',
    events: [...opened, accept, stored(aReviewCandidate(1, { state: 'accepted' }), { ...none, pending: 5, accepted: 1 })],
    shows: [2, 'pending', 5, 'accepted'],
    effects: ['notifyStored'],
  },
  {
    when: 'the decision fails: the pair is back on the screen',
    events: [...opened, accept, failed],
    shows: [1, 'pending', 6, 'accepted'],
    effects: ['notifyDecisions', 'readCounts', 'restartTimer'],
  },
  {
    when: 'the decision fails while the reviewer types in the next pair: the screen stays',
    events: [...opened, accept, { type: 'setTyping', isTyping: true }, failed],
    shows: [2, 'pending', 6, 'accepted'],
    effects: ['notifyDecisions', 'readCounts'],
  },
  {
    when: 'a decision is undone',
    events: [
      ...opened,
      accept,
      stored(aReviewCandidate(1, { state: 'accepted' }), { ...none, pending: 5, accepted: 1 }),
      { type: 'undoOrRedo', direction: 'undo' },
      undone(aReviewCandidate(1), { ...none, pending: 6 }),
    ],
    shows: [1, 'pending', 6, 'undone'],
    effects: ['notifyStored', 'notifyDecisions', 'restartTimer'],
  },
  {
    when: 'a decision is redone: the queue goes on behind it',
    events: [
      ...opened,
      { type: 'undoOrRedo', direction: 'redo' },
      undone(aReviewCandidate(2, { state: 'rejected' }), { ...none, pending: 5, rejected: 1 }),
    ],
    shows: [3, 'pending', 5, 'redone'],
  },
  {
    when: 'there is nothing to undo',
    events: [
      ...opened,
      { type: 'undoOrRedo', direction: 'undo' },
      requestOf('undoOrRedo', (request) => ({ type: 'undoOrRedoDone', request, result: null, draft: undefined })),
    ],
    shows: [1, 'pending', 6, 'nothingToUndo'],
  },
  { when: 'a pair is skipped', events: [...opened, { type: 'skip' }], shows: [2, 'pending', 6, 'skipped'] },
  {
    when: 'the last pair is decided: a skipped one returns',
    events: [...opened, { type: 'skip' }, accept, accept, accept, accept, accept],
    shows: [1, 'pending', 1, 'accepted'],
  },
  {
    when: 'the reviewer moves back before the first pair',
    events: [...opened, { type: 'move', places: -1 }],
    shows: [1, 'pending', 6, null],
  },
  {
    when: 'whole items are on and their pairs read: moving goes to the next item',
    events: [
      ...opened,
      { type: 'setWholeItem', isWholeItem: true },
      requestOf('readItem', (request) => ({
        type: 'itemRead',
        request: { ...request, itemId: 1 },
        candidates: [1, 2, 3].map((id) => aReviewCandidate(id)),
      })),
      { type: 'move', places: 1 },
    ],
    shows: [4, 'pending', 6, null],
  },
  {
    when: 'a step accepts the item: the queue goes on to the next item',
    events: [
      ...opened,
      { type: 'takeStep', requestId: 1, step: { name: 'item.decide', input: { itemId: 1, verdict: 'accept' } }, leave: true },
      requestOf('runStep', (request) => ({
        type: 'stepDone',
        request,
        outcome: {
          candidates: [1, 2, 3].map((id) => aReviewCandidate(id, { state: 'accepted' })),
          counts: { ...none, pending: 3, accepted: 3 },
          decided: 3,
        },
      })),
    ],
    shows: [4, 'pending', 3, null],
    effects: ['notifyStored', 'notifyStored', 'notifyStored', 'notifyDecisions', 'endStep', 'restartTimer'],
  },
]

describe('the reducer of the review session', () => {
  it.each(table)('$when', ({ events, shows, effects }) => {
    const { view } = run(...events)
    expect([view.candidate?.id ?? null, view.candidate?.state ?? null, view.left, view.announcement?.word ?? null]).toEqual(shows)
    const before = run(...events.slice(0, -1)).effects.length
    if (effects)
      expect(
        run(...events)
          .effects.slice(before)
          .map(({ type }) => type),
      ).toEqual(effects)
  })

  it('is pure: no transition changes the state that it starts from', () => {
    for (const { events } of table) {
      const { state, effects } = run(...events.slice(0, -1))
      const copy = structuredClone({ ids: state.list.ids, counts: state.counts, pending: state.writes.pending })
      const event = events.at(-1)
      if (event) reduce(state, typeof event === 'function' ? event(effects) : event)
      expect({ ids: state.list.ids, counts: state.counts, pending: state.writes.pending }).toEqual(copy)
    }
  })

  it('keeps a later decision on the screen when an earlier one of the same pair fails', () => {
    const twice = [...opened, accept, { type: 'move', places: -1 } as const, { ...accept, decision: { verdict: 'reject' as const } }]
    const { effects } = run(...twice)
    const first = effects.find((effect) => effect.type === 'saveDecision')
    if (first?.type !== 'saveDecision') throw new Error('nothing was saved')
    const { state, view } = run(...twice, { type: 'decisionFailed', request: first, error: problem })
    expect(state.list.loaded.get(1)?.state).toBe('rejected')
    expect([currentId(state.list), view.failure?.candidateId]).toEqual([2, 1])
  })

  it('drops an answer that was asked for before the pair was changed, and reads again', () => {
    const asked = run(...opened, { type: 'refresh', changed: true }, accept)
    const read = asked.effects.find((effect) => effect.type === 'readCandidate' && effect.id === 1)
    if (read?.type !== 'readCandidate') throw new Error('nothing was read')
    const answer: ReviewEvent = { type: 'candidateRead', request: read, candidate: aReviewCandidate(1) }
    const events = [...opened, { type: 'refresh', changed: true } as const, accept]
    expect(run(...events, answer).state.list.loaded.get(1)?.state).toBe('accepted')
    const after = run(...events, stored(aReviewCandidate(1, { state: 'accepted' }), { ...none, pending: 5, accepted: 1 }), answer)
    expect(after.state.list.loaded.get(1)?.state).toBe('accepted')
  })

  it('brings pairs back into the queue when a step over several of them is undone', () => {
    const { effects, state } = run(
      ...opened,
      { type: 'takeStep', requestId: 1, step: { name: 'item.decide', input: { itemId: 1, verdict: 'accept' } }, leave: true },
      requestOf('runStep', (request) => ({
        type: 'stepDone',
        request,
        outcome: {
          candidates: [1, 2, 3].map((id) => aReviewCandidate(id, { state: 'accepted' })),
          counts: { ...none, pending: 3, accepted: 3 },
        },
      })),
      { type: 'undoOrRedo', direction: 'undo' },
      undone(aReviewCandidate(1), { ...none, pending: 6 }, { pairs: 3 }),
      requestOf('readPage', (request) => ({
        type: 'pageRead',
        request,
        page: { candidates: [1, 2, 3, 4, 5, 6].map((id) => aReviewCandidate(id)), next: null },
      })),
    )
    expect(effects.filter(({ type }) => type === 'readPage')).toHaveLength(2)
    expect(state.list.ids.toSorted()).toEqual([1, 2, 3, 4, 5, 6])
  })
})
