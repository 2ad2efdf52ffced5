/** Pauses a run whose items fail for the same reason one after the other: every further one would most likely be paid for in vain. */
export interface Breaker {
  /** an item was answered */
  succeed(): void
  /** @returns how many in a row have failed for this reason */
  fail(reason: string): number
  readonly limit: number
}

/** @param limit failures in a row for one reason */
export function createBreaker(limit: number): Breaker {
  let last: string | null = null
  let count = 0
  return {
    limit,
    succeed: () => {
      last = null
      count = 0
    },
    fail: (reason) => {
      count = reason === last ? count + 1 : 1
      last = reason
      return count
    },
  }
}
