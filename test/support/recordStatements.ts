import type { Database } from 'better-sqlite3'

type Parameter = string | number | bigint | null
/** One execution of a statement, as the code under test asked for it. */
export interface Execution {
  readonly sql: string
  readonly method: 'run' | 'get' | 'all'
  readonly parameters: readonly Parameter[]
  readonly lastInsertRowid?: number
}

/** Notes every statement that is prepared from now on, each time that it is executed, until it is stopped. */
function startRecording(db: Database): { readonly executions: Execution[]; readonly stop: () => void } {
  const executions: Execution[] = []
  const original = db.prepare
  const recording = (sql: string) => {
    const statement = original.call(db, sql)
    const recorded: typeof statement = new Proxy(statement, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target)
        if (typeof value !== 'function') return value
        return (...parameters: Parameter[]) => {
          const result: unknown = value.apply(target, parameters)
          if (result === target) return recorded // pluck() and raw()
          if (property !== 'run' && property !== 'get' && property !== 'all') return result
          const id =
            property === 'run' && /^\s*INSERT/.test(sql) ? Number((result as { lastInsertRowid: number }).lastInsertRowid) : undefined
          executions.push({ sql, method: property, parameters, ...(id === undefined ? {} : { lastInsertRowid: id }) })
          return result
        }
      },
    })
    return recorded
  }
  db.prepare = recording as typeof db.prepare
  return { executions, stop: () => void (db.prepare = original) }
}

/**
 * Carries out `work` and notes every statement that runs on this connection, in order. The connection must be a fresh one, whose
 * statements nobody has prepared yet.
 */
export function recordStatements(db: Database, work: () => void): readonly Execution[] {
  const { executions, stop } = startRecording(db)
  try {
    work()
  } finally {
    stop()
  }
  return executions
}

/** The same for work that takes its time. */
export async function recordWhile(db: Database, work: () => Promise<unknown>): Promise<readonly Execution[]> {
  const { executions, stop } = startRecording(db)
  try {
    await work()
  } finally {
    stop()
  }
  return executions
}

/**
 * The recorded statements with nothing around them but the driver and one immediate transaction. Where the recording
 * had `example`, each replay has its own id; where it had the id of a row it had just inserted, so has the replay.
 */
export function replayer(db: Database, executions: readonly Execution[], example: number): (id: number) => void {
  const steps = executions.map((execution) => ({ ...execution, statement: db.prepare(execution.sql) }))
  const inserted = new Map<Parameter, number>()
  const replay = db.transaction((id: number) => {
    for (const { statement, method, parameters, lastInsertRowid } of steps) {
      const own = parameters.map((parameter) => (parameter === example ? id : (inserted.get(parameter) ?? parameter)))
      if (method !== 'run') statement[method](...own)
      else {
        const result = statement.run(...own)
        if (lastInsertRowid !== undefined) inserted.set(lastInsertRowid, Number(result.lastInsertRowid))
      }
    }
  })
  return (id) => replay.immediate(id)
}
