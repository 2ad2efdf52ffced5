import { z } from 'zod'
import { messageSchema, sideNames, trialReplySchema } from '../../../shared/domain'
import { addReplies, listReplyFiles, readReplies, removeReplies, replyFile, setAsideReplies } from '../recovery/replyFiles'
import type { ReadableDb, WritableDb } from '../sql/types'
import { linkReply } from './comparisons'
import { isBeingSent, saveTrialReply } from './trialReplies'

/** Replies of a comparison that are kept in a file until they are stored. Opening the project or requesting a comparison stores them. */

const placeSchema = z.object({ comparisonId: z.number().int(), itemId: z.number().int(), side: z.enum(sideNames) })
const sentSchema = z.object({ messages: messageSchema.array().readonly(), exemplarIds: z.number().int().array().readonly() })
const lineSchema = z.object({ place: placeSchema, key: z.string(), sent: sentSchema, reply: trialReplySchema })
export type ReceivedReply = Readonly<z.infer<typeof lineSchema>>

const fileName = /^unstored-replies-comparison-\d+-\d+\.jsonl$/
/** Each process has its own file per comparison, and removes only what it has stored itself. */
const fileOf = (comparisonId: number) => replyFile(`comparison-${comparisonId}-${process.pid}`)

/** Accesses the file of unstored replies of a comparison: `keep` appends replies, `forget` removes the file once all of them are stored. */
export const repliesOfComparison = (db: ReadableDb, comparisonId: number) => ({
  keep: (replies: readonly ReceivedReply[]) => addReplies(db, fileOf(comparisonId), replies),
  forget: () => removeReplies(db, fileOf(comparisonId)),
})

/** Stores a reply and links it to its item and side. Call it inside a transaction. */
export const storeTrialReply = (db: WritableDb, { place, key, sent, reply }: ReceivedReply): void =>
  linkReply(db, place, saveTrialReply(db, key, sent, reply))

/**
 * Stores the replies of comparisons that no process is waiting for any more. Call it inside a transaction.
 * @returns a function that removes the files, to be called after the transaction; a file with an unreadable line is set aside whole
 */
export function storeTrialRepliesLeft(db: WritableDb): () => void {
  const left = listReplyFiles(db).flatMap((name) => {
    if (!fileName.test(name)) return []
    const replies = readReplies(db, name).map((line) => lineSchema.safeParse(line).data)
    if (replies.some((reply) => reply && isBeingSent(db, reply.key))) return []
    for (const reply of replies) if (reply) storeTrialReply(db, reply)
    return [{ name, readable: replies.length > 0 && !replies.includes(undefined) }]
  })
  return () => {
    for (const { name, readable } of left)
      if (readable) removeReplies(db, name)
      else setAsideReplies(db, name)
  }
}
