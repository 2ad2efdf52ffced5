import { createHash } from 'node:crypto'
import sql from 'sql-template-tag'
import { z } from 'zod'
import { decisionKindSchema, verdictSchema } from '../../../shared/domain'
import { lookStateSchema } from '../../../shared/quality'
import { reasonsText } from '../decisions/reasons'
import type { ReadableDb } from '../sql/types'
import { verdictPartsSchema } from '../quality/sideVerdicts'
import { readRows, valuesOf } from '../sql/statement'

const replySchema = z.object({
  call: z.number(),
  attempt: z.number(),
  calledAt: z.number(),
  promptTokens: z.number().nullable(),
  completionTokens: z.number().nullable(),
  text: z.string().nullable(),
})

const stepSchema = z.object({
  candidateId: z.number(),
  kind: decisionKindSchema,
  verdict: verdictSchema,
  reason: z.string().nullable(),
  reviewer: z.string(),
  /** Text after the decision; null if unchanged. */
  instruction: z.string().nullable(),
  response: z.string().nullable(),
  seconds: z.number().nullable(),
  guidelineVersion: z.number().nullable(),
  decidedAt: z.number(),
})

const secondSchema = verdictPartsSchema.extend({
  /** Null if the rules no longer require a second review. */
  outcome: lookStateSchema.nullable(),
})

const languageSchema = z.object({ candidateId: z.number(), language: z.string() })

/** The history of a pair, in addition to the pair itself. */
export interface PairTrace {
  /** The reply that the pair was parsed from; null if a person wrote the pair. */
  readonly reply: (z.infer<typeof replySchema> & { readonly sha256: string | null }) | null
  /** All decisions, oldest first. */
  readonly steps: readonly Omit<z.infer<typeof stepSchema>, 'candidateId'>[]
  /** Current verdicts of second reviewers, oldest first. */
  readonly secondReviews: readonly Omit<z.infer<typeof secondSchema>, 'candidateId'>[]
  readonly language: string | null
}

const byCandidate = <T extends { candidateId: number }>(rows: readonly T[]): Map<number, Omit<T, 'candidateId'>[]> => {
  const groups = new Map<number, Omit<T, 'candidateId'>[]>()
  for (const { candidateId, ...row } of rows) {
    const group = groups.get(candidateId)
    if (group) group.push(row)
    else groups.set(candidateId, [row])
  }
  return groups
}

/**
 * Reads the verdicts of second reviewers on several pairs.
 * @param until milliseconds since 1970, as for `readTraces`; null reads the current verdicts
 */
export const readSecondReviews = (
  db: ReadableDb,
  candidateIds: readonly number[],
  until: number | null,
): ReadonlyMap<number, PairTrace['secondReviews']> =>
  byCandidate(
    secondSchema.array().parse(
      readRows(
        db,
        sql`SELECT given.candidate_id AS candidateId, CASE WHEN ${until} IS NULL THEN look.state END AS outcome, reviewer, verdict, given.state, ${reasonsText('reason_list_id')} AS reason,
           instruction, response, decided_at AS decidedAt
         FROM side_verdict AS given LEFT JOIN second_review AS look ON look.candidate_id = given.candidate_id
         WHERE given.candidate_id IN ${valuesOf(candidateIds)} AND purpose = 'second'
           AND CASE WHEN ${until} IS NULL THEN withdrawn = 0 ELSE decided_at <= ${until} END ORDER BY given.id`,
      ),
    ),
  )

/**
 * Reads the traces of several pairs in a few statements.
 * @param options.until milliseconds since 1970: reads only decisions up to then that no later work changes, so that a snapshot has the same
 * traces at any time. Outcomes of second reviews and languages may change, and are left out.
 */
export function readTraces(
  db: ReadableDb,
  pairs: readonly { readonly id: number; readonly callId: number | null }[],
  { until = null }: { readonly until?: number | null } = {},
): ReadonlyMap<number, PairTrace> {
  const ids = valuesOf(pairs.map(({ id }) => id))
  const replies = new Map(
    replySchema
      .array()
      .parse(
        readRows(
          db,
          sql`SELECT id AS call, attempt, started_at AS calledAt, prompt_tokens AS promptTokens, completion_tokens AS completionTokens, reply AS text
           FROM call WHERE id IN ${valuesOf([...new Set(pairs.flatMap(({ callId }) => callId ?? []))])}`,
        ),
      )
      .map((reply) => [reply.call, { ...reply, sha256: reply.text === null ? null : hashText(reply.text) }]),
  )
  const steps = byCandidate(
    stepSchema.array().parse(
      readRows(
        db,
        sql`SELECT candidate_id AS candidateId, kind, verdict, ${reasonsText('reason_list_id')} AS reason, reviewer,
           after_instruction AS instruction, after_response AS response, seconds, guideline_version AS guidelineVersion, decided_at AS decidedAt
         FROM decision WHERE candidate_id IN ${ids} AND (${until} IS NULL OR decided_at <= ${until}) ORDER BY id`,
      ),
    ),
  )
  const secondReviews = readSecondReviews(db, pairs.map(({ id }) => id), until) // prettier-ignore
  const languages = new Map(
    until !== null
      ? []
      : languageSchema
          .array()
          .parse(readRows(db, sql`SELECT candidate_id AS candidateId, language FROM candidate_language WHERE candidate_id IN ${ids}`))
          .map(({ candidateId, language }) => [candidateId, language]),
  )
  return new Map(
    pairs.map(({ id, callId }) => [
      id,
      {
        reply: (callId === null ? null : replies.get(callId)) ?? null,
        steps: steps.get(id) ?? [],
        secondReviews: secondReviews.get(id) ?? [],
        language: languages.get(id) ?? null,
      },
    ]),
  )
}

/** Returns the SHA-256 of a text in UTF-8, which identifies a raw reply without showing it. */
const hashText = (text: string): string => createHash('sha256').update(text).digest('hex')
