import { IDLE_MS } from './timeOnPair'

/** Measures the working time of a person, excluding pauses and idle times of more than a minute. */
export interface WorkClock {
  /** Records activity of the person. */
  touch(): void
  pause(): void
  resume(): void
  /** Returns the working time in milliseconds. Includes the time since the last activity, unless the person is idle. */
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
