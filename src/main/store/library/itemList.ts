import { message } from '../../../shared/messages/message'
import sql, { empty, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { ItemFilter, ItemSummary } from '../../../shared/contract'
import { contextSchema } from '../../../shared/domain'
import type { ReadableDb } from '../sql/types'
import { listItemMedia } from './media'
import { contextText, toSearchQuery } from '../search/searchTerms'
import { numberSchema, numbersSchema, parseStored } from '../sql/stored'
import { readRows, readValue, readValues } from '../sql/statement'

const undrafted = sql`NOT EXISTS (SELECT 1 FROM candidate WHERE candidate.item_id = item.id)`
const pending = sql`EXISTS (SELECT 1 FROM candidate WHERE candidate.item_id = item.id AND state = 'pending')`
const conditions = {
  all: sql`1`,
  undrafted,
  pending,
  reviewed: sql`NOT ${pending} AND NOT ${undrafted}`,
} as const satisfies Record<ItemFilter['state'], Sql>

/** Ids in import order. */
export function listItemIds(db: ReadableDb, options: { limit?: number; onlyUndrafted?: boolean } = {}): number[] {
  const condition = options.onlyUndrafted ? undrafted : sql`1`
  return numbersSchema.parse(readValues(db, sql`SELECT id FROM item WHERE ${condition} ORDER BY id LIMIT ${options.limit ?? -1}`))
}

const summaryRowSchema = z.object({
  id: z.number(),
  sourceId: z.string(),
  body: z.string(),
  candidates: z.number(),
  pending: z.number(),
  approved: z.number(),
})
const summaryRowsSchema = summaryRowSchema.array()

function excerptOf(sourceId: string, body: string): string {
  const text = contextText(parseStored(contextSchema, body, message('store.rowOf.context', { id: sourceId }))).replace(/\s+/g, ' ')
  return text.length > 140 ? `${text.slice(0, 139)}…` : text
}

function conditionOf({ state, query: words = '' }: ItemFilter): Sql {
  const query = toSearchQuery(words)
  if (query !== null) return sql`${conditions[state]} AND item.id IN (SELECT rowid FROM item_text WHERE item_text MATCH ${query})`
  return words.trim() ? sql`0` : conditions[state] // signs alone are in no index
}

/**
 * A page of items in import order, after the item with id `after`.
 * @param reviewer only pairs that this one approved count as approved
 */
export function listItems(db: ReadableDb, filter: ItemFilter, after: number, limit: number, reviewer?: string): ItemSummary[] {
  const own =
    reviewer === undefined
      ? empty
      : sql`AND EXISTS (SELECT 1 FROM decision WHERE decision.id = candidate.decision_id AND decision.reviewer = ${reviewer})`
  const rows = readRows(
    db,
    sql`SELECT item.id, source_id AS sourceId, body,
       (SELECT count(*) FROM candidate WHERE item_id = item.id) AS candidates,
       (SELECT count(*) FROM candidate WHERE item_id = item.id AND state = 'pending') AS pending,
       (SELECT count(*) FROM candidate WHERE item_id = item.id AND state IN ('accepted', 'edited') ${own}) AS approved
     FROM item JOIN context ON context.item_id = item.id
     WHERE item.id > ${after} AND ${conditionOf(filter)} ORDER BY item.id LIMIT ${limit}`,
  )
  return summaryRowsSchema.parse(rows).map(({ body, ...row }) => ({
    ...row,
    excerpt: excerptOf(row.sourceId, body),
    media: listItemMedia(db, row.id).map(({ id, kind }) => ({ id, kind })),
  }))
}

export function countItems(db: ReadableDb, filter: ItemFilter): number {
  return numberSchema.parse(readValue(db, sql`SELECT count(*) FROM item WHERE ${conditionOf(filter)}`))
}
