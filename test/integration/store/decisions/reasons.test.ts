import { describe, expect, test } from 'vitest'
import { getCandidate, listCandidates } from '../../../../src/main/store/candidates/candidates'
import { decideMany } from '../../../../src/main/store/decisions/bulkDecisions'
import { decide, redo, undo } from '../../../../src/main/store/decisions/decisions'
import { listDecisions } from '../../../../src/main/store/decisions/decisionHistory'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'

const reviewer = 'Ada'

function projectWith(count: number) {
  const { db } = temporaryProject()
  const itemId = addItem(db, 'one')
  draftPairs(db, [{ itemId, pairs: Array.from({ length: count }, (_, at) => pair(`${at}`)) }])
  const found = (reason: string) => listCandidates(db, { reason }, null, 50).candidates.map(({ id }) => id)
  const reject = (candidateId: number, reason?: string) => decide(db, { candidateId, verdict: 'reject', reason, reviewer })
  return { db, found, reject }
}

describe('reasons of rejections', () => {
  test('are found one by one, with their notes, and by no part of them', () => {
    const { found, reject } = projectWith(9)
    reject(1, 'wrong fact')
    reject(2, 'wrong fact\ntoo short')
    reject(3, 'wrong fact: the boat is red')
    reject(4, 'wrong facts')
    reject(5, 'wrong fact:no blank')
    reject(6, 'style: too long')
    reject(7, 'style: too long: by far')
    reject(8, 'wrong fact:: twice')
    reject(9)
    expect(found('wrong fact')).toEqual([1, 2, 3])
    expect(found('too short')).toEqual([2])
    expect(found('style: too long')).toEqual([6, 7])
    expect(found('style')).toEqual([6, 7])
    expect(found('fact')).toEqual([])
    expect(found(`' OR 1 --`)).toEqual([])
  })

  test('come back as they were, in their order, by undo and redo', () => {
    const { db, reject } = projectWith(1)
    reject(1, 'too short\nwrong fact')
    expect(reject(1, 'wrong fact\ntoo short').reason).toBe('wrong fact\ntoo short')
    expect(undo(db, reviewer)?.reason).toBe('too short\nwrong fact')
    expect(undo(db, reviewer)?.reason).toBeNull()
    expect(redo(db, reviewer)?.reason).toBe('too short\nwrong fact')
    expect(listDecisions(db, 1).map(({ reason }) => reason)).toEqual([
      ...['too short\nwrong fact', 'wrong fact\ntoo short', 'too short\nwrong fact', null, 'too short\nwrong fact'],
    ])
  })

  test('are stored once for all that is rejected for them, and never changed', () => {
    const { db, reject } = projectWith(9)
    reject(1, 'wrong fact\ntoo short')
    expect(decideMany(db, { target: { filter: {} }, verdict: 'reject', reason: 'wrong fact\ntoo short', reviewer })).toBe(8)
    expect(getCandidate(db, 9)?.reason).toBe('wrong fact\ntoo short')
    expect(db.prepare(`SELECT reason FROM reason ORDER BY list_id, position`).pluck().all()).toEqual(['wrong fact', 'too short'])
    for (const sql of [
      `UPDATE reason SET reason = 'x'`,
      `DELETE FROM reason`,
      `UPDATE reason_list SET digest = x'00'`,
      `DELETE FROM reason_list`,
    ])
      expect(() => db.exec(sql)).toThrow('immutable')
  })
})
