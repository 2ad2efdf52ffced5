import { z } from 'zod'
import { candidateSchema, mediaSchema, timeSchema } from './domain'

/** The first medium of an item, with the properties that its thumbnail needs; `at`: start of the span of a video, in seconds. */
export const rowMediumSchema = mediaSchema
  .pick({ id: true, kind: true, fileName: true, width: true, height: true, problem: true })
  .extend({ at: z.number().nonnegative() })
export type RowMedium = z.infer<typeof rowMediumSchema>

/** The columns of the table of all pairs; each is sortable. */
export const sortColumnSchema = z.enum([
  'state',
  'instruction',
  'response',
  'item',
  'kind',
  'run',
  'prompt',
  'reviewer',
  'decidedAt',
  'reasons',
  'flag',
  'tags',
  'comments',
  'language',
  'rating',
  'exemplar',
])
export type SortColumn = z.infer<typeof sortColumnSchema>

/** The order by a column of the table. */
export const tableSortSchema = z.object({ kind: z.literal('column'), column: sortColumnSchema, descending: z.boolean() })
export type TableSort = z.infer<typeof tableSortSchema>

/** Returns the next sort order of a column: ascending, then descending, then null, which is import order. */
export function nextSort(sort: TableSort | null, column: SortColumn): TableSort | null {
  if (sort?.column !== column) return { kind: 'column', column, descending: false }
  return sort.descending ? null : { ...sort, descending: true }
}

/** A row of the table of all pairs: the pair with its marks and its decision. */
export const tableRowSchema = z.object({
  candidate: candidateSchema,
  /** null if the item has none */
  medium: rowMediumSchema.nullable(),
  flaggedBy: z.array(z.string()),
  tags: z.array(z.string()),
  comments: z.array(z.string()),
  /** mean of all qualities and reviewers; null if nobody has rated */
  rating: z.number().nullable(),
  /** null until it is detected */
  language: z.string().nullable(),
  /** the reviewer of the current decision, and its time */
  reviewer: z.string().nullable(),
  decidedAt: timeSchema.nullable(),
})
export type TableRow = z.infer<typeof tableRowSchema>

/** Maximum number of rows per call, and of ids that one range selection takes. */
export const maxRowsPerPage = 100
export const maxIdsPerPage = 10_000
/** Maximum number of cards per call; the card of an item has all of its pairs. */
export const maxCardsPerPage = 100

/** Content of a card of the grid: one pair, or an item with all of its pairs. */
export const cardKindSchema = z.enum(['pairs', 'items'])
export type CardKind = z.infer<typeof cardKindSchema>

/** Number of matches of a filter; `more`: counting stopped here, there are more. */
export const foundSchema = z.object({ count: z.number().int(), more: z.boolean() })
