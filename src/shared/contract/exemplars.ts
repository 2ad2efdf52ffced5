import { z } from 'zod'
import { candidateSchema, idSchema } from '../domain'
import { exemplarReasonSchema } from '../review'
import { call } from './call'

export const exemplarSchema = z.object({
  candidate: candidateSchema,
  /** drafts that had it in their prompt, and how those fared */
  used: z.number().int(),
  accepted: z.number().int(),
  decided: z.number().int(),
})
export type Exemplar = z.infer<typeof exemplarSchema>

/** Calls about exemplars. */
export const exemplarCalls = {
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
