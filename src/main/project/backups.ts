import fs from 'node:fs'
import path from 'node:path'
import { toProblem } from '../../shared/problem'
import { backUpTo, type Database } from '../store/database'
import { ownPath } from '../store/ownPath'

const kept = 5
const dayMs = 24 * 60 * 60 * 1000

/**
 * Copies the project file to `backups/` when the newest copy is older than a day, and keeps the last five such copies.
 * Media need none: they are never changed.
 * @returns the copy's path, or null when none was due
 */
export function backUpProject(db: Database, directory: string, now = new Date()): string | null {
  const folder = ownPath(directory, 'backups')
  try {
    fs.mkdirSync(folder, { recursive: true })
    const copies = fs
      .readdirSync(folder)
      .filter((name) => /^project-\d{8}-\d{6}-daily\.sqlite$/.test(name))
      .sort()
    const newest = copies.at(-1)
    if (newest && now.getTime() - fs.lstatSync(path.join(folder, newest)).mtimeMs < dayMs) return null
    const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
    const copy = path.join(folder, `project-${stamp}-daily.sqlite`)
    backUpTo(db, copy)
    for (const old of copies.slice(0, Math.max(0, copies.length + 1 - kept))) fs.rmSync(path.join(folder, old))
    return copy
  } catch (error) {
    throw toProblem(error, folder)
  }
}
