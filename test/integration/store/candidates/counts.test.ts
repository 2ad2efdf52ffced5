import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CandidateState, Counts } from '../../../../src/shared/domain'
import { openProject } from '../../../../src/main/project/project'
import { decideMany } from '../../../../src/main/store/decisions/bulkDecisions'
import { keepCounts, readCounts } from '../../../../src/main/store/candidates/counts'
import type { WritableDb } from '../../../../src/main/store/sql/types'
import { decide, redo, undo } from '../../../../src/main/store/decisions/decisions'
import { write } from '../../../../src/main/store/sql/transaction'
import { recordStatements } from '../../../support/recordStatements'
import { addCandidates } from '../../../support/bigProject'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'

/** Counted row by row, by nobody but SQLite. */
function counted(db: WritableDb): Counts {
  const rows = db.prepare(`SELECT state, count(*) AS n FROM candidate GROUP BY state`).all() as { state: CandidateState; n: number }[]
  return { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) }
}

describe('the counts of a project', () => {
  test('are those of its rows, whatever two programs do to it', () => {
    const project = temporaryProject()
    const itemId = addItem(project.db, 'one')
    const ids = draftPairs(project.db, [{ itemId, pairs: Array.from({ length: 6 }, (_, n) => pair(`thing ${n}`)) }])
    const other = openProject(project.directory)
    const verdict = fc.constantFrom('accept' as const, 'reject' as const, 'ignore' as const, 'reopen' as const)
    const step = fc.oneof(
      fc.record({ kind: fc.constant('decide' as const), index: fc.nat(ids.length - 1), verdict }),
      fc.record({ kind: fc.constant('all' as const), verdict }),
      fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'draft' as const, 'fail' as const) }),
    )
    const carryOut = (db: WritableDb, reviewer: string, given: typeof step extends fc.Arbitrary<infer T> ? T : never): void => {
      switch (given.kind) {
        case 'decide':
          return void decide(db, { candidateId: ids[given.index] ?? 0, verdict: given.verdict, reviewer })
        case 'all':
          return void decideMany(db, { target: { ids }, verdict: given.verdict, reviewer })
        case 'undo':
          return void undo(db, reviewer)
        case 'redo':
          return void redo(db, reviewer)
        case 'draft':
          return void draftPairs(db, [{ itemId, pairs: [pair('another')] }])
        case 'fail':
          // read in the middle of what is rolled back
          expect(() =>
            write(db, () => {
              decide(db, { candidateId: ids[0] ?? 0, verdict: 'accept', reviewer })
              readCounts(db)
              throw new Error('no')
            }),
          ).toThrow('no')
      }
    }
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), step), { maxLength: 12 }), (steps) => {
        for (const [here, given] of steps) {
          carryOut(here ? project.db : other.db, here ? 'Ada' : 'Ben', given)
          if (here) expect(readCounts(project.db)).toEqual(counted(project.db))
        }
        expect(readCounts(other.db)).toEqual(counted(other.db))
      }),
      { numRuns: 60 },
    )
  })

  test('are stored of a large project, so that the next start counts no rows', () => {
    const project = temporaryProject()
    const itemIds = Array.from({ length: 10 }, (_, n) => addItem(project.db, `item ${n}`))
    const [one = 0] = draftPairs(project.db, [{ itemId: itemIds[0] ?? 0, pairs: [pair('a thing')] }])
    addCandidates(project.db, 1, itemIds, 25_000)
    keepCounts(project.db)
    decide(project.db, { candidateId: one, verdict: 'accept', reviewer: 'Ada' })

    const { db } = openProject(project.directory)
    const statements = recordStatements(db, () =>
      expect(readCounts(db)).toEqual({ pending: 25_000, accepted: 1, edited: 0, rejected: 0, ignored: 0 }),
    )
    expect(statements.filter(({ sql }) => /FROM candidate\b.*GROUP BY/s.test(sql))).toEqual([])
  })
})
