/** Runs `work` for up to `ahead` values concurrently and yields the results in the order of the values. */
export async function* mapAhead<T, R>(values: Iterable<T>, ahead: number, work: (value: T) => Promise<R>): AsyncGenerator<R> {
  const iterator = values[Symbol.iterator]()
  const started: Promise<R>[] = []
  try {
    for (;;) {
      while (started.length < ahead) {
        const next = iterator.next()
        if (next.done) break
        const result = work(next.value)
        result.catch(() => undefined) // the error is thrown when the result is awaited
        started.push(result)
      }
      const first = started[0]
      if (!first) return
      const result = await first
      started.shift()
      yield result
    }
  } finally {
    iterator.return?.()
    await Promise.allSettled(started)
  }
}
