import fs from 'node:fs'
import path from 'node:path'
import { openProject } from '../../src/main/project/project'
import { decideMany } from '../../src/main/store/decisions/bulkDecisions'
import { countUpTo } from '../../src/main/store/candidates/candidateParts'
import { countCandidates, listCandidates } from '../../src/main/store/candidates/candidates'
import { closeDatabase } from '../../src/main/store/sql/database'
import type { WritableDb } from '../../src/main/store/sql/types'
import { undo } from '../../src/main/store/decisions/decisions'
import { flagMany, tagMany } from '../../src/main/store/decisions/bulkMarks'
import { listQueue } from '../../src/main/store/candidates/queueOrder'
import { listSorted } from '../../src/main/store/candidates/tableRows'
import type { CandidateFilter } from '../../src/shared/review'
import { makeBigProject } from '../support/bigProject'
import { milliseconds, quantile, report, sizeOf } from '../support/figures'

const folder = fs.mkdtempSync(path.resolve('out/bench-desk-'))
const candidates = sizeOf(1_000_000, 1000)
const rejected = sizeOf(100_000, 100)
const items = candidates / 10
const reviewer = 'bench'
const words = `${candidates.toLocaleString('en')} candidates`

try {
  const { db, directory } = await makeBigProject(path.join(folder, 'big.exemplar'), { items, candidates })
  closeDatabase(db)
  const project = openProject(directory, { check: false })
  measureSteps(project.db)
  measureSearch(project.db)
  measureFilters(project.db)
  measureQueue(project.db)
  closeDatabase(project.db)
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

/** A tenth is rejected in one step, taken back in one, and rejected again for the filters. */
function measureSteps(db: WritableDb): void {
  const ids = db.prepare(`SELECT id FROM candidate WHERE state = 'pending' ORDER BY item_id, id LIMIT ?`).pluck().all(rejected) as number[]
  const reject = () => milliseconds(() => decideMany(db, { target: { ids }, verdict: 'reject', reason: 'trivial', reviewer }))
  report({ name: `reject of ${rejected.toLocaleString('en')} pairs in ${words}`, value: reject(), unit: 'ms', atMost: 3000 })
  report({
    name: `undo of the reject of ${rejected.toLocaleString('en')} pairs`,
    value: milliseconds(() => undo(db, reviewer)),
    unit: 'ms',
    atMost: 3000,
  })
  reject()
}

function measureSearch(db: WritableDb): void {
  const queries = [
    'lamp',
    'l',
    'why',
    'woman suit',
    'number 77',
    'palace gate',
    'morning',
    'nowhere',
    'th',
    'cup of coffee',
    '4711',
    'eye goes',
  ]
  const times = queries.flatMap((query) =>
    Array.from({ length: 5 }, () => milliseconds(() => listCandidates(db, { query, states: ['pending'] }, null, 50))),
  )
  report({ name: `search as one types in ${words}, 95th percentile`, value: quantile(times, 0.95), unit: 'ms', atMost: 50 })
}

/** As the window counts at once: where words are searched, no further than 20,000; the rest is counted beside it. */
function count(db: WritableDb, filter: CandidateFilter): number {
  return filter.query ? countUpTo(db, filter, 20_001, reviewer) : countCandidates(db, filter, reviewer)
}

function measureFilters(db: WritableDb): void {
  tagMany(db, { target: { filter: { query: 'number 77' } }, reviewer, tag: 'check', tagged: true })
  flagMany(db, { target: { filter: { query: 'number 78' } }, reviewer, flagged: true })
  const filters: CandidateFilter[] = [
    {},
    { states: ['pending'] },
    { states: ['rejected', 'accepted'] },
    { runId: 1, states: ['pending'] },
    { promptVersionId: 1, states: ['pending', 'accepted'] },
    { reason: 'trivial' },
    { reviewer, states: ['rejected'] },
    { reviewer, decidedFrom: Date.now() - 3_600_000 },
    { tag: 'check', states: ['pending'] },
    { flagged: 'mine', promptVersionId: 1 },
    { query: 'lamp', states: ['pending'] },
    { query: 'lamp', reason: 'trivial' },
    { query: 'th', runId: 1 },
  ]
  const times = filters.flatMap((filter) => Array.from({ length: 3 }, () => milliseconds(() => count(db, filter))))
  report({ name: `count of a combined filter in ${words}, 95th percentile`, value: quantile(times, 0.95), unit: 'ms', atMost: 200 })
}

function measureQueue(db: WritableDb): void {
  for (const order of ['import', 'random', 'flagged', 'leastReviewed', 'run'] as const)
    report({
      name: `queue in the order ${order} of ${words}`,
      value: milliseconds(() => listQueue(db, { filter: { states: ['pending'] }, order, reviewer })),
      unit: 'ms',
    })
  for (const column of ['state', 'response', 'rating', 'decidedAt'] as const)
    report({
      name: `table of ${words} sorted by ${column}`,
      value: milliseconds(() => listSorted(db, { filter: {}, sort: { kind: 'column', column, descending: true }, reviewer })),
      unit: 'ms',
    })
}
