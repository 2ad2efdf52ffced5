import { seededRandom } from '../../src/main/generation/seededRandom'
import type { Behaviour, ModelRequest, ModelServerOptions, RawAnswer } from './modelServer'

/** What a server does with one request: how long the client waits for the end, and when the server lets it ask again. */
export interface PlannedAnswer {
  readonly behaviour: Behaviour | RawAnswer
  /** milliseconds until the request ends */
  readonly takesMs: number
  /** milliseconds after its end; null where it is over, with a result or a failure that is not asked again */
  readonly againAfterMs: number | null
}

/** item, attempt from 1 → what happens to it */
export type FaultPlan = (item: number, attempt: number) => PlannedAnswer

export interface FaultPlanOptions {
  readonly latencyMs: number
  readonly timeoutMs: number
  /** of all requests */
  readonly faultShare: number
  /** what a refused request is told to wait: seconds, one of these */
  readonly retryAfter: readonly number[]
}

/** Mixed faults, the same on each machine: 429 with retry-after, 500, no answer in time, a cut connection, a reply that is no JSON. */
export function mixedFaults({ latencyMs, timeoutMs, faultShare, retryAfter }: FaultPlanOptions): FaultPlan {
  return (item, attempt) => {
    const random = seededRandom(`fault ${item} ${attempt}`)
    if (random() >= faultShare) return { behaviour: 'good', takesMs: latencyMs, againAfterMs: null }
    const seconds = retryAfter[Math.floor(random() * retryAfter.length)] ?? 1
    const limited = { status: 429, headers: { 'retry-after': String(seconds) }, body: '{"error":{"message":"Rate limit reached."}}' }
    const faults: readonly PlannedAnswer[] = [
      { behaviour: limited, takesMs: latencyMs, againAfterMs: seconds * 1000 },
      { behaviour: 'server-error', takesMs: latencyMs, againAfterMs: 0 },
      { behaviour: 'hang', takesMs: timeoutMs, againAfterMs: 0 },
      { behaviour: 'drop', takesMs: latencyMs, againAfterMs: 0 },
      { behaviour: 'prose', takesMs: latencyMs, againAfterMs: null },
    ]
    return faults[Math.floor(random() * faults.length)] as PlannedAnswer
  }
}

/** Options of a model server that carries out the plan. Items are told apart by the number in their first annotation line, `Thing number 7.` */
export function serveFaults(plan: FaultPlan, latencyMs: number): ModelServerOptions {
  const attempts = new Map<number, number>()
  return {
    delayMs: latencyMs,
    script: ({ prompt }: ModelRequest) => {
      const item = Number(/Thing number (\d+)\./.exec(prompt)?.[1])
      const attempt = (attempts.get(item) ?? 0) + 1
      attempts.set(item, attempt)
      return plan(item, attempt).behaviour
    },
  }
}

/**
 * The time in milliseconds that a client needs at least if it takes the items in their order, asks again as soon as the server lets it and
 * loses no time of its own.
 */
export function idealMs(plan: FaultPlan, items: number, concurrency: number, maxAttempts = Infinity): number {
  interface Task {
    readonly item: number
    readonly attempt: number
    readonly due: number
  }
  const free = Array.from({ length: concurrency }, () => 0)
  const waiting: Task[] = []
  let next = 0
  let end = 0
  while (next < items || waiting.length > 0) {
    const place = free.indexOf(Math.min(...free))
    const now = free[place] ?? 0
    waiting.sort((one, other) => one.due - other.due)
    const [again] = waiting
    const takesAgain = again !== undefined && (again.due <= now || next >= items)
    const task = takesAgain ? again : { item: next++, attempt: 1, due: 0 }
    if (takesAgain) waiting.shift()
    const { takesMs, againAfterMs } = plan(task.item, task.attempt)
    const ended = Math.max(now, task.due) + takesMs
    free[place] = ended
    end = Math.max(end, ended)
    if (againAfterMs !== null && task.attempt < maxAttempts)
      waiting.push({ item: task.item, attempt: task.attempt + 1, due: ended + againAfterMs })
  }
  return end
}
