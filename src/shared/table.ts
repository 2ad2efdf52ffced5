import { z } from 'zod'
import { candidateSchema, idSchema, timeSchema } from './domain'
import { queueCursorSchema } from './flow'
import { candidateCursorSchema, candidateFilterSchema } from './review'
import { tableSortSchema } from './tableSort'
import type { Visibility } from './visibility'

/** A pair as the table of all pairs shows it: with what was put on it and decided about it. */
export const tableRowSchema = z.object({
  candidate: candidateSchema,
  flaggedBy: z.array(z.string()),
  tags: z.array(z.string()),
  comments: z.array(z.string()),
  /** of all qualities and reviewers; null where nobody has rated */
  rating: z.number().nullable(),
  /** null while it has not been told yet */
  language: z.string().nullable(),
  /** whose decision stands, and when it was made */
  reviewer: z.string().nullable(),
  decidedAt: timeSchema.nullable(),
})
export type TableRow = z.infer<typeof tableRowSchema>

/** Rows that one call reads, and ids that one selection by range takes. */
export const rowsAtOnce = 100
export const idsAtOnce = 10_000

/** How many a filter finds; `more`: counting ended here, there are more. */
export const foundSchema = z.object({ count: z.number().int(), more: z.boolean() })
export type Found = z.infer<typeof foundSchema>

/** without `sort` in the order of import */
const place = z.object({ filter: candidateFilterSchema, sort: tableSortSchema.optional(), from: z.number().int().nonnegative() })
const call = <I extends z.ZodType, O extends z.ZodType, V extends Visibility>(input: I, output: O, visibility: V) => ({
  input,
  output,
  visibility,
})

export const tableCalls = {
  /** the rows from a place on, places counted from 0 */
  'table.rows': call(place.extend({ limit: z.number().int().min(1).max(rowsAtOnce) }), z.array(tableRowSchema), 'own'),
  /** the same as ids */
  'table.ids': call(place.extend({ limit: z.number().int().min(1).max(idsAtOnce) }), z.array(idSchema), 'own'),
  /** answers at once; `candidate.count` counts to the end */
  'candidate.found': call(z.object({ filter: candidateFilterSchema }), foundSchema, 'own'),
  /** the key of the pair at a place: pages of the queue go on behind it */
  'table.key': call(place, z.union([candidateCursorSchema, queueCursorSchema]).nullable(), 'own'),
  /** languages of the pairs, and how many pairs wait for theirs to be told */
  'language.list': call(z.object({}).strict(), z.object({ languages: z.array(z.string()), waiting: z.number().int() }), 'own'),
} as const
