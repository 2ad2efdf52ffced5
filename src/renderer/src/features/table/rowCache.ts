import { maxRowsPerPage } from '../../../../shared/table'

/** Pages kept in memory: those in view and some around, however far one scrolls. */
const MAX_PAGES = 12

/** What is known of the rows. Immutable: a row that was read again and is the same stays the same object, and is not drawn again. */
export interface RowState<T> {
  readonly pages: ReadonlyMap<number, readonly T[]>
  /** why the last page could not be read */
  readonly error: unknown
}

export const rowAt = <T>({ pages }: RowState<T>, place: number): T | undefined =>
  pages.get(Math.floor(place / maxRowsPerPage))?.[place % maxRowsPerPage]

/** All rows in memory. */
export const rowsOf = <T>({ pages }: RowState<T>): readonly T[] => [...pages.values()].flat()

const isSameRow = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Returns the rows that were just read, each as the object that is known of it where it has not changed. */
function keepUnchanged<T>(known: readonly T[] = [], read: readonly T[]): readonly T[] {
  return read.map((row, index) => {
    const before = known[index]
    return before !== undefined && isSameRow(before, row) ? before : row
  })
}

/** Reads so many rows from a place on. */
export type ReadRows<T> = (from: number, limit: number) => Promise<readonly T[]>
export type RowCache<T> = ReturnType<typeof createRowCache<T>>

/**
 * The rows of a table, or the cards of a grid, by their places, read page by page. Of what a fast scroll passes by only the last is read:
 * one call is under way at a time, and then what is in view now.
 */
export function createRowCache<T>(read: ReadRows<T>) {
  const listeners = new Set<() => void>()
  let state: RowState<T> = { pages: new Map(), error: null }
  let stale: ReadonlySet<number> = new Set()
  let wanted: readonly number[] = []
  let isReading = false

  const setState = (next: RowState<T>) => {
    state = next
    for (const listener of listeners) listener()
  }

  function withPage(page: number, rows: readonly T[]): RowState<T> {
    const pages = new Map(state.pages)
    pages.delete(page)
    pages.set(page, keepUnchanged(state.pages.get(page), rows))
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
      setState(withPage(page, await read(page * maxRowsPerPage, maxRowsPerPage)))
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
    getState: (): RowState<T> => state,
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
