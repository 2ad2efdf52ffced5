import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { callFailureSchema, callResultSchema, recoverCall, type CallFailure, type CallResult } from './calls'
import type { ReadableDb, WritableDb } from '../sql/types'
import { holdsLease, isLiveElsewhere } from './lease'
import { ownPath } from '../sql/ownPath'
import { sourceOf } from '../sql/readOnly'
import { prepare } from '../sql/statement'
import { write } from '../sql/transaction'

/**
 * Replies that have come while another process held the write lock. They wait in memory; besides, each is added to a file beside the
 * project file, so that the end of this process does not lose what was paid for. Whoever takes the run next, or opens the project, stores them.
 */

export type Reply = { readonly callId: number } & ({ readonly answer: CallResult } | { readonly failure: CallFailure })

const callId = z.number().int()
const lineSchema = z.union([z.object({ callId, answer: callResultSchema }), z.object({ callId, failure: callFailureSchema })])
const ownerSchema = z.object({ owner: z.string().nullable(), touchedAt: z.number().nullable() })

const fileName = /^unstored-replies-run-(\d+)\.jsonl$/
const fileOf = (db: ReadableDb, runId: number) => path.join(path.dirname(db.name), `unstored-replies-run-${runId}.jsonl`)
/** Far more than the replies that are in flight at once. */
const maxBytes = 256 * 1024 * 1024
/** A link or a pipe in its place is not followed. */
const notFollowed = fs.constants.O_NOFOLLOW ?? 0

/** Adds replies to the run's file, on the disk when it returns. @returns the file */
export function keepReplies(db: ReadableDb, runId: number, replies: readonly Reply[]): string {
  const file = ownPath(path.dirname(db.name), `unstored-replies-run-${runId}.jsonl`)
  const handle = fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_APPEND | fs.constants.O_CREAT | notFollowed, 0o600)
  try {
    fs.writeFileSync(handle, replies.map((reply) => `${JSON.stringify(reply)}\n`).join(''))
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
  return file
}

/** Removes the run's file, once all its replies are stored. */
export const forgetKeptReplies = (db: ReadableDb, runId: number): void => fs.rmSync(fileOf(db, runId), { force: true })

/** Returns the names of the files of replies beside the project file. */
export function listKeptReplies(db: ReadableDb): string[] {
  return fs.readdirSync(path.dirname(sourceOf(db))).filter((name) => name.startsWith('unstored-replies-'))
}

/** Stores the replies of runs that nobody drives any more, and removes their files; one with something unreadable in it is set aside, whole. */
export function storeKeptReplies(db: WritableDb): void {
  for (const name of listKeptReplies(db)) {
    const runId = Number(fileName.exec(name)?.[1])
    if (Number.isNaN(runId) || holdsLease(db, runId)) continue
    const row = prepare(db, `SELECT owner, touched_at AS touchedAt FROM run WHERE id = ?`).get(runId)
    const run = row === undefined ? null : ownerSchema.parse(row)
    if (run && isLiveElsewhere(run.owner, run.touchedAt)) continue
    const file = fileOf(db, runId)
    const replies = readLines(file).map((line) => lineSchema.safeParse(parseLine(line)).data)
    if (run)
      write(db, () => {
        for (const reply of replies) if (reply) recoverCall(db, reply.callId, 'answer' in reply ? reply.answer : reply.failure)
      })
    if (run && replies.length > 0 && !replies.includes(undefined)) fs.rmSync(file, { force: true })
    else fs.renameSync(file, freeName(`${file}.unreadable`))
  }
}

/** What was set aside before stays. */
function freeName(file: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? file : `${file}-${number}`
    if (!fs.lstatSync(name, { throwIfNoEntry: false })) return name
  }
}

/** Whole lines: the last one may have been cut by the end of the process, and then its call reads as interrupted. */
function readLines(file: string): string[] {
  const found = fs.lstatSync(file)
  if (!found.isFile() || found.size > maxBytes) return []
  return fs.readFileSync(file, 'utf8').split('\n').slice(0, -1)
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
