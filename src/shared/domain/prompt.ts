import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { idSchema, seedSchema, timeSchema } from './base'
import { draftedPairSchema } from './candidate'

export const recipeIdSchema = z.enum(['la', 'cgd', 'sd', 'vst', 'dc', 'tvc', 'sn', 'e4d', 'custom'])
export type RecipeId = z.infer<typeof recipeIdSchema>

/**
 * Structure of a reply. `pairs`: a list of pairs · `kinds`: pairs with their kind, which is conversation, detail or reasoning ·
 * `conversations`: several conversations of several rounds, each round with the reason for its response.
 */
export const outputFormSchema = z.enum(['pairs', 'kinds', 'conversations'])
export type OutputForm = z.infer<typeof outputFormSchema>

export const promptTextSchema = z.object({
  outputForm: outputFormSchema,
  systemMessage: textSchema,
  /** Liquid; its variables are the keys of the context */
  contextTemplate: textSchema,
})
export type PromptText = z.infer<typeof promptTextSchema>

/** An example that came with a prompt file: an annotation as text, and the pairs about it. The file does not identify the item. */
export const fileExemplarSchema = z.object({ annotation: textSchema, pairs: z.array(draftedPairSchema).min(1) })
export type FileExemplar = z.infer<typeof fileExemplarSchema>

/** Name and note of a version; unlike its text, they can change. */
export const promptLabelSchema = z.object({ name: textSchema.trim().max(80), note: textSchema.trim().max(2000) })
export type PromptLabel = z.infer<typeof promptLabelSchema>

export const promptVersionSchema = promptTextSchema.extend({ id: idSchema, createdAt: timeSchema, ...promptLabelSchema.partial().shape })
export type PromptVersion = z.infer<typeof promptVersionSchema>

export const exemplarPolicySchema = z.object({
  /** maximum number of exemplars from the pool, pinned ones included; those of a prompt file come first and are not counted */
  count: z.number().int().min(0).max(50),
  /** how the positions not taken by pinned exemplars are filled */
  fill: z.enum(['recent', 'random', 'similar', 'diverse', 'none']),
  /** makes `random` repeatable */
  seed: seedSchema,
  /** maximum number of tokens of all exemplars, those of a prompt file included; the last ones are dropped first. null = no limit */
  tokenBudget: z.number().int().positive().nullable().default(null),
})
export type ExemplarPolicy = z.infer<typeof exemplarPolicySchema>

/** Generation settings: stored with the project, copied into every run. */
export const generationSettingsSchema = z.object({
  pairsPerItem: z.number().int().min(1).max(20),
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1),
  maxTokens: z.number().int().min(16).max(100_000),
  attachImage: z.boolean(),
  exemplars: exemplarPolicySchema,
})
export type GenerationSettings = z.infer<typeof generationSettingsSchema>

/** Sampling as published for Syphus: temperature 0.7, top_p 0.95, 3,200 tokens. */
export const defaultGenerationSettings: GenerationSettings = {
  pairsPerItem: 3,
  temperature: 0.7,
  topP: 0.95,
  maxTokens: 3200,
  attachImage: false,
  exemplars: { count: 6, fill: 'recent', seed: 1, tokenBudget: null },
}

/**
 * Rule for when the exemplars are good enough: a number of accepted pairs and of their items, and the share of the last decided drafts that
 * were accepted without edit.
 */
export const coldStartRuleSchema = z.object({
  accepted: z.number().int().min(1).max(1000),
  items: z.number().int().min(1).max(1000),
  share: z.number().min(0).max(1),
  window: z.number().int().min(1).max(1000),
})
export type ColdStartRule = z.infer<typeof coldStartRuleSchema>
export const defaultColdStartRule: ColdStartRule = { accepted: 6, items: 3, share: 0.8, window: 20 }

export const coldStartSchema = z.object({ rule: coldStartRuleSchema, closedAt: timeSchema.nullable() })
export type ColdStart = z.infer<typeof coldStartSchema>
