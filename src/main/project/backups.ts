import fs from 'node:fs'
import path from 'node:path'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import type { ProjectSummary } from '../../shared/domain/project'
import { backUpTo } from '../store/sql/backUp'
import type { ReadableDb } from '../store/sql/types'
import { message } from '../../shared/messages/message'
import { ownPath } from '../store/sql/ownPath'
import { sourceOf } from '../store/sql/readOnly'
import { readSummary, summarize } from '../store/recovery/summary'

const backupLabels = ['daily', 'by-hand', 'before-import', 'before-step', 'before-conversion', 'rescued'] as const
type BackupLabel = (typeof backupLabels)[number]

interface BackupFile {
  readonly name: string
  readonly file: string
  /** milliseconds since 1970 */
  readonly madeAt: number
  /** its day, in UTC: YYYYMMDD */
  readonly day: string
  readonly bytes: number
}

const maxPerDay = 3
const maxInAll = 10
const dayMs = 24 * 60 * 60 * 1000

/** How long a step that many follow each other of is covered by the last backup. */
const stepMs = 10 * 60 * 1000
/** To copy a larger file before each import or step would be felt; it is copied once a day. */
const largeBytes = 128 * 1024 * 1024

const namePattern = /^project-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[a-z-]+(?:-\d+)?\.sqlite$/

/** The folder of a project's backups. */
export const backupsFolder = (directory: string): string => ownPath(directory, 'backups')

/** The backups of a project, oldest first; links and other files are passed over. */
export function listBackups(directory: string): BackupFile[] {
  const folder = backupsFolder(directory)
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const parts = namePattern.exec(name)
      const found = fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false })
      if (!parts || !found?.isFile()) return []
      const [, year = '', month = '', day = '', ...time] = parts
      const madeAt = Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`)
      return [{ name, file: path.join(folder, name), madeAt, day: `${year}${month}${day}`, bytes: found.size }]
    })
}

const stampOf = (now: Date) => now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)

/**
 * Copies the project file to `backups/`, checks the copy, and then removes those that are not kept: three of today, the last of each day
 * before, ten in all. Media need none: they are never changed.
 * @returns the copy's path @throws Problem disk-full, read-only; the backups that are there stay
 */
export function backUpNow(db: ReadableDb, directory: string, label: BackupLabel, now = new Date()): string {
  const folder = backupsFolder(directory)
  const copy = backUpUnder(db, folder, `project-${stampOf(now)}-${label}`)
  for (const { file } of outdated(listBackups(directory), stampOf(now).slice(0, 8))) if (file !== copy) fs.rmSync(file, { force: true })
  removeUnfinished(folder, now)
  return copy
}

const unfinishedPattern = /^project-[\w-]+\.sqlite\.\d+\.tmp(?:-journal)?$/

/** What a process that was killed had half copied, each as large as the project. A copy under way is younger than a day. */
function removeUnfinished(folder: string, now: Date): void {
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name)
    const found = unfinishedPattern.test(name) ? fs.lstatSync(file, { throwIfNoEntry: false }) : undefined
    if (found?.isFile() && now.getTime() - found.mtimeMs > dayMs) fs.rmSync(file, { force: true })
  }
}

function freeName(folder: string, name: string): string {
  for (let number = 1; ; number++) {
    const file = path.join(folder, `${name}${number === 1 ? '' : `-${number}`}.sqlite`)
    if (!fs.lstatSync(file, { throwIfNoEntry: false })) return file
  }
}

/** Another process may take the name that was free. */
function backUpUnder(db: ReadableDb, folder: string, name: string): string {
  for (;;) {
    const copy = freeName(folder, name)
    try {
      backUpTo(db, copy)
      return copy
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'exists')) throw backupProblem(error, folder)
    }
  }
}

function backupProblem(error: unknown, folder: string): Problem {
  const problem = toProblem(error, folder)
  if (problem.code !== 'disk-full') return problem
  return new Problem('disk-full', message('project.noBackupDiskFull', { folder }), message('project.freeSpaceAndBackUp'), {
    item: folder,
    cause: error,
  })
}

/** Backups that are not kept. @param today YYYYMMDD */
export function outdated(backups: readonly BackupFile[], today: string): BackupFile[] {
  const newestFirst = backups.toSorted((one, other) => other.madeAt - one.madeAt || (one.name < other.name ? 1 : -1))
  const days = new Map<string, number>()
  let kept = 0
  return newestFirst.filter(({ day }) => {
    const before = days.get(day) ?? 0
    const isKept = kept < maxInAll && before < (day >= today ? maxPerDay : 1)
    if (!isKept) return true
    days.set(day, before + 1)
    kept += 1
    return false
  })
}

/** Backs up a project whose newest backup is older than a day. @returns the copy's path, or null when none was due */
export function backUpProject(db: ReadableDb, directory: string, now = new Date()): string | null {
  const newest = listBackups(directory).at(-1)
  return newest && now.getTime() - newest.madeAt < dayMs ? null : backUpNow(db, directory, 'daily', now)
}

/**
 * Backs up a project before an import, or before a step over many pairs. A large one is backed up once a day; one that holds nothing or has
 * not changed since its newest backup, and one with a step within ten minutes after one, need none.
 */
export function backUpBefore(db: ReadableDb, directory: string, what: 'import' | 'step', now = new Date()): string | null {
  const newest = listBackups(directory).at(-1)
  const file = sourceOf(db)
  if (!newest && isEmpty(db)) return null
  if (newest && newest.madeAt > changedAt(file)) return null
  if (fs.statSync(file).size > largeBytes) return backUpProject(db, directory, now)
  if (what === 'step' && newest && now.getTime() - newest.madeAt < stepMs) return null
  return backUpNow(db, directory, `before-${what}`, now)
}

const isEmpty = (db: ReadableDb) => readSummary(db).items === 0

/** The log counts where something is in it: SQLite makes one whenever a project is opened. */
function changedAt(file: string): number {
  const parts = [file, `${file}-wal`].map((each) => fs.statSync(each, { throwIfNoEntry: false }))
  return Math.max(...parts.map((found) => (found && found.size > 0 ? found.mtimeMs : 0)))
}

export interface ReadBackup extends BackupFile {
  /** null: it cannot be used, and why */
  readonly summary: ProjectSummary | null
  readonly damage: string | null
}

/** Looks into a backup. */
export function readBackup(backup: BackupFile): ReadBackup {
  try {
    return { ...backup, summary: summarize(backup.file), damage: null }
  } catch (error) {
    return { ...backup, summary: null, damage: messageOf(error) }
  }
}

/** The newest backup that is sound, or null. */
export function newestSound(directory: string): (ReadBackup & { readonly summary: ProjectSummary }) | null {
  for (const backup of listBackups(directory).toReversed()) {
    const read = readBackup(backup)
    if (read.summary) return { ...read, summary: read.summary }
  }
  return null
}

/**
 * Saves what a connection still sees where its file was moved or deleted underneath. Never throws. @returns the backup, or null
 */
export function backUpAbandoned(db: ReadableDb, directory: string): string | null {
  try {
    return fs.existsSync(directory) ? backUpNow(db, directory, 'rescued') : null
  } catch {
    return null
  }
}
