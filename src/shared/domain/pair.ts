import { z } from 'zod'
import { cleanText, textSchema } from '../cleanText'

/** The text of an instruction or a response as it is stored. */
export const cleanPairText = (text: string): string => cleanText(text).trim()

export const pairTextSchema = textSchema.trim().min(1)
export const pairSchema = z.object({ instruction: pairTextSchema, response: pairTextSchema })
export type Pair = z.infer<typeof pairSchema>

/** A pair as a model drafted it, with its place in what it drafted. */
export const draftedPairSchema = pairSchema.extend({
  kind: z.enum(['conversation', 'detail', 'reasoning']).nullable().default(null),
  /** number of the conversation, and of the round in it, from 0 */
  conversation: z.number().int().nonnegative().nullable().default(null),
  turn: z.number().int().nonnegative().nullable().default(null),
  /** why the response is right, as the model says */
  rationale: textSchema.nullable().default(null),
})
export type DraftedPair = z.infer<typeof draftedPairSchema>
