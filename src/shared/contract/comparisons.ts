import { z } from 'zod'
import {
  comparisonSchema,
  generationSettingsSchema,
  idSchema,
  itemChoiceSchema,
  promptTextSchema,
  sideNameSchema,
  voteSchema,
} from '../domain'
import { call, nothing } from './call'

/** A saved prompt version, or an unsaved text. */
export const sideRequestSchema = z.union([z.object({ versionId: idSchema }), z.object({ text: promptTextSchema })])
export type SideRequest = z.infer<typeof sideRequestSchema>

export const comparisonRequestSchema = z.object({
  first: sideRequestSchema,
  second: sideRequestSchema,
  items: itemChoiceSchema,
  settings: generationSettingsSchema,
  blind: z.boolean(),
})
export type ComparisonRequest = z.infer<typeof comparisonRequestSchema>

/** Estimate of the requests and the price of a comparison, before anything is sent. */
export const comparisonPlanSchema = z.object({
  items: z.number().int(),
  /** number of requests to send; `kept` requests were answered before and cost nothing */
  calls: z.number().int(),
  kept: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** US dollars; null if the price of the model is not known */
  price: z.number().nullable(),
})
export type ComparisonPlan = z.infer<typeof comparisonPlanSchema>

export const comparisonStateSchema = comparisonSchema.extend({
  /** whether requests are being sent */
  active: z.boolean(),
  /** US dollars per side; null if the price of the model is not known */
  cost: z.object({ first: z.number().nullable(), second: z.number().nullable() }),
})
export type ComparisonState = z.infer<typeof comparisonStateSchema>

export const comparisonSummarySchema = comparisonSchema
  .pick({ id: true, first: true, second: true, createdAt: true })
  .extend({ items: z.number().int(), model: z.string() })
export type ComparisonSummary = z.infer<typeof comparisonSummarySchema>

const one = z.object({ id: idSchema })

/** Calls that compare two prompt texts on some items. */
export const comparisonCalls = {
  'comparison.plan': call(comparisonRequestSchema, comparisonPlanSchema, 'lead', {
    reads: ['items', 'prompt', 'recipe', 'pairs', 'settings', 'comparisons'],
  }),
  /** Returns when the requests start; replies are reported as changes of `comparisons`. */
  'comparison.start': call(comparisonRequestSchema, comparisonStateSchema, 'lead', { changes: ['comparisons'] }),
  /** requests the missing replies with the original settings; `failed`: also repeats the failed requests */
  'comparison.resume': call(one.extend({ failed: z.boolean() }), z.null(), 'lead', { changes: ['comparisons'] }),
  'comparison.cancel': call(one, z.null(), 'lead', { changes: ['comparisons'] }),
  'comparison.list': call(nothing, z.array(comparisonSummarySchema), 'lead', { reads: ['comparisons', 'prompt'] }),
  'comparison.get': call(one, comparisonStateSchema, 'lead', { reads: ['comparisons', 'prompt'] }),
  'comparison.vote': call(one.extend({ itemId: idSchema, vote: voteSchema.nullable() }), z.null(), 'lead', { changes: ['comparisons'] }),
  'comparison.remove': call(one, z.null(), 'lead', { changes: ['comparisons'] }),
  /** turns the pairs of one side into candidates: a finished run of its version, which is saved first if necessary */
  'comparison.keep': call(one.extend({ side: sideNameSchema }), z.object({ runId: idSchema, pairs: z.number().int() }), 'lead', {
    changes: ['runs', 'pairs', 'items', 'prompt', 'coldStart'],
  }),
} as const
