import { Problem } from '../../../shared/problem'
import type { WritableDb } from '../../store/sql/types'
import { message } from '../../../shared/messages/message'
import { isBusy, withBusyTimeout, write } from '../../store/sql/transaction'

interface Waiting<Reply> {
  /** does the work and gives what tells its asker */
  readonly work: () => () => void
  readonly reject: (error: unknown) => void
  readonly reply: Reply | null
}

/**
 * Does the work in a durable transaction; the promise settles when it is on the disk.
 * @param reply what the work stores, where it was paid for: it is kept in a file while another process holds the write lock
 */
export type GroupWrite<Reply = never> = <T>(work: () => T, reply?: Reply) => Promise<T>

/** Where replies wait that were paid for. */
export interface ReplyKeeper<Reply> {
  /** adds them to a file, on the disk when it returns. @returns the file */
  readonly keep: (replies: readonly Reply[]) => string
  /** removes the file, once all its replies are stored */
  readonly forget: () => void
}

interface GroupWriteOptions<Reply> {
  readonly keeper: ReplyKeeper<Reply>
  /** whether another process holds the write lock */
  readonly onWaiting?: (waiting: boolean) => void
  /** once it is aborted, the write lock is waited for no longer than `graceMs` */
  readonly signal?: AbortSignal
}

/** How long each try stands still, and how long it is before the next one: a process that waits must still hear its signals. */
const lockWaitMs = 50
const retryMs = 200
const graceMs = 1_000

/**
 * Calls that run side by side tend to be answered together, and a durable transaction costs a wait for the disk whatever is in it. So what
 * comes in during one turn of the event loop shares one transaction. When it fails, none of it is stored and all of it is told. While
 * another process holds the write lock, all waits together until it is stored.
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
  /** Each reply is written to the file once, however often it is tried to store it. */
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
