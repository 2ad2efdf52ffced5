import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  appendPage,
  createQueueList,
  currentId,
  expectNew,
  moveBy,
  skipCandidate,
  replaceCandidate,
  showCandidate,
} from '../../../src/renderer/src/features/review/queue/queueList'
import { leftOf, statusOf, totalOf } from '../../../src/renderer/src/features/review/session/reviewView'
import {
  backToItem,
  placeSiblingHere,
  nextPending,
  placeSiblingBehind,
  passItem,
  showSibling,
} from '../../../src/renderer/src/features/review/queue/itemSteps'
import { createWorkClock } from '../../../src/renderer/src/features/review/work/workClock'
import { createWorkSession } from '../../../src/renderer/src/features/review/work/workSession'
import type { Candidate } from '../../../src/shared/domain'

const aCandidate = (id: number, itemId: number, part: Partial<Candidate> = {}): Candidate => ({
  id,
  itemId,
  itemSourceId: `item ${itemId}`,
  author: null,
  importedFrom: null,
  splitFrom: null,
  conversationCallId: null,
  pinnedReason: null,
  runId: 1,
  callId: 1,
  provider: 'demo',
  model: 'demo',
  promptVersionId: 1,
  state: 'pending',
  instruction: 'What is it?',
  response: 'A rocket.',
  draft: null,
  kind: null,
  conversation: null,
  turn: null,
  rationale: null,
  reason: null,
  pinned: false,
  createdAt: 0,
  ...part,
})
/** Three pairs an item: 1 to 3 of item one, and so on. */
const pairOf = (id: number, part: Partial<Candidate> = {}) => aCandidate(id, Math.ceil(id / 3), part)
const counts = { pending: 9, accepted: 0, edited: 0, rejected: 0, ignored: 0 }
const pendingList = (ids: readonly number[], skipped = new Set<number>()) => {
  const list = createQueueList({ states: ['pending'] }, { skipped })
  return appendPage(list, { candidates: ids.map((id) => pairOf(id)), next: null })
}

describe('skipped pairs', () => {
  it('return in their order behind the last entry, and stay in total and rest', () => {
    let list = pendingList([1, 2, 3, 4])
    list = skipCandidate(list, pairOf(1))
    expect([currentId(list), totalOf(list, counts), leftOf(list, counts)]).toEqual([2, 4, 4])
    list = moveBy(list, 1)
    list = skipCandidate(list, pairOf(3))
    expect([list.skippedHere, list.ids]).toEqual([
      [1, 3],
      [2, 4],
    ])
    list = replaceCandidate(list, pairOf(4, { state: 'accepted' }))
    list = moveBy(list, 1)
    expect([list.ids, list.skippedHere, currentId(list), leftOf(list, counts)]).toEqual([[2, 4, 1, 3], [], 1, 3])
    list = skipCandidate(list, pairOf(1))
    expect(currentId(list)).toBe(3)
  })

  it('come up at once where nothing else is left', () => {
    let list = pendingList([1])
    list = skipCandidate(list, pairOf(1))
    expect([currentId(list), statusOf(list, null)]).toEqual([1, 'ready'])
  })

  it('stay aside in a list that is read anew, and do not count as its end before they return', () => {
    const skipped = new Set([2])
    let list = createQueueList({ states: ['pending'] }, { skipped })
    list = appendPage(list, { candidates: [pairOf(1), pairOf(2)], next: { itemId: 1, id: 2 } })
    expect([list.ids, list.skippedHere]).toEqual([[1], [2]])
    list = moveBy(list, 1)
    expect(statusOf(list, null)).toBe('loading')
    list = appendPage(list, { candidates: [], next: null })
    expect(currentId(list)).toBe(2)
  })

  it('have a place again where an undo goes to them', () => {
    let list = pendingList([1, 2, 3])
    list = skipCandidate(list, pairOf(1))
    list = showCandidate(list, pairOf(1))
    expect([list.ids, list.skippedHere, list.skipped.size, currentId(list)]).toEqual([[1, 2, 3], [], 0, 1])
  })
})

describe('an ordered queue in memory', () => {
  const ordered = () => createQueueList({ states: ['pending'], tag: 'dark' }, { order: { kind: 'random', seed: 3 } })

  it('knows its total from the order itself, whatever it is narrowed to', () => {
    let list = ordered()
    list = appendPage(list, { candidates: [pairOf(7), pairOf(2)], next: { queue: 1, at: 2 }, total: 900 })
    expect([totalOf(list, counts), leftOf(list, counts), list.cursor]).toEqual([900, 900, { queue: 1, at: 2 }])
    list = replaceCandidate(list, pairOf(7, { state: 'accepted' }))
    expect(leftOf(list, counts)).toBe(899)
  })

  it('is made anew once others have changed pairs, and a page of the earlier order does not bring its cursor back', () => {
    let list = ordered()
    list = appendPage(list, { candidates: [pairOf(7), pairOf(2)], next: { queue: 1, at: 2 }, total: 6 })
    const { cursor } = list
    list = expectNew(list, true)
    expect([list.cursor, list.isComplete]).toEqual([null, false])
    list = appendPage(list, { candidates: [pairOf(5)], next: { queue: 1, at: 3 }, total: 6 }, cursor)
    expect([list.cursor, list.ids]).toEqual([null, [7, 2, 5]])
    list = appendPage(list, { candidates: [pairOf(2), pairOf(4)], next: null, total: 2 }, null)
    expect([list.ids, list.isComplete]).toEqual([[7, 2, 5, 4], true])
  })
})

describe('whole items', () => {
  const item = [1, 2, 3].map((id) => pairOf(id))

  it('go on to the next undecided pair below, then from the top, and leave skipped ones for the end', () => {
    expect(nextPending(item, 2, new Set())?.id).toBe(3)
    expect(nextPending(item, 3, new Set([1]))?.id).toBe(2)
    expect(nextPending([pairOf(1), pairOf(2, { state: 'accepted' })], 1, new Set())).toBeNull()
  })

  it('keep the place in an order by chance: a pair of the item from elsewhere is a guest, and lies behind once it is decided', () => {
    let list = pendingList([2, 8, 5, 1])
    list = showSibling(list, pairOf(1))
    expect([currentId(list), list.index]).toEqual([1, 0])
    list = placeSiblingBehind(list, pairOf(1))
    expect([list.ids, list.index, list.ids[list.index]]).toEqual([[1, 2, 8, 5], 1, 2])
    list = passItem(list, 1)
    expect(currentId(list)).toBe(8)
    list = backToItem(list, 3)
    expect(currentId(list)).toBe(1)
  })

  it('count a pair that no page has brought yet, and never one that does not belong to the queue', () => {
    let list = pendingList([2, 8])
    list = showSibling(list, pairOf(3))
    list = placeSiblingBehind(list, pairOf(3))
    expect([list.ids, list.index]).toEqual([[3, 2, 8], 1])
    list = showSibling(list, pairOf(1, { state: 'rejected' }))
    list = placeSiblingBehind(list, pairOf(1, { state: 'rejected' }))
    expect([list.ids, currentId(list)]).toEqual([[3, 2, 8], 1])
    list = passItem(list, 1)
    expect(currentId(list)).toBe(8)
  })

  it('lose nothing when one pair at a time comes up again while a guest is shown', () => {
    let list = pendingList([2, 8, 1])
    list = showSibling(list, pairOf(1))
    list = placeSiblingHere(list)
    expect([list.ids, currentId(list)]).toEqual([[1, 2, 8], 1])
    list = moveBy(list, 1)
    expect(currentId(list)).toBe(2)
  })

  it('go back to the first pair of the item before', () => {
    let list = pendingList([1, 2, 3, 4, 5])
    list = moveBy(list, 4)
    list = backToItem(list, 2)
    expect(currentId(list)).toBe(1)
  })
})

describe('the clock of a session', () => {
  it('leaves out pauses, and idle time of more than a minute, but counts a look that still lasts', () => {
    let time = 0
    const clock = createWorkClock(() => time)
    time = 40_000
    expect(clock.activeMs()).toBe(40_000)
    time = 70_000
    expect(clock.activeMs()).toBe(0)
    clock.touch()
    time = 80_000
    clock.pause()
    time = 100_000
    clock.resume()
    time = 103_000
    expect(clock.activeMs()).toBe(13_000)
  })
})

describe('a review session', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function begin(earlier = 0) {
    let time = 0
    let day = 0
    const calls: { readonly name: string; readonly input: unknown }[] = []
    const call = (name: string, input: unknown) => {
      calls.push({ name, input })
      return Promise.resolve(
        { 'session.sum': { decisions: earlier, activeMs: 0 }, 'session.start': { id: calls.length, startedAt: 5 } }[name] ?? null,
      )
    }
    const work = createWorkSession({
      call: call as Parameters<typeof createWorkSession>[0]['call'],
      newClock: () => createWorkClock(() => time),
      midnight: () => day,
    })
    work.setReviewer('Ada')
    return {
      work,
      named: (name: string) => calls.filter((each) => each.name === name).map(({ input }) => input),
      pass: async (ms: number) => {
        time += ms
        work.touch()
        await vi.advanceTimersByTimeAsync(ms)
      },
      nextDay: () => (day += 1),
    }
  }

  it('begins with the first decision and is stored every few seconds, with its time and its decisions', async () => {
    const { work, named, pass } = begin(7)
    await pass(10_000)
    expect(work.getView()).toMatchObject({ status: 'off', today: 7 })
    work.decided(1)
    await pass(3000)
    work.decided(1)
    await pass(3000)
    expect(named('session.start')).toEqual([{ decisions: 1, activeMs: 3000 }])
    expect(named('session.keep')).toEqual([{ id: 2, startedAt: 5, decisions: 2, activeMs: 6000 }])
    expect(work.getView()).toMatchObject({ status: 'running', decisions: 2, today: 9 })
  })

  it('counts no time while it is paused, and tells pairs an hour from the rest', async () => {
    const { work, pass } = begin()
    work.toggle()
    await pass(20_000)
    work.toggle()
    expect(work.getView().status).toBe('paused')
    await pass(50_000)
    work.toggle()
    await pass(20_000)
    work.decided(1)
    work.decided(1)
    expect(work.getView()).toMatchObject({ status: 'running', activeMs: 40_000, perHour: 180, secondsEach: 20 })
  })

  it('takes undone pairs off, and is not begun by an undo', () => {
    const { work } = begin()
    work.decided(-1)
    expect(work.getView().status).toBe('off')
    work.decided(1)
    work.decided(-1)
    expect(work.getView().decisions).toBe(0)
  })

  it('is another one on another day, whose goal begins at nothing', async () => {
    const { work, named, pass, nextDay } = begin(7)
    work.decided(1)
    await pass(3000)
    nextDay()
    work.decided(1)
    await pass(3000)
    expect(named('session.start')).toHaveLength(2)
    expect(work.getView()).toMatchObject({ decisions: 1, today: 1 })
  })

  it('stores what it has come to when the desk is left, and counts nothing until somebody is back', async () => {
    const { work, named, pass } = begin()
    work.decided(1)
    await pass(1000)
    work.setHere(false)
    await pass(60_000)
    expect(named('session.start')).toEqual([{ decisions: 1, activeMs: 1000 }])
    work.setHere(true)
    await pass(2000)
    expect(work.getView().activeMs).toBe(1000)
    work.decided(1)
    expect(work.getView().activeMs).toBe(3000)
  })
})
