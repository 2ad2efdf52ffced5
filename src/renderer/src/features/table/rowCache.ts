import type { CandidateFilter } from '../../../../shared/review'
import { maxRowsPerPage, type TableRow, type TableSort } from '../../../../shared/table'
import type { call as callMain } from '../../api/api'

/** Pages kept in memory: those in view and some around, however far one scrolls. */
const MAX_PAGES = 12

/** What is known of the rows. Immutable: a row that was read again and is the same stays the same object, and is not drawn again. */
export interface RowState {
  readonly pages: ReadonlyMap<number, readonly TableRow[]>
  /** why the last page could not be read */
  readonly error: unknown
}

export const rowAt = ({ pages }: RowState, place: number): TableRow | undefined =>
  pages.get(Math.floor(place / maxRowsPerPage))?.[place % maxRowsPerPage]

const isSameRow = (one: TableRow, other: TableRow) => JSON.stringify(one) === JSON.stringify(other)

/** Returns the rows that were just read, each as the object that is known of it where it has not changed. */
function keepUnchanged(known: readonly TableRow[] = [], read: readonly TableRow[]): readonly TableRow[] {
  return read.map((row, index) => {
    const before = known[index]
    return before && isSameRow(before, row) ? before : row
  })
}

/**
 * The rows of a table by their places, read page by page. Of what a fast scroll passes by only the last is read: one call is under way at
 * a time, and then what is in view now.
 */
export function createRowCache(call: typeof callMain, filter: CandidateFilter, sort: TableSort | null) {
  const listeners = new Set<() => void>()
  let state: RowState = { pages: new Map(), error: null }
  let stale: ReadonlySet<number> = new Set()
  let wanted: readonly number[] = []
  let isReading = false

  const setState = (next: RowState) => {
    state = next
    for (const listener of listeners) listener()
  }

  function withPage(page: number, read: readonly TableRow[]): RowState {
    const pages = new Map(state.pages)
    pages.delete(page)
    pages.set(page, keepUnchanged(state.pages.get(page), read))
    for (const old of pages.keys()) {
      if (pages.size <= MAX_PAGES) break
      if (!wanted.includes(old)) pages.delete(old)
    }
    return { pages, error: null }
  }

  async function readWanted(): Promise<void> {
    const page = wanted.find((one) => !state.pages.has(one) || stale.has(one))
    if (isReading || page === undefined) return
    isReading = true
    stale = new Set([...stale].filter((one) => one !== page))
    try {
      setState(
        withPage(page, await call('table.rows', { filter, ...(sort && { sort }), from: page * maxRowsPerPage, limit: maxRowsPerPage })),
      )
    } catch (error) {
      wanted = []
      setState({ ...state, error })
    }
    isReading = false
    void readWanted()
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getState: (): RowState => state,
    /** Reads the rows from `first` to `last`, where they are not there. */
    show: (first: number, last: number) => {
      const from = Math.floor(Math.max(0, first) / maxRowsPerPage)
      const to = Math.floor(Math.max(0, last) / maxRowsPerPage)
      wanted = Array.from({ length: Math.min(to - from + 1, MAX_PAGES) }, (_, index) => from + index)
      void readWanted()
    },
    /** Something was changed: what is in view is read again, and stays until then. */
    refresh: () => {
      stale = new Set(state.pages.keys())
      void readWanted()
    },
  }
}
