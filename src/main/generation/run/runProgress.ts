import type { RunProgress } from '../../../shared/contract'
import type { Run } from '../../../shared/domain'
import { priceOf } from './priceOf'

/** Abort a run with this reason when the program ends, or a person pauses it: it is left `interrupted`, not `cancelled`. */
export const programEnds = 'the program ends'

const windowMs = 30_000
const minuteMs = 60_000

interface RateMeter {
  /** an item has been answered, or given up */
  readonly count: () => void
  /** items a minute over the last half minute; null before the first */
  readonly rate: () => number | null
}

/** @param now milliseconds, rising */
export function createRateMeter(now: () => number = () => performance.now()): RateMeter {
  const begun = now()
  const times: number[] = []
  return {
    count: () => {
      times.push(now())
      while ((times[0] ?? Infinity) < now() - windowMs) times.shift()
    },
    rate: () => {
      const at = now()
      const recent = times.filter((time) => time >= at - windowMs).length
      return recent === 0 ? null : (recent * minuteMs) / Math.max(1, Math.min(windowMs, at - begun))
    },
  }
}

interface Pace {
  /** items a minute; null before the first */
  readonly rate: number | null
  /** items of this pass still without an end */
  readonly left: number
  /** whether another process holds the write lock, and replies wait to be stored */
  readonly waitsForLock: boolean
}

/** US dollars of what was asked and answered so far; a demo costs nothing. */
const costOf = ({ settings: { provider }, promptTokens, completionTokens }: Run): number | null =>
  provider.kind === 'demo' ? 0 : priceOf(provider.model, promptTokens, completionTokens)

/** Returns what the window shows of a run under way. */
export function describeProgress(run: Run, { rate, left, waitsForLock }: Pace): RunProgress {
  return {
    run,
    rate,
    remainingMs: rate !== null && rate > 0 ? Math.round((left / rate) * minuteMs) : null,
    active: true,
    waitsForLock,
    cost: costOf(run),
  }
}

/** Returns what the window shows of a run that this process does not drive. */
export const describeIdle = (run: Run): RunProgress => ({
  run,
  rate: null,
  remainingMs: null,
  active: false,
  waitsForLock: false,
  cost: costOf(run),
})

/** Lets `report` through at most once in so many milliseconds; what was asked for in between comes once, late. */
export function throttle(report: () => void, everyMs: number): { request: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let last = -Infinity
  const send = () => {
    timer = null
    last = performance.now()
    report()
  }
  const cancel = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  const request = () => {
    if (timer !== null) return
    const wait = last + everyMs - performance.now()
    if (wait <= 0) send()
    else timer = setTimeout(send, wait)
  }
  return { request, cancel }
}
