import sql, { empty, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { ItemCounts, ItemFilter, ItemSort, ItemSummary } from '../../../shared/contract'
import { contextSchema, standingSchema } from '../../../shared/domain'
import { contextText, toSearchQuery } from '../search/searchTerms'
import { message } from '../../../shared/messages/message'
import { readRow, readRows, readValue, readValues, valuesOf } from '../sql/statement'
import { numberSchema, numbersSchema, parseStored } from '../sql/stored'
import type { ReadableDb } from '../sql/types'
import { listAnsweredChecks } from '../quality/answeredChecks'
import { hasLeftOut } from './leftOut'
import { listItemMedia } from './media'

const undrafted = sql`NOT EXISTS (SELECT 1 FROM candidate WHERE candidate.item_id = item.id)`
/** @param answered pairs whose attention check the current reviewer has answered: they appear decided */
const pendingBut = (
  answered: readonly number[],
): Sql => sql`EXISTS (SELECT 1 FROM candidate WHERE candidate.item_id = item.id AND state = 'pending'
  ${answered.length > 0 ? sql`AND candidate.id NOT IN ${valuesOf(answered)}` : empty})`
const answeredBy = (db: ReadableDb, reviewer: string | undefined) => (reviewer === undefined ? [] : listAnsweredChecks(db, reviewer))
const standing = sql`(SELECT standing FROM left_out_item WHERE item_id = item.id)`
const takesPart = sql`item.id NOT IN (SELECT item_id FROM left_out_item)`
const conditionsFor = (pending: Sql) =>
  ({
    all: sql`${standing} IS NOT 'deleted'`,
    undrafted: sql`${takesPart} AND ${undrafted}`,
    pending: sql`${takesPart} AND ${pending}`,
    reviewed: sql`${takesPart} AND NOT ${pending} AND NOT ${undrafted}`,
    excluded: sql`${standing} = 'excluded'`,
    deleted: sql`${standing} = 'deleted'`,
  }) as const satisfies Record<ItemFilter['state'], Sql>

/** Returns the ids of the items that are neither excluded nor deleted, in import order. */
export function listItemIds(db: ReadableDb, options: { limit?: number; onlyUndrafted?: boolean } = {}): number[] {
  const condition = sql`${hasLeftOut(db) ? takesPart : sql`1`} AND ${options.onlyUndrafted ? undrafted : sql`1`}`
  return numbersSchema.parse(readValues(db, sql`SELECT id FROM item WHERE ${condition} ORDER BY id LIMIT ${options.limit ?? -1}`))
}

/** The name of the first medium, or the source id if the item has none. */
const name = sql`coalesce((SELECT file_name FROM item_media JOIN media ON media.id = media_id
  WHERE item_media.item_id = item.id ORDER BY position LIMIT 1), source_id) COLLATE NOCASE`

/** Undrafted items first, then items with pending pairs, reviewed items and excluded items. */
const stateFor = (pending: Sql) => sql`CASE WHEN NOT ${takesPart} THEN 3 WHEN ${undrafted} THEN 0 WHEN ${pending} THEN 1 ELSE 2 END`

const ordersFor = (answered: readonly number[]) =>
  ({
    import: sql`item.id`,
    newest: sql`item.id DESC`,
    name: sql`${name}, item.id`,
    state: sql`${stateFor(pendingBut(answered))}, item.id`,
    pending: sql`(SELECT count(*) FROM candidate WHERE candidate.item_id = item.id AND state = 'pending'
    ${answered.length > 0 ? sql`AND candidate.id NOT IN ${valuesOf(answered)}` : empty}) DESC, item.id`,
  }) as const satisfies Record<ItemSort, Sql>

/**
 * Returns the sorted ids of the items that match a filter. It reads all of them: with 100,000 items this is too slow for the main process.
 */
export function listSortedItemIds(db: ReadableDb, filter: ItemFilter, sort: ItemSort, reviewer?: string): number[] {
  const order = ordersFor(answeredBy(db, reviewer))[sort]
  return numbersSchema.parse(readValues(db, sql`SELECT item.id FROM item WHERE ${conditionOf(db, filter, reviewer)} ORDER BY ${order}`))
}

const countsSchema = z.record(z.enum(['all', 'undrafted', 'pending', 'reviewed', 'excluded', 'deleted']), z.number())

/** Counts the items of a search by state. It also reads all of them. */
export function countItemStates(db: ReadableDb, query: string | undefined, reviewer?: string): ItemCounts {
  const pending = pendingBut(answeredBy(db, reviewer))
  const found = readRow(
    db,
    sql`SELECT coalesce(sum(standing IS NOT 'deleted'), 0) AS "all", coalesce(sum(standing IS NULL AND NOT drafted), 0) AS undrafted,
       coalesce(sum(standing IS NULL AND waits), 0) AS pending, coalesce(sum(standing IS NULL AND drafted AND NOT waits), 0) AS reviewed,
       coalesce(sum(standing = 'excluded'), 0) AS excluded, coalesce(sum(standing = 'deleted'), 0) AS deleted
     FROM (SELECT ${standing} AS standing, NOT ${undrafted} AS drafted, ${pending} AS waits FROM item WHERE ${searchCondition(query)})`,
  )
  return countsSchema.parse(found)
}

const summaryRowSchema = z.object({
  id: z.number(),
  sourceId: z.string(),
  body: z.string(),
  standing: standingSchema,
  candidates: z.number(),
  pending: z.number(),
  approved: z.number(),
})
const summaryRowsSchema = summaryRowSchema.array()

function excerptOf(sourceId: string, body: string): string {
  const text = contextText(parseStored(contextSchema, body, message('store.rowOf.context', { id: sourceId }))).replace(/\s+/g, ' ')
  return text.length > 140 ? `${text.slice(0, 139)}…` : text
}

function searchCondition(words = ''): Sql {
  const query = toSearchQuery(words)
  if (query !== null) return sql`item.id IN (SELECT rowid FROM item_text WHERE item_text MATCH ${query})`
  return words.trim() ? sql`0` : sql`1` // punctuation alone is in no index
}

const conditionOf = (db: ReadableDb, filter: ItemFilter, reviewer: string | undefined): Sql =>
  sql`${conditionsFor(pendingBut(answeredBy(db, reviewer)))[filter.state]} AND ${searchCondition(filter.query)}`

/** @param reviewer counts only pairs approved by this reviewer as approved */
function readSummaries(db: ReadableDb, condition: Sql, reviewer: string | undefined): ItemSummary[] {
  const own =
    reviewer === undefined
      ? empty
      : sql`AND EXISTS (SELECT 1 FROM decision WHERE decision.id = candidate.decision_id AND decision.reviewer = ${reviewer})`
  const rows = readRows(
    db,
    sql`SELECT item.id, source_id AS sourceId, body, coalesce(${standing}, 'included') AS standing,
       (SELECT count(*) FROM candidate WHERE item_id = item.id) AS candidates,
       (SELECT count(*) FROM candidate WHERE item_id = item.id AND state = 'pending') AS pending,
       (SELECT count(*) FROM candidate WHERE item_id = item.id AND state IN ('accepted', 'edited') ${own}) AS approved
     FROM item JOIN context ON context.item_id = item.id WHERE ${condition}`,
  )
  return summaryRowsSchema.parse(rows).map(({ body, ...row }) => ({
    ...row,
    excerpt: excerptOf(row.sourceId, body),
    media: listItemMedia(db, row.id).map(({ id, kind, fileName }) => ({ id, kind, fileName })),
  }))
}

/**
 * Returns a page of items in import order, after the item with id `after`.
 * @param blindTo counts only pairs approved by this reviewer as approved
 */
export const listItems = (
  db: ReadableDb,
  { filter, after, limit }: { filter: ItemFilter; after: number; limit: number },
  reviewer?: string,
  blindTo?: string,
): ItemSummary[] =>
  readSummaries(db, sql`item.id > ${after} AND ${conditionOf(db, filter, reviewer)} ORDER BY item.id LIMIT ${limit}`, blindTo)

/** Returns items in the order of the given ids, without those that do not exist. */
export function listItemsById(db: ReadableDb, ids: readonly number[], reviewer?: string): ItemSummary[] {
  const items = new Map(readSummaries(db, sql`item.id IN ${valuesOf(ids)}`, reviewer).map((item) => [item.id, item]))
  return ids.flatMap((id) => items.get(id) ?? [])
}

export function countItems(db: ReadableDb, filter: ItemFilter, reviewer?: string): number {
  return numberSchema.parse(readValue(db, sql`SELECT count(*) FROM item WHERE ${conditionOf(db, filter, reviewer)}`))
}
