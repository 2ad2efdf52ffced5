import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { timeSchema } from './domain'

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
