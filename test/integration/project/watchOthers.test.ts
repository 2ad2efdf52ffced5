import { afterEach, expect, test, vi } from 'vitest'
import { backUpProject } from '../../../src/main/project/backups'
import { closeProject, openProject } from '../../../src/main/project/project'
import { decide } from '../../../src/main/store/decisions/decisions'
import { prepare } from '../../../src/main/store/sql/statement'
import { write } from '../../../src/main/store/sql/transaction'
import { watchOthers } from '../../../src/main/project/watchOthers'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'

afterEach(() => void vi.useRealTimers())

test('what another connection stores in the open project is noticed once; what this one stores is not', () => {
  vi.useFakeTimers()
  const project = temporaryProject()
  const [first, second] = draftPairs(project.db, [{ itemId: addItem(project.db, 'cat'), pairs: [pair('one'), pair('two')] }])
  const changed = vi.fn<() => void>()
  let open = true
  const stop = watchOthers(() => (open ? project.db : undefined), changed, undefined, 100)
  vi.advanceTimersByTime(300)
  decide(project.db, { candidateId: first!, verdict: 'accept', reviewer: 'Ada' })
  vi.advanceTimersByTime(300)
  expect(changed).not.toHaveBeenCalled()

  const other = openProject(project.directory)
  decide(other.db, { candidateId: second!, verdict: 'reject', reviewer: 'Grace' })
  vi.advanceTimersByTime(300)
  expect(changed).toHaveBeenCalledTimes(1)

  open = false
  decide(other.db, { candidateId: second!, verdict: 'accept', reviewer: 'Grace' })
  vi.advanceTimersByTime(300)
  closeProject(project)
  open = true
  vi.advanceTimersByTime(300) // a closed connection is left alone
  stop()
  closeProject(other)
  expect(changed).toHaveBeenCalledTimes(1)
})

test('another process that opens the project, writes nothing, or backs it up does not look like a change', () => {
  vi.useFakeTimers()
  const project = temporaryProject()
  const [first] = draftPairs(project.db, [{ itemId: addItem(project.db, 'cat'), pairs: [pair('one')] }])
  const changed = vi.fn<() => void>()
  const stop = watchOthers(() => project.db, changed, undefined, 100)
  vi.advanceTimersByTime(300)
  const other = openProject(project.directory)
  write(other.db, () => prepare(other.db, `UPDATE candidate SET state = state WHERE id = -1`).run())
  prepare(other.db, `DELETE FROM candidate WHERE id = -1`).run()
  backUpProject(other.db, other.directory)
  vi.advanceTimersByTime(300)
  expect(changed).not.toHaveBeenCalled()

  decide(other.db, { candidateId: first!, verdict: 'accept', reviewer: 'Grace' })
  vi.advanceTimersByTime(300)
  expect(changed).toHaveBeenCalledTimes(1)
  stop()
  closeProject(other)
  closeProject(project)
})
