import { z } from 'zod'
import { callErrorSchema, callSchema, callStateSchema, idSchema, runSchema } from '../domain'
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
  /** US dollars so far by list price; null where the model's price is not known */
  cost: z.number().nullable(),
})
export type RunProgress = z.infer<typeof runProgressSchema>

/** Which items a run is for: all, or those named, without drafts, or the first ones. */
const runRequestSchema = z.object({
  itemIds: z.array(idSchema).optional(),
  limit: idSchema.optional(),
  onlyUndrafted: z.boolean().optional(),
})

/** What a run would ask and cost; tokens are projected from the prompts of a few items, time from earlier calls of the model. */
export const runEstimateSchema = z.object({
  items: z.number().int(),
  /** items that are left out because another run has them */
  taken: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** US dollars; null where the model's price is not known */
  price: z.number().nullable(),
  /** null before the first call of this model */
  milliseconds: z.number().nullable(),
})
export type RunEstimate = z.infer<typeof runEstimateSchema>

/** Failed calls of a run that failed for the same reason. */
export const failureGroupSchema = z.object({
  /** of the first one */
  error: callErrorSchema,
  callIds: z.array(idSchema),
  itemIds: z.array(idSchema),
  /** the names of the first few items */
  items: z.array(z.string()),
})
export type FailureGroup = z.infer<typeof failureGroupSchema>

/** Calls about runs. */
export const runCalls = {
  /** answers when the run has begun; the rest comes as run.progress */
  'run.start': call(runRequestSchema, plannedRunSchema, 'shared', { changes: ['runs'] }),
  /** what `run.start` would ask for, as the project stands now; it depends on the approved pairs, which are exemplars */
  'run.estimate': call(runRequestSchema, runEstimateSchema, 'lead', {
    reads: ['items', 'prompt', 'recipe', 'pairs', 'settings', 'runs'],
  }),
  /** asks again for what has no answer; where items are named, for those alone */
  'run.resume': call(z.object({ runId: idSchema, itemIds: z.array(idSchema).optional() }), runSchema, 'shared', { changes: ['runs'] }),
  /** ends it so that it can be resumed; what is under way is not waited for */
  'run.pause': call(z.object({ runId: idSchema }), z.null(), 'shared', { changes: ['runs'] }),
  'run.cancel': call(z.object({ runId: idSchema }), z.null(), 'shared', { changes: ['runs'] }),
  'run.list': call(nothing, z.array(runProgressSchema), 'shared', { reads: ['runs'] }),
  'run.calls': call(
    z.object({
      runId: idSchema,
      states: z.array(callStateSchema),
      /** of these alone */
      ids: z.array(idSchema).max(200).optional(),
      after: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    z.array(callSchema),
    'lead',
    { reads: ['runs'] },
  ),
  /** the failed calls by what went wrong, the largest group first */
  'run.failures': call(z.object({ runId: idSchema }), z.array(failureGroupSchema), 'lead', { reads: ['runs'] }),
} as const
