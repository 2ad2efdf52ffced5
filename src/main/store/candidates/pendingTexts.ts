import { z } from 'zod'
import type { CandidateCursor } from '../../../shared/contract'
import type { ReadableDb } from '../sql/types'
import { prepare } from '../sql/statement'

const rowsSchema = z
  .object({ id: z.number(), itemId: z.number(), itemSourceId: z.string(), instruction: z.string(), response: z.string() })
  .array()
export type PendingText = z.infer<typeof rowsSchema>[number]

/** The next texts of pending pairs, by item and then by age. @param after where the page before ended */
export function listPendingTexts(db: ReadableDb, after: CandidateCursor | null, limit: number): PendingText[] {
  const { itemId, id } = after ?? { itemId: 0, id: 0 }
  return rowsSchema.parse(
    prepare(
      db,
      `SELECT candidate.id, item_id AS itemId, source_id AS itemSourceId, instruction, response
       FROM candidate JOIN pair ON candidate_id = candidate.id JOIN item ON item.id = item_id
       WHERE state = 'pending' AND (item_id, candidate.id) > (?, ?) ORDER BY item_id, candidate.id LIMIT ?`,
    ).all(itemId, id, limit),
  )
}
