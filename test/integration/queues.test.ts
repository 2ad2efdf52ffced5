import { beforeEach, describe, expect, test } from 'vitest'
import type { Project } from '../../src/main/project/project'
import { readDesk, saveDesk } from '../../src/main/project/desks'
import { createQueues, type QueueRequest } from '../../src/main/queues'
import { decideMany } from '../../src/main/store/bulkDecisions'
import { decide } from '../../src/main/store/decisions'
import { listQueue } from '../../src/main/store/queueOrder'
import type { QueueCursor } from '../../src/shared/flow'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../support/temporaryProject'

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
  queues = createQueues(async (filter, { kind, seed }) => {
    made++
    return Float64Array.from(listQueue(project.db, { filter, order: kind, reviewer, seed }))
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

test('the set-up of a desk is kept for each project apart', () => {
  const userData = temporaryDirectory()
  const desk = { order: { kind: 'random', seed: 9 }, wholeItem: true } as const
  saveDesk(userData, 'one', desk)
  expect(readDesk(userData, 'one')).toEqual(desk)
  expect(readDesk(userData, 'two')).toEqual({ order: { kind: 'import', seed: 1 }, wholeItem: false })
})
