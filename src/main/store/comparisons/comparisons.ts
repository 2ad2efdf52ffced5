import sql from 'sql-template-tag'
import { z } from 'zod'
import type { ComparisonSummary } from '../../../shared/contract'
import {
  comparisonSideSchema,
  mediaKindSchema,
  runSettingsSchema,
  trialReplySchema,
  voteSchema,
  type Comparison,
  type ComparedItem,
  type SideName,
  type Vote,
} from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import { prepare, readRow, readRows } from '../sql/statement'
import { parseStored } from '../sql/stored'
import { write } from '../sql/transaction'
import type { ReadableDb, WritableDb } from '../sql/types'

export type NewComparison = Omit<Comparison, 'id' | 'items' | 'createdAt'> & { readonly itemIds: readonly number[] }

/** Stores a comparison without any replies yet. @returns its id */
export function createComparison(db: WritableDb, { first, second, settings, blind, seed, itemIds }: NewComparison): number {
  return write(db, () => {
    const { lastInsertRowid } = prepare(
      db,
      `INSERT INTO comparison (first, second, settings, blind, seed, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(JSON.stringify(first), JSON.stringify(second), JSON.stringify(settings), blind ? 1 : 0, seed, Date.now())
    const id = Number(lastInsertRowid)
    const insert = prepare(db, `INSERT INTO comparison_item (comparison_id, position, item_id) VALUES (?, ?, ?)`)
    for (const [position, itemId] of itemIds.entries()) insert.run(id, position, itemId)
    return id
  })
}

const rowSchema = z.object({
  id: z.number(),
  first: z.string(),
  second: z.string(),
  settings: z.string(),
  blind: z.number(),
  seed: z.number(),
  createdAt: z.number(),
})
const columns = sql`id, first, second, settings, blind, seed, created_at AS createdAt`

function toComparison(row: unknown): Omit<Comparison, 'items'> {
  const { id, first, second, settings, blind, seed, createdAt } = rowSchema.parse(row)
  const what = message('store.rowOf.comparison', { id })
  return {
    id,
    first: parseStored(comparisonSideSchema, first, what),
    second: parseStored(comparisonSideSchema, second, what),
    settings: parseStored(runSettingsSchema, settings, what),
    blind: blind === 1,
    seed,
    createdAt,
  }
}

const itemRowSchema = z.object({
  itemId: z.number(),
  sourceId: z.string(),
  mediaId: z.number().nullable(),
  kind: mediaKindSchema.nullable(),
  first: z.string().nullable(),
  second: z.string().nullable(),
  vote: voteSchema.nullable(),
})

/** Reads a comparison with its replies and the votes of a reviewer. @throws Problem not-found */
export function requireComparison(db: ReadableDb, id: number, reviewer: string): Comparison {
  const row = readRow(db, sql`SELECT ${columns} FROM comparison WHERE id = ${id}`)
  if (row === undefined)
    throw new Problem('not-found', message('store.noComparison', { id }), message('store.chooseComparison'), { item: `comparison ${id}` })
  return { ...toComparison(row), items: listComparedItems(db, id, reviewer) }
}

function listComparedItems(db: ReadableDb, id: number, reviewer: string): ComparedItem[] {
  const rows = readRows(
    db,
    sql`SELECT each.item_id AS itemId, source_id AS sourceId, media.id AS mediaId, media.kind, one.body AS first, other.body AS second, vote
     FROM comparison_item AS each JOIN item ON item.id = each.item_id
     LEFT JOIN item_media ON item_media.item_id = each.item_id AND item_media.position = 0
     LEFT JOIN media ON media.id = item_media.media_id
     LEFT JOIN trial_reply AS one ON one.id = first_reply_id
     LEFT JOIN trial_reply AS other ON other.id = second_reply_id
     LEFT JOIN comparison_vote AS voted ON voted.comparison_id = each.comparison_id AND voted.item_id = each.item_id AND reviewer = ${reviewer}
     WHERE each.comparison_id = ${id} ORDER BY each.position`,
  )
  const what = message('store.rowOf.comparison', { id })
  const replyOf = (body: string | null) => (body === null ? null : parseStored(trialReplySchema, body, what))
  return rows.map((row) => {
    const { itemId, sourceId, mediaId, kind, first, second, vote } = itemRowSchema.parse(row)
    const medium = mediaId === null || kind === null ? null : { id: mediaId, kind }
    return { itemId, sourceId, medium, first: replyOf(first), second: replyOf(second), vote }
  })
}

/** Returns the latest comparisons, newest first. */
export function listComparisons(db: ReadableDb, limit = 50): ComparisonSummary[] {
  const rows = readRows(db, sql`SELECT ${columns} FROM comparison ORDER BY id DESC LIMIT ${limit}`)
  const count = prepare(db, `SELECT count(*) FROM comparison_item WHERE comparison_id = ?`).pluck()
  return rows.map((row) => {
    const { id, first, second, settings, createdAt } = toComparison(row)
    return {
      id,
      first,
      second,
      createdAt,
      items: Number(count.get(id)),
      model: settings.provider.kind === 'demo' ? 'demo' : settings.provider.model,
    }
  })
}

/** Sets the reply of an item on one side. */
export function linkReply(db: WritableDb, place: { comparisonId: number; itemId: number; side: SideName }, replyId: number): void {
  const { comparisonId, itemId, side } = place
  const statement =
    side === 'first'
      ? `UPDATE comparison_item SET first_reply_id = ? WHERE comparison_id = ? AND item_id = ?`
      : `UPDATE comparison_item SET second_reply_id = ? WHERE comparison_id = ? AND item_id = ?`
  prepare(db, statement).run(replyId, comparisonId, itemId)
}

/** Stores a reviewer's vote on an item, or removes it if null. @throws Problem not-found */
export function saveVote(db: WritableDb, vote: { id: number; itemId: number; reviewer: string; vote: Vote | null }): void {
  write(db, () => {
    requireComparison(db, vote.id, vote.reviewer)
    prepare(db, `DELETE FROM comparison_vote WHERE comparison_id = ? AND item_id = ? AND reviewer = ?`).run(
      vote.id,
      vote.itemId,
      vote.reviewer,
    )
    if (vote.vote !== null)
      prepare(
        db,
        `INSERT INTO comparison_vote (comparison_id, item_id, reviewer, vote, voted_at)
         SELECT comparison_id, item_id, ?, ?, ? FROM comparison_item WHERE comparison_id = ? AND item_id = ?`,
      ).run(vote.reviewer, vote.vote, Date.now(), vote.id, vote.itemId)
  })
}

/** Deletes a comparison with its votes. Its replies are kept, because they were paid for. */
export function removeComparison(db: WritableDb, id: number): void {
  write(db, () => {
    prepare(db, `DELETE FROM comparison_vote WHERE comparison_id = ?`).run(id)
    prepare(db, `DELETE FROM comparison_item WHERE comparison_id = ?`).run(id)
    prepare(db, `DELETE FROM comparison WHERE id = ?`).run(id)
  })
}
