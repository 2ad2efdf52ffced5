import type { QueryClient } from '@tanstack/react-query'

const LOOK_EVERY = 50 // ms
const AT_LATEST = 2000 // ms: a call that hangs does not keep the rest of the window away

// jsdom has none
const whenIdle = (work: () => void): void =>
  void ('requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 500 }) : setTimeout(work, 0))

/**
 * Does what nobody waits for once the window's calls are answered and painted: before, it would delay them.
 * @returns a function that forgets it
 */
export function whenQuiet(client: QueryClient, work: () => void): () => void {
  const latest = performance.now() + AT_LATEST
  let forgotten = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    if (client.isFetching() > 0 && performance.now() < latest) timer = setTimeout(look, LOOK_EVERY)
    else
      whenIdle(() => {
        if (!forgotten) work()
      })
  }
  // What has just been answered is rendered and painted by then.
  timer = setTimeout(look, LOOK_EVERY)
  return () => {
    forgotten = true
    clearTimeout(timer)
  }
}
