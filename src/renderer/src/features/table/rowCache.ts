import { maxRowsPerPage } from '../../../../shared/table'

/** Maximum number of pages kept in memory. */
const MAX_PAGES = 12

/** Rows read so far. Immutable: an unchanged row keeps its identity when it is read again, so that it is not rendered again. */
export interface RowState<T> {
  readonly pages: ReadonlyMap<number, readonly T[]>
  /** Error of the last read; null if it succeeded. */
  readonly error: unknown
}

export const rowAt = <T>({ pages }: RowState<T>, place: number): T | undefined =>
  pages.get(Math.floor(place / maxRowsPerPage))?.[place % maxRowsPerPage]

/** Returns all rows in memory. */
export const rowsOf = <T>({ pages }: RowState<T>): readonly T[] => [...pages.values()].flat()

const isSameRow = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Returns the rows that were just read, reusing the known objects of unchanged rows. */
function keepUnchanged<T>(known: readonly T[] = [], read: readonly T[]): readonly T[] {
  return read.map((row, index) => {
    const before = known[index]
    return before !== undefined && isSameRow(before, row) ? before : row
  })
}

/** Reads at most `limit` rows starting at index `from`. */
export type ReadRows<T> = (from: number, limit: number) => Promise<readonly T[]>
export type RowCache<T> = ReturnType<typeof createRowCache<T>>

/**
 * Creates a cache of the rows of a table, or the cards of a grid, by index. Pages are read one at a time. After each read, the pages that
 * are then in view are read, so that pages passed by fast scrolling are not read.
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
    /** Reads the missing rows from `first` to `last`. */
    show: (first: number, last: number) => {
      const from = Math.floor(Math.max(0, first) / maxRowsPerPage)
      const to = Math.floor(Math.max(0, last) / maxRowsPerPage)
      wanted = Array.from({ length: Math.min(to - from + 1, MAX_PAGES) }, (_, index) => from + index)
      void readWanted()
    },
    /** Reads the visible rows again after a change. The old rows stay visible until then. */
    refresh: () => {
      stale = new Set(state.pages.keys())
      void readWanted()
    },
  }
}
