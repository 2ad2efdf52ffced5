import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import sql, { empty, raw, type Sql } from 'sql-template-tag'
import { candidateSchema, type Item } from '../../../shared/domain'
import type { RowMedium, SortColumn, TableRow, TableSort } from '../../../shared/table'
import { spanStart } from '../../../shared/video'
import { message } from '../../../shared/messages/message'
import { readItems } from '../library/items'
import { readItemMedia } from '../library/media'
import { readCandidates } from './candidates'
import type { ReadableDb } from '../sql/types'
import { numbersSchema, parseRow } from '../sql/stored'
import { changeNumber, readRows, readValues, valuesOf } from '../sql/statement'
import type { CandidateCursor } from '../../../shared/contract'
import type { CandidateFilter } from '../../../shared/review'
import { readKeys, skipKeys } from './candidateParts'
import { conditionsOf } from './candidateFilter'
import { reasonsText } from '../decisions/reasons'
import { hasOpenCheck } from '../quality/attentionChecks'

const joins = {
  pair: sql`JOIN pair ON pair.candidate_id = candidate.id`,
  item: sql`JOIN item ON item.id = candidate.item_id`,
  run: sql`LEFT JOIN run ON run.id = candidate.run_id`,
  reasons: sql`LEFT JOIN (SELECT list_id, group_concat(reason, char(10) ORDER BY position) AS text FROM reason GROUP BY list_id) AS reasons
    ON reasons.list_id = candidate.reason_list_id`,
  decision: sql`LEFT JOIN decision ON decision.id = candidate.decision_id AND candidate.state <> 'pending'`,
} as const

interface Sorted {
  readonly value: Sql
  readonly join?: keyof typeof joins
  /** Value of the attention check shown instead of the pair, if it differs. */
  readonly ofCheck?: Sql
  readonly ignoresCase?: boolean
}

/** Joins the open attention checks of a reviewer, and the reviewer's verdicts on them. */
const checksOf = (reviewer: string): Sql => sql`LEFT JOIN attention_check AS check_
    ON check_.candidate_id = candidate.id AND check_.reviewer = ${reviewer} AND check_.closed_at IS NULL
  LEFT JOIN side_verdict AS given ON given.id = (SELECT max(id) FROM side_verdict WHERE candidate_id = check_.candidate_id
    AND reviewer = check_.reviewer AND purpose = 'check' AND withdrawn = 0)`

const rankOf = (state: Sql): Sql =>
  sql`CASE ${state} WHEN 'accepted' THEN 1 WHEN 'edited' THEN 2 WHEN 'rejected' THEN 3 WHEN 'ignored' THEN 4 ELSE 0 END`
const lengthOf = (list: string): Sql => sql`nullif(json_array_length(check_.marks, ${`$.${list}`}), 0)`

/** Sort values of each table column: the value that the column shows, or null if it is empty. */
const sorted: Readonly<Record<SortColumn, Sorted>> = {
  state: { value: rankOf(sql`candidate.state`), ofCheck: rankOf(sql`given.state`) },
  instruction: {
    value: sql`pair.instruction`,
    join: 'pair',
    ofCheck: sql`coalesce(given.instruction, check_.instruction)`,
    ignoresCase: true,
  },
  response: { value: sql`pair.response`, join: 'pair', ofCheck: sql`coalesce(given.response, check_.response)`, ignoresCase: true },
  item: { value: sql`item.source_id`, join: 'item', ignoresCase: true },
  kind: { value: sql`candidate.kind` },
  run: { value: sql`candidate.run_id` },
  prompt: { value: sql`run.prompt_version_id`, join: 'run' },
  reviewer: { value: sql`decision.reviewer`, join: 'decision', ofCheck: sql`given.reviewer`, ignoresCase: true },
  decidedAt: { value: sql`decision.decided_at`, join: 'decision', ofCheck: sql`given.decided_at` },
  reasons: { value: sql`reasons.text`, join: 'reasons', ofCheck: reasonsText('given.reason_list_id'), ignoresCase: true },
  flag: { value: sql`nullif((SELECT count(*) FROM flag WHERE flag.candidate_id = candidate.id), 0)`, ofCheck: lengthOf('flaggedBy') },
  tags: {
    value: sql`(SELECT group_concat(tag, ' ') FROM (SELECT tag FROM tag WHERE tag.candidate_id = candidate.id ORDER BY tag))`,
    ofCheck: sql`(SELECT group_concat(value, ' ') FROM (SELECT value FROM json_each(check_.marks, '$.tags') ORDER BY value))`,
  },
  comments: {
    value: sql`nullif((SELECT count(*) FROM comment WHERE comment.candidate_id = candidate.id), 0)`,
    ofCheck: lengthOf('comments'),
  },
  language: { value: sql`(SELECT language FROM candidate_language WHERE candidate_language.candidate_id = candidate.id)` },
  rating: {
    value: sql`(SELECT avg(value) FROM rating WHERE rating.candidate_id = candidate.id)`,
    ofCheck: sql`(SELECT avg(rated.value ->> '$.value') FROM json_each(check_.marks, '$.ratings') AS rated)`,
  },
  exemplar: { value: sql`candidate.pinned_at`, ofCheck: sql`NULL` },
}

/**
 * Returns the ids of the candidates that match a filter, sorted by a column of the table. Empty values come last in both directions; ties
 * keep the import order. Pairs shown as an attention check are sorted by what the reviewer sees. It reads all matches, like `listQueue`.
 */
export function listSorted(
  db: ReadableDb,
  { filter, sort, reviewer }: { filter: CandidateFilter; sort: TableSort; reviewer: string },
): number[] {
  const { value: own, join, ofCheck, ignoresCase } = sorted[sort.column]
  const hasCheck = ofCheck && hasOpenCheck(db, reviewer)
  const shown = hasCheck ? sql`CASE WHEN check_.candidate_id IS NULL THEN ${own} ELSE ${ofCheck} END` : own
  const value = ignoresCase ? sql`(${shown}) COLLATE NOCASE` : shown
  const rows = readValues(
    db,
    sql`SELECT id FROM (
       SELECT candidate.id AS id, candidate.item_id AS item_id, ${value} AS value FROM candidate ${join ? joins[join] : empty} ${hasCheck ? checksOf(reviewer) : empty}
       WHERE ${conditionsOf(db, filter, reviewer)})
     ORDER BY value IS NULL, value ${sort.descending ? sql`DESC` : sql`ASC`}, item_id, id`,
  )
  return numbersSchema.parse(rows)
}

/** Distance between stored keys, so that any position is a short walk away. */
const step = 500

interface Places {
  readonly asked: string
  readonly change: string
  /** Keys before the positions 0, 500, 1000, …; null precedes the first match. */
  readonly keys: (CandidateCursor | null)[]
  /** Whether the last match is within one step of the last key. */
  complete: boolean
}

const known = new WeakMap<ReadableDb, Places>()

function placesOf(db: ReadableDb, filter: CandidateFilter, reviewer: string): Places {
  const asked = JSON.stringify([filter, reviewer])
  const change = changeNumber(db)
  const last = known.get(db)
  if (last?.asked === asked && last.change === change) return last
  const places: Places = { asked, change, keys: [null], complete: false }
  known.set(db, places)
  return places
}

interface Range {
  readonly filter: CandidateFilter
  readonly reviewer: string
  readonly from: number
  readonly limit: number
}

/**
 * Returns the keys of the matches from a position on. A page costs the same anywhere once the rows before it have been walked. The walk
 * yields to the event loop regularly, and starts again after any change of the file.
 */
export async function keysAt(db: ReadableDb, { filter, reviewer, from, limit }: Range): Promise<CandidateCursor[]> {
  const wanted = Math.floor(from / step)
  let places = placesOf(db, filter, reviewer)
  for (let walked = 0; places.keys.length <= wanted && !places.complete;) {
    const next = skipKeys(db, filter, { after: places.keys.at(-1) ?? null, places: step, reviewer })
    if (typeof next === 'number') places.complete = true
    else places.keys.push(next)
    if (++walked % 20 === 0) {
      await nextTurn()
      places = placesOf(db, filter, reviewer)
    }
  }
  const after = places.keys[wanted]
  if (after === undefined) return []
  const skipped = from - wanted * step
  return readKeys(db, filter, { after, limit: skipped + limit, reviewer }).slice(skipped)
}

/** Returns the ids of the matches from a position on, like `keysAt`. */
export const idsAt = async (db: ReadableDb, range: Range): Promise<number[]> => (await keysAt(db, range)).map(({ id }) => id)

const list = z.string().transform((text) => z.string().array().parse(JSON.parse(text)))

const marksSchema = z
  .object({
    id: candidateSchema.shape.id,
    flaggedBy: list,
    tags: list,
    comments: list,
    rating: z.number().nullable(),
    language: z.string().nullable(),
    reviewer: z.string().nullable(),
    decidedAt: z.number().nullable(),
  })
  .array()

const gather = (value: string, from: string, order: string): Sql =>
  raw(`(SELECT json_group_array(value) FROM (SELECT ${value} AS value FROM ${from} WHERE candidate_id = candidate.id ORDER BY ${order}))`)

const marksOf = (ids: readonly number[]): Sql => sql`SELECT candidate.id,
    ${gather('reviewer', 'flag', 'flagged_at')} AS flaggedBy,
    ${gather('tag', 'tag', 'tag')} AS tags,
    ${gather('body', 'comment', 'id')} AS comments,
    (SELECT avg(value) FROM rating WHERE candidate_id = candidate.id) AS rating,
    (SELECT language FROM candidate_language WHERE candidate_id = candidate.id) AS language,
    CASE WHEN state <> 'pending' THEN decision.reviewer END AS reviewer,
    CASE WHEN state <> 'pending' THEN decision.decided_at END AS decidedAt
  FROM candidate LEFT JOIN decision ON decision.id = candidate.decision_id
  WHERE candidate.id IN ${valuesOf(ids)}`

/** Returns the first medium of each item; for a video, with the start of the span that the item is about. */
function readRowMedia(db: ReadableDb, itemIds: readonly number[]): Map<number, RowMedium> {
  const first = [...readItemMedia(db, itemIds)].flatMap(([itemId, [medium]]) => (medium ? [{ itemId, medium }] : []))
  const videos = first.filter(({ medium }) => medium.kind === 'video').map(({ itemId }) => itemId)
  const items = videos.length > 0 ? readItems(db, videos) : new Map<number, Item>()
  return new Map(
    first.map(({ itemId, medium: { id, kind, fileName, width, height, problem } }) => {
      const item = items.get(itemId)
      return [itemId, { id, kind, fileName, width, height, problem, at: item ? Math.max(0, spanStart(item.context)) : 0 }]
    }),
  )
}

/** Returns the table rows of these candidates, in the order of the given ids. */
export function readTableRows(db: ReadableDb, ids: readonly number[]): TableRow[] {
  const marks = parseRow(marksSchema, readRows(db, marksOf(ids)), message('store.rowOf.marks'))
  const byId = new Map(marks.map(({ id, ...rest }) => [id, rest]))
  const candidates = readCandidates(db, ids)
  const media = readRowMedia(db, [...new Set(candidates.map(({ itemId }) => itemId))])
  return candidates.flatMap((candidate) => {
    const found = byId.get(candidate.id)
    return found ? { candidate, medium: media.get(candidate.itemId) ?? null, ...found } : []
  })
}
