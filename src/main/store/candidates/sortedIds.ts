import type { CandidateFilter } from '../../../shared/review'
import type { SortColumn, TableSort } from '../../../shared/tableSort'
import { conditionsOf } from './candidateFilter'
import type { ReadableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { numbersSchema } from '../sql/stored'

const joins = {
  pair: `JOIN pair ON pair.candidate_id = candidate.id`,
  item: `JOIN item ON item.id = candidate.item_id`,
  run: `LEFT JOIN run ON run.id = candidate.run_id`,
  reasons: `LEFT JOIN (SELECT list_id, group_concat(reason, char(10) ORDER BY position) AS text FROM reason GROUP BY list_id) AS reasons
    ON reasons.list_id = candidate.reason_list_id`,
  decision: `LEFT JOIN decision ON decision.id = candidate.decision_id AND candidate.state <> 'pending'`,
} as const

interface Sorted {
  readonly value: string
  readonly join?: keyof typeof joins
}

/** What the rows of the table are sorted by, for each column what it shows. Nothing to show is null. */
const sorted: Readonly<Record<SortColumn, Sorted>> = {
  state: {
    value: `CASE candidate.state WHEN 'pending' THEN 0 WHEN 'accepted' THEN 1 WHEN 'edited' THEN 2 WHEN 'rejected' THEN 3 ELSE 4 END`,
  },
  instruction: { value: `pair.instruction COLLATE NOCASE`, join: 'pair' },
  response: { value: `pair.response COLLATE NOCASE`, join: 'pair' },
  item: { value: `item.source_id COLLATE NOCASE`, join: 'item' },
  kind: { value: `candidate.kind` },
  run: { value: `candidate.run_id` },
  prompt: { value: `run.prompt_version_id`, join: 'run' },
  reviewer: { value: `decision.reviewer COLLATE NOCASE`, join: 'decision' },
  decidedAt: { value: `decision.decided_at`, join: 'decision' },
  reasons: { value: `reasons.text COLLATE NOCASE`, join: 'reasons' },
  flag: { value: `nullif((SELECT count(*) FROM flag WHERE flag.candidate_id = candidate.id), 0)` },
  tags: { value: `(SELECT group_concat(tag, ' ') FROM (SELECT tag FROM tag WHERE tag.candidate_id = candidate.id ORDER BY tag))` },
  comments: { value: `nullif((SELECT count(*) FROM comment WHERE comment.candidate_id = candidate.id), 0)` },
  language: { value: `(SELECT language FROM candidate_language WHERE candidate_language.candidate_id = candidate.id)` },
  rating: { value: `(SELECT avg(value) FROM rating WHERE rating.candidate_id = candidate.id)` },
  exemplar: { value: `candidate.pinned_at` },
}

/**
 * Ids of the candidates that a filter finds, sorted by a column of the table; those that have nothing in it come last either way, and
 * what is the same stays in the order of import. It reads them all, as `listQueue` does.
 */
export function listSorted(
  db: ReadableDb,
  { filter, sort, reviewer }: { filter: CandidateFilter; sort: TableSort; reviewer: string },
): number[] {
  const { where, parameters } = conditionsOf(db, filter, reviewer)
  const { value, join } = sorted[sort.column]
  const rows = prepare(
    db,
    `SELECT id FROM (
       SELECT candidate.id AS id, candidate.item_id AS item_id, ${value} AS value FROM candidate ${join ? joins[join] : ''} WHERE ${where})
     ORDER BY value IS NULL, value ${sort.descending ? 'DESC' : 'ASC'}, item_id, id`,
  )
  return numbersSchema.parse(rows.pluck().all(...parameters))
}
