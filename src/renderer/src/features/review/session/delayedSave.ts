import { beginWrite } from '../../../app/state/writes'

/** Maximum delay before typed text is stored, in milliseconds. Including the write to disk, the total stays below 300 ms. */
export const SAVE_MS = 200

/** Throttles saving of typed text, so that a key press does not wait for the disk. */
export interface DelayedSave {
  /** Schedules a save. Replaces the callback of a save that is already scheduled. */
  later(save: () => void): void
  /** Runs the scheduled save immediately, if there is one. */
  flush(): void
  /** Cancels the scheduled save. */
  cancel(): void
}

export function createDelayedSave(): DelayedSave {
  let waiting: { save: () => void; readonly timer: ReturnType<typeof setTimeout>; readonly end: () => void } | null = null
  const cancel = () => {
    clearTimeout(waiting?.timer)
    waiting?.end()
    waiting = null
  }
  const flush = () => {
    const save = waiting?.save
    cancel()
    save?.()
  }
  return {
    later: (save) => {
      if (waiting) waiting.save = save
      else waiting = { save, timer: setTimeout(flush, SAVE_MS), end: beginWrite() }
    },
    flush,
    cancel,
  }
}
