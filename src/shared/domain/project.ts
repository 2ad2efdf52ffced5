import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { textOrMessageSchema } from '../messages/message'
import { timeSchema } from './base'
import { countsSchema } from './candidate'
import { recipeIdSchema } from './prompt'

/** What a custom recipe is made of, in the window. */
export const customRecipeSchema = z.object({
  /** begins every id of an export */
  prefix: z.string().regex(/^[A-Z][A-Z0-9]{0,11}$/),
  fields: z.array(textSchema.min(1)),
  /** `similar-text`: of other items, by their instructions · `similar-image`: of other items, by the first image of each */
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
  /** why it is open for reading only, and what to do about it; null where it can be written to */
  readOnly: z.object({ message: textOrMessageSchema, remedy: textOrMessageSchema }).nullable().default(null),
})
export type ProjectInfo = z.infer<typeof projectInfoSchema>

export const statsSchema = countsSchema.extend({
  /** that take part: neither excluded nor deleted */
  items: z.number().int(),
  excluded: z.number().int(),
  media: z.number().int(),
  candidates: z.number().int(),
  /** of them written by people */
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
  /** who saved it and when; null for the recipe's own */
  author: z.string().nullable(),
  savedAt: timeSchema.nullable(),
})
export type GuidelineHead = z.infer<typeof guidelineHeadSchema>

export const maxGuidelineLetters = 40_000

/** What reviewers of a project go by, in Markdown. */
export const guidelineSchema = guidelineHeadSchema.extend({ body: textSchema.trim().min(1).max(maxGuidelineLetters) })
export type Guideline = z.infer<typeof guidelineSchema>

/** What a project file holds, in a few numbers. */
const projectSummarySchema = z.object({
  /** of the project: a copy of another one has another */
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

/** What a person can go on with where a project file is damaged. Null: there is no such thing. */
export const recoveryOfferSchema = z.object({
  /** what is wrong */
  damage: textOrMessageSchema,
  salvaged: z
    .object({
      summary: projectSummarySchema,
      /** tables of which a part could not be read */
      damagedTables: z.array(z.string()),
      /** rows that were read and could not be kept */
      leftOut: z.number().int(),
    })
    .nullable(),
  backup: z.object({ name: z.string(), madeAt: z.number(), summary: projectSummarySchema }).nullable(),
  /** backups of other projects, by file name, which are not offered */
  foreignBackups: z.array(z.string()),
})
export type RecoveryOffer = z.infer<typeof recoveryOfferSchema>
