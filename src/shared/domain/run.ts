import { z } from 'zod'
import { idSchema, timeSchema } from './base'
import { callErrorSchema, runUnusedSchema } from './call'
import { generationSettingsSchema } from './prompt'
import { addressSchema, providerSettingsSchema } from './provider'

/** State of a run. A `cancelled` or `interrupted` run has items without a successful call and can be resumed. */
const runStateSchema = z.enum(['running', 'cancelled', 'interrupted', 'finished'])
export type RunState = z.infer<typeof runStateSchema>

export const runSettingsSchema = z.object({
  /** an address that is no longer accepted can still be read */
  provider: providerSettingsSchema.extend({ baseUrl: addressSchema }),
  generation: generationSettingsSchema,
})
export type RunSettings = z.infer<typeof runSettingsSchema>

/** Why a run stopped before its last item: the failure of an item, and the number of consecutive failures like it. */
export const runStopSchema = z.object({ error: callErrorSchema, item: z.string(), failures: z.number().int().positive() })
export type RunStop = z.infer<typeof runStopSchema>

export const runSchema = z.object({
  id: idSchema,
  promptVersionId: idSchema,
  settings: runSettingsSchema,
  state: runStateSchema,
  createdAt: timeSchema,
  finishedAt: timeSchema.nullable(),
  /** number of planned items; of those with a successful call; of those whose last call failed */
  items: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  candidates: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  unused: runUnusedSchema,
  stoppedBy: runStopSchema.nullable(),
  /** whether it was paused or interrupted, and resumed: then its time includes the pauses */
  resumed: z.boolean().optional(),
})
export type Run = z.infer<typeof runSchema>
