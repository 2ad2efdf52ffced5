import { describe, expect, test } from 'vitest'
import { openProject, type Project, type ReadProject } from '../../../src/main/project/project'
import { listCandidates } from '../../../src/main/store/candidates/candidates'
import { decide } from '../../../src/main/store/decisions/decisions'
import { freshDatabase } from '../../support/freshDatabase'
import { prepare } from '../../../src/main/store/sql/statement'
import { write } from '../../../src/main/store/sql/transaction'
import type { ReadableDb, WritableDb } from '../../../src/main/store/sql/types'

/** Never run: `npm run typecheck` fails where one of the lines marked as errors is none. */
export function whatTheCompilerRefuses(readable: ReadableDb, writable: WritableDb): void {
  listCandidates(readable, {}, null, 1)
  listCandidates(writable, {}, null, 1)
  prepare(writable, `DELETE FROM flag`).run()
  // @ts-expect-error: a query is not run
  prepare(readable, `DELETE FROM flag`).run()
  // @ts-expect-error: a writer needs a connection that may write
  decide(readable, { candidateId: 1, verdict: 'accept', reviewer: 'Ada' })
  // @ts-expect-error
  write(readable, () => undefined)
  // @ts-expect-error: the driver is out of reach
  readable.exec(`DELETE FROM flag`)
  const reading: ReadProject = openProject('a', { reading: true })
  const project: Project = openProject('a')
  // @ts-expect-error: what was opened for reading alone cannot be changed
  const changed: Project = openProject('a', { reading: true })
  void [reading, project, changed]
}

describe('a connection that may write', () => {
  test('serves readers too', () => {
    const db = freshDatabase()
    expect(listCandidates(db, {}, null, 1).candidates).toEqual([])
    db.close()
  })
})
