import { z } from 'zod'
import { idSchema, timeSchema } from './base'
import { mediaSchema } from './item'
import { providerKindSchema } from './provider'
import { unusedFieldSchema } from './call'
import { itemSourceSchema } from './source'

/** Origin of a pair: its media, and the call that drafted it. */
export const candidateOriginSchema = z.object({
  media: z.array(mediaSchema.pick({ fileName: true, kind: true, sha256: true })),
  source: itemSourceSchema.nullable(),
  /** null if a person wrote it */
  call: z
    .object({
      id: idSchema,
      runId: idSchema,
      provider: providerKindSchema,
      model: z.string(),
      server: z.string(),
      promptVersion: z.object({ id: idSchema, name: z.string().nullable() }).nullable(),
      calledAt: timeSchema,
      /** SHA-256 of the reply in UTF-8; null without a reply */
      replyHash: z.string().nullable(),
      /** the unchanged reply; null if attention checks hide it, or there is none */
      reply: z.string().nullable(),
      /** without their values if the reply is hidden */
      unusedFields: z.array(unusedFieldSchema),
    })
    .nullable(),
})
export type CandidateOrigin = z.infer<typeof candidateOriginSchema>
