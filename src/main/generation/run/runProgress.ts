import type { RunProgress } from '../../../shared/contract'
import type { Run } from '../../../shared/domain'
import { priceOf } from './priceOf'

/** Abort reason for a run that is paused, or when the program exits: leaves the run `interrupted`, not `cancelled`. */
export const programEnds = 'the program ends'

const windowMs = 30_000
const minuteMs = 60_000

interface RateMeter {
  /** Records that an item was answered or given up. */
  readonly count: () => void
  /** Items per minute over the last half minute; null before the first. */
  readonly rate: () => number | null
}

/** @param now returns milliseconds, monotonically increasing */
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
  /** Items per minute; null before the first. */
  readonly rate: number | null
  /** Number of items of this pass that are not settled yet. */
  readonly left: number
  /** Whether another process holds the write lock, so that replies wait to be stored. */
  readonly waitsForLock: boolean
}

/** Returns the US dollars spent on answered calls so far; a demo costs nothing. */
const costOf = ({ settings: { provider }, promptTokens, completionTokens }: Run): number | null =>
  provider.kind === 'demo' ? 0 : priceOf(provider.model, promptTokens, completionTokens)

/** Returns the progress of an active run, as the window shows it. */
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

/** Returns the progress of a run that this process does not drive, as the window shows it. */
export const describeIdle = (run: Run): RunProgress => ({
  run,
  rate: null,
  remainingMs: null,
  active: false,
  waitsForLock: false,
  cost: costOf(run),
})

/** Calls `report` at most once every `everyMs` milliseconds; requests in between are combined into one late call. */
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
