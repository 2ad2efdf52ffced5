import sql, { empty, type Sql } from 'sql-template-tag'
import type { CandidateFilter } from '../../../shared/review'
import type { SortColumn, TableSort } from '../../../shared/tableSort'
import { conditionsOf } from './candidateFilter'
import type { ReadableDb } from '../sql/types'
import { numbersSchema } from '../sql/stored'
import { readValues } from '../sql/statement'

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
}

/** What the rows of the table are sorted by, for each column what it shows. Nothing to show is null. */
const sorted: Readonly<Record<SortColumn, Sorted>> = {
  state: {
    value: sql`CASE candidate.state WHEN 'pending' THEN 0 WHEN 'accepted' THEN 1 WHEN 'edited' THEN 2 WHEN 'rejected' THEN 3 ELSE 4 END`,
  },
  instruction: { value: sql`pair.instruction COLLATE NOCASE`, join: 'pair' },
  response: { value: sql`pair.response COLLATE NOCASE`, join: 'pair' },
  item: { value: sql`item.source_id COLLATE NOCASE`, join: 'item' },
  kind: { value: sql`candidate.kind` },
  run: { value: sql`candidate.run_id` },
  prompt: { value: sql`run.prompt_version_id`, join: 'run' },
  reviewer: { value: sql`decision.reviewer COLLATE NOCASE`, join: 'decision' },
  decidedAt: { value: sql`decision.decided_at`, join: 'decision' },
  reasons: { value: sql`reasons.text COLLATE NOCASE`, join: 'reasons' },
  flag: { value: sql`nullif((SELECT count(*) FROM flag WHERE flag.candidate_id = candidate.id), 0)` },
  tags: { value: sql`(SELECT group_concat(tag, ' ') FROM (SELECT tag FROM tag WHERE tag.candidate_id = candidate.id ORDER BY tag))` },
  comments: { value: sql`nullif((SELECT count(*) FROM comment WHERE comment.candidate_id = candidate.id), 0)` },
  language: { value: sql`(SELECT language FROM candidate_language WHERE candidate_language.candidate_id = candidate.id)` },
  rating: { value: sql`(SELECT avg(value) FROM rating WHERE rating.candidate_id = candidate.id)` },
  exemplar: { value: sql`candidate.pinned_at` },
}

/**
 * Ids of the candidates that a filter finds, sorted by a column of the table; those that have nothing in it come last either way, and
 * what is the same stays in the order of import. It reads them all, as `listQueue` does.
 */
export function listSorted(
  db: ReadableDb,
  { filter, sort, reviewer }: { filter: CandidateFilter; sort: TableSort; reviewer: string },
): number[] {
  const { value, join } = sorted[sort.column]
  const rows = readValues(
    db,
    sql`SELECT id FROM (
       SELECT candidate.id AS id, candidate.item_id AS item_id, ${value} AS value FROM candidate ${join ? joins[join] : empty}
       WHERE ${conditionsOf(db, filter, reviewer)})
     ORDER BY value IS NULL, value ${sort.descending ? sql`DESC` : sql`ASC`}, item_id, id`,
  )
  return numbersSchema.parse(rows)
}
