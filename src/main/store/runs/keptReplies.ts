import { z } from 'zod'
import { callFailureSchema, callResultSchema, recoverCall, type CallFailure, type CallResult } from './calls'
import type { ReadableDb, WritableDb } from '../sql/types'
import { holdsLease, isLiveElsewhere } from './lease'
import { addReplies, listReplyFiles, readReplies, removeReplies, replyFile, setAsideReplies } from '../recovery/replyFiles'
import { prepare } from '../sql/statement'
import { write } from '../sql/transaction'

/** Replies of a run that are kept in a file until they are stored. The next process to take the run or open the project stores them. */

export type Reply = { readonly callId: number } & ({ readonly answer: CallResult } | { readonly failure: CallFailure })

const callId = z.number().int()
const lineSchema = z.union([z.object({ callId, answer: callResultSchema }), z.object({ callId, failure: callFailureSchema })])
const ownerSchema = z.object({ owner: z.string().nullable(), touchedAt: z.number().nullable() })

const fileName = /^unstored-replies-run-(\d+)\.jsonl$/
const fileOf = (runId: number) => replyFile(`run-${runId}`)

/** Appends replies to the run's file and flushes it to disk. @returns the file */
export const keepReplies = (db: ReadableDb, runId: number, replies: readonly Reply[]): string => addReplies(db, fileOf(runId), replies)

/** Accesses the file of unstored replies of a run: `keep` appends replies, `forget` removes the file once all of them are stored. */
export const repliesOfRun = (db: ReadableDb, runId: number) => ({
  keep: (replies: readonly Reply[]) => keepReplies(db, runId, replies),
  forget: () => removeReplies(db, fileOf(runId)),
})

/** Stores the replies of runs that nobody drives any more, and removes their files; a file with an unreadable line is set aside whole. */
export function storeKeptReplies(db: WritableDb): void {
  for (const name of listReplyFiles(db)) {
    const runId = Number(fileName.exec(name)?.[1])
    if (Number.isNaN(runId) || holdsLease(db, runId)) continue
    const row = prepare(db, `SELECT owner, touched_at AS touchedAt FROM run WHERE id = ?`).get(runId)
    const run = row === undefined ? null : ownerSchema.parse(row)
    if (run && isLiveElsewhere(run.owner, run.touchedAt)) continue
    const replies = readReplies(db, name).map((line) => lineSchema.safeParse(line).data)
    if (run)
      write(db, () => {
        for (const reply of replies) if (reply) recoverCall(db, reply.callId, 'answer' in reply ? reply.answer : reply.failure)
      })
    if (run && replies.length > 0 && !replies.includes(undefined)) removeReplies(db, name)
    else setAsideReplies(db, name)
  }
}
