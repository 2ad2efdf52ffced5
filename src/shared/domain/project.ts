import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { textOrMessageSchema } from '../messages/message'
import { timeSchema } from './base'
import { countsSchema } from './candidate'
import { recipeIdSchema } from './prompt'

/** Definition of a custom recipe, created in the window. */
export const customRecipeSchema = z.object({
  /** prefix of every id in an export */
  prefix: z.string().regex(/^[A-Z][A-Z0-9]{0,11}$/),
  fields: z.array(textSchema.min(1)),
  /** `similar-text`: pairs of other items with similar instructions · `similar-image`: pairs of other items with a similar first image */
  relation: z.enum(['none', 'earlier', 'mutual', 'similar-text', 'similar-image']),
})
export type CustomRecipe = z.infer<typeof customRecipeSchema>
export const defaultCustomRecipe: CustomRecipe = { prefix: 'CUSTOM', fields: [], relation: 'earlier' }

export const projectInfoSchema = z.object({
  path: z.string(),
  name: z.string(),
  uuid: z.string(),
  recipe: recipeIdSchema,
  createdAt: timeSchema,
  /** why it is open read-only, and what to do about it; null if it is writable */
  readOnly: z.object({ message: textOrMessageSchema, remedy: textOrMessageSchema }).nullable().default(null),
})
export type ProjectInfo = z.infer<typeof projectInfoSchema>

export const statsSchema = countsSchema.extend({
  /** included items: neither excluded nor deleted */
  items: z.number().int(),
  excluded: z.number().int(),
  media: z.number().int(),
  candidates: z.number().int(),
  /** pairs written by people */
  written: z.number().int(),
  runs: z.number().int(),
  calls: z.number().int(),
  failedCalls: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
})
export type Stats = z.infer<typeof statsSchema>

/** A version of the guidelines without its text. */
export const guidelineHeadSchema = z.object({
  /** 0 is the recipe's own */
  version: z.number().int().nonnegative(),
  /** the person who saved it, and when; null for the recipe's own */
  author: z.string().nullable(),
  savedAt: timeSchema.nullable(),
})
export type GuidelineHead = z.infer<typeof guidelineHeadSchema>

export const maxGuidelineLetters = 40_000

/** Guidelines for the reviewers of a project, in Markdown. */
export const guidelineSchema = guidelineHeadSchema.extend({ body: textSchema.trim().min(1).max(maxGuidelineLetters) })
export type Guideline = z.infer<typeof guidelineSchema>

/** Summary of a project file. */
const projectSummarySchema = z.object({
  /** identifies the project: a copy of a project has another one */
  uuid: z.string(),
  name: z.string(),
  items: z.number().int(),
  candidates: z.number().int(),
  decisions: z.number().int(),
  runs: z.number().int(),
  /** milliseconds since 1970 */
  newestDecision: z.number().nullable(),
})
export type ProjectSummary = z.infer<typeof projectSummarySchema>

export const recoveryChoiceSchema = z.enum(['salvaged', 'backup'])
export type RecoveryChoice = z.infer<typeof recoveryChoiceSchema>

/** Options for recovering a damaged project file. Null: the option is not available. */
export const recoveryOfferSchema = z.object({
  /** what is wrong */
  damage: textOrMessageSchema,
  salvaged: z
    .object({
      summary: projectSummarySchema,
      /** tables that could be read only in part */
      damagedTables: z.array(z.string()),
      /** number of rows that were read but could not be kept */
      leftOut: z.number().int(),
    })
    .nullable(),
  backup: z.object({ name: z.string(), madeAt: z.number(), summary: projectSummarySchema }).nullable(),
  /** backups of other projects, by file name, which are not offered */
  foreignBackups: z.array(z.string()),
})
export type RecoveryOffer = z.infer<typeof recoveryOfferSchema>
