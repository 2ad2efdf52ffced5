import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeProject, openProject, type Project } from '../../../src/main/project/project'
import { decideMany } from '../../../src/main/store/decisions/bulkDecisions'
import { tagMany } from '../../../src/main/store/decisions/bulkMarks'
import { decide } from '../../../src/main/store/decisions/decisions'
import { addComment, setFlag } from '../../../src/main/store/candidates/marks'
import { saveLanguages } from '../../../src/main/store/candidates/languages'
import { refreshReviews } from '../../../src/main/store/quality/secondReviews'
import type { CandidateFilter } from '../../../src/shared/review'
import { makeBigProject } from '../../support/bigProject'
import { openDesk, setQuality, type Desk } from '../../support/desk'
import { recordWhile, type Execution } from '../../support/recordStatements'
import { temporaryDirectory } from '../../support/temporaryProject'

/** Their rows grow with the project; no statement of a screen may go through all of them. */
const growing = new Set([
  ...['candidate', 'pair', 'decision', 'item', 'context', 'item_media', 'call', 'call_exemplar', 'run_item', 'candidate_language'],
  ...['second_review', 'side_verdict', 'flag', 'tag', 'comment', 'rating', 'reason', 'attention_check', 'media', 'mark_step_candidate'],
])

/** Statements that go through a table on purpose: their beginnings, or a part of them, the tables, and why. */
const wholeTables: readonly (readonly [part: string, tables: readonly string[], why: string])[] = [
  ['SELECT count(*) FROM item', ['item'], 'a total, counted in the smallest index'],
  ['SELECT count(*) FROM media', ['media'], 'the same'],
  ['SELECT count(*) FROM call', ['call'], 'the same'],
  ['SELECT count(*) FROM candidate WHERE 1', ['candidate'], 'the same, where no filter narrows it'],
  [
    'SELECT state, count(*) AS n FROM candidate WHERE id > ?',
    ['candidate'],
    'the first count of a project; later ones follow the decisions',
  ],
  ['SELECT run.prompt_version_id AS promptVersionId, sum(accepted)', ['candidate'], 'the drafts of every version, summed in one index'],
  ['candidate.id IN (SELECT candidate_id FROM flag)', ['flag'], 'whatever has a flag is asked for'],
  ['candidate.id IN (SELECT candidate_id FROM comment WHERE 1)', ['comment'], 'whatever has a comment is asked for'],
  ['SELECT tag FROM tag GROUP BY tag', ['tag'], 'all tags are asked for, counted in one index'],
]

const candidates = 10_000
const reviewer = 'Ada'
let project: Project

beforeAll(async () => {
  const made = await makeBigProject(path.join(temporaryDirectory(), 'big.exemplar'), { items: candidates / 10, candidates })
  const { db, directory } = made
  setQuality(made, { secondLook: { share: 0.1 } })
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)
  decideMany(db, { target: { ids: range(1, 2000) }, verdict: 'accept', reviewer: 'Grace' })
  decideMany(db, { target: { ids: range(2000, 3000) }, verdict: 'reject', reason: 'wrong fact\nother: a note', reviewer })
  tagMany(db, { target: { ids: range(100, 300) }, reviewer, tag: 'sea', tagged: true })
  for (const id of range(400, 450)) {
    setFlag(db, id, reviewer, true)
    addComment(db, id, reviewer, 'look at the lamp')
    decide(db, {
      candidateId: id + 4000,
      verdict: 'edit',
      pair: { instruction: `What ${id}?`, response: 'The lamp.' },
      reviewer,
      seconds: 3,
    })
  }
  saveLanguages(
    db,
    range(1, 500).map((id) => ({ id, text: '', language: id % 3 ? 'en' : 'nl' })),
  )
  refreshReviews(db)
  db.pragma('optimize')
  closeProject(made)
  project = openProject(directory)
}, 120_000)

afterAll(() => closeProject(project))

const filters: readonly CandidateFilter[] = [
  {},
  { states: ['pending'] },
  { states: ['pending', 'accepted', 'edited'] },
  { runId: 1 },
  { promptVersionId: 1 },
  { itemId: 7 },
  { origin: 'human' },
  { flagged: 'mine' },
  { flagged: 'any' },
  { tag: 'sea' },
  { commented: true },
  { reason: 'wrong fact' },
  { reviewer },
  { decidedFrom: 1 },
  { language: 'nl' },
  { look: 'second' },
  { exemplarId: 1 },
  { query: 'lamp' },
  { query: 'pal' },
  { states: ['pending'], query: 'lamp', tag: 'sea' },
  { similarTo: 5 },
]

/** Every call that a screen makes to show itself and to go on, by screen. */
const screens: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
  async review({ call }) {
    for (const filter of filters) {
      const { candidates: page, next } = await call('candidate.page', { filter, after: null, limit: 50 })
      if (next) await call('candidate.page', { filter, after: next, limit: 50 })
      await call('candidate.list', { ids: page.map(({ id }) => id).slice(0, 50) })
    }
    for (const id of [1, 2500, 4420, 9000]) {
      await call('candidate.get', { id })
      await call('marks.get', { candidateId: id })
      await call('candidate.similar', { id, limit: 10 })
      await call('turn.list', { candidateId: id })
      await call('quality.look', { candidateId: id, resolving: false })
    }
    await call('candidate.counts', {})
    await call('quality.counts', {})
    await call('quality.ownFigures', {})
    await call('session.sum', { from: 0 })
    await call('marks.tags', {})
    await call('view.list', {})
    await call('decision.add', { candidateId: 9000, verdict: 'reject', reason: 'wrong fact', seconds: 3 })
    await call('decision.add', { candidateId: 9001, verdict: 'accept', seconds: 3 })
    await call('item.decide', { itemId: 905, verdict: 'accept', seconds: 3 })
    await call('decision.undo', {})
    await call('decision.redo', {})
    await call('draft.save', { candidateId: 9100, instruction: 'What?', response: 'That.' })
    await call('pair.write', { itemId: 910, pair: { instruction: 'Mine?', response: 'Yes.' } })
    await call('pair.split', { candidateId: 9200, first: { instruction: 'a', response: 'b' }, second: { instruction: 'c', response: 'd' } })
    for (const flagged of [true, false]) await call('marks.flag', { candidateId: 9300, flagged })
    await call('marks.tag', { candidateId: 9300, tag: 'sky', tagged: true })
    await call('exemplar.pin', { candidateId: 1, pinned: true })
  },
  async table({ call }) {
    for (const filter of filters) {
      await call('candidate.found', { filter })
      await call('table.rows', { filter, from: 0, limit: 50 })
    }
    await call('table.rows', { filter: {}, from: 7000, limit: 50 })
    await call('table.key', { filter: {}, from: 7000 })
    await call('language.list', {})
  },
  async library({ call }) {
    for (const state of ['all', 'undrafted', 'pending', 'reviewed'] as const)
      for (const query of ['', 'lamp']) await call('item.page', { filter: { state, query }, after: 500, limit: 50 })
    await call('item.get', { id: 7 })
    await call('project.stats', {})
  },
  async runs({ call }) {
    await call('run.list', {})
    await call('run.calls', { runId: 1, states: ['failed', 'succeeded'], after: 0, limit: 50 })
    await call('prompt.get', {})
    await call('coldStart.get', {})
    await call('exemplar.list', { limit: 50 })
  },
}

const isOwnStatement = ({ sql }: Execution) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(sql)

/** Indexes of the rows that meet a condition, and of no others. */
const partialIndexes = () =>
  project.db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'`).pluck().all()

const madeOf = (...types: readonly string[]): string =>
  project.db
    .prepare<unknown[], string>(`SELECT sql FROM sqlite_schema WHERE type IN (SELECT value FROM json_each(?))`)
    .pluck()
    .all(JSON.stringify(types))
    .join('\n')

/** The steps of a plan that go through a whole table, by the table's name. */
function scansOf({ sql, parameters }: Execution): string[] {
  project.db.pragma('foreign_keys = OFF') // else a plan lists the tables that SQLite goes through only once a constraint is violated
  const steps = project.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters)
  project.db.pragma('foreign_keys = ON')
  const texts = `${sql}\n${madeOf('trigger', 'view')}`
  return steps.flatMap(({ detail }) => {
    const alias = /^SCAN (\w+)/.exec(detail)?.[1]
    if (alias === undefined || detail.includes('VIRTUAL TABLE') || partialIndexes().some((name) => detail.endsWith(` INDEX ${name}`)))
      return []
    const table = new RegExp(`(?:FROM|JOIN)\\s+(\\w+)\\s+AS\\s+${alias}\\b`).exec(texts)?.[1] ?? alias
    return growing.has(table) ? [table] : []
  })
}

describe.each(Object.entries(screens))('the %s screen', (_, show) => {
  test(`looks rows up by an index in ${candidates} candidates, whatever it is narrowed to`, async () => {
    const executions = await recordWhile(project.db, () => show(openDesk(project, reviewer, { listsHere: true })))
    const distinct = [...new Map(executions.filter(isOwnStatement).map((execution) => [execution.sql, execution])).values()]
    expect(distinct.length).toBeGreaterThan(5)
    const scanning = distinct.flatMap((execution) => {
      const text = execution.sql.replace(/\s+/g, ' ').trim()
      const unnamed = scansOf(execution).filter(
        (table) => !wholeTables.some(([part, tables]) => text.includes(part) && tables.includes(table)),
      )
      return unnamed.length > 0 ? [`${unnamed.join(', ')}: ${text}`] : []
    })
    expect(scanning).toEqual([])
  })
})
