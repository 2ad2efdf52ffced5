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

/** How far clocks of machines that share a folder may differ. */
const skewMs = 5 * 60 * 1000
/** Whether it was made with a wrong clock: its age is unknown, and it must not block newer backups until that time is reached. */
const isOfFuture = ({ madeAt }: BackupFile, now: Date) => madeAt > now.getTime() + skewMs

/** The backups of a project, oldest first, before them those with a time in the future; links and other files are passed over. */
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
      const madeAt = Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`)
      return [{ name, file: path.join(folder, name), madeAt, day: `${year}${month}${day}`, bytes: found.size }]
    })
    .toSorted((one, other) => Number(isOfFuture(other, now)) - Number(isOfFuture(one, now)))
}

/** The newest backup whose time is known, or undefined. */
const newestOf = (directory: string, now: Date) => listBackups(directory, now).findLast((backup) => !isOfFuture(backup, now))

const stampOf = (now: Date) => now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)

/**
 * Copies the project file to `backups/`, checks the copy, and then removes those that are not kept: three of today, the last of each day
 * before, ten in all. Media need none: they are never changed.
 * @returns the copy's path @throws Problem disk-full, read-only; the backups that are there stay
 */
export function backUpNow(db: ReadableDb, directory: string, label: BackupLabel, now = new Date()): string {
  const folder = backupsFolder(directory)
  const copy = backUpUnder(db, folder, `project-${stampOf(now)}-${label}`)
  for (const { file } of outdated(listBackups(directory, now), now)) if (file !== copy) fs.rmSync(file, { force: true })
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

/** Returns the backups that are not kept. Those with a time in the future count as the oldest. */
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

/** Backs up a project whose newest backup is older than a day. @returns the copy's path, or null when none was due */
export function backUpProject(db: ReadableDb, directory: string, now = new Date()): string | null {
  const newest = newestOf(directory, now)
  return newest && now.getTime() - newest.madeAt < dayMs ? null : backUpNow(db, directory, 'daily', now)
}

/**
 * Backs up a project before an import, or before a step over many pairs. A large one is backed up once a day; one that holds nothing or has
 * not changed since its newest backup, and one with a step within ten minutes after one, need none.
 */
export function backUpBefore(db: ReadableDb, directory: string, what: 'import' | 'step', now = new Date()): string | null {
  const newest = newestOf(directory, now)
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

export type SoundBackup = ReadBackup & { readonly summary: ProjectSummary }

/** Returns whether a backup may be one of the project with this mark; null: the project cannot be identified. */
export const isBackupOf = ({ summary }: ReadBackup, mark: number | null): boolean =>
  mark === null || summary === null || markOfProject(summary.uuid) === mark

/**
 * Returns the newest backup of a project that is sound, or null, and the names of newer ones of other projects that somebody put among them.
 * @param mark the project's; null if its file does not hold one
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
    return markOfProject(summarize(file).uuid) // from before there were marks
  } catch {
    return null
  }
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
