import { type SortColumn, sortColumnSchema } from '../../../../shared/table'

/** Columns in their order, with their widths in pixels. */
export const columns = {
  state: 104,
  instruction: 320,
  response: 380,
  item: 140,
  kind: 110,
  run: 64,
  prompt: 72,
  reviewer: 120,
  decidedAt: 150,
  reasons: 160,
  flag: 56,
  tags: 140,
  comments: 180,
  language: 100,
  rating: 72,
  exemplar: 84,
} as const satisfies Record<SortColumn, number>
export type Column = SortColumn
export const columnNames: readonly Column[] = sortColumnSchema.options

const first: readonly Column[] = ['state', 'instruction', 'response', 'item', 'reviewer', 'reasons', 'flag', 'tags']

const key = 'exemplar.table.columns'
const storedSchema = sortColumnSchema.array().min(1)

/** The columns that were chosen last on this computer. */
export function readColumns(): readonly Column[] {
  try {
    const chosen = storedSchema.parse(JSON.parse(localStorage.getItem(key) ?? 'null'))
    return columnNames.filter((name) => chosen.includes(name))
  } catch {
    return first
  }
}

export function keepColumns(chosen: readonly Column[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(chosen))
  } catch {
    // Without a storage they last until the window closes.
  }
}
