import { beginWrite } from '../../../app/state/writes'

/** Typing waits no longer than this to be stored, however fast the keys follow: with the way to the disk it stays below 300 ms. */
export const SAVE_MS = 200

/** Stores what is typed a moment later, so that a key press need not wait for the disk. */
export interface DelayedSave {
  /** stores this then, in place of what waits already */
  later(save: () => void): void
  /** stores what waits now; nothing where nothing waits */
  flush(): void
  /** forgets what waits */
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
