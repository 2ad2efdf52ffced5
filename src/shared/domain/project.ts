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
  items: z.number().int(),
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
