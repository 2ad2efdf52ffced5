import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds of work before others have their turn. */
const workMs = 20

/** To be awaited between steps of long work: undefined, or a moment in which others have their turn. */
export type Pause = (done: number, total: number) => Promise<void> | undefined

/**
 * Lets others have their turn in long work, which would otherwise hold up every job of its process.
 * The pause rejects with the reason of `signal` once that is aborted. `onProgress` is called at each pause.
 */
export function createPause(signal: AbortSignal | undefined, onProgress?: (progress: { done: number; total: number }) => void): Pause {
  let since = performance.now()
  return (done, total) => {
    if (performance.now() - since < workMs) return undefined
    onProgress?.({ done, total })
    return nextTurn().then(() => {
      signal?.throwIfAborted()
      since = performance.now()
    })
  }
}

/** For work that nobody stops or waits beside. */
export const noPause: Pause = () => undefined
