import { beforeEach, describe, expect, test } from 'vitest'
import type { Project } from '../../../src/main/project/project'
import { readDesk, saveDesk } from '../../../src/main/project/userData'
import { createQueues, type QueueRequest } from '../../../src/main/calls/queues'
import { decideMany } from '../../../src/main/store/decisions/bulkDecisions'
import { decide } from '../../../src/main/store/decisions/decisions'
import { listOrdered, listQueue } from '../../../src/main/store/candidates/queueOrder'
import { defaultDesk, type QueueCursor } from '../../../src/shared/review'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../../support/temporaryProject'

const reviewer = 'Ada'
let project: Project
let made: number
let queues: ReturnType<typeof createQueues>
beforeEach(() => {
  project = temporaryProject()
  draftPairs(
    project.db,
    Array.from({ length: 10 }, (_, index) => ({
      itemId: addItem(project.db, `item ${index}`),
      pairs: [pair('the lamp'), pair('the sea')],
    })),
  )
  made = 0
  queues = createQueues(async (filter, order, cards) => {
    made++
    return Float64Array.from(listOrdered(project.db, { filter, order, reviewer, cards }))
  })
})

const request = (after: QueueCursor | null, part: Partial<QueueRequest> = {}): QueueRequest => ({
  filter: { states: ['pending'] },
  order: { kind: 'random', seed: 4 },
  after,
  limit: 6,
  ...part,
})

describe('an ordered queue', () => {
  test('is made once and read page by page, each pair once, in its order', async () => {
    const order = listQueue(project.db, { filter: {}, order: 'random', reviewer, seed: 4 })
    const read: number[] = []
    let after: QueueCursor | null = null
    do {
      const page: Awaited<ReturnType<typeof queues.page>> = await queues.page(project.db, request(after))
      expect(page.candidates.length).toBeLessThanOrEqual(6)
      expect(page.total).toBe(20)
      read.push(...page.candidates.map(({ id }) => id))
      after = page.next
    } while (after)
    expect(read).toEqual(order)
    expect(made).toBe(1)
  })

  test('stays as it was made while decisions change it, and leaves out what was decided meanwhile', async () => {
    const order = { kind: 'leastReviewed', seed: 1 } as const
    const first = await queues.page(project.db, request(null, { order }))
    decide(project.db, { candidateId: first.candidates[0]?.id ?? 0, verdict: 'accept', reviewer })
    const next = first.next && (await queues.page(project.db, request(first.next, { order })))
    expect(next?.candidates).toHaveLength(6)
    decideMany(project.db, { target: { filter: { states: ['pending'] } }, verdict: 'reject', reviewer })
    const rest = next?.next && (await queues.page(project.db, request(next.next, { order })))
    expect(rest).toMatchObject({ candidates: [], total: 20 })
    expect(made).toBe(1)
  })

  test('is made anew, from its top, for a cursor of one that is held no more', async () => {
    const page = await queues.page(project.db, request({ queue: 77, at: 12 }))
    expect(page.candidates.map(({ id }) => id)).toEqual(
      listQueue(project.db, { filter: {}, order: 'random', reviewer, seed: 4 }).slice(0, 6),
    )
    expect(made).toBe(1)
  })
})

describe('a sorted table', () => {
  const range = (from: number, limit: number) =>
    queues.range(project.db, { filter: {}, sort: { kind: 'column', column: 'state', descending: true }, reviewer, from, limit })

  test('is sorted once while nothing changes, and read anywhere', async () => {
    const all = (await range(0, 20)).ids
    expect((await range(7, 3)).ids).toEqual(all.slice(7, 10))
    expect((await range(19, 100)).ids).toEqual(all.slice(19))
    expect((await range(20, 100)).ids).toEqual([])
    expect(made).toBe(1)
  })

  test('is sorted anew after a decision, and a queue that was opened from it goes on as it was', async () => {
    const { queue, ids } = await range(0, 20)
    decide(project.db, { candidateId: ids[5] ?? 0, verdict: 'reject', reviewer })
    expect((await range(0, 1)).ids).toEqual([ids[5]])
    const page = await queues.page(project.db, request({ queue, at: 4 }, { filter: {}, limit: 3 }))
    expect(page.candidates.map(({ id }) => id)).toEqual(ids.slice(4, 7))
    expect(made).toBe(2)
  })
})

test('the set-up of a desk is kept for each project apart', () => {
  const userData = temporaryDirectory()
  const desk = { order: { kind: 'random', seed: 9 }, wholeItem: true, gridColumns: 4, gridCards: 'items' } as const
  saveDesk(userData, 'one', desk)
  expect(readDesk(userData, 'one')).toEqual(desk)
  expect(readDesk(userData, 'two')).toEqual(defaultDesk)
})
