import { sortColumnSchema } from '../../../../shared/table'
import { z } from 'zod'

export const columnSchema = z.enum(['thumbnail', ...sortColumnSchema.options])
export type Column = z.infer<typeof columnSchema>

interface Width {
  /** in rem: it is never narrower, unless a person makes it so */
  readonly least: number
  /** its share of what is left */
  readonly share: number
}

/** All columns in their first order. Those by default fit into 960 pixels, and at 150 % text into 1280. */
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

/** A column as a person has it: at its place, and with the width in pixels that they gave it. */
const chosenColumnSchema = z.object({ name: columnSchema, width: z.number().min(32).max(2000).nullable() })
export type ChosenColumn = z.infer<typeof chosenColumnSchema>
export type TableColumns = readonly ChosenColumn[]

export const withDefaultWidth = (names: readonly Column[]): TableColumns => names.map((name) => ({ name, width: null }))
export const firstColumns = withDefaultWidth(['thumbnail', 'state', 'instruction', 'response', 'item', 'reviewer', 'decidedAt'])

const key = 'exemplar.table.layout'
const storedSchema = chosenColumnSchema.array().min(1)

/** The columns that were chosen last on this computer. */
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
    // Without a storage they last until the window closes.
  }
}

/** Moves a column to the place of another. */
export function moveColumn(columns: TableColumns, name: Column, to: number): TableColumns {
  const moved = columns.find((one) => one.name === name)
  return moved ? columns.filter((one) => one !== moved).toSpliced(Math.max(0, to), 0, moved) : columns
}

const MIN_WIDTH = 40
export const resizeColumn = (columns: TableColumns, name: Column, width: number): TableColumns =>
  columns.map((one) => (one.name === name ? { name, width: Math.max(MIN_WIDTH, Math.min(2000, Math.round(width))) } : one))

/** Shows exactly these columns: those that were shown keep their order and width, others join behind. */
export const chooseColumns = (columns: TableColumns, names: readonly Column[]): TableColumns => [
  ...columns.filter(({ name }) => names.includes(name)),
  ...withDefaultWidth(names.filter((name) => !columns.some((one) => one.name === name))),
]

/** The widths for CSS. @param rem in pixels */
export function gridOf(columns: TableColumns, rem: number): { readonly template: string; readonly width: number } {
  const least = ({ name, width }: ChosenColumn) => width ?? columnWidths[name].least * rem
  const track = (column: ChosenColumn) => {
    const { share } = columnWidths[column.name]
    return column.width === null && share > 0 ? `minmax(${least(column)}px, ${share}fr)` : `${least(column)}px`
  }
  return { template: columns.map(track).join(' '), width: columns.reduce((sum, column) => sum + least(column), 0) }
}
