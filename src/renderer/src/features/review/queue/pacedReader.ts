/** The next reading waits this many times as long as the last one took, so that reading does not hold up decisions in a large project. */
const PAUSES = 9
/** A reading of so few milliseconds is never waited for. */
const SHORT_MS = 8

/** Reads as soon as it is asked to, one reading at a time, and once more for what was asked meanwhile. */
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
