import sql, { empty, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { CandidateCursor } from '../../../shared/contract'
import { type Candidate, candidateSchema, type Pair, type UsedExemplar, usedExemplarSchema } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import type { CandidateFilter } from '../../../shared/review'
import { message } from '../../../shared/messages/message'
import { conditionsOf, undecidedOrOwn } from './candidateFilter'
import { readKeys } from './candidateParts'
import { reasonsText } from '../decisions/reasons'
import type { ReadableDb } from '../sql/types'
import { numberSchema, numbersSchema } from '../sql/stored'
import { one, prepare, readRow, readRows, readValue, readValues, valuesOf } from '../sql/statement'
import { similarIds } from '../search/similarIds'

const columns = sql`candidate.id, candidate.item_id AS itemId, item.source_id AS itemSourceId, candidate.run_id AS runId, call_id AS callId, author, imported_record.file AS importedFrom,
  split_from AS splitFrom, coalesce(call_id, conversation_call_id) AS conversationCallId,
  coalesce(run.provider, imported_record.provider) AS provider, coalesce(run.model, imported_record.model) AS model, run.prompt_version_id AS promptVersionId, candidate.state, instruction, response,
  draft_instruction AS draftInstruction, draft_response AS draftResponse, kind, conversation, turn, rationale,
  ${reasonsText('candidate.reason_list_id')} AS reason, pinned_at AS pinnedAt, pinned_reason AS pinnedReason, candidate.created_at AS createdAt`
const tables = sql`candidate JOIN pair ON pair.candidate_id = candidate.id JOIN item ON item.id = candidate.item_id LEFT JOIN run ON run.id = candidate.run_id
  LEFT JOIN imported_record ON imported_record.id = candidate.record_id`
/** Select statement of candidates, without a WHERE clause. */
export const candidateSelect = sql`SELECT ${columns} FROM ${tables}`

const rowSchema = candidateSchema.omit({ draft: true, pinned: true }).extend({
  draftInstruction: z.string().nullable(),
  draftResponse: z.string().nullable(),
  pinnedAt: z.number().nullable(),
})

/** Condition: the turns of the conversation that a candidate belongs to. */
export const inConversationOf = ({
  itemId,
  conversationCallId: callId,
  conversation,
}: Pick<Candidate, 'itemId' | 'conversationCallId' | 'conversation'>): Sql =>
  callId === null
    ? sql`(candidate.item_id = ${itemId} AND call_id IS NULL AND conversation_call_id IS NULL AND conversation = ${conversation})`
    : sql`(call_id = ${callId} OR conversation_call_id = ${callId}) AND conversation = ${conversation}`

export function toCandidate(row: unknown): Candidate {
  const { draftInstruction, draftResponse, pinnedAt, ...candidate } = rowSchema.parse(row)
  const draft = draftInstruction !== null && draftResponse !== null ? { instruction: draftInstruction, response: draftResponse } : null
  return { ...candidate, draft, pinned: pinnedAt !== null }
}

export function getCandidate(db: ReadableDb, id: number): Candidate | undefined {
  const row = readRow(db, sql`${candidateSelect} WHERE candidate.id = ${one(id)}`)
  return row === undefined ? undefined : toCandidate(row)
}

export function requireCandidate(db: ReadableDb, id: number): Candidate {
  const candidate = getCandidate(db, id)
  if (!candidate)
    throw new Problem('not-found', message('store.noCandidate', { id }), message('store.listCandidates'), {
      item: `candidate ${id}`,
    })
  return candidate
}

/**
 * Returns a page of candidates by item, then by age; for a search, pairs whose text matches come first (see `candidateParts`). A page costs
 * the same in a project of any size.
 * @param after end of the previous page; null starts at the beginning
 * @param reviewer the current reviewer, for conditions on their own work
 */
export function listCandidates(
  db: ReadableDb,
  filter: CandidateFilter,
  after: CandidateCursor | null,
  limit: number,
  reviewer?: string,
): { candidates: Candidate[]; next: CandidateCursor | null } {
  const keys = readKeys(db, filter, { after, limit, reviewer })
  const last = keys.at(-1)
  return {
    candidates: readCandidates(
      db,
      keys.map(({ id }) => id),
    ),
    next: last && keys.length === limit ? last : null,
  }
}

/** Returns whether a candidate is undecided or was decided by this reviewer. */
export const isUndecidedOrOwn = (db: ReadableDb, id: number, reviewer: string): boolean =>
  readRow(db, sql`SELECT 1 FROM candidate WHERE id = ${id} AND ${undecidedOrOwn(reviewer)}`) !== undefined

/** Returns the ids of all candidates of the items of these candidates, by item and then by age. */
export const pairsOfSameItems = (db: ReadableDb, ids: readonly number[]): number[] =>
  numbersSchema.parse(
    readValues(
      db,
      sql`SELECT id FROM candidate WHERE item_id IN (SELECT item_id FROM candidate WHERE id IN ${valuesOf(ids)}) ORDER BY item_id, id`,
    ),
  )

/** Counts the candidates that match a filter. */
export function countCandidates(db: ReadableDb, filter: CandidateFilter, reviewer?: string): number {
  return numberSchema.parse(readValue(db, sql`SELECT count(*) FROM candidate WHERE ${conditionsOf(db, filter, reviewer)}`))
}

/** Returns candidates in the order of the given ids. Uses one statement, because a hundred of them would be noticeably slow. */
export function readCandidates(db: ReadableDb, ids: readonly number[]): Candidate[] {
  const rows = readRows(db, sql`${candidateSelect} WHERE candidate.id IN ${valuesOf(ids)}`)
  const found = new Map(rows.map(toCandidate).map((candidate) => [candidate.id, candidate]))
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? [])
}

const textsSchema = z.object({ instruction: z.string(), response: z.string() }).array()

/** Returns all texts ever drafted about an item, in their current form and before an edit. */
export function listPairsOf(db: ReadableDb, itemId: number): Pair[] {
  return textsSchema.parse(
    prepare(
      db,
      `SELECT instruction, response FROM candidate JOIN pair ON candidate_id = id WHERE item_id = ? UNION
       SELECT draft_instruction, draft_response FROM candidate JOIN pair ON candidate_id = id
       WHERE item_id = ? AND draft_instruction IS NOT NULL AND draft_response IS NOT NULL`,
    ).all(itemId, itemId),
  )
}

const usedExemplarsSchema = usedExemplarSchema.array()

/**
 * Returns the exemplars in a call's prompt, in prompt order, with their current text; an empty list if there was no call.
 * @param reviewer returns only exemplars that are undecided or decided by this reviewer
 */
export function usedExemplars(db: ReadableDb, callId: number | null, reviewer?: string): UsedExemplar[] {
  const own = reviewer === undefined ? empty : sql`AND ${undecidedOrOwn(reviewer)}`
  const rows = readRows(
    db,
    sql`SELECT candidate.id AS candidateId, source_id AS itemSourceId, instruction, response FROM call_exemplar
     JOIN candidate ON candidate.id = call_exemplar.candidate_id JOIN pair ON pair.candidate_id = candidate.id JOIN item ON item.id = candidate.item_id
     WHERE call_exemplar.call_id = ${callId} ${own} ORDER BY position`,
  )
  return usedExemplarsSchema.parse(rows)
}

const callExemplarsSchema = z.object({ callId: z.number(), candidateId: z.number() }).array()

/** Returns the exemplar ids of several calls, by call and in prompt order. */
export function readExemplarIds(db: ReadableDb, callIds: readonly number[]): Map<number, number[]> {
  const rows = readRows(
    db,
    sql`SELECT call_id AS callId, candidate_id AS candidateId FROM call_exemplar WHERE call_id IN ${valuesOf(callIds)} ORDER BY call_id, position`,
  )
  const groups = Map.groupBy(callExemplarsSchema.parse(rows), ({ callId }) => callId)
  return new Map([...groups].map(([callId, used]) => [callId, used.map(({ candidateId }) => candidateId)]))
}

export function exemplarIds(db: ReadableDb, callId: number | null): number[] {
  return numbersSchema.parse(prepare(db, `SELECT candidate_id FROM call_exemplar WHERE call_id = ? ORDER BY position`).pluck().all(callId))
}

/** Returns the candidates most similar to a candidate, the most similar first. */
export function listSimilarCandidates(db: ReadableDb, id: number, limit: number): Candidate[] {
  return readCandidates(db, similarIds(db, id).slice(0, limit))
}
