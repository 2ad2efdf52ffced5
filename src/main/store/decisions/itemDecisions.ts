import sql from 'sql-template-tag'
import { cleanPairText, type Candidate, type Pair } from '../../../shared/domain'
import { openCheck } from '../quality/attentionChecks'
import { candidateSelect, readCandidates, toCandidate } from '../candidates/candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { settle } from './decisions'
import { getDraft } from '../candidates/drafts'
import { getQualitySettings } from '../quality/qualitySettings'
import { takeStep, type StepRow } from './steps'
import { write } from '../sql/transaction'
import { readRows } from '../sql/statement'

export interface ItemDecision {
  readonly itemId: number
  readonly verdict: 'accept' | 'reject'
  readonly reason?: string | undefined
  readonly reviewer: string
  readonly seconds?: number | undefined
}

/**
 * One decision on all pending pairs of an item, as one step. Text that the reviewer typed for one of them is accepted with it, as if that
 * pair had been decided alone; one whose typed text is blank stays pending, and so does one that an attention check stands in the place
 * of: the reviewer has not seen it.
 * @returns those that were decided
 */
export function decideItem(db: WritableDb, { itemId, verdict, reason, reviewer, seconds }: ItemDecision): Candidate[] {
  return write(db, () => {
    const pending = readRows(
      db,
      sql`${candidateSelect} WHERE candidate.state = 'pending' AND candidate.item_id = ${itemId} ORDER BY candidate.id`,
    )
      .map(toCandidate)
      .filter(({ id }) => !openCheck(db, id, reviewer))
    const rows = pending.flatMap((candidate): StepRow[] => {
      if (verdict === 'reject') return [{ candidate, verdict, state: 'rejected', reason: reason ?? null }]
      const text = typedText(db, candidate, reviewer)
      return text.instruction && text.response ? [{ candidate, ...settle('edit', text, candidate), reason: null, text }] : []
    })
    takeStep(db, reviewer, rows, seconds ?? null)
    return readCandidates(
      db,
      rows.map(({ candidate }) => candidate.id),
    )
  })
}

function typedText(db: ReadableDb, candidate: Candidate, reviewer: string): Pair {
  const typed = getDraft(db, candidate.id, reviewer, getQualitySettings(db).blind)
  if (!typed) return { instruction: candidate.instruction, response: candidate.response }
  return { instruction: cleanPairText(typed.instruction), response: cleanPairText(typed.response) }
}
