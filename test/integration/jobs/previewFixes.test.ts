import { expect, test } from 'vitest'
import { previewFixes } from '../../../src/main/jobs/previewFixes'
import { decide } from '../../../src/main/store/decisions/decisions'
import type { FixRule } from '../../../src/shared/editing'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'

const rule = (part: Partial<FixRule>): FixRule => ({
  name: 'rule',
  pattern: 'x',
  flags: '',
  replacement: '',
  part: 'both',
  on: true,
  ...part,
})

function projectWith(count: number) {
  const { db } = temporaryProject()
  const ids = draftPairs(db, [{ itemId: addItem(db, 'one'), pairs: Array.from({ length: count }, (_, n) => pair(`thing ${n}`)) }])
  return { db, ids }
}

test('counts the pending pairs that each rule would change, and shows the first three', async () => {
  const { db, ids } = projectWith(12)
  decide(db, { candidateId: ids[0] ?? 0, verdict: 'accept', reviewer: 'Ada' })
  const report = await previewFixes(db, [
    rule({ pattern: 'thing (\\d)\\b', replacement: 'part $1', part: 'response' }),
    rule({ pattern: '(' }),
    rule({ pattern: 'nowhere' }),
  ])
  expect(report).toMatchObject({ looked: 11, complete: true })
  expect(report.rules.map(({ changes }) => changes)).toEqual([9, 0, 0])
  expect(report.rules[0]?.examples.map(({ candidateId }) => candidateId)).toEqual(ids.slice(1, 4))
  expect(report.rules[0]?.examples[0]).toMatchObject({
    itemSourceId: 'one',
    part: 'response',
    before: 'It is thing 1.',
    after: 'It is part 1.',
  })
  expect(report.rules[1]?.fault).toMatch(/missing/)
})

test('tells how far it came when it is ended, or takes too long', async () => {
  const { db } = projectWith(1100)
  const ended = AbortSignal.abort()
  expect(await previewFixes(db, [rule({ pattern: 'thing' })], { signal: ended })).toMatchObject({ looked: 500, complete: false })
  let time = 0
  const slow = await previewFixes(db, [rule({ pattern: 'thing' })], { now: () => (time += 9_000) })
  expect(slow).toMatchObject({ looked: 1000, complete: false, rules: [{ changes: 1000 }] })
  expect(await previewFixes(db, [])).toMatchObject({ looked: 1100, complete: true })
})
