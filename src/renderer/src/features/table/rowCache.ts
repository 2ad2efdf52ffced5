import type { CandidateFilter } from '../../../../shared/review'
import type { TableSort } from '../../../../shared/tableSort'
import { rowsAtOnce, type TableRow } from '../../../../shared/table'
import type { call as callMain } from '../../api/api'

/** Pages kept in memory: those in view and some around, however far one scrolls. */
const mostPages = 12

/**
 * The rows of a table by their places, read page by page. Of what a fast scroll passes by only the last is read: one call is under way at
 * a time, and then what is in view now.
 */
export function createRowCache(call: typeof callMain, filter: CandidateFilter, sort: TableSort | null) {
  const listeners = new Set<() => void>()
  const pages = new Map<number, readonly TableRow[]>()
  const stale = new Set<number>()
  let wanted: readonly number[] = []
  let reading = false
  let error: unknown = null
  let version = 0

  const publish = () => {
    version++
    for (const listener of listeners) listener()
  }

  function keep(page: number, rows: readonly TableRow[]) {
    pages.delete(page)
    pages.set(page, rows)
    stale.delete(page)
    for (const old of pages.keys()) {
      if (pages.size <= mostPages) break
      if (!wanted.includes(old)) pages.delete(old)
    }
  }

  async function readWanted(): Promise<void> {
    const page = wanted.find((one) => !pages.has(one) || stale.has(one))
    if (reading || page === undefined) return
    reading = true
    stale.delete(page)
    try {
      keep(page, await call('table.rows', { filter, ...(sort && { sort }), from: page * rowsAtOnce, limit: rowsAtOnce }))
      error = null
    } catch (thrown) {
      error = thrown
      wanted = []
    }
    reading = false
    publish()
    void readWanted()
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** another number after every change */
    version: () => version,
    row: (place: number): TableRow | undefined => pages.get(Math.floor(place / rowsAtOnce))?.[place % rowsAtOnce],
    /** Reads the rows from `first` to `last`, where they are not there. */
    show: (first: number, last: number) => {
      const from = Math.floor(Math.max(0, first) / rowsAtOnce)
      const to = Math.floor(Math.max(0, last) / rowsAtOnce)
      wanted = Array.from({ length: Math.min(to - from + 1, mostPages) }, (_, index) => from + index)
      void readWanted()
    },
    /** Something was changed: what is in view is read again, and stays until then. */
    refresh: () => {
      for (const page of pages.keys()) stale.add(page)
      void readWanted()
    },
    error: () => error,
    size: () => pages.size * rowsAtOnce,
  }
}
