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

/** The keys (itemId, id) of what is found, from a place on, in an order that an index has: never sorted as a whole. */
interface Part {
  readonly rows: Sql
  readonly order: Sql
}
type PartFrom = (after: CandidateCursor | null) => Part

const start = { itemId: 0, id: 0 } as const
const keys = sql`SELECT candidate.item_id AS itemId, candidate.id AS id`

/**
 * What a filter finds, in parts that follow one another. Without words there is one, by item and age. With words: pairs that say them, by
 * age; then those whose comments do; then those whose item's context does. Similar ones come in the order of their likeness.
 */
function partsOf(db: ReadableDb, filter: CandidateFilter, reviewer: string | undefined): PartFrom[] {
  const { query, similarTo, ...plain } = filter
  if (similarTo !== undefined) return [similarPart(db, similarTo, conditionsOf(db, { ...plain, query }, reviewer))]
  const texts = toMatch(db, 'candidate_text', query ?? '')
  if (texts === null) return query?.trim() ? [] : [plainPart(db, plain, reviewer)]
  return searchParts(db, { texts, query: query ?? '', plain, reviewer })
}

/** One indexed look-up for each state asked for, merged by SQLite as they are read. */
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

/** Up to so many finds in the texts are gathered to be left out of what the contexts bring; beyond, each is looked up. */
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

/** The keys of what a filter finds behind a place, in order. @param reviewer who asks, for what is theirs */
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

/** The key that lies `places` behind another, or how many there are where that is beyond the last. Rows between are skipped in the index. */
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

/** How many a filter finds, counted no further than `most`. */
export function countUpTo(db: ReadableDb, filter: CandidateFilter, most: number, reviewer?: string): number {
  let count = 0
  for (const from of partsOf(db, filter, reviewer)) {
    if (count >= most) break
    count += countRows(db, from(null).rows, most - count)
  }
  return count
}
