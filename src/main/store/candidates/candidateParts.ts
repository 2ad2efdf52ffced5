import sql, { join, type Sql } from 'sql-template-tag'
import type { CandidateCursor } from '../../../shared/contract'
import type { CandidateFilter } from '../../../shared/review'
import { commentedWith, conditionsByState, conditionsByVerdict, conditionsOf } from './candidateFilter'
import { findShownByVerdict } from '../quality/answeredChecks'
import type { ReadableDb } from '../sql/types'
import { toMatch } from '../search/searchTerms'
import { similarIds } from '../search/similarIds'
import { numberSchema } from '../sql/stored'
import { readValue, readTuples } from '../sql/statement'

/** The keys (itemId, id) of matches after a position, in the order of an index, so that the whole is never sorted. */
interface Part {
  readonly rows: Sql
  readonly order: Sql
}
type PartFrom = (after: CandidateCursor | null) => Part

const start = { itemId: 0, id: 0 } as const
const keys = sql`SELECT candidate.item_id AS itemId, candidate.id AS id`

/**
 * Returns the results of a filter as consecutive parts. Without a query there is one part, by item and age. With a query: pairs that match,
 * by age; then pairs whose comments match; then pairs whose item's context matches. Similar pairs are ordered by similarity.
 */
function partsOf(db: ReadableDb, filter: CandidateFilter, reviewer: string | undefined): PartFrom[] {
  const { query, similarTo, ...plain } = filter
  if (similarTo !== undefined) return [similarPart(db, similarTo, conditionsOf(db, { ...plain, query }, reviewer))]
  const texts = toMatch(db, 'candidate_text', query ?? '')
  if (texts === null) return query?.trim() ? [] : [plainPart(db, plain, reviewer)]
  return searchParts(db, { texts, query: query ?? '', plain, reviewer })
}

/** One indexed lookup per requested state; SQLite merges them as they are read. */
function plainPart(db: ReadableDb, filter: CandidateFilter, reviewer = ''): PartFrom {
  const { states, ...rest } = filter
  const shown = findShownByVerdict(db, filter, reviewer)
  const own = conditionsByState(db, rest, reviewer)
  const where = shown ? sql`${shown.isOther} AND ${own}` : own
  const lookUps = [
    ...(states?.length ? states.map((state) => sql`candidate.state = ${state} AND ${where}`) : [where]),
    ...(shown ? [conditionsByVerdict(db, filter, reviewer, shown)] : []),
  ]
  return (after) => {
    const { itemId, id } = after ?? start
    const rows = lookUps.map(
      (found) => sql`${keys} FROM candidate WHERE ${found} AND (candidate.item_id, candidate.id) > (${itemId}, ${id})`,
    )
    return { rows: join(rows, ' UNION ALL '), order: sql`itemId, id` }
  }
}

/** Up to this number, text matches are collected to exclude them from the context matches; beyond it, each row is looked up. */
const gathered = 200_000

interface Search {
  readonly texts: string
  readonly query: string
  readonly plain: CandidateFilter
  readonly reviewer: string | undefined
}

function searchParts(db: ReadableDb, { texts, query, plain, reviewer }: Search): PartFrom[] {
  const where = conditionsOf(db, plain, reviewer)
  const comments = toMatch(db, 'comment_text', query) ?? ''
  const contexts = toMatch(db, 'item_text', query) ?? ''
  const notInTexts = () =>
    countRows(db, sql`SELECT 1 FROM candidate_text WHERE candidate_text MATCH ${texts}`, gathered + 1) > gathered
      ? sql`NOT EXISTS (SELECT 1 FROM candidate_text WHERE candidate_text MATCH ${texts} AND rowid = candidate.id)`
      : sql`candidate.id NOT IN (SELECT rowid FROM candidate_text WHERE candidate_text MATCH ${texts})`
  const commented = commentedWith(comments, plain, reviewer)
  return [
    (after) => ({
      rows: sql`${keys} FROM candidate_text CROSS JOIN candidate NOT INDEXED ON candidate.id = candidate_text.rowid
        WHERE candidate_text MATCH ${texts} AND candidate_text.rowid > ${after?.id ?? 0} AND ${where}`,
      order: sql`candidate_text.rowid`,
    }),
    (after) => ({
      rows: sql`${keys} FROM candidate
        WHERE candidate.id IN (${commented}) AND candidate.id > ${after?.id ?? 0} AND ${where} AND ${notInTexts()}`,
      order: sql`candidate.id`,
    }),
    (after) => {
      const { itemId, id } = after ?? start
      return {
        rows: sql`${keys} FROM item_text CROSS JOIN candidate INDEXED BY candidate_by_item ON candidate.item_id = item_text.rowid
        WHERE item_text MATCH ${contexts} AND item_text.rowid >= ${itemId} AND (candidate.item_id, candidate.id) > (${itemId}, ${id})
          AND ${where} AND ${notInTexts()} AND candidate.id NOT IN (${commented})`,
        order: sql`item_text.rowid, candidate.id`,
      }
    },
  ]
}

function similarPart(db: ReadableDb, similarTo: number, where: Sql): PartFrom {
  const ids = similarIds(db, similarTo)
  return (after) => {
    const left = JSON.stringify(after ? ids.slice(ids.indexOf(after.id) + 1) : ids)
    return {
      rows: sql`${keys} FROM json_each(${left}) AS similar CROSS JOIN candidate ON candidate.id = similar.value WHERE ${where}`,
      order: sql`similar.key`,
    }
  }
}

const countRows = (db: ReadableDb, rows: Sql, limit: number): number =>
  numberSchema.parse(readValue(db, sql`SELECT count(*) FROM (${rows} LIMIT ${limit})`))

/** Returns the keys of the matches after a position, in order. @param reviewer the current reviewer, for conditions on their own work */
export function readKeys(
  db: ReadableDb,
  filter: CandidateFilter,
  { after, limit, reviewer }: { after: CandidateCursor | null; limit: number; reviewer?: string | undefined },
): CandidateCursor[] {
  const found: CandidateCursor[] = []
  const first = after?.part ?? 0
  for (const [part, from] of partsOf(db, filter, reviewer).entries()) {
    if (part < first || found.length >= limit) continue
    const { rows, order } = from(part === first ? after : null)
    for (const [itemId, id] of readTuples(db, sql`${rows} ORDER BY ${order} LIMIT ${limit - found.length}`) as [number, number][])
      found.push(part === 0 ? { itemId, id } : { part, itemId, id })
  }
  return found
}

/** Returns the key `places` positions after another, or the number of remaining matches if there are fewer. Skips rows within the index. */
export function skipKeys(
  db: ReadableDb,
  filter: CandidateFilter,
  { after, places, reviewer }: { after: CandidateCursor | null; places: number; reviewer?: string | undefined },
): CandidateCursor | number {
  let skipped = 0
  const first = after?.part ?? 0
  for (const [part, from] of partsOf(db, filter, reviewer).entries()) {
    if (part < first) continue
    const { rows, order } = from(part === first ? after : null)
    const left = places - skipped
    const [found] = readTuples(db, sql`${rows} ORDER BY ${order} LIMIT 1 OFFSET ${left - 1}`) as [number, number][]
    if (found) return { ...(part === 0 ? {} : { part }), itemId: found[0], id: found[1] }
    skipped += countRows(db, rows, left)
  }
  return skipped
}

/** Counts the matches of a filter, up to `most`. */
export function countUpTo(db: ReadableDb, filter: CandidateFilter, most: number, reviewer?: string): number {
  let count = 0
  for (const from of partsOf(db, filter, reviewer)) {
    if (count >= most) break
    count += countRows(db, from(null).rows, most - count)
  }
  return count
}
