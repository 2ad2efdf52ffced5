import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { hasEnded, processIdentitySchema, thisProcess } from './processIdentity'

/**
 * Marks of the processes that have a project file open for writing. Each creates a small file next to it,
 * `project.sqlite-open-<pid>-<random>`, and removes it before it closes the project file. A mark whose process has ended shows an unclean
 * exit: SQLite's log must then still exist. Each commit rewrites the size of the log in the mark, so that the mark is newer than the file even
 * after SQLite moved a part of the log into it, and a truncated log is noticed too.
 */
interface Own {
  readonly name: string
  readonly place: string
  readonly handle: number
  /** Position of the size of the log in the mark. */
  readonly position: number
  users: number
}
const own = new Map<string, Own>()

const contentSchema = processIdentitySchema.extend({ place: z.string(), log: z.coerce.number().default(0) })
const writeSize = (bytes: number) => String(bytes).padStart(15, '0')
const maxBytes = 4096

/** Identifies a file by device and inode, whatever its name. Null if it does not exist. */
export function placeOf(file: string): string | null {
  const found = fs.lstatSync(file, { throwIfNoEntry: false, bigint: true })
  return found ? `${found.dev}:${found.ino}` : null
}

let isListening = false

function removeOwn(): void {
  for (const { name } of own.values()) fs.rmSync(name, { force: true })
  own.clear()
}

function createMark(file: string, place: string): Own {
  const name = `${file}-open-${process.pid}-${crypto.randomUUID().slice(0, 8)}`
  const content = JSON.stringify({ ...(JSON.parse(thisProcess) as object), place, log: writeSize(0) })
  const handle = fs.openSync(name, 'wx', 0o600)
  try {
    fs.writeSync(handle, content)
    fs.fsyncSync(handle)
    return { name, place, handle, position: Buffer.byteLength(content) - `${writeSize(0)}"}`.length, users: 0 }
  } catch (error) {
    fs.closeSync(handle)
    throw error
  }
}

/** Records that this process has committed changes to a file. Does nothing for a file without a mark, such as a private copy. */
export function noteCommit(file: string): void {
  const mark = own.get(file)
  if (!mark) return
  try {
    const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false })
    fs.writeSync(mark.handle, writeSize(log?.size ?? 0), mark.position)
  } catch {
    return // the commit itself is stored
  }
}

/**
 * Marks a project file as opened by this process. Call it once SQLite's log exists.
 * @returns a function that removes the mark and calls the given function to close the file
 */
export function markOpen(file: string): (close: () => void) => void {
  const place = placeOf(file) ?? ''
  const known = own.get(file)
  let mark: Own
  if (known?.place === place && fs.existsSync(known.name)) mark = known
  else {
    if (!isListening) process.once('exit', removeOwn) // SQLite closes its files after that
    isListening = true
    mark = createMark(file, place)
    own.set(file, mark)
  }
  mark.users += 1
  return (close) => {
    mark.users -= 1
    if (mark.users > 0) return close()
    const others = listMarks(file).filter(({ name }) => name !== mark.name)
    fs.closeSync(mark.handle)
    fs.rmSync(mark.name, { force: true }) // before the log is removed: if both are gone, nothing is reported missing
    if (own.get(file) === mark) own.delete(file)
    close()
    // SQLite removes the log only if no other process has the file open, so all of these processes have ended.
    if (!fs.existsSync(`${file}-wal`)) for (const { name } of others) fs.rmSync(name, { force: true })
  }
}

interface Mark {
  readonly name: string
  /** `own`: this process; `stale`: a process that has ended, or another file that had this path */
  readonly state: 'own' | 'live' | 'stale'
  readonly pid: number | null
  readonly host: string | null
  /** Size of the log in bytes when the process last wrote; 0 if it is not known. */
  readonly logBytes: number
}

function readMark(file: string, name: string, place: string | null): Mark {
  const unknown = { name, state: 'stale', pid: null, host: null, logBytes: 0 } as const
  if (own.get(file)?.name === name) return { ...unknown, state: own.get(file)?.place === place ? 'own' : 'stale', pid: process.pid }
  try {
    const found = fs.lstatSync(name)
    if (!found.isFile() || found.size > maxBytes) return unknown
    const content = contentSchema.parse(JSON.parse(fs.readFileSync(name, 'utf8')))
    const isLive = content.place === place && !hasEnded(content)
    return { name, state: isLive ? 'live' : 'stale', pid: content.pid, host: content.host, logBytes: content.log }
  } catch {
    return unknown // truncated when its process ended
  }
}

function readNames(folder: string): string[] {
  try {
    return fs.readdirSync(folder)
  } catch {
    return [] // moved or deleted
  }
}

function listMarks(file: string): Mark[] {
  const folder = path.dirname(file)
  const start = `${path.basename(file)}-open-`
  const place = placeOf(file)
  return readNames(folder)
    .filter((name) => name.startsWith(start))
    .map((name) => readMark(file, path.join(folder, name), place))
}

/** Returns the first process that has the file open, including this one. */
export function findOpener(file: string): { readonly pid: number | null; readonly host: string | null; readonly name: string } | null {
  return listMarks(file).find(({ state }) => state !== 'stale') ?? null
}

/**
 * Returns whether the file was not closed cleanly and SQLite's log, which held the latest changes, is missing or truncated. A file that was
 * written after the last commit of the ended process contains them: another program opened it, applied the log and removed it.
 */
export function hasLostLog(file: string): boolean {
  const marks = listMarks(file)
  if (marks.length === 0 || marks.some(({ state }) => state !== 'stale')) return false
  const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false })
  const written = fs.statSync(file).mtimeMs
  return marks.some(
    ({ name, logBytes }) =>
      (log === undefined || log.size < logBytes) && written <= (fs.lstatSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0),
  )
}

/** Removes the marks of processes that have ended, once the file has been opened with its log. */
export function removeStaleMarks(file: string): void {
  for (const { name, state } of listMarks(file)) if (state === 'stale') fs.rmSync(name, { force: true })
}
