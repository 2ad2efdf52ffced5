import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { candidateSchema, idSchema, pairSchema } from '../domain'
import { pairFormSchema, stepOutcomeSchema, typedPairsSchema } from '../editing'
import { exemplarReasonSchema } from '../review'
import { call } from './call'

const typedPlace = z.object({ form: pairFormSchema, subjectId: idSchema })

const exemplarSchema = z.object({
  candidate: candidateSchema,
  /** drafts that had it in their prompt, and how those fared */
  used: z.number().int(),
  accepted: z.number().int(),
  decided: z.number().int(),
})
export type Exemplar = z.infer<typeof exemplarSchema>

/** Calls about pairs that people write, split, move, and pin as exemplars. */
export const pairCalls = {
  /** the first half replaces the pair, the second becomes a new one; both are approved, and undone, in one step */
  'pair.split': call(
    z.object({ candidateId: idSchema, first: pairSchema, second: pairSchema, seconds: z.number().nonnegative().optional() }),
    stepOutcomeSchema,
    'own',
    { changes: ['pairs', 'typedPairs'] },
  ),
  /** a pair of one's own, approved at once; `besideId` is the pair on the screen, whose conversation it goes on with `asTurn` */
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
  /** the turns of the conversation that a pair stands in, in their order */
  'turn.list': call(z.object({ candidateId: idSchema }), z.array(candidateSchema), 'own', { reads: ['pairs'] }),
  /** no candidates where the turn stands at that end already */
  'turn.move': call(z.object({ candidateId: idSchema, by: z.union([z.literal(-1), z.literal(1)]) }), stepOutcomeSchema, 'own', {
    changes: ['pairs'],
  }),
  /** one decision on all pending pairs of an item; what was typed for one is accepted with it */
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
  /** the order of the pinned ones, set by hand */
  'exemplar.order': call(z.object({ candidateIds: z.array(idSchema).max(500) }), z.null(), 'own', { changes: ['pairs'] }),
  /** a reason of null takes an earlier one away; left out, it stays */
  'exemplar.pin': call(
    z.object({ candidateId: idSchema, pinned: z.boolean(), reason: exemplarReasonSchema.nullable().optional() }),
    candidateSchema,
    'own',
    { changes: ['pairs'] },
  ),
} as const
