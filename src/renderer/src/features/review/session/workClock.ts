import { IDLE_MS } from './timeOnPair'

/** Measures how long a person works: pauses that were asked for and idle time of more than a minute are left out. */
export interface WorkClock {
  /** the person did something */
  touch(): void
  pause(): void
  resume(): void
  /** counts what has passed since the last sign of life too, as long as the person may still be there */
  activeMs(): number
}

export function createWorkClock(now: () => number = () => performance.now()): WorkClock {
  let counted = 0
  let last = now()
  let paused = false
  const since = () => {
    const passed = now() - last
    return paused || passed > IDLE_MS ? 0 : passed
  }
  const touch = () => {
    counted += since()
    last = now()
  }
  return {
    touch,
    pause: () => {
      touch()
      paused = true
    },
    resume: () => {
      touch()
      paused = false
    },
    activeMs: () => counted + since(),
  }
}
