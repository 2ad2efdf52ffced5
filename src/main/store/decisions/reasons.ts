import sql, { raw, type Sql } from 'sql-template-tag'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { splitReasons } from '../../../shared/review'
import type { WritableDb } from '../sql/types'
import { numberOrNoneSchema } from '../sql/stored'
import { prepare } from '../sql/statement'

/**
 * Reasons of rejections are rows. What is rejected for the same reasons shares one list of them, so that a step over many pairs stores its
 * reasons once; a list is never changed.
 */

const digestOf = (reasons: readonly string[]) => createHash('sha256').update(JSON.stringify(reasons)).digest().subarray(0, 16)

/**
 * Returns the list that holds these reasons, made where there is none yet. Call it inside a transaction.
 * @param text a line for each reason
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

/** The reasons of a list as a text with a line for each. @param list an expression for its id */
export const reasonsText = (list: string): Sql =>
  raw(`(SELECT group_concat(reason, char(10)) FROM (SELECT reason FROM reason WHERE list_id = ${list} ORDER BY position))`)

/**
 * The ids of the lists that hold a reason, by itself or with a note as `<reason>: <note>`, as a query. The second range ends before the sign that follows a blank.
 */
export const listsWithReason = (reason: string): Sql => sql`SELECT list_id FROM reason WHERE reason = ${reason} UNION ALL
  SELECT list_id FROM reason WHERE reason > ${`${reason}: `} AND reason < ${`${reason}:!`}`

const rowsSchema = z.object({ id: z.number(), digest: z.instanceof(Uint8Array), reasons: z.string() }).array()

/** Lists of which rows are lost take another digest, so that nothing else is stored under them. Call it inside a transaction. */
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
