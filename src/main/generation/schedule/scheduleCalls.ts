import { createRequestWindow, type Ending } from './requestWindow'

/** What became of one attempt. `again`: ask again after a while; `stop`: begin nothing more. */
export type Outcome =
  | { readonly kind: 'settled' }
  /** `afterMs`: as long as the server asked to wait; null: as long as the backoff says. `limited`: the server takes no more requests now */
  | { readonly kind: 'again'; readonly afterMs: number | null; readonly limited: boolean }
  | { readonly kind: 'stop' }

export interface Backoff {
  /** milliseconds before the second attempt on an item; doubled for each one after it */
  readonly baseMs: number
  readonly maxMs: number
}

export const defaultBackoff: Backoff = { baseMs: 250, maxMs: 30_000 }

/** A server that refuses every item is asked again after so many times the wait of a single item. */
const probeFactor = 4

interface Schedule<T> {
  readonly items: readonly T[]
  /** attempts under way at once, at most */
  readonly concurrency: number
  readonly signal: AbortSignal
  /**
   * `number` is 1 for the first attempt on an item; `isProbe`: all others fail, and this one is to see whether they still do. What it
   * throws ends the schedule.
   */
  readonly attempt: (item: T, number: number, isProbe: boolean) => Promise<Outcome>
  readonly backoff?: Backoff
  readonly random?: () => number
}

interface Task<T> {
  readonly item: T
  readonly number: number
  /** milliseconds of `performance.now()` */
  readonly due: number
}

/** Between half of the doubled time and the whole of it, so that calls that failed together do not come back together. */
export function backoffDelay(failures: number, { baseMs, maxMs }: Backoff, random: () => number): number {
  return Math.min(maxMs, baseMs * 2 ** (failures - 1)) * (0.5 + random() / 2)
}

/**
 * Works through the items in their order, as many at a time as the server takes: a place that falls free is taken by an item whose wait is
 * over, else by the next one. One item is never under way twice, and none is sent before the time that the server asked for. An item that
 * waits holds no place and holds back no other.
 * @returns when all has settled, or nothing more shall begin and what was under way has ended
 * @throws what an attempt threw, after the others under way have ended
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

  /** Begins what may begin, and comes back when something more may: all of it by one reading of the clock, so that no moment falls between. */
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
    // Else it is an ending that makes room.
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

/** Pauses a run whose items fail for the same reason one after the other: every further one would most likely be paid for in vain. */
export interface Breaker {
  /** an item was answered */
  succeed(): void
  /** @returns how many in a row have failed for this reason */
  fail(reason: string): number
  /** Nothing more is to be sent. */
  open(): void
  /** whether so many in a row have failed, or `open` was called: requests that were prepared meanwhile are not to be sent either */
  readonly isOpen: () => boolean
  /** how many have counted so far, in a row or not */
  readonly counted: () => number
  readonly limit: number
}

/** @param limit failures in a row for one reason */
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
