import { expect, test } from 'vitest'
import { closeProject, openProject } from '../../../../src/main/project/project'
import { prepare } from '../../../../src/main/store/sql/statement'
import { keepReviewSession, startReviewSession, sumReviewSessions } from '../../../../src/main/store/candidates/reviewDesk'
import { temporaryProject } from '../../../support/temporaryProject'

const nothing = { decisions: 0, activeMs: 0 }

test('sessions are kept with the project, each with its end and what it came to, and are summed by reviewer and day', () => {
  const project = temporaryProject()
  const first = startReviewSession(project.db, 'Ada', nothing, 1000)
  keepReviewSession(project.db, 'Ada', { ...first, decisions: 3, activeMs: 12_000.4 }, 20_000)
  keepReviewSession(project.db, 'Ada', { ...first, decisions: 5, activeMs: 30_000 }, 40_000)
  startReviewSession(project.db, 'Ada', { decisions: 1, activeMs: 500 }, 50_000)
  startReviewSession(project.db, 'Bo', { decisions: 9, activeMs: 9 }, 50_000)
  // A process that is killed stores nothing more: the file holds what was kept last.
  const again = openProject(project.directory)
  expect(sumReviewSessions(again.db, 'Ada', 0)).toEqual({ decisions: 6, activeMs: 30_500 })
  expect(sumReviewSessions(again.db, 'Ada', 50_000)).toEqual({ decisions: 1, activeMs: 500 })
  expect(sumReviewSessions(again.db, 'Cy', 0)).toEqual(nothing)
  expect(prepare(again.db, `SELECT reviewer, started_at, ended_at, decisions FROM review_session WHERE id = ?`).get(first.id)).toEqual({
    reviewer: 'Ada',
    started_at: 1000,
    ended_at: 40_000,
    decisions: 5,
  })
  closeProject(again)
})

test('what comes late from another project or reviewer changes no session', () => {
  const { db } = temporaryProject()
  const key = startReviewSession(db, 'Ada', { decisions: 2, activeMs: 10 }, 1000)
  keepReviewSession(db, 'Ada', { ...key, startedAt: 999, decisions: 50, activeMs: 50 })
  keepReviewSession(db, 'Bo', { ...key, decisions: 50, activeMs: 50 })
  expect(sumReviewSessions(db, 'Ada', 0)).toEqual({ decisions: 2, activeMs: 10 })
})

test('the sum of a day reads an index alone, however many sessions there are', () => {
  const { db } = temporaryProject()
  const plan = prepare(
    db,
    `EXPLAIN QUERY PLAN SELECT sum(decisions), sum(active_ms) FROM review_session WHERE reviewer = ? AND started_at >= ?`,
  ).all('Ada', 0)
  expect(JSON.stringify(plan)).toContain('COVERING INDEX review_session_by_reviewer')
})
