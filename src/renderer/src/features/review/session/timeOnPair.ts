/** After this long without input the reviewer is away, and the time does not count. */
export const IDLE_MS = 60_000

/** Measures how long a reviewer looks at a pair, without idle time of more than a minute and without pauses. */
export interface TimeOnPair {
  /** another pair is on the screen */
  restart(): void
  /** the reviewer did something */
  touch(): void
  pause(): void
  resume(): void
  /** seconds since the restart */
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
