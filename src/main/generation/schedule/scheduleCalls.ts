import { createRequestWindow, type Ending } from './requestWindow'

/** Outcome of one attempt. `again`: retry after a delay; `stop`: start nothing more. */
export type Outcome =
  | { readonly kind: 'settled' }
  /** `afterMs`: delay that the server asked for; null: delay of the backoff. `limited`: the server accepts no more requests now. */
  | { readonly kind: 'again'; readonly afterMs: number | null; readonly limited: boolean }
  | { readonly kind: 'stop' }

export interface Backoff {
  /** Milliseconds before the second attempt on an item; doubled for each further one. */
  readonly baseMs: number
  readonly maxMs: number
}

export const defaultBackoff: Backoff = { baseMs: 250, maxMs: 30_000 }

/** Factor between the backoff of a probe and that of a single item: the delay before a server that refuses every item is asked again. */
const probeFactor = 4

interface Schedule<T> {
  readonly items: readonly T[]
  /** Maximum number of concurrent attempts. */
  readonly concurrency: number
  readonly signal: AbortSignal
  /**
   * Makes one attempt on an item. `number` is 1 for the first attempt; `isProbe`: all other attempts fail, and this one tests whether they
   * still do. An error that it throws ends the schedule.
   */
  readonly attempt: (item: T, number: number, isProbe: boolean) => Promise<Outcome>
  readonly backoff?: Backoff
  readonly random?: () => number
}

interface Task<T> {
  readonly item: T
  readonly number: number
  /** Milliseconds of `performance.now()`. */
  readonly due: number
}

/** Returns a random delay between half and all of the doubled time, so that calls that failed together are not retried together. */
export function backoffDelay(failures: number, { baseMs, maxMs }: Backoff, random: () => number): number {
  return Math.min(maxMs, baseMs * 2 ** (failures - 1)) * (0.5 + random() / 2)
}

/**
 * Processes items in order, with as many concurrent attempts as the server accepts. A free slot goes to an item whose delay is over, or
 * else to the next item. An item is never attempted twice at once, and never before the time that the server asked for. A waiting item
 * occupies no slot and blocks no other item.
 * @returns when all items are settled, or when nothing more may start and all running attempts have ended
 * @throws the error of an attempt, after all other running attempts have ended
 */
export async function scheduleCalls<T>(schedule: Schedule<T>): Promise<void> {
  const { items, concurrency, signal, attempt, backoff = defaultBackoff, random = Math.random } = schedule
  const window = createRequestWindow(concurrency)
  const waiting: Task<T>[] = []
  const done = Promise.withResolvers<undefined>()
  let next = 0
  let stopped = false
  let fault: { readonly error: unknown } | null = null
  let probes = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const soonest = () => waiting.reduce<Task<T> | null>((best, task) => (best === null || task.due < best.due ? task : best), null)
  const take = (now: number): Task<T> | null => {
    const again = soonest()
    if (again && again.due <= now) return waiting.splice(waiting.indexOf(again), 1)[0] ?? null
    return next < items.length ? { item: items[next++] as T, number: 1, due: now } : null
  }
  const mayBegin = () => !stopped && !signal.aborted

  const begin = async ({ item, number }: Task<T>): Promise<void> => {
    const ticket = window.begin()
    let ending: Ending = 'answered'
    let due = 0
    try {
      const outcome = await attempt(item, number, ticket.isProbe)
      if (outcome.kind === 'stop') stopped = true
      if (outcome.kind === 'again') {
        ending = outcome.limited ? 'limited' : 'failed'
        const now = performance.now()
        probes = ticket.isProbe ? probes + 1 : probes
        due = now + (outcome.afterMs ?? backoffDelay(number, backoff, random))
        waiting.push({ item, number: number + 1, due })
        const probeDelay = backoffDelay(probes + 1, { ...backoff, baseMs: backoff.baseMs * probeFactor }, random)
        if (outcome.afterMs === null) due = Math.max(due, now + probeDelay)
      } else probes = 0
    } catch (error) {
      fault ??= { error }
      stopped = true
    }
    window.end(ticket, ending, due)
    pump()
  }

  /**
   * Starts everything that may start and schedules the next call, all based on one reading of the clock, so that no due time is missed in
   * between.
   */
  const pump = () => {
    clearTimeout(timer)
    const now = performance.now()
    while (mayBegin() && window.isOpen(now)) {
      const task = take(now)
      if (!task) break
      void begin(task)
    }
    const again = soonest()
    if (window.inFlight() === 0 && (!mayBegin() || (again === null && next >= items.length))) return done.resolve(undefined)
    if (!mayBegin()) return
    const wakeAt = Math.max(window.opensAt() ?? -Infinity, next < items.length ? -Infinity : (again?.due ?? Infinity))
    // Otherwise the end of a running attempt makes room.
    if (wakeAt > now && wakeAt < Infinity) timer = setTimeout(pump, Math.max(1, Math.ceil(wakeAt - performance.now())))
  }

  signal.addEventListener('abort', pump)
  try {
    pump()
    await done.promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', pump)
  }
  if (fault) throw (fault as { readonly error: unknown }).error
}

/** Stops a run if its items fail for the same reason in a row: every further item would most likely be paid for in vain. */
export interface Breaker {
  /** Records that an item was answered. */
  succeed(): void
  /** Records a failure. @returns the number of failures in a row for this reason */
  fail(reason: string): number
  /** Prevents all further requests. */
  open(): void
  /** Whether the limit was reached or `open` was called; requests that were prepared in the meantime must not be sent either. */
  readonly isOpen: () => boolean
  /** Number of failures recorded so far, in a row or not. */
  readonly counted: () => number
  readonly limit: number
}

/** Creates a breaker. @param limit number of failures in a row for one reason */
export function createBreaker(limit: number): Breaker {
  let last: string | null = null
  let count = 0
  let counted = 0
  let isOpen = false
  return {
    limit,
    counted: () => counted,
    open: () => void (isOpen = true),
    isOpen: () => isOpen,
    succeed: () => {
      last = null
      count = 0
    },
    fail: (reason) => {
      count = reason === last ? count + 1 : 1
      last = reason
      counted++
      isOpen ||= count >= limit
      return count
    },
  }
}
