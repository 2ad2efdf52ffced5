import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { candidateSchema, countsSchema, draftSchema, idSchema, pairSchema, verdictSchema } from '../domain'
import { fixPreviewSchema, fixRuleSchema, maxFixRules } from '../editing'
import { checkNoticeSchema } from '../quality'
import { bulkTargetSchema } from '../review'
import { call, nothing } from './call'

const decisionResultSchema = z.object({ candidate: candidateSchema, counts: countsSchema, check: checkNoticeSchema.optional() })
/**
 * `pairs`: number of pairs that the step changed, 1 if missing; `candidate` is the first of them. `decided`: number of pairs that were
 * decided by hand, 1 if missing. `marks`: the step changed tags or flags instead of decisions
 */
const stepResultSchema = decisionResultSchema.extend({
  pairs: z.number().int().optional(),
  decided: z.number().int().optional(),
  marks: z.literal(true).optional(),
})
export type DecisionResult = z.infer<typeof decisionResultSchema>

/** Calls about decisions. */
export const decisionCalls = {
  /** applies one decision to many pairs, undone in one step; returns the number of changed pairs */
  'bulk.decide': call(
    z.object({
      target: bulkTargetSchema,
      verdict: z.enum(['accept', 'reject', 'ignore', 'reopen']),
      reason: textSchema.trim().min(1).max(500).optional(),
    }),
    z.object({ changed: z.number().int(), counts: countsSchema }),
    'own',
    { changes: ['pairs', 'drafts'] },
  ),
  /** returns the number of changed pairs */
  'bulk.tag': call(
    z.object({ target: bulkTargetSchema, tag: textSchema.trim().min(1).max(60), tagged: z.boolean() }),
    z.object({ changed: z.number().int() }),
    'own',
    { changes: ['marks'] },
  ),
  'bulk.flag': call(z.object({ target: bulkTargetSchema, flagged: z.boolean() }), z.object({ changed: z.number().int() }), 'own', {
    changes: ['marks'],
  }),
  'decision.add': call(
    z.object({
      candidateId: idSchema,
      verdict: verdictSchema,
      /** the new text of an edit */
      pair: pairSchema.optional(),
      reason: textSchema.trim().min(1).max(500).optional(),
      seconds: z.number().nonnegative().optional(),
      /** decides between two different verdicts */
      final: z.literal(true).optional(),
    }),
    decisionResultSchema,
    'own',
    { changes: ['pairs', 'drafts'] },
  ),
  /** null: nothing (more) to undo or redo */
  'decision.undo': call(nothing, stepResultSchema.nullable(), 'own', { changes: ['pairs', 'marks', 'drafts'] }),
  'decision.redo': call(nothing, stepResultSchema.nullable(), 'own', { changes: ['pairs', 'marks', 'drafts'] }),
  'draft.save': call(z.object({ candidateId: idSchema, instruction: textSchema, response: textSchema }), draftSchema, 'own', {
    changes: ['drafts'],
  }),
  'draft.discard': call(z.object({ candidateId: idSchema }), z.null(), 'own', { changes: ['drafts'] }),
  /** previews what rules would change in the pending pairs; cancels an earlier preview */
  'fix.preview': call(z.object({ rules: z.array(fixRuleSchema).max(maxFixRules) }), fixPreviewSchema, 'own', { reads: ['pairs'] }),
} as const
