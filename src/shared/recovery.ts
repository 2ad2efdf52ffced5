import { z } from 'zod'
import { textOrMessageSchema } from './messages/message'

/** What a project file holds, in a few numbers. */
const projectSummarySchema = z.object({
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
})
export type RecoveryOffer = z.infer<typeof recoveryOfferSchema>
