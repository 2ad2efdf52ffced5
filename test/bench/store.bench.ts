import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { openProject, projectFile } from '../../src/main/project/project'
import { listCandidates } from '../../src/main/store/candidates/candidates'
import { closeDatabase } from '../../src/main/store/sql/database'
import { decide } from '../../src/main/store/decisions/decisions'
import { makeBigProject } from '../support/bigProject'
import { milliseconds, quantile, report, sizeOf } from '../support/figures'
import { recordStatements, replayer } from '../support/recordStatements'

// On the project's own disk: a temporary folder may be memory, where durable costs nothing.
const folder = fs.mkdtempSync(path.resolve('out/bench-store-'))
const candidates = sizeOf(100_000, 1000)
const outOf = `out of ${candidates.toLocaleString('en')}`
const reviewer = 'bench'

try {
  const project = await makeBigProject(path.join(folder, 'big.exemplar'), { items: candidates / 10, candidates })
  measurePages(project.db)
  closeDatabase(project.db)
  measureDecisions(project.directory)
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

/** A page of 50 candidates from anywhere, as the review queue asks for it. */
function measurePages(db: Parameters<typeof listCandidates>[0]): void {
  const [pages, warmUp] = sizeOf([400, 100], [20, 5])
  const page = (index: number) =>
    listCandidates(db, { states: ['pending'] }, { itemId: 1 + ((index * 7919) % (candidates / 10 - 10)), id: 0 }, 50)
  const times = Array.from({ length: pages }, (_, index) => milliseconds(() => page(index))).slice(warmUp)
  report({ name: `page of 50 candidates ${outOf}, median`, value: quantile(times, 0.5), unit: 'ms', atMost: 1 })
  report({ name: `page of 50 candidates ${outOf}, 95th percentile`, value: quantile(times, 0.95), unit: 'ms' })
}

/** Decisions through the store against the very statements they consist of, in rounds that take turns on two copies of one project. */
function measureDecisions(directory: string): void {
  const copy = path.join(folder, 'raw.exemplar')
  fs.cpSync(directory, copy, { recursive: true })
  const recorded = openProject(copy)
  const example = candidates - 1
  const executions = recordStatements(recorded.db, () => {
    decide(recorded.db, { candidateId: example, verdict: 'accept', reviewer, seconds: 4.5 })
  })
  closeDatabase(recorded.db)

  const project = openProject(directory)
  const raw = new BetterSqlite3(projectFile(copy))
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  raw.pragma('foreign_keys = ON')
  const replay = replayer(raw, executions, example)

  const [rounds, perRound] = sizeOf([21, 100], [3, 10])
  const rates: { store: number; raw: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const ids = Array.from({ length: perRound }, (_, index) => 1 + round * perRound + index)
    const byStore = () =>
      milliseconds(() => ids.forEach((candidateId) => decide(project.db, { candidateId, verdict: 'accept', reviewer, seconds: 4.5 })))
    const byDriver = () => milliseconds(() => ids.forEach(replay))
    const [store, driver] = round % 2 === 0 ? [byStore(), byDriver()] : [byDriver(), byStore()].toReversed()
    rates.push({ store: (perRound * 1000) / (store ?? 0), raw: (perRound * 1000) / (driver ?? 0) })
  }
  const measured = rates.slice(1)
  report({
    name: 'durable decisions, raw driver',
    value: quantile(
      measured.map((rate) => rate.raw),
      0.5,
    ),
    unit: '1/s',
  })
  report({
    name: 'durable decisions, store',
    value: quantile(
      measured.map((rate) => rate.store),
      0.5,
    ),
    unit: '1/s',
  })
  report({
    name: 'durable decisions, store against raw driver',
    value: quantile(
      measured.map((rate) => rate.store / rate.raw),
      0.5,
    ),
    unit: 'of the raw rate',
    atLeast: 0.8,
  })
  closeDatabase(project.db)
  raw.close()
}
