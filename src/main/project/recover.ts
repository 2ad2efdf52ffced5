import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { showHidden } from '../../shared/text/hiddenCharacters'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import type { RecoveryChoice, RecoveryOffer } from '../../shared/domain/project'
import { message } from '../../shared/messages/message'
import { closeDatabase, openDatabase, requirePlainFiles } from '../store/sql/database'
import { inspectDatabase } from '../store/recovery/doctor'
import { copyTo } from '../store/sql/readOnly'
import { findLogOwner } from '../store/schema/ownLog'
import { markOfProject } from '../store/sql/projectMark'
import { salvage } from '../store/recovery/salvage'
import { listSetAside, replaceFile, requireIdle } from '../store/recovery/setAside'
import { summarize } from '../store/recovery/summary'
import { findMark, newestSound } from './backups'
import { projectFile, resolveProjectDirectory } from './project'

/** Recovery options of a damaged project, prepared outside its folder. */
export interface Recovery {
  readonly offer: RecoveryOffer
  /** Replaces the damaged file, which is kept, by one of the two options. @returns the kept file */
  use(choice: RecoveryChoice): string
  /** Deletes the prepared files. */
  close(): void
}

/**
 * Reads the readable part of a damaged project file, and finds its newest intact backup. Nothing in the folder changes until one of them is
 * used.
 * @returns null if the project is not damaged
 * @throws Problem unreadable-project, newer-project, older-project, busy while it is open elsewhere, disk-full
 */
export function prepareRecovery(given: string): Recovery | null {
  const directory = resolveProjectDirectory(given)
  const file = projectFile(directory)
  const source = fs.lstatSync(file, { throwIfNoEntry: false }) ? file : listSetAside(file).at(-1)
  if (source === undefined)
    throw new Problem('unreadable-project', message('project.noProject', { directory }), message('project.chooseOrMake'), {
      item: directory,
    })
  // The target of a link is not part of the project, and the replacement would hide that.
  for (const each of [file, source]) requirePlainFiles(each)
  requireIdle(file)
  const damage = source === file ? findDamageOf(file) : message('recovery.fileSetAside', { file: path.basename(source) })
  if (damage === null) return null
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-recover-'))
  const close = () => fs.rmSync(folder, { recursive: true, force: true })
  try {
    const prepared = path.join(folder, 'recovered.sqlite')
    const mark = findMark(source) ?? findMarkInRows(folder, source, file)
    const { backup, foreign } = newestSound(directory, mark)
    const salvaged = salvageBest(copyWithLog(folder, source, file), prepared, backup?.file ?? null)
    return {
      offer: {
        damage,
        salvaged,
        backup: backup && { name: backup.name, madeAt: backup.madeAt, summary: backup.summary },
        foreignBackups: foreign,
      },
      use(choice) {
        const chosen = choice === 'salvaged' ? salvaged && prepared : backup?.file
        if (!chosen) throw nothingToUse(choice, directory)
        return replaceWith(file, chosen, 'damaged') ?? source
      },
      close,
    }
  } catch (error) {
    close()
    throw toProblem(error, directory)
  }
}

/** If the head of the file is lost, the row of the project may still identify it. */
function findMarkInRows(folder: string, source: string, file: string): number | null {
  const own = fs.mkdtempSync(path.join(folder, 'mark-'))
  const salvaged = salvageBest(copyWithLog(own, source, file), path.join(own, 'salvaged.sqlite'), null)
  return salvaged && markOfProject(salvaged.summary.uuid)
}

function nothingToUse(choice: RecoveryChoice, directory: string): Problem {
  return choice === 'salvaged'
    ? new Problem('wrong-use', message('recovery.nothingRecovered', { directory }), message('recovery.useTheBackup'))
    : new Problem('wrong-use', message('recovery.noSoundBackup', { directory }), message('recovery.useRecovered'))
}

/** Returns what is wrong with a project file, or null. */
function findDamageOf(file: string) {
  try {
    const db = openDatabase(file, { reading: true })
    try {
      const first = inspectDatabase(db).findings[0]
      return first ? first.message : null
    } finally {
      closeDatabase(db)
    }
  } catch (error) {
    const problem = toProblem(error, file)
    if (problem.code === 'damaged-project' || problem.code === 'unreadable-project') return problem.text
    throw problem
  }
}

type Salvaged = RecoveryOffer['salvaged']

/** Copies the file with its log: a kill while a file was set aside may have left its log under the old name. @returns the copy's path */
function copyWithLog(folder: string, source: string, file: string): string {
  const copy = copyTo(folder, source)
  const log = `${file}-wal`
  if (source !== file && !fs.existsSync(`${copy}-wal`) && fs.existsSync(log)) fs.copyFileSync(log, `${copy}-wal`)
  return copy
}

/**
 * Salvages the file with its log and, if that loses data, without it: the log of another file would overwrite valid pages. The result with
 * more decisions is used, then the one with more pairs and items.
 */
function salvageBest(copy: string, prepared: string, backup: string | null): Salvaged {
  if (findLogOwner(copy) === 'other') for (const side of ['-wal', '-journal']) fs.rmSync(copy + side, { force: true })
  const bare = path.join(path.dirname(copy), 'without-log.sqlite')
  if (fs.existsSync(`${copy}-wal`)) fs.copyFileSync(copy, bare, fs.constants.COPYFILE_FICLONE) // salvaging applies the log to the file
  const withLog = trySalvage(copy, prepared, backup)
  const isWhole = withLog && withLog.leftOut === 0 && withLog.damagedTables.length === 0
  if (isWhole || !fs.existsSync(bare)) return withLog
  const other = `${prepared}-other`
  const withoutLog = trySalvage(bare, other, backup)
  if (!withoutLog || (withLog && !holdsMore(withoutLog, withLog))) return withLog
  fs.renameSync(other, prepared)
  return withoutLog
}

function holdsMore({ summary: one }: NonNullable<Salvaged>, { summary: other }: NonNullable<Salvaged>): boolean {
  const first = (['decisions', 'candidates', 'items'] as const).find((name) => one[name] !== other[name])
  return first !== undefined && one[first] > other[first]
}

function trySalvage(copy: string, prepared: string, backup: string | null): Salvaged {
  try {
    const { damagedTables, leftOut } = salvage(copy, prepared, backup)
    return { summary: summarize(prepared), damagedTables: [...damagedTables], leftOut }
  } catch (error) {
    const problem = toProblem(error)
    if (['disk-full', 'newer-project', 'older-project', 'busy'].includes(problem.code)) throw problem
    if (problem.code !== 'damaged-project') console.error('recovery:', showHidden(messageOf(error)))
    return null
  }
}

/**
 * Replaces a project file by a copy of an intact file. @returns the file that was kept, or null if there was none
 * @throws Problem busy, disk-full, read-only; then nothing has changed
 */
export function replaceWith(file: string, chosen: string, label: 'damaged' | 'replaced'): string | null {
  const prepared = `${file}.${process.pid}.new`
  try {
    requireIdle(file)
    fs.copyFileSync(chosen, prepared, fs.constants.COPYFILE_EXCL)
    fs.chmodSync(prepared, 0o644)
    summarize(prepared)
    return replaceFile(file, prepared, label)
  } catch (error) {
    throw toProblem(error, file)
  } finally {
    fs.rmSync(prepared, { force: true })
  }
}
