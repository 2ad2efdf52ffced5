/** Time without input, in milliseconds, after which the reviewer counts as away. Longer gaps are not counted. */
export const IDLE_MS = 60_000

/** Measures the time that a reviewer spends on a pair, excluding pauses and idle times of more than a minute. */
export interface TimeOnPair {
  /** Restarts the measurement for another pair. */
  restart(): void
  /** Records activity of the reviewer. */
  touch(): void
  pause(): void
  resume(): void
  /** Returns the counted seconds since the last restart. */
  seconds(): number
}

export function createTimeOnPair(now: () => number = () => performance.now()): TimeOnPair {
  let counted = 0
  let last = now()
  let isPaused = false
  const touch = () => {
    const time = now()
    if (!isPaused && time - last <= IDLE_MS) counted += time - last
    last = time
  }
  return {
    restart: () => {
      counted = 0
      last = now()
    },
    touch,
    pause: () => {
      touch()
      isPaused = true
    },
    resume: () => {
      touch()
      isPaused = false
    },
    seconds: () => {
      touch()
      return Math.round(counted) / 1000
    },
  }
}
