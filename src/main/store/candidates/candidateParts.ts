import type { CandidateCursor } from '../../../shared/contract'
import type { CandidateFilter } from '../../../shared/review'
import { commentsSeen, conditionsOf } from './candidateFilter'
import type { ReadableDb } from '../sql/types'
import { toMatch } from '../search/searchTerms'
import { similarIds } from '../search/similarIds'
import { prepare } from '../sql/statement'
import { numberSchema } from '../sql/stored'

type Value = string | number

/** A query for the keys (itemId, id) of what is found, from a place on, in an order that an index has: never sorted as a whole. */
interface Part {
  readonly sql: string
  readonly parameters: readonly Value[]
}
type PartFrom = (after: CandidateCursor | null) => Part

const start = { itemId: 0, id: 0 } as const
const keys = `SELECT candidate.item_id AS itemId, candidate.id AS id`

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
function plainPart(db: ReadableDb, { states, ...rest }: CandidateFilter, reviewer: string | undefined): PartFrom {
  const { where, parameters } = conditionsOf(db, rest, reviewer)
  const one = (state: string) => `${keys} FROM candidate WHERE ${state}${where} AND (candidate.item_id, candidate.id) > (?, ?)`
  return (after) => {
    const { itemId, id } = after ?? start
    if (!states?.length) return { sql: `${one('')} ORDER BY itemId, id`, parameters: [...parameters, itemId, id] }
    return {
      sql: `${states.map(() => one('candidate.state = ? AND ')).join(' UNION ALL ')} ORDER BY itemId, id`,
      parameters: states.flatMap((state) => [state, ...parameters, itemId, id]),
    }
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
  const { where, parameters } = conditionsOf(db, plain, reviewer)
  const comments = toMatch(db, 'comment_text', query) ?? ''
  const contexts = toMatch(db, 'item_text', query) ?? ''
  const notInTexts = () =>
    countRows(db, `SELECT 1 FROM candidate_text WHERE candidate_text MATCH ?`, [texts], gathered + 1) > gathered
      ? `NOT EXISTS (SELECT 1 FROM candidate_text WHERE candidate_text MATCH ? AND rowid = candidate.id)`
      : `candidate.id NOT IN (SELECT rowid FROM candidate_text WHERE candidate_text MATCH ?)`
  const seen = commentsSeen(plain, reviewer)
  const commented = `SELECT candidate_id FROM comment
    WHERE id IN (SELECT rowid FROM comment_text WHERE comment_text MATCH ?) AND ${seen.sql}`
  return [
    (after) => ({
      sql: `${keys} FROM candidate_text CROSS JOIN candidate NOT INDEXED ON candidate.id = candidate_text.rowid
        WHERE candidate_text MATCH ? AND candidate_text.rowid > ? AND ${where} ORDER BY candidate_text.rowid`,
      parameters: [texts, after?.id ?? 0, ...parameters],
    }),
    (after) => ({
      sql: `${keys} FROM candidate WHERE candidate.id IN (${commented}) AND candidate.id > ? AND ${where} AND ${notInTexts()}
        ORDER BY candidate.id`,
      parameters: [comments, ...seen.values, after?.id ?? 0, ...parameters, texts],
    }),
    (after) => ({
      sql: `${keys} FROM item_text CROSS JOIN candidate INDEXED BY candidate_by_item ON candidate.item_id = item_text.rowid
        WHERE item_text MATCH ? AND item_text.rowid >= ? AND (candidate.item_id, candidate.id) > (?, ?) AND ${where}
          AND ${notInTexts()} AND candidate.id NOT IN (${commented})
        ORDER BY item_text.rowid, candidate.id`,
      parameters: [contexts, after?.itemId ?? 0, after?.itemId ?? 0, after?.id ?? 0, ...parameters, texts, comments, ...seen.values],
    }),
  ]
}

function similarPart(db: ReadableDb, similarTo: number, { where, parameters }: ReturnType<typeof conditionsOf>): PartFrom {
  const ids = similarIds(db, similarTo)
  return (after) => ({
    sql: `${keys} FROM json_each(?) AS similar CROSS JOIN candidate ON candidate.id = similar.value WHERE ${where} ORDER BY similar.key`,
    parameters: [JSON.stringify(after ? ids.slice(ids.indexOf(after.id) + 1) : ids), ...parameters],
  })
}

function countRows(db: ReadableDb, sql: string, parameters: readonly Value[], limit: number): number {
  return numberSchema.parse(
    prepare(db, `SELECT count(*) FROM (${sql} LIMIT ?)`)
      .pluck()
      .get(...parameters, limit),
  )
}

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
    const { sql, parameters } = from(part === first ? after : null)
    for (const [itemId, id] of prepare(db, `${sql} LIMIT ?`)
      .raw()
      .all(...parameters, limit - found.length) as [number, number][])
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
    const { sql, parameters } = from(part === first ? after : null)
    const left = places - skipped
    const found = prepare(db, `${sql} LIMIT 1 OFFSET ?`)
      .raw()
      .get(...parameters, left - 1) as [number, number] | undefined
    if (found) return { ...(part === 0 ? {} : { part }), itemId: found[0], id: found[1] }
    skipped += countRows(db, sql, parameters, left)
  }
  return skipped
}

/** How many a filter finds, counted no further than `most`. */
export function countUpTo(db: ReadableDb, filter: CandidateFilter, most: number, reviewer?: string): number {
  let count = 0
  for (const from of partsOf(db, filter, reviewer)) {
    if (count >= most) break
    const { sql, parameters } = from(null)
    count += countRows(db, sql.slice(0, sql.lastIndexOf('ORDER BY')), parameters, most - count)
  }
  return count
}
