import { z } from 'zod'
import { callErrorSchema, callSchema, callStateSchema, idSchema, runSchema } from '../domain'
import { call, nothing } from './call'

/** A new run, and the items that were left out because another active run includes them. */
const plannedRunSchema = runSchema.extend({ leftOut: z.array(z.object({ runId: idSchema, items: z.number().int() })) })
export type PlannedRun = z.infer<typeof plannedRunSchema>

export const runProgressSchema = z.object({
  run: runSchema,
  /** items per minute over the last half minute; null before the first */
  rate: z.number().nullable(),
  /** milliseconds; null if not known yet */
  remainingMs: z.number().nullable(),
  active: z.boolean(),
  /** another process holds the write lock: replies are kept until they can be stored */
  waitsForLock: z.boolean(),
  /** US dollars so far at list price; null if the model's price is not known */
  cost: z.number().nullable(),
})
export type RunProgress = z.infer<typeof runProgressSchema>

/** Items of a run: all items, the listed ones, those without drafts, or the first ones. */
const runRequestSchema = z.object({
  itemIds: z.array(idSchema).optional(),
  limit: idSchema.optional(),
  onlyUndrafted: z.boolean().optional(),
})

/**
 * Estimate of the requests and the cost of a run; tokens are projected from the prompts of a few items, time from earlier calls of the
 * model.
 */
export const runEstimateSchema = z.object({
  items: z.number().int(),
  /** number of items left out because another run includes them */
  taken: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** US dollars; null if the model's price is not known */
  price: z.number().nullable(),
  /** null before the first call of this model */
  milliseconds: z.number().nullable(),
})
export type RunEstimate = z.infer<typeof runEstimateSchema>

/** Failed calls of a run with the same reason. */
export const failureGroupSchema = z.object({
  /** error of the first call */
  error: callErrorSchema,
  callIds: z.array(idSchema),
  itemIds: z.array(idSchema),
  /** names of the first few items */
  items: z.array(z.string()),
})
export type FailureGroup = z.infer<typeof failureGroupSchema>

/** Calls about runs. */
export const runCalls = {
  /** returns when the run has begun; further progress arrives as `run.progress` */
  'run.start': call(runRequestSchema, plannedRunSchema, 'shared', { changes: ['runs'] }),
  /** estimates `run.start` for the current state of the project; depends on the approved pairs, since they are exemplars */
  'run.estimate': call(runRequestSchema, runEstimateSchema, 'lead', {
    reads: ['items', 'prompt', 'recipe', 'pairs', 'settings', 'runs'],
  }),
  /** repeats the requests without an answer; if items are given, only for those */
  'run.resume': call(z.object({ runId: idSchema, itemIds: z.array(idSchema).optional() }), runSchema, 'shared', { changes: ['runs'] }),
  /** stops the run so that it can be resumed; does not wait for active requests */
  'run.pause': call(z.object({ runId: idSchema }), z.null(), 'shared', { changes: ['runs'] }),
  'run.cancel': call(z.object({ runId: idSchema }), z.null(), 'shared', { changes: ['runs'] }),
  'run.list': call(nothing, z.array(runProgressSchema), 'shared', { reads: ['runs'] }),
  'run.calls': call(
    z.object({
      runId: idSchema,
      states: z.array(callStateSchema),
      /** only these calls */
      ids: z.array(idSchema).max(200).optional(),
      after: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    z.array(callSchema),
    'lead',
    { reads: ['runs'] },
  ),
  /** the failed calls grouped by reason, the largest group first */
  'run.failures': call(z.object({ runId: idSchema }), z.array(failureGroupSchema), 'lead', { reads: ['runs'] }),
} as const
