import { createHash, type Hash } from 'node:crypto'
import sql, { join } from 'sql-template-tag'
import { z } from 'zod'
import { iterateValues, prepare } from '../sql/statement'
import { textSchema } from '../sql/stored'
import type { ReadableDb } from '../sql/types'
import { isInRange, type ItemRange } from './chooseItems'
import { heldPart, joinHeldText } from './heldText'

const texts = (['instruction', 'response', 'draft_instruction', 'draft_response', 'rationale'] as const).map(heldPart)

/**
 * Returns a SHA-256 of the content of a snapshot: the texts, media, contexts and decisions of its pairs, their positions in conversations
 * and their splits. It reads all its pairs.
 */
export function hashSnapshot(db: ReadableDb, snapshotId: number): string {
  const content = createContentHash()
  addContent(content, db, snapshotId, [0, Number.MAX_SAFE_INTEGER])
  return content.digest('hex')
}

export const createContentHash = (): Hash => createHash('sha256')

/** Adds the pairs of a range of items to the hash of a snapshot. Ranges must be added in ascending order. */
export function addContent(content: Hash, db: ReadableDb, snapshotId: number, range: ItemRange): void {
  const lines = iterateValues(
    db,
    sql`SELECT json_array(shown.media, shown.context, held.split,
       json_group_array(json_array(held.candidate_id, held.decision_id, held.turn, ${join(texts)}))) || char(10)
     FROM snapshot_pair AS held CROSS JOIN snapshot_item AS shown ON shown.id = held.snapshot_item_id ${joinHeldText}
     WHERE held.snapshot_id = ${snapshotId} AND ${isInRange(sql`held.item_id`, range)} GROUP BY held.item_id ORDER BY held.item_id`,
  )
  for (const line of lines) content.update(textSchema.parse(line))
}

const rowsSchema = z.object({ id: z.number(), name: z.string(), contentHash: z.string() }).array()

/** Returns the names of snapshots whose content differs from that at their creation: a part of the file was lost or changed. */
export const listChangedSnapshots = (db: ReadableDb): string[] =>
  rowsSchema
    .parse(prepare(db, `SELECT id, name, content_hash AS contentHash FROM snapshot ORDER BY id`).all())
    .flatMap(({ id, name, contentHash }) => (hashSnapshot(db, id) === contentHash ? [] : [name]))
