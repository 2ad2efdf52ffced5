/** The pause after a read is this many times as long as the read, so that reads do not delay decisions in a large project. */
const PAUSES = 9
/** Maximum duration of a read that needs no pause, in milliseconds. */
const SHORT_MS = 8

/** Creates a throttled reader. It reads immediately, never concurrently, and once more if it was called during a read or pause. */
export function createPacedReader(read: () => Promise<unknown>): () => Promise<void> {
  let isReading = false
  let isAsked = false
  return async () => {
    isAsked = true
    if (isReading) return
    isReading = true
    while (isAsked) {
      isAsked = false
      const start = performance.now()
      await read()
      const took = performance.now() - start
      if (took > SHORT_MS) await new Promise((resolve) => setTimeout(resolve, PAUSES * took))
    }
    isReading = false
  }
}
