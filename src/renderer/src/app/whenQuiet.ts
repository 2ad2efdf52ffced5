import type { QueryClient } from '@tanstack/react-query'

const LOOK_EVERY = 50 // ms
const AT_LATEST = 2000 // ms: a call that hangs does not block the rest of the window

// jsdom does not have it.
const whenIdle = (work: () => void): void =>
  void ('requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 500 }) : setTimeout(work, 0))

/**
 * Runs work that nothing waits for once all pending calls are answered and painted; earlier it would delay them.
 * @returns a function that cancels it
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
  // By then the latest answers are rendered and painted.
  timer = setTimeout(look, LOOK_EVERY)
  return () => {
    forgotten = true
    clearTimeout(timer)
  }
}
