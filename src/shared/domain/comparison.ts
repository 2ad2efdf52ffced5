import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { idSchema, seedSchema, timeSchema } from './base'
import { callErrorSchema, unusedFieldSchema } from './call'
import { mediaSchema } from './item'
import { draftedPairSchema } from './candidate'
import { promptTextSchema } from './prompt'
import { runSettingsSchema } from './run'

/** Maximum number of items in a comparison of two versions. */
export const maxComparedItems = 20

/** Selects the items of a comparison. */
export const itemChoiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('first'), count: z.number().int().min(1).max(maxComparedItems) }),
  z.object({ kind: z.literal('random'), count: z.number().int().min(1).max(maxComparedItems), seed: seedSchema }),
  z.object({ kind: z.literal('picked'), itemIds: z.array(idSchema).min(1).max(maxComparedItems) }),
])
export type ItemChoice = z.infer<typeof itemChoiceSchema>

/** One of the two texts; `versionId` is null for an unsaved text. */
export const comparisonSideSchema = promptTextSchema.extend({ versionId: idSchema.nullable(), name: textSchema })
export type ComparisonSide = z.infer<typeof comparisonSideSchema>

/** Names of the two texts, independent of their position on the screen. */
export const sideNameSchema = z.enum(['first', 'second'])
export type SideName = z.infer<typeof sideNameSchema>
export const sideNames = sideNameSchema.options
export const voteSchema = z.enum(['first', 'second', 'equal'])
export type Vote = z.infer<typeof voteSchema>

/** Result of one request; stored, so that the same request is never paid for twice. */
export const trialReplySchema = z.object({
  model: z.string(),
  reply: z.string().nullable(),
  pairs: z.array(draftedPairSchema),
  unusedFields: z.array(unusedFieldSchema),
  error: callErrorSchema.nullable(),
  promptTokens: z.number().int().nullable(),
  completionTokens: z.number().int().nullable(),
  milliseconds: z.number(),
})
export type TrialReply = z.infer<typeof trialReplySchema>

export const comparedItemSchema = z.object({
  itemId: idSchema,
  sourceId: z.string(),
  medium: mediaSchema.pick({ id: true, kind: true }).nullable(),
  /** null: not requested yet */
  first: trialReplySchema.nullable(),
  second: trialReplySchema.nullable(),
  /** vote of the active reviewer */
  vote: voteSchema.nullable(),
})
export type ComparedItem = z.infer<typeof comparedItemSchema>

/** Two prompt texts, tried on the same items with the same settings. */
export const comparisonSchema = z.object({
  id: idSchema,
  first: comparisonSideSchema,
  second: comparisonSideSchema,
  settings: runSettingsSchema,
  /** `seed` shuffles the sides, and their names are hidden until the item has a vote */
  blind: z.boolean(),
  seed: seedSchema,
  createdAt: timeSchema,
  items: z.array(comparedItemSchema),
})
export type Comparison = z.infer<typeof comparisonSchema>
