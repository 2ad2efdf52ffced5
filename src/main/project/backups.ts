import fs from 'node:fs'
import path from 'node:path'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import type { ProjectSummary } from '../../shared/domain/project'
import { backUpTo } from '../store/sql/backUp'
import { markOfProject, readMarkInHead } from '../store/sql/projectMark'
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
  /** milliseconds since 1970; Infinity if the name contains no possible time */
  readonly madeAt: number
  /** day in UTC: YYYYMMDD */
  readonly day: string
  readonly bytes: number
}

export type BackupOccasion = 'import' | 'step' | 'deletion'

const maxPerDay = 3
const maxInAll = 10
const dayMs = 24 * 60 * 60 * 1000

/** Minimum time between backups before steps over many pairs: the last backup covers the steps that follow. */
const stepMs = 10 * 60 * 1000
/** Larger files are backed up only once a day: copying them before each import or step would cause a noticeable delay. */
const largeBytes = 128 * 1024 * 1024

const namePattern = /^project-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[a-z-]+(?:-\d+)?\.sqlite$/

/** Returns the folder of a project's backups. */
export const backupsFolder = (directory: string): string => ownPath(directory, 'backups')

/** Maximum clock difference between machines that share a folder. */
const skewMs = 5 * 60 * 1000
/**
 * Returns true if the backup was created with a wrong clock, or its name contains no possible time: its age is unknown, and it must not
 * block newer backups until that time.
 */
const isOfFuture = ({ madeAt }: BackupFile, now: Date) => !(madeAt <= now.getTime() + skewMs)

/** Lists the backups of a project, oldest first, preceded by those with a time in the future; skips links and other files. */
export function listBackups(directory: string, now = new Date()): BackupFile[] {
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
      const named = Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`)
      const madeAt = Number.isNaN(named) ? Infinity : named
      return [{ name, file: path.join(folder, name), madeAt, day: `${year}${month}${day}`, bytes: found.size }]
    })
    .toSorted((one, other) => Number(isOfFuture(other, now)) - Number(isOfFuture(one, now)))
}

/** Returns the newest backup with a known time, or undefined. */
const newestOf = (directory: string, now: Date) => listBackups(directory, now).findLast((backup) => !isOfFuture(backup, now))

const stampOf = (now: Date) => now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)

/**
 * Copies the project file to `backups/`, checks the copy, and then removes outdated backups: three of today, the last of each earlier day,
 * and at most ten are kept. Media are not backed up, since they never change.
 * @returns the copy's path @throws Problem disk-full, read-only; the existing backups stay
 */
export function backUpNow(db: ReadableDb, directory: string, label: BackupLabel, now = new Date()): string {
  const folder = backupsFolder(directory)
  const copy = backUpUnder(db, folder, `project-${stampOf(now)}-${label}`)
  for (const { file } of outdated(listBackups(directory, now), now)) if (file !== copy) fs.rmSync(file, { force: true })
  removeUnfinished(folder, now)
  return copy
}

const unfinishedPattern = /^project-[\w-]+\.sqlite\.\d+\.tmp(?:-journal)?$/

/** Removes incomplete copies of killed processes, each as large as the project. A copy in progress is younger than a day. */
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

/** Retries because another process may take a free name first. */
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

/** Returns the backups to remove. Those with a time in the future count as the oldest. */
export function outdated(backups: readonly BackupFile[], now: Date): BackupFile[] {
  const today = stampOf(now).slice(0, 8)
  const future = (backup: BackupFile) => Number(isOfFuture(backup, now))
  const newestFirst = backups.toSorted(
    (one, other) => future(one) - future(other) || other.madeAt - one.madeAt || (one.name < other.name ? 1 : -1),
  )
  const days = new Map<string, number>()
  let kept = 0
  return newestFirst.filter(({ day }) => {
    const before = days.get(day) ?? 0
    const isKept = kept < maxInAll && before < (day === today ? maxPerDay : 1)
    if (!isKept) return true
    days.set(day, before + 1)
    kept += 1
    return false
  })
}

/** Backs up a project whose newest backup is older than a day. @returns the copy's path, or null if no backup was due */
export function backUpProject(db: ReadableDb, directory: string, now = new Date()): string | null {
  const newest = newestOf(directory, now)
  return newest && now.getTime() - newest.madeAt < dayMs ? null : backUpNow(db, directory, 'daily', now)
}

/**
 * Backs up a project before an import, a step over many pairs, or a deletion that nothing undoes. A large project is backed up once a day. An
 * empty project, a project without changes since its newest backup, and a step within ten minutes after a backup need none.
 */
export function backUpBefore(db: ReadableDb, directory: string, what: BackupOccasion, now = new Date()): string | null {
  const newest = newestOf(directory, now)
  const file = sourceOf(db)
  if (!newest && isEmpty(db)) return null
  if (newest && newest.madeAt > changedAt(file)) return null
  if (fs.statSync(file).size > largeBytes) return backUpProject(db, directory, now)
  if (what === 'step' && newest && now.getTime() - newest.madeAt < stepMs) return null
  return backUpNow(db, directory, what === 'import' ? 'before-import' : 'before-step', now)
}

const isEmpty = (db: ReadableDb) => readSummary(db).items === 0

/** Returns the time of the last change. An empty log does not count, since SQLite creates one whenever a project is opened. */
function changedAt(file: string): number {
  const parts = [file, `${file}-wal`].map((each) => fs.statSync(each, { throwIfNoEntry: false }))
  return Math.max(...parts.map((found) => (found && found.size > 0 ? found.mtimeMs : 0)))
}

export interface ReadBackup extends BackupFile {
  /** null if the backup cannot be used; `damage` contains the reason */
  readonly summary: ProjectSummary | null
  readonly damage: string | null
}

/** Reads the summary of a backup. */
export function readBackup(backup: BackupFile): ReadBackup {
  try {
    return { ...backup, summary: summarize(backup.file), damage: null }
  } catch (error) {
    return { ...backup, summary: null, damage: messageOf(error) }
  }
}

export type SoundBackup = ReadBackup & { readonly summary: ProjectSummary }

/** Returns true if a backup may belong to the project with this mark; null: the project cannot be identified. */
export const isBackupOf = ({ summary }: ReadBackup, mark: number | null): boolean =>
  mark === null || summary === null || markOfProject(summary.uuid) === mark

/**
 * Returns the newest intact backup of a project, or null, and the names of newer backups of other projects in the same folder.
 * @param mark mark of the project; null if its file contains none
 */
export function newestSound(directory: string, mark: number | null): { readonly backup: SoundBackup | null; readonly foreign: string[] } {
  const foreign: string[] = []
  for (const found of listBackups(directory).toReversed()) {
    const backup = readBackup(found)
    if (!backup.summary) continue
    if (isBackupOf(backup, mark)) return { backup: { ...backup, summary: backup.summary }, foreign }
    foreign.push(backup.name)
  }
  return { backup: null, foreign }
}

/** Returns the mark of the project in a file, damaged or not, or null if none can be read. */
export function findMark(file: string): number | null {
  const mark = readMarkInHead(file)
  if (mark !== null && mark !== 0) return mark
  try {
    return markOfProject(summarize(file).uuid) // file from before marks existed
  } catch {
    return null
  }
}

/** Saves the data of a connection whose file was moved or deleted. Never throws. @returns the backup, or null */
export function backUpAbandoned(db: ReadableDb, directory: string): string | null {
  try {
    return fs.existsSync(directory) ? backUpNow(db, directory, 'rescued') : null
  } catch {
    return null
  }
}
