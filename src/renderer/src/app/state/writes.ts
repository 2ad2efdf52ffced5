import { createStore } from './createStore'

/** Writes that no mutation of the query client counts: of the review, and of drafts. */
export const writes = createStore<{ readonly underWay: number }>('window', { underWay: 0 })

/** Counts a write, for the header's word. @returns a function to call once it is stored or has failed */
export function beginWrite(): () => void {
  const add = (more: number) => writes.set(({ underWay }) => ({ underWay: underWay + more }))
  add(1)
  return () => add(-1)
}

/** Counts a write until it is stored or has failed. */
export const countWrite = <T>(write: Promise<T>): Promise<T> => write.finally(beginWrite())

const storers = new Set<() => Promise<void>>()

/** Makes known what is typed and waits for a pause to be stored. @returns a function that takes it back */
export function onStoreAll(store: () => Promise<void>): () => void {
  storers.add(store)
  return () => void storers.delete(store)
}

/** Stores what waits for a pause, before the project is closed. It never fails: who stores tells of failures. */
export const storeAll = async () => void (await Promise.all([...storers].map((store) => store())))
