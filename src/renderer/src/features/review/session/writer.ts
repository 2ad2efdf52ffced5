import { countWrite } from '../../../app/state/writes'

/** Writes that are under way, stored one after the other in the order in which they were made. */
export interface Writer<T extends { readonly id: number }> {
  /** Queues a write that changes a candidate. */
  add<R>(write: T, work: () => Promise<R>): Promise<R>
  /** Queues work behind the writes made so far. */
  run<R>(work: () => Promise<R>): Promise<R>
  /** the next write of this candidate that is still under way */
  next(id: number): T | undefined
  idle(): boolean
  /** resolves when all made so far is stored, or has failed */
  settled(): Promise<void>
}

export function createWriter<T extends { readonly id: number }>(): Writer<T> {
  const underWay = new Set<T>()
  let tail: Promise<void> = Promise.resolve()
  const run = <R>(work: () => Promise<R>): Promise<R> => {
    const result = countWrite(tail.then(work))
    tail = result.then(
      () => {},
      () => {},
    )
    return result
  }
  return {
    run,
    add: (write, work) => {
      underWay.add(write)
      return run(() => work().finally(() => underWay.delete(write)))
    },
    next: (id) => [...underWay].find((write) => write.id === id),
    idle: () => underWay.size === 0,
    settled: () => tail,
  }
}
