import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { candidateSchema, countsSchema, draftSchema, idSchema, pairSchema, verdictSchema } from '../domain'
import { fixPreviewSchema, fixRuleSchema, maxFixRules } from '../editing'
import { checkNoticeSchema } from '../quality'
import { bulkTargetSchema } from '../review'
import { call, nothing } from './call'

const decisionResultSchema = z.object({ candidate: candidateSchema, counts: countsSchema, check: checkNoticeSchema.optional() })
/**
 * `pairs`: how many the step changed, one where left out; the candidate is the first of them. `decided`: how many of them by hand, one where
 * left out. `marks`: not decisions, but their tags or flags
 */
const stepResultSchema = decisionResultSchema.extend({
  pairs: z.number().int().optional(),
  decided: z.number().int().optional(),
  marks: z.literal(true).optional(),
})
export type DecisionResult = z.infer<typeof decisionResultSchema>

/** Calls about decisions. */
export const decisionCalls = {
  /** one decision on many pairs, undone in one step; how many were changed */
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
  /** how many were changed */
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
      /** decides between two verdicts that differ */
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
  /** what rules would do to the pending pairs; ends the preview before it */
  'fix.preview': call(z.object({ rules: z.array(fixRuleSchema).max(maxFixRules) }), fixPreviewSchema, 'own', { reads: ['pairs'] }),
} as const
