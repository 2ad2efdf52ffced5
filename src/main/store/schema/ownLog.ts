import fs from 'node:fs'
import { isLogHead, readAt } from './schemaSize'

/** Fields of the first page of a project file. */
interface FirstPage {
  readonly mark: number
  /** Counter that grows as the file is changed. */
  readonly change: number
}

const readFirstPage = (head: Buffer): FirstPage => ({ mark: head.readUInt32BE(68), change: head.readUInt32BE(24) })

/** Owner of the log next to a project file; `unmarked`: written by another program, for an unknown file. */
export type LogOwner = 'own' | 'other' | 'unmarked'

/**
 * Determines the owner of the log and the journal next to a project file: SQLite applies any valid log to the file, even that of another
 * project, or of the same one at another time. Every transaction of Exemplar writes the first page, with the project's mark on it. Source:
 * https://www.sqlite.org/fileformat.html
 */
export function findLogOwner(file: string): LogOwner {
  const head = withFile(file, (handle) => readAt(handle, 0, 100))
  if (!head) return 'own' // SQLite reports the error
  const main = readFirstPage(head)
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16)
  if (main.mark === 0 || pageSize < 512) return 'own' // from before marks existed
  return isOwnJournal(`${file}-journal`, main, pageSize) ? findWalOwner(`${file}-wal`, main, pageSize) : 'other'
}

function findWalOwner(file: string, main: FirstPage, pageSize: number): LogOwner {
  const pages = withFile(file, (handle) => readStoredFirstPages(handle, pageSize))
  if (!pages) return 'own' // the log is empty
  const [first, last] = [pages.at(0), pages.at(-1)]
  if (!first || !last) return 'unmarked'
  const follows = first.change - 1 <= main.change && main.change <= last.change
  // Pages before the first mark are from before the project had one.
  const marked = pages.slice(pages.findIndex(({ mark }) => mark !== 0))
  return follows && marked.every(({ mark }) => mark === main.mark) ? 'own' : 'other'
}

/** Reads the first page as stored by each transaction in a log. @returns null if no transaction was completed */
function readStoredFirstPages(handle: number, pageSize: number): FirstPage[] | null {
  const logHead = readAt(handle, 0, 32)
  if (!logHead || !isLogHead(logHead, pageSize)) return null
  const isBigEndian = (logHead.readUInt32BE(0) & 1) === 1
  const pages: FirstPage[] = []
  let isStored = false
  let pending: FirstPage[] = []
  let sums: readonly [number, number] = [logHead.readUInt32BE(24), logHead.readUInt32BE(28)]
  for (let at = 32; ; at += 24 + pageSize) {
    const frame = readAt(handle, at, 24 + pageSize)
    if (!frame || !frame.subarray(8, 16).equals(logHead.subarray(16, 24))) break
    sums = addChecksum(addChecksum(sums, frame, 0, 8, isBigEndian), frame, 24, 24 + pageSize, isBigEndian)
    if (frame.readUInt32BE(16) !== sums[0] || frame.readUInt32BE(20) !== sums[1]) break
    if (frame.readUInt32BE(0) === 1) pending.push(readFirstPage(frame.subarray(24)))
    if (frame.readUInt32BE(4) === 0) continue
    pages.push(...pending)
    pending = []
    isStored = true
  }
  return isStored ? pages : null
}

/** Computes SQLite's checksum of a log, 8 bytes at a time. */
function addChecksum(before: readonly [number, number], bytes: Buffer, from: number, to: number, isBigEndian: boolean): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [first, second] = before
  for (let at = from; at < to; at += 8) {
    first = (first + view.getUint32(at, !isBigEndian) + second) | 0
    second = (second + view.getUint32(at + 4, !isBigEndian) + first) | 0
  }
  return [first >>> 0, second >>> 0]
}

const journalStart = Buffer.from('d9d505f920a163d7', 'hex')

/** A journal holds the pages as they were before a transaction, each after its number; it always contains the first page. */
function isOwnJournal(file: string, main: FirstPage, pageSize: number): boolean {
  const marks = withFile(file, (handle) => {
    const head = readAt(handle, 0, 28)
    if (!head?.subarray(0, 8).equals(journalStart)) return null // SQLite ignores it
    const start = Math.max(head.readUInt32BE(20), 28)
    const record = 8 + pageSize
    for (let at = start; ; at += record) {
      const page = readAt(handle, at, record)
      if (!page) return at === start ? null : []
      if (page.readUInt32BE(0) === 1) return [readFirstPage(page.subarray(4)).mark]
    }
  })
  return !marks || marks[0] === main.mark
}

/** @returns null if there is no such file */
function withFile<Found>(file: string, read: (handle: number) => Found): Found | null {
  if (!fs.existsSync(file)) return null
  const handle = fs.openSync(file, 'r')
  try {
    return read(handle)
  } finally {
    fs.closeSync(handle)
  }
}
