/** What became of one attempt. `again`: ask again after a while; `stop`: begin nothing more. */
export type Outcome =
  | { readonly kind: 'settled' }
  /** `afterMs`: as long as the server asked to wait; null: as long as the backoff says. `holdAll`: nothing else is begun until then */
  | { readonly kind: 'again'; readonly afterMs: number | null; readonly holdAll: boolean }
  | { readonly kind: 'stop' }

export interface Backoff {
  /** milliseconds before the second attempt; doubled for each one after it */
  readonly baseMs: number
  readonly mostMs: number
}

export const defaultBackoff: Backoff = { baseMs: 1_000, mostMs: 30_000 }

export interface Schedule<T> {
  readonly items: readonly T[]
  /** attempts under way at once */
  readonly concurrency: number
  readonly signal: AbortSignal
  /** `number` is 1 for the first attempt on an item. What it throws ends the schedule. */
  readonly attempt: (item: T, number: number) => Promise<Outcome>
  readonly backoff?: Backoff
  readonly random?: () => number
}

interface Waiting<T> {
  readonly item: T
  readonly number: number
  /** milliseconds since 1970 */
  readonly due: number
}

/** Between half of the doubled time and the whole of it, so that calls that failed together do not come back together. */
export function backoffDelay(failures: number, { baseMs, mostMs }: Backoff, random: () => number): number {
  return Math.min(mostMs, baseMs * 2 ** (failures - 1)) * (0.5 + random() / 2)
}

/**
 * Works through the items in their order, so many at a time: a place that falls free is taken by an item whose wait is over, else by
 * the next one. One item is never under way twice. An item that waits holds no place.
 * @returns when all has settled, or nothing more shall begin and what was under way has ended
 * @throws what an attempt threw, after the others under way have ended
 */
export async function scheduleCalls<T>(schedule: Schedule<T>): Promise<void> {
  const { items, concurrency, signal, attempt, backoff = defaultBackoff, random = Math.random } = schedule
  const waiting: Waiting<T>[] = []
  const state = { next: 0, pausedUntil: 0, stopped: false }
  const wakers = new Set<() => void>()
  const wakeAll = () => {
    for (const wake of wakers) wake()
  }
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        wakers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      wakers.add(wake)
    })

  const take = async (): Promise<{ item: T; number: number } | null> => {
    while (!state.stopped && !signal.aborted) {
      const now = Date.now()
      const soonest = waiting.reduce<Waiting<T> | null>((best, entry) => (best === null || entry.due < best.due ? entry : best), null)
      if (state.pausedUntil > now) await sleep(state.pausedUntil - now)
      else if (soonest && soonest.due <= now) {
        waiting.splice(waiting.indexOf(soonest), 1)
        return soonest
      } else if (state.next < items.length) return { item: items[state.next++] as T, number: 1 }
      else if (soonest) await sleep(soonest.due - now)
      else return null
    }
    return null
  }

  const work = async () => {
    for (let task = await take(); task !== null; task = await take()) {
      const outcome = await attempt(task.item, task.number)
      if (outcome.kind === 'stop') {
        state.stopped = true
        wakeAll()
      } else if (outcome.kind === 'again') {
        const due = Date.now() + (outcome.afterMs ?? backoffDelay(task.number, backoff, random))
        if (outcome.holdAll) state.pausedUntil = Math.max(state.pausedUntil, due)
        waiting.push({ item: task.item, number: task.number + 1, due })
      }
    }
  }

  signal.addEventListener('abort', wakeAll)
  try {
    const workers = Array.from({ length: Math.min(concurrency, items.length) }, () =>
      work().catch((error: unknown) => {
        state.stopped = true
        wakeAll()
        throw error
      }),
    )
    const results = await Promise.allSettled(workers)
    for (const result of results) if (result.status === 'rejected') throw result.reason
  } finally {
    signal.removeEventListener('abort', wakeAll)
  }
}
