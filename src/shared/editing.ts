import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { candidateSchema, countsSchema, idSchema } from './domain'

/** The reason stored on a pair that a reviewer wrote, once writing it is undone. */
export const takenBack = 'taken back'

/** Forms for typing new pairs, shown next to the current pair. */
export const pairFormSchema = z.enum(['own', 'split'])
export type PairForm = z.infer<typeof pairFormSchema>

/** One pair that a reviewer writes, or the two halves of a split, possibly incomplete. */
export const typedPairsSchema = z
  .array(z.object({ instruction: textSchema, response: textSchema }))
  .min(1)
  .max(2)
export type TypedPairs = z.infer<typeof typedPairsSchema>

/**
 * Result of a step over several pairs: all pairs that it changed or added, the pair that it started with first. `decided`: number of pairs
 * that it decided, missing if none.
 */
export const stepOutcomeSchema = z.object({
  candidates: z.array(candidateSchema),
  counts: countsSchema,
  decided: z.number().int().optional(),
})
export type StepOutcome = z.infer<typeof stepOutcomeSchema>

/** A rule of the project that finds an error in the text and corrects it. */
export const fixRuleSchema = z.object({
  name: textSchema.trim().min(1).max(60),
  /** RE2 syntax */
  pattern: textSchema.min(1).max(500),
  /** any of `i` (ignores case), `m` (^ and $ match at every line), `s` (a dot matches line ends too) */
  flags: z.string().regex(/^[ims]{0,3}$/),
  /** `$1`, `$<name>` and `$&` insert what was matched, `$$` a dollar sign */
  replacement: textSchema.max(500),
  part: z.enum(['both', 'instruction', 'response']),
  on: z.boolean(),
})
export type FixRule = z.infer<typeof fixRuleSchema>
export const maxFixRules = 30

/** Preview of what rules would change in the pending pairs. */
export const fixPreviewSchema = z.object({
  /** number of pending pairs checked, and whether those are all */
  looked: z.number().int(),
  complete: z.boolean(),
  /** in the order of the rules */
  rules: z.array(
    z.object({
      /** why the rule cannot be used; null if it can */
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
