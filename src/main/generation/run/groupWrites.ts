import { Problem } from '../../../shared/problem'
import type { WritableDb } from '../../store/sql/types'
import { message } from '../../../shared/messages/message'
import { isBusy, withBusyTimeout, write } from '../../store/sql/transaction'

interface Waiting<Reply> {
  /** Does the work and returns the function that resolves the caller's promise. */
  readonly work: () => () => void
  readonly reject: (error: unknown) => void
  readonly reply: Reply | null
}

/**
 * Does the work in a durable transaction; the promise settles when the transaction is on disk.
 * @param reply the paid reply that the work stores, if any: it is kept in a file while another process holds the write lock
 */
export type GroupWrite<Reply = never> = <T>(work: () => T, reply?: Reply) => Promise<T>

/** Keeps paid replies in a file until they can be stored. */
export interface ReplyKeeper<Reply> {
  /** Appends replies to a file and flushes it to disk. @returns the file */
  readonly keep: (replies: readonly Reply[]) => string
  /** Removes the file, once all its replies are stored. */
  readonly forget: () => void
}

interface GroupWriteOptions<Reply> {
  readonly keeper: ReplyKeeper<Reply>
  /** Called when another process takes (true) or releases (false) the write lock. */
  readonly onWaiting?: (waiting: boolean) => void
  /** After an abort, a write waits at most `graceMs` longer for the write lock. */
  readonly signal?: AbortSignal
}

/** Milliseconds that each attempt blocks, and between attempts; short, so that a waiting process still handles its signals. */
const lockWaitMs = 50
const retryMs = 200
const graceMs = 1_000

/**
 * Groups all writes of one turn of the event loop into one transaction: concurrent calls tend to be answered together, and each durable
 * transaction waits for the disk. If it fails, nothing is stored and every caller receives the error. While another process holds the write
 * lock, all writes wait together until they are stored.
 */
export function groupWrites<Reply>(db: WritableDb, { keeper, onWaiting, signal }: GroupWriteOptions<Reply>): GroupWrite<Reply> {
  let group: Waiting<Reply>[] = []
  let waiting = false
  let giveUpAt = Infinity
  let file: string | null = null

  const setWaiting = (now: boolean) => {
    if (waiting === now) return
    waiting = now
    onWaiting?.(now)
  }
  const settle = (entries: readonly Waiting<Reply>[], error: unknown) => {
    setWaiting(false)
    for (const { reject } of entries) reject(error)
  }
  /** Writes each reply to the file once, no matter how many attempts it takes to store it. */
  const keep = (entries: readonly Waiting<Reply>[]): Waiting<Reply>[] => {
    const replies = entries.flatMap(({ reply }) => reply ?? [])
    if (replies.length > 0) file = keeper.keep(replies)
    return entries.map((entry) => ({ ...entry, reply: null }))
  }
  const flush = () => {
    const entries = group
    group = []
    try {
      const notifications = withBusyTimeout(db, lockWaitMs, () => write(db, () => entries.map(({ work }) => work())))
      if (file !== null) keeper.forget()
      file = null
      setWaiting(false)
      for (const tell of notifications) tell()
    } catch (error) {
      if (!isBusy(error)) return settle(entries, error)
      try {
        group = keep(entries)
      } catch (fault) {
        return settle(entries, fault)
      }
      if (signal?.aborted) giveUpAt = Math.min(giveUpAt, performance.now() + graceMs)
      if (performance.now() >= giveUpAt) return settle(group.splice(0), givenUp(file))
      setWaiting(true)
      setTimeout(flush, retryMs)
    }
  }
  return (work, reply) =>
    new Promise((resolve, reject) => {
      const entry: Waiting<Reply> = {
        work: () => {
          const value = work()
          return () => resolve(value)
        },
        reject,
        reply: reply ?? null,
      }
      if (group.push(entry) === 1 && !waiting) setImmediate(flush)
    })
}

function givenUp(file: string | null): Problem {
  return new Problem(
    'busy',
    file === null ? message('generation.projectBusy') : message('generation.repliesKeptIn', { file }),
    message('generation.resumeAfterOther'),
    file === null ? {} : { item: file },
  )
}
