import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../../../shared/problem'
import { syncFile } from '../sql/backUp'
import { message } from '../../../shared/messages/message'
import { findOpener, removeStaleMarks } from './openMarks'

const stamp = () => new Date().toISOString().replace(/[:.]/g, '-')

/** Returns the project files that were replaced and kept, oldest first. */
export function listSetAside(file: string): string[] {
  const folder = path.dirname(file)
  const start = `${path.basename(file)}.`
  const names = fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? fs.readdirSync(folder) : []
  const timeOf = (name: string) =>
    name.startsWith(start) ? /^(?:damaged|replaced)-([^.]*Z)$/.exec(name.slice(start.length))?.[1] : undefined
  return names
    .flatMap((name) => {
      const time = timeOf(name)
      return time === undefined || !fs.lstatSync(path.join(folder, name)).isFile() ? [] : [{ name, time }]
    })
    .toSorted((one, other) => (one.time < other.time ? -1 : 1))
    .map(({ name }) => path.join(folder, name))
}

/** @throws Problem busy while another window or command has the project open */
export function requireIdle(file: string): void {
  const opener = findOpener(file)
  if (!opener) return
  const who =
    opener.host === null
      ? message('recovery.process', { pid: opener.pid ?? '?' })
      : message('recovery.processOnHost', { pid: opener.pid ?? '?', host: opener.host })
  throw new Problem(
    'busy',
    message('recovery.openElsewhere', { file, process: who }),
    message('recovery.closeElsewhere', { file: path.basename(opener.name) }),
    { item: file },
  )
}

/**
 * Replaces a project file, keeping the old one as `<file>.<label>-<time>` with SQLite's side files, so that all of it can still be read. If
 * the process is killed in between, the old file remains under its new name, possibly with its log still under the old name; the next
 * opening reports it.
 * @param prepared complete file in the same folder
 * @returns the kept file, or null if there was none
 * @throws Problem busy, read-only, disk-full
 */
export function replaceFile(file: string, prepared: string, label: 'damaged' | 'replaced'): string | null {
  requireIdle(file)
  syncFile(prepared)
  const kept = `${file}.${label}-${stamp()}`
  const isThere = fs.existsSync(file)
  if (isThere) fs.renameSync(file, kept)
  for (const side of ['-wal', '-shm', '-journal']) if (fs.existsSync(file + side)) fs.renameSync(file + side, kept + side)
  fs.renameSync(prepared, file)
  syncFile(path.dirname(file))
  removeStaleMarks(file)
  return isThere ? kept : null
}
