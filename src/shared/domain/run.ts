import { z } from 'zod'
import { idSchema, timeSchema } from './base'
import { callErrorSchema, runUnusedSchema } from './call'
import { generationSettingsSchema } from './prompt'
import { addressSchema, providerSettingsSchema } from './provider'

/** `unfinished` states keep items without a successful call; such a run can be resumed. */
const runStateSchema = z.enum(['running', 'cancelled', 'interrupted', 'finished'])
export type RunState = z.infer<typeof runStateSchema>

export const runSettingsSchema = z.object({
  /** an address that is not taken any more can still be read */
  provider: providerSettingsSchema.extend({ baseUrl: addressSchema }),
  generation: generationSettingsSchema,
})
export type RunSettings = z.infer<typeof runSettingsSchema>

/** What stopped a run before its last item: the failure of an item, and how many in a row failed like it. */
export const runStopSchema = z.object({ error: callErrorSchema, item: z.string(), failures: z.number().int().positive() })
export type RunStop = z.infer<typeof runStopSchema>

export const runSchema = z.object({
  id: idSchema,
  promptVersionId: idSchema,
  settings: runSettingsSchema,
  state: runStateSchema,
  createdAt: timeSchema,
  finishedAt: timeSchema.nullable(),
  /** items planned; of them with a successful call; of them whose last call failed */
  items: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  candidates: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  unused: runUnusedSchema,
  stoppedBy: runStopSchema.nullable(),
  /** it was paused or interrupted, and resumed: its time holds the pauses too */
  resumed: z.boolean().optional(),
})
export type Run = z.infer<typeof runSchema>
