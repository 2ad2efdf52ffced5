import { describe, expect, it } from 'vitest'
import { rowLayout } from '../../../src/renderer/src/components/MediaViewer/video/rowLayout'
import { keyText } from '../../../src/renderer/src/app/keys/keyText'
import { createTimeOnPair } from '../../../src/renderer/src/features/review/work/timeOnPair'
import { nameOf, statesOf, filterNames } from '../../../src/renderer/src/features/review/queue/filters'
import {
  appendPage,
  createQueueList,
  currentCandidate,
  expectNew,
  KEPT_BEHIND,
  moveBy,
  replaceCandidate,
  showCandidate,
} from '../../../src/renderer/src/features/review/queue/queueList'
import { missingAround } from '../../../src/renderer/src/features/review/queue/queueReads'
import { totalOf } from '../../../src/renderer/src/features/review/session/reviewView'
import { approvalOf, decided } from '../../../src/renderer/src/features/review/session/verdict'
import { createEffectRunner } from '../../../src/renderer/src/features/review/session/effects'
import type { Candidate } from '../../../src/shared/domain'
import { clashes, keyName } from '../../../src/shared/keymap'

const aCandidate = (part: Partial<Candidate> = {}): Candidate => ({
  id: 1,
  itemId: 1,
  itemSourceId: 'rocket',
  author: null,
  importedFrom: null,
  splitFrom: null,
  conversationCallId: 1,
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
  pinnedReason: null,
  createdAt: 0,
  ...part,
})
const page = (from: number, count: number, more = true) => ({
  candidates: Array.from({ length: count }, (_, index) => aCandidate({ id: from + index })),
  next: more ? { itemId: 1, id: from + count - 1 } : null,
})
const counts = { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0 }

describe('the queue in memory', () => {
  it('keeps decided candidates in their place and in its total', () => {
    let list = createQueueList({ states: ['pending'] })
    list = appendPage(list, page(1, 50))
    list = replaceCandidate(list, aCandidate({ id: 1, state: 'accepted' }))
    list = moveBy(list, 1)
    expect(currentCandidate(list)?.id).toBe(2)
    expect(totalOf(list, { ...counts, pending: 119, accepted: 1 })).toBe(120)
    list = moveBy(list, -1)
    expect(currentCandidate(list)?.state).toBe('accepted')
  })

  it('cannot know its total while words are searched, until it is read to the end', () => {
    let list = createQueueList({ query: 'lamp' })
    list = appendPage(list, page(1, 50))
    expect(totalOf(list, { ...counts, pending: 9 })).toBeNull()
    list = appendPage(list, page(51, 3, false))
    expect(totalOf(list, counts)).toBe(53)
  })

  it('gives a candidate from elsewhere a place before the one on the screen, once', () => {
    let list = createQueueList({ states: ['pending'] })
    list = appendPage(list, page(1, 3))
    list = moveBy(list, 1)
    list = showCandidate(list, aCandidate({ id: 60 }))
    expect(list.ids).toEqual([1, 60, 2, 3])
    expect(currentCandidate(list)?.id).toBe(60)
    list = appendPage(list, page(58, 4, false))
    expect(list.ids).toEqual([1, 60, 2, 3, 58, 59, 61])
  })

  it('is read once more from the top when something was added, perhaps before its end; what is new joins behind the last', () => {
    let list = createQueueList({ states: ['pending'] })
    list = appendPage(list, page(10, 2, false))
    expect(list.isComplete).toBe(true)
    list = expectNew(list)
    expect([list.isComplete, list.cursor]).toEqual([false, null])
    list = appendPage(list, page(8, 5, false))
    expect(list.ids).toEqual([10, 11, 8, 9, 12])
    expect(list.isComplete).toBe(true)

    let halfRead = createQueueList({})
    halfRead = appendPage(halfRead, page(10, 2))
    halfRead = expectNew(halfRead)
    halfRead = appendPage(halfRead, page(12, 1, false))
    expect([halfRead.isComplete, halfRead.cursor]).toEqual([false, null])
    halfRead = appendPage(halfRead, page(9, 4, false))
    expect(halfRead.ids).toEqual([10, 11, 12, 9])
    expect(halfRead.isComplete).toBe(true)
  })

  it('drops what lies far behind to its id', () => {
    let list = createQueueList({})
    for (let step = 0; step < 2000; step++) {
      if (list.ids.length - list.index < 100) list = appendPage(list, page(list.ids.length + 1, 50))
      list = moveBy(list, 1)
    }
    expect(list.ids).toHaveLength(2100)
    expect(list.loaded.size).toBeLessThanOrEqual(4 * KEPT_BEHIND)
    expect(currentCandidate(list)?.id).toBe(2001)
    list = moveBy(list, -1000)
    expect(missingAround(list, 2, 2)).toEqual([999, 1000, 1001, 1002, 1003])
  })
})

describe('what an approval means', () => {
  const edited = aCandidate({ state: 'edited', response: 'A big rocket.', draft: { instruction: 'What is it?', response: 'A rocket.' } })

  it('is an acceptance of unchanged text, white space aside', () => {
    expect(approvalOf(aCandidate(), { instruction: ' What is it?', response: 'A rocket.\n' })).toEqual({ kind: 'accept' })
  })

  it('is an edit of changed text', () => {
    const pair = { instruction: 'What is it?', response: 'A red rocket.' }
    expect(approvalOf(aCandidate(), pair)).toEqual({ kind: 'edit', pair })
    expect(decided(aCandidate(), { verdict: 'edit', pair })).toMatchObject({ state: 'edited', ...pair, draft: { response: 'A rocket.' } })
  })

  it('is nothing where the pair is approved with this text, and nothing at all without text', () => {
    expect(approvalOf(edited, edited)).toEqual({ kind: 'nothing' })
    expect(approvalOf(aCandidate(), { instruction: 'What is it?', response: '  ' })).toEqual({ kind: 'empty' })
  })

  it('accepts text that was edited back to the draft, and edits what stays different', () => {
    expect(decided(edited, { verdict: 'edit', pair: { instruction: 'What is it?', response: 'A rocket.' } })).toMatchObject({
      state: 'accepted',
      draft: null,
    })
    expect(decided({ ...edited, state: 'rejected' }, { verdict: 'accept' })).toMatchObject({ state: 'edited', response: 'A big rocket.' })
  })
})

describe('the time spent on a pair', () => {
  it('leaves out pauses of more than a minute', () => {
    let time = 0
    const timer = createTimeOnPair(() => time)
    time = 4000
    timer.touch()
    time = 3_604_000
    timer.touch()
    time = 3_606_500
    expect(timer.seconds()).toBe(6.5)
    timer.restart()
    expect(timer.seconds()).toBe(0)
  })
})

describe('writes', () => {
  it('run in order, and go on after one has failed', async () => {
    const never = () => undefined
    const runner = createEffectRunner({
      call: () => Promise.reject(new Error('not called')),
      dispatch: never,
      revision: () => 0,
      restartTimer: never,
      onStored: never,
      onDecisions: never,
      onStepEnd: never,
    })
    const done: number[] = []
    const write = (id: number, fails = false) =>
      runner.enqueue(async () => {
        await Promise.resolve()
        done.push(id)
        if (fails) throw new Error('disk full')
      })
    const results = [write(1), write(2, true), write(3)]
    await runner.settled()
    expect(done).toEqual([1, 2, 3])
    expect((await Promise.allSettled(results)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})

describe('media side by side', () => {
  it('have equal heights and fill the width', () => {
    expect(rowLayout([1, 2], 608, 400)).toEqual([
      { width: 200, height: 200 },
      { width: 400, height: 200 },
    ])
  })

  it('are no higher than their place', () => {
    expect(rowLayout([1], 800, 300)).toEqual([{ width: 300, height: 300 }])
  })
})

it('has no key that means two things before somebody makes it so', () => {
  expect([...clashes({})]).toEqual([])
})

describe('names of keys', () => {
  it('read as on the keyboard', () => {
    expect(['Mod+Shift+Z', 'ArrowLeft', '+', 'Mod++'].map((key) => keyText(key, false))).toEqual(['Ctrl+Shift+Z', '←', '+', 'Ctrl++'])
    expect(keyText('Mod+Shift+Z', true)).toBe('⌘⇧Z')
  })

  it('know the space bar', () => {
    expect(keyName({ key: ' ', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false })).toBe('Space')
  })

  it('are known by their place where Option on a Mac makes another character of them', () => {
    const option = { ctrlKey: false, metaKey: false, altKey: true, shiftKey: false }
    expect(keyName({ ...option, key: 'å', code: 'KeyA' })).toBe('Alt+A')
    expect(keyName({ ...option, key: 'Dead', code: 'KeyN' })).toBe('Alt+N')
    expect(keyName({ ...option, key: '≥', code: 'Period' })).toBe('Alt+.')
    expect(keyName({ ...option, shiftKey: true, key: 'ı', code: 'KeyB' })).toBe('Alt+Shift+B')
    // What Alt leaves as it is stays so, on every layout of the keyboard.
    expect(keyName({ ...option, key: 'a', code: 'KeyQ' })).toBe('Alt+A')
    expect(keyName({ ...option, key: 'ArrowUp', code: 'ArrowUp' })).toBe('Alt+ArrowUp')
    expect(keyName({ ...option, altKey: false, key: 'å', code: 'KeyA' })).toBe('Å')
  })
})

describe('filters of the queue', () => {
  it('are found again by their states', () => {
    for (const name of filterNames) expect(nameOf({ states: statesOf(name) })).toBe(name)
    expect(nameOf({})).toBe('all')
    expect(nameOf({ states: ['pending', 'ignored'] })).toBeNull()
  })
})
