import { z } from 'zod'
import { callSchema, callStateSchema, idSchema, runSchema } from '../domain'
import { call, nothing } from './call'

/** A new run, and the items that were left out of it because another run under way has them. */
const plannedRunSchema = runSchema.extend({ leftOut: z.array(z.object({ runId: idSchema, items: z.number().int() })) })
export type PlannedRun = z.infer<typeof plannedRunSchema>

export const runProgressSchema = z.object({
  run: runSchema,
  /** items a minute over the last half minute; null before the first */
  rate: z.number().nullable(),
  /** milliseconds; null where not known yet */
  remainingMs: z.number().nullable(),
  active: z.boolean(),
  /** another process holds the write lock: replies are kept until they can be stored */
  waitsForLock: z.boolean(),
})
export type RunProgress = z.infer<typeof runProgressSchema>

/** Calls about runs. */
export const runCalls = {
  /** answers when the run has begun; the rest comes as run.progress */
  'run.start': call(
    z.object({ itemIds: z.array(idSchema).optional(), limit: idSchema.optional(), onlyUndrafted: z.boolean().optional() }),
    plannedRunSchema,
    'shared',
    { changes: ['runs'] },
  ),
  'run.resume': call(z.object({ runId: idSchema }), runSchema, 'shared', { changes: ['runs'] }),
  'run.cancel': call(z.object({ runId: idSchema }), z.null(), 'shared', { changes: ['runs'] }),
  'run.list': call(nothing, z.array(runProgressSchema), 'shared', { reads: ['runs'] }),
  'run.calls': call(
    z.object({
      runId: idSchema,
      states: z.array(callStateSchema),
      after: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    z.array(callSchema),
    'lead',
    { reads: ['runs'] },
  ),
} as const
