import fs from 'node:fs'
import path from 'node:path'
import { ownPath } from '../sql/ownPath'
import { sourceOf } from '../sql/readOnly'
import type { ReadableDb } from '../sql/types'

/**
 * Files of replies that came while another process held the write lock. They wait in memory; besides, each is added to a file beside the
 * project file, so that the end of this process does not lose what was paid for.
 */

const prefix = 'unstored-replies-'
/** Far more than the replies that are in flight at once. */
const maxBytes = 256 * 1024 * 1024
/** A link or a pipe in its place is not followed. */
const notFollowed = fs.constants.O_NOFOLLOW ?? 0

/** @param owner a run, or a comparison and its process */
export const replyFile = (owner: string): string => `${prefix}${owner}.jsonl`
const fileOf = (db: ReadableDb, name: string) => path.join(path.dirname(db.name), name)

/** Adds replies to a file, on the disk when it returns. @returns the file */
export function addReplies(db: ReadableDb, name: string, replies: readonly object[]): string {
  const file = ownPath(path.dirname(db.name), name)
  const handle = fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_APPEND | fs.constants.O_CREAT | notFollowed, 0o600)
  try {
    fs.writeFileSync(handle, replies.map((reply) => `${JSON.stringify(reply)}\n`).join(''))
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
  return file
}

export const removeReplies = (db: ReadableDb, name: string): void => fs.rmSync(fileOf(db, name), { force: true })

/** Returns the names of the files of replies beside the project file. */
export const listReplyFiles = (db: ReadableDb): string[] =>
  fs.readdirSync(path.dirname(sourceOf(db))).filter((name) => name.startsWith(prefix))

/** Sets aside a file with something unreadable in it, whole; what was set aside before stays. */
export function setAsideReplies(db: ReadableDb, name: string): void {
  const file = fileOf(db, name)
  for (let number = 1; ; number++) {
    const free = number === 1 ? `${file}.unreadable` : `${file}.unreadable-${number}`
    if (!fs.lstatSync(free, { throwIfNoEntry: false })) return fs.renameSync(file, free)
  }
}

/**
 * Returns the values of a file, null for what is no JSON. Whole lines: the last one may have been cut by the end of the process, and then
 * its request reads as interrupted.
 */
export function readReplies(db: ReadableDb, name: string): unknown[] {
  const found = fs.lstatSync(fileOf(db, name))
  if (!found.isFile() || found.size > maxBytes) return []
  return fs.readFileSync(fileOf(db, name), 'utf8').split('\n').slice(0, -1).map(parseLine)
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
