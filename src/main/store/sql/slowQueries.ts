import type { Statement } from 'better-sqlite3'

/** What a query may take in milliseconds until it is logged. */
const slowMs = 40

type Log = (line: string) => void
let log: Log | null = null

/** Has queries of connections that are opened from now on logged when they take over 40 ms: their text, never the values bound to it. */
export function logSlowQueries(to: Log | null): void {
  log = to
}

function report(text: string, milliseconds: number): void {
  if (milliseconds > slowMs) log?.(`slow query (${Math.round(milliseconds)} ms): ${text.replace(/\s+/g, ' ').trim()}`)
}

/** Times every execution of a statement, where slow queries are logged. @returns the statement */
export function timeStatement(statement: Statement, text: string): Statement {
  if (log === null) return statement
  for (const method of ['run', 'get', 'all'] as const) {
    const execute = statement[method].bind(statement) as (...values: unknown[]) => never
    statement[method] = (...values: unknown[]) => {
      const start = performance.now()
      try {
        return execute(...values)
      } finally {
        report(text, performance.now() - start)
      }
    }
  }
  const iterate = statement.iterate.bind(statement)
  statement.iterate = (...values: unknown[]) => timeRows(iterate(...values), text)
  return statement
}

/** The time that the query takes, without what is done with its rows. */
function* timeRows(rows: IterableIterator<unknown>, text: string): Generator<unknown, void, undefined> {
  let milliseconds = 0
  const next = () => {
    const start = performance.now()
    const result = rows.next()
    milliseconds += performance.now() - start
    return result
  }
  try {
    for (let result = next(); !result.done; result = next()) yield result.value
  } finally {
    rows.return?.()
    report(text, milliseconds)
  }
}
