/** Without a sign of life for this long the person is somewhere else, and the time does not count. */
export const IDLE_MS = 60_000

/** Measures how long a person looks at a pair; pauses of more than a minute count as none. */
export interface Dwell {
  /** another pair is on the screen */
  restart(): void
  /** the person did something */
  touch(): void
  /** the person goes on after a pause, which counts as none */
  goOn(): void
  /** seconds since the restart, idle time left out */
  seconds(): number
}

export function createDwell(now: () => number = () => performance.now()): Dwell {
  let counted = 0
  let last = now()
  const touch = () => {
    const time = now()
    if (time - last <= IDLE_MS) counted += time - last
    last = time
  }
  return {
    restart: () => {
      counted = 0
      last = now()
    },
    touch,
    goOn: () => {
      last = now()
    },
    seconds: () => {
      touch()
      return Math.round(counted) / 1000
    },
  }
}
