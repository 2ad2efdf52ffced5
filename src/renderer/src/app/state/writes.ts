import { createStore } from './createStore'

/** Number of pending writes that are not mutations of the query client: those of the review and of drafts. */
export const writes = createStore<{ readonly underWay: number }>('window', { underWay: 0 })

/** Counts a write for the saved state in the rail. @returns a function to call once it is stored or has failed */
export function beginWrite(): () => void {
  const add = (more: number) => writes.set(({ underWay }) => ({ underWay: underWay + more }))
  add(1)
  return () => add(-1)
}

/** Counts a write until it is stored or has failed. */
export const countWrite = <T>(write: Promise<T>): Promise<T> => write.finally(beginWrite())

const storers = new Set<() => Promise<void>>()

/** Registers a function that stores changes waiting for a pause in typing. @returns a function that unregisters it */
export function onStoreAll(store: () => Promise<void>): () => void {
  storers.add(store)
  return () => void storers.delete(store)
}

/**
 * Stores all changes that wait for a pause in typing, before the project is closed. Never rejects: each function reports its own failures.
 */
export const storeAll = async () => void (await Promise.all([...storers].map((store) => store())))
