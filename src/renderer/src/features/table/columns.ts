import { sortColumnSchema } from '../../../../shared/table'
import { z } from 'zod'

export const columnSchema = z.enum(['thumbnail', ...sortColumnSchema.options])
export type Column = z.infer<typeof columnSchema>

interface Width {
  /** Minimum width in rem, unless the user chooses a smaller one. */
  readonly least: number
  /** Share of the remaining width. */
  readonly share: number
}

/** Widths of all columns in their initial order. The default columns fit into 960 pixels, or into 1280 at a text size of 150 %. */
export const columnWidths = {
  thumbnail: { least: 5, share: 0 },
  state: { least: 6.5, share: 0.5 },
  instruction: { least: 10, share: 4 },
  response: { least: 11, share: 5 },
  item: { least: 6, share: 1.5 },
  kind: { least: 7, share: 0.5 },
  run: { least: 4, share: 0.2 },
  prompt: { least: 4.5, share: 0.2 },
  reviewer: { least: 6, share: 1 },
  decidedAt: { least: 6.5, share: 1 },
  reasons: { least: 8, share: 1.5 },
  flag: { least: 3.5, share: 0.2 },
  tags: { least: 7, share: 1 },
  comments: { least: 9, share: 2 },
  language: { least: 6, share: 0.5 },
  rating: { least: 4.5, share: 0.2 },
  exemplar: { least: 5.5, share: 0.2 },
} as const satisfies Record<Column, Width>
export const columnNames: readonly Column[] = columnSchema.options

/** A column as chosen by the user, with its width in pixels; null for the default width. */
const chosenColumnSchema = z.object({ name: columnSchema, width: z.number().min(32).max(2000).nullable() })
export type ChosenColumn = z.infer<typeof chosenColumnSchema>
export type TableColumns = readonly ChosenColumn[]

export const withDefaultWidth = (names: readonly Column[]): TableColumns => names.map((name) => ({ name, width: null }))
export const firstColumns = withDefaultWidth(['thumbnail', 'state', 'instruction', 'response', 'item', 'reviewer', 'decidedAt'])

const key = 'exemplar.table.layout'
const storedSchema = chosenColumnSchema.array().min(1)

/** Returns the columns that were last chosen on this computer, or the default columns. */
export function readColumns(): TableColumns {
  try {
    return storedSchema.parse(JSON.parse(localStorage.getItem(key) ?? 'null'))
  } catch {
    return firstColumns
  }
}

export function keepColumns(chosen: TableColumns): void {
  try {
    localStorage.setItem(key, JSON.stringify(chosen))
  } catch {
    // Without storage, the choice lasts until the window is closed.
  }
}

/** Moves a column to an index. */
export function moveColumn(columns: TableColumns, name: Column, to: number): TableColumns {
  const moved = columns.find((one) => one.name === name)
  return moved ? columns.filter((one) => one !== moved).toSpliced(Math.max(0, to), 0, moved) : columns
}

const MIN_WIDTH = 40
export const resizeColumn = (columns: TableColumns, name: Column, width: number): TableColumns =>
  columns.map((one) => (one.name === name ? { name, width: Math.max(MIN_WIDTH, Math.min(2000, Math.round(width))) } : one))

/** Returns exactly the named columns. Columns already shown keep their order and width; others are appended. */
export const chooseColumns = (columns: TableColumns, names: readonly Column[]): TableColumns => [
  ...columns.filter(({ name }) => names.includes(name)),
  ...withDefaultWidth(names.filter((name) => !columns.some((one) => one.name === name))),
]

/** Returns the CSS grid template and the minimum width of the table in pixels. @param rem in pixels */
export function gridOf(columns: TableColumns, rem: number): { readonly template: string; readonly width: number } {
  const least = ({ name, width }: ChosenColumn) => width ?? columnWidths[name].least * rem
  const track = (column: ChosenColumn) => {
    const { share } = columnWidths[column.name]
    return column.width === null && share > 0 ? `minmax(${least(column)}px, ${share}fr)` : `${least(column)}px`
  }
  return { template: columns.map(track).join(' '), width: columns.reduce((sum, column) => sum + least(column), 0) }
}
