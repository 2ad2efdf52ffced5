import { z } from 'zod'

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
