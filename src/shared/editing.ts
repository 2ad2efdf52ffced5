import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { candidateSchema, countsSchema, idSchema } from './domain'

/** The reason that stands on a pair of a person's own once its writing is undone. */
export const takenBack = 'taken back'

/** Forms in which pairs are typed beside the pair on the screen. */
export const pairFormSchema = z.enum(['own', 'split'])
export type PairForm = z.infer<typeof pairFormSchema>

/** One pair of one's own, or the two halves of a split, as far as they are typed. */
export const typedPairsSchema = z
  .array(z.object({ instruction: textSchema, response: textSchema }))
  .min(1)
  .max(2)
export type TypedPairs = z.infer<typeof typedPairsSchema>

/** A step over several pairs: all that it changed or added, the one that it began with first, and how many of them it decided, none where left out. */
export const stepOutcomeSchema = z.object({
  candidates: z.array(candidateSchema),
  counts: countsSchema,
  decided: z.number().int().optional(),
})
export type StepOutcome = z.infer<typeof stepOutcomeSchema>

/** A rule of the project that finds a fault in the text and mends it. */
export const fixRuleSchema = z.object({
  name: textSchema.trim().min(1).max(60),
  /** RE2 syntax */
  pattern: textSchema.min(1).max(500),
  /** of `i` (any case), `m` (^ and $ at every line), `s` (a dot takes line ends too) */
  flags: z.string().regex(/^[ims]{0,3}$/),
  /** `$1`, `$<name>` and `$&` stand for what was found, `$$` for a dollar sign */
  replacement: textSchema.max(500),
  part: z.enum(['both', 'instruction', 'response']),
  on: z.boolean(),
})
export type FixRule = z.infer<typeof fixRuleSchema>
export const maxFixRules = 30

/** What rules would do to the pending pairs. */
export const fixPreviewSchema = z.object({
  /** pending pairs looked at, and whether those are all */
  looked: z.number().int(),
  complete: z.boolean(),
  /** in the order of the rules */
  rules: z.array(
    z.object({
      /** why the rule cannot be used; null where it can */
      fault: z.string().nullable(),
      changes: z.number().int(),
      examples: z.array(
        z.object({
          candidateId: idSchema,
          itemSourceId: z.string(),
          part: z.enum(['instruction', 'response']),
          before: z.string(),
          after: z.string(),
        }),
      ),
    }),
  ),
})
export type FixPreview = z.infer<typeof fixPreviewSchema>
