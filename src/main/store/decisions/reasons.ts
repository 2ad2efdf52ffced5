import sql, { raw, type Sql } from 'sql-template-tag'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { splitReasons } from '../../../shared/review'
import type { WritableDb } from '../sql/types'
import { numberOrNoneSchema } from '../sql/stored'
import { prepare } from '../sql/statement'

/**
 * Rejection reasons are rows. Pairs rejected for the same reasons share one list, so that a step over many pairs stores its reasons once; a
 * list never changes.
 */

const digestOf = (reasons: readonly string[]) => createHash('sha256').update(JSON.stringify(reasons)).digest().subarray(0, 16)

/**
 * Returns the id of the list with these reasons, creating it if necessary. Call it inside a transaction.
 * @param text one reason per line
 */
export function saveReasons(db: WritableDb, text: string | null): number | null {
  const reasons = splitReasons(text)
  if (reasons.length === 0) return null
  const digest = digestOf(reasons)
  const known = numberOrNoneSchema.parse(prepare(db, `SELECT id FROM reason_list WHERE digest = ?`).pluck().get(digest))
  if (known !== undefined) return known
  const id = Number(prepare(db, `INSERT INTO reason_list (digest) VALUES (?)`).run(digest).lastInsertRowid)
  for (const [position, reason] of reasons.entries())
    prepare(db, `INSERT INTO reason (list_id, position, reason) VALUES (?, ?, ?)`).run(id, position, reason)
  return id
}

/** The reasons of a list as a text, one per line. @param list SQL expression of the id of the list */
export const reasonsText = (list: string): Sql =>
  raw(`(SELECT group_concat(reason, char(10)) FROM (SELECT reason FROM reason WHERE list_id = ${list} ORDER BY position))`)

/**
 * Selects the ids of the lists that contain a reason, either alone or with a note as `<reason>: <note>`. The second range ends before the
 * character after a space.
 */
export const listsWithReason = (reason: string): Sql => sql`SELECT list_id FROM reason WHERE reason = ${reason} UNION ALL
  SELECT list_id FROM reason WHERE reason > ${`${reason}: `} AND reason < ${`${reason}:!`}`

const rowsSchema = z.object({ id: z.number(), digest: z.instanceof(Uint8Array), reasons: z.string() }).array()

/** Replaces the digest of lists with lost rows, so that nothing else is stored under them. Call it inside a transaction. */
export function mendReasons(db: WritableDb): void {
  const lists = rowsSchema.parse(
    db
      .prepare(
        `SELECT id, digest, (SELECT json_group_array(reason) FROM (SELECT reason FROM reason WHERE list_id = reason_list.id ORDER BY position)) AS reasons
         FROM reason_list`,
      )
      .all(),
  )
  for (const { id, digest, reasons } of lists)
    if (!digestOf(z.string().array().parse(JSON.parse(reasons))).equals(digest))
      db.prepare(`UPDATE reason_list SET digest = ? WHERE id = ?`).run(randomBytes(16), id)
}
