import { z } from 'zod'
import { candidateSchema, idSchema } from './domain'
import { candidateFilterSchema } from './review'

export const screenSchema = z.enum(['library', 'prompt', 'runs', 'review', 'exemplars', 'export'])
export type Screen = z.infer<typeof screenSchema>

/** Last position of a person in a project: the screen, and in the review the queue and the pair. */
export const placeSchema = z.object({ screen: screenSchema, filter: candidateFilterSchema, candidateId: idSchema.nullable() })
export type Place = z.infer<typeof placeSchema>

/** The restored position: the pair, or the nearest one that is still in the queue, and the number of pairs before it. */
export const foundPlaceSchema = z.object({
  screen: screenSchema,
  filter: candidateFilterSchema,
  pair: z.object({ candidate: candidateSchema, before: z.number().int().nonnegative() }).nullable(),
})
export type FoundPlace = z.infer<typeof foundPlaceSchema>
