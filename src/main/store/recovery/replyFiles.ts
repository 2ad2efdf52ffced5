import fs from 'node:fs'
import path from 'node:path'
import { ownPath } from '../sql/ownPath'
import { sourceOf } from '../sql/readOnly'
import type { ReadableDb } from '../sql/types'

/**
 * Files of replies that arrived while another process held the write lock. The replies wait in memory; each is also appended to a file next
 * to the project file, so that paid replies survive the end of this process.
 */

const prefix = 'unstored-replies-'
/** Far larger than all replies that can be in flight at once. */
const maxBytes = 256 * 1024 * 1024
/** Does not follow a symbolic link at this path. */
const notFollowed = fs.constants.O_NOFOLLOW ?? 0

/** @param owner a run, or a comparison and its process */
export const replyFile = (owner: string): string => `${prefix}${owner}.jsonl`
const fileOf = (db: ReadableDb, name: string) => path.join(path.dirname(db.name), name)

/** Appends replies to a file and flushes it to disk. @returns the file */
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

/** Returns the names of the reply files next to the project file. */
export const listReplyFiles = (db: ReadableDb): string[] =>
  fs.readdirSync(path.dirname(sourceOf(db))).filter((name) => name.startsWith(prefix))

/** Renames a file with an unreadable line, without overwriting files set aside earlier. */
export function setAsideReplies(db: ReadableDb, name: string): void {
  const file = fileOf(db, name)
  for (let number = 1; ; number++) {
    const free = number === 1 ? `${file}.unreadable` : `${file}.unreadable-${number}`
    if (!fs.lstatSync(free, { throwIfNoEntry: false })) return fs.renameSync(file, free)
  }
}

/**
 * Returns the parsed lines of a file, null for invalid JSON. Only whole lines: the last one may have been cut off when the process ended;
 * its request then counts as interrupted.
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
