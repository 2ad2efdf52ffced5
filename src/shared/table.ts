import { z } from 'zod'
import { candidateSchema, timeSchema } from './domain'

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
export const maxRowsPerPage = 100
export const maxIdsPerPage = 10_000

/** How many a filter finds; `more`: counting ended here, there are more. */
export const foundSchema = z.object({ count: z.number().int(), more: z.boolean() })
