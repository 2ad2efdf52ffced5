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

/** A saved version, or a text that is not saved. */
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

/** What a comparison will take, before anything is sent. */
export const comparisonPlanSchema = z.object({
  items: z.number().int(),
  /** requests to send; `kept` ones have been answered before and cost nothing */
  calls: z.number().int(),
  kept: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** US dollars; null where the price of the model is not known */
  price: z.number().nullable(),
})
export type ComparisonPlan = z.infer<typeof comparisonPlanSchema>

export const comparisonStateSchema = comparisonSchema.extend({
  /** whether requests are being sent */
  active: z.boolean(),
  /** US dollars by side; null where the price of the model is not known */
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
  /** answers when the requests begin; their replies come as changes of `comparisons` */
  'comparison.start': call(comparisonRequestSchema, comparisonStateSchema, 'lead', { changes: ['comparisons'] }),
  /** asks for what has no reply yet, with the settings that it was begun with; `failed`: and for what failed */
  'comparison.resume': call(one.extend({ failed: z.boolean() }), z.null(), 'lead', { changes: ['comparisons'] }),
  'comparison.cancel': call(one, z.null(), 'lead', { changes: ['comparisons'] }),
  'comparison.list': call(nothing, z.array(comparisonSummarySchema), 'lead', { reads: ['comparisons', 'prompt'] }),
  'comparison.get': call(one, comparisonStateSchema, 'lead', { reads: ['comparisons', 'prompt'] }),
  'comparison.vote': call(one.extend({ itemId: idSchema, vote: voteSchema.nullable() }), z.null(), 'lead', { changes: ['comparisons'] }),
  'comparison.remove': call(one, z.null(), 'lead', { changes: ['comparisons'] }),
  /** makes candidates of the pairs of one side: a finished run of its version, which is saved if it was not */
  'comparison.keep': call(one.extend({ side: sideNameSchema }), z.object({ runId: idSchema, pairs: z.number().int() }), 'lead', {
    changes: ['runs', 'pairs', 'items', 'prompt', 'coldStart'],
  }),
} as const
