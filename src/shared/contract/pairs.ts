import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { candidateSchema, idSchema, pairSchema } from '../domain'
import { pairFormSchema, stepOutcomeSchema, typedPairsSchema } from '../editing'
import { exemplarReasonSchema } from '../review'
import { call } from './call'

const typedPlace = z.object({ form: pairFormSchema, subjectId: idSchema })

const exemplarSchema = z.object({
  candidate: candidateSchema,
  /** number of drafts whose prompt contained it, and how they were decided */
  used: z.number().int(),
  accepted: z.number().int(),
  decided: z.number().int(),
})
export type Exemplar = z.infer<typeof exemplarSchema>

/** Calls about pairs that people write, split, move, and pin as exemplars. */
export const pairCalls = {
  /** the first half replaces the pair, the second becomes a new pair; both are approved, and undone in one step */
  'pair.split': call(
    z.object({ candidateId: idSchema, first: pairSchema, second: pairSchema, seconds: z.number().nonnegative().optional() }),
    stepOutcomeSchema,
    'own',
    { changes: ['pairs', 'typedPairs'] },
  ),
  /**
   * adds a pair that the reviewer wrote, approved immediately; `besideId` is the pair on the screen, whose conversation it continues if
   * `asTurn`
   */
  'pair.write': call(
    z.object({
      itemId: idSchema,
      pair: pairSchema,
      besideId: idSchema.optional(),
      asTurn: z.boolean().optional(),
      seconds: z.number().nonnegative().optional(),
    }),
    stepOutcomeSchema,
    'own',
    { changes: ['pairs', 'typedPairs'] },
  ),
  'pair.typed': call(typedPlace, typedPairsSchema.nullable(), 'own', { reads: ['typedPairs'] }),
  'pair.saveTyped': call(typedPlace.extend({ pairs: typedPairsSchema }), z.null(), 'own', { changes: ['typedPairs'] }),
  'pair.discardTyped': call(typedPlace, z.null(), 'own', { changes: ['typedPairs'] }),
  /** the turns of the conversation that contains a pair, in order */
  'turn.list': call(z.object({ candidateId: idSchema }), z.array(candidateSchema), 'own', { reads: ['pairs'] }),
  /** returns no candidates if the turn is already at that end */
  'turn.move': call(z.object({ candidateId: idSchema, by: z.union([z.literal(-1), z.literal(1)]) }), stepOutcomeSchema, 'own', {
    changes: ['pairs'],
  }),
  /** applies one decision to all pending pairs of an item; text typed for a pair is accepted with it */
  'item.decide': call(
    z.object({
      itemId: idSchema,
      verdict: z.enum(['accept', 'reject']),
      reason: textSchema.trim().min(1).max(500).optional(),
      seconds: z.number().nonnegative().optional(),
    }),
    stepOutcomeSchema,
    'own',
    { changes: ['pairs', 'drafts'] },
  ),
  'exemplar.list': call(z.object({ limit: z.number().int().min(1).max(500) }), z.array(exemplarSchema), 'own', { reads: ['pairs'] }),
  /** sets the order of the pinned exemplars by hand */
  'exemplar.order': call(z.object({ candidateIds: z.array(idSchema).max(500) }), z.null(), 'own', { changes: ['pairs'] }),
  /** a reason of null removes an earlier one; if missing, the earlier one stays */
  'exemplar.pin': call(
    z.object({ candidateId: idSchema, pinned: z.boolean(), reason: exemplarReasonSchema.nullable().optional() }),
    candidateSchema,
    'own',
    { changes: ['pairs'] },
  ),
} as const
