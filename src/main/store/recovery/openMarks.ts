import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { hasEnded, processIdentitySchema, thisProcess } from './processIdentity'

/**
 * Marks of the processes that have a project file open for writing. Each creates a small file next to it,
 * `project.sqlite-open-<pid>-<random>`, and removes it before it closes the project file. A mark whose process has ended shows an unclean
 * exit: SQLite's log must then still exist.
 */
interface Own {
  readonly name: string
  readonly place: string
  users: number
}
const own = new Map<string, Own>()

const contentSchema = processIdentitySchema.extend({ place: z.string() })
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
    mark = { name: `${file}-open-${process.pid}-${crypto.randomUUID().slice(0, 8)}`, place, users: 0 }
    const handle = fs.openSync(mark.name, 'wx', 0o600)
    try {
      fs.writeSync(handle, JSON.stringify({ ...(JSON.parse(thisProcess) as object), place }))
      fs.fsyncSync(handle)
    } finally {
      fs.closeSync(handle)
    }
    own.set(file, mark)
  }
  mark.users += 1
  return (close) => {
    mark.users -= 1
    if (mark.users > 0) return close()
    const others = listMarks(file).filter(({ name }) => name !== mark.name)
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
}

function readMark(file: string, name: string, place: string | null): Mark {
  if (own.get(file)?.name === name) return { name, state: own.get(file)?.place === place ? 'own' : 'stale', pid: process.pid, host: null }
  try {
    const found = fs.lstatSync(name)
    if (!found.isFile() || found.size > maxBytes) return { name, state: 'stale', pid: null, host: null }
    const content = contentSchema.parse(JSON.parse(fs.readFileSync(name, 'utf8')))
    const isLive = content.place === place && !hasEnded(content)
    return { name, state: isLive ? 'live' : 'stale', pid: content.pid, host: content.host }
  } catch {
    return { name, state: 'stale', pid: null, host: null } // truncated when its process ended
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
 * Returns whether the file was not closed cleanly and SQLite's log, which held the latest changes, is missing. A file that was written
 * since contains them: another program opened it, applied the log and removed it.
 */
export function hasLostLog(file: string): boolean {
  if (fs.existsSync(`${file}-wal`)) return false
  const marks = listMarks(file)
  if (marks.length === 0 || marks.some(({ state }) => state !== 'stale')) return false
  const written = fs.statSync(file).mtimeMs
  return marks.some(({ name }) => written <= (fs.lstatSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0))
}

/** Removes the marks of processes that have ended, once the file has been opened with its log. */
export function removeStaleMarks(file: string): void {
  for (const { name, state } of listMarks(file)) if (state === 'stale') fs.rmSync(name, { force: true })
}
