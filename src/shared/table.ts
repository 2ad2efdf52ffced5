import { z } from 'zod'
import { candidateSchema, mediaSchema, timeSchema } from './domain'

/** The first medium of an item, as far as a small image of it needs; `at`: where the span of a video begins, in seconds. */
export const rowMediumSchema = mediaSchema
  .pick({ id: true, kind: true, fileName: true, width: true, height: true, problem: true })
  .extend({ at: z.number().nonnegative() })
export type RowMedium = z.infer<typeof rowMediumSchema>

/** The columns of the table of all pairs; it can be sorted by each. */
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

/** The order that a column of the table gives. */
export const tableSortSchema = z.object({ kind: z.literal('column'), column: sortColumnSchema, descending: z.boolean() })
export type TableSort = z.infer<typeof tableSortSchema>

/** By this column; asked for again the other way round, and then as it was before: in the order of import. */
export function nextSort(sort: TableSort | null, column: SortColumn): TableSort | null {
  if (sort?.column !== column) return { kind: 'column', column, descending: false }
  return sort.descending ? null : { ...sort, descending: true }
}

/** A pair as the table of all pairs shows it: with what was put on it and decided about it. */
export const tableRowSchema = z.object({
  candidate: candidateSchema,
  /** null where the item has none */
  medium: rowMediumSchema.nullable(),
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
/** Cards that one call reads; a card of an item has all of its pairs. */
export const maxCardsPerPage = 100

/** What a card of the grid stands for: one pair, or an item with all of its pairs. */
export const cardKindSchema = z.enum(['pairs', 'items'])
export type CardKind = z.infer<typeof cardKindSchema>

/** How many a filter finds; `more`: counting ended here, there are more. */
export const foundSchema = z.object({ count: z.number().int(), more: z.boolean() })
