import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import type { RecoveryChoice, RecoveryOffer } from '../../shared/recovery'
import { say, tell, textOf } from '../../shared/say'
import { closeDatabase, openDatabase } from '../store/sql/database'
import { inspectDatabase } from '../store/recovery/doctor'
import { copyTo } from '../store/sql/readOnly'
import { salvage } from '../store/recovery/salvage'
import { listSetAside, replaceFile, requireIdle } from '../store/recovery/setAside'
import { summarize } from '../store/recovery/summary'
import { newestSound } from './backups'
import { projectFile, resolveProjectDirectory } from './project'

/** What can be done about a damaged project, prepared outside its folder. */
export interface Recovery {
  readonly offer: RecoveryOffer
  /** Puts one of both in the place of the damaged file, which is kept. @returns the kept file */
  use(choice: RecoveryChoice): string
  /** Throws away what was prepared. */
  close(): void
}

/**
 * Reads what can be read of a damaged project file, beside its newest sound backup. Nothing in the folder changes until one of them is used.
 * @returns null where nothing is wrong with the project
 * @throws Problem unreadable-project, newer-project, older-project, busy while it is open elsewhere, disk-full
 */
export function prepareRecovery(given: string): Recovery | null {
  const directory = resolveProjectDirectory(given)
  const file = projectFile(directory)
  const source = fs.lstatSync(file, { throwIfNoEntry: false }) ? file : listSetAside(file).at(-1)
  if (source === undefined)
    throw new Problem(
      'unreadable-project',
      say`There is no project at ${directory}.`,
      say`Choose a folder that ends in .exemplar, or make a new project.`,
      { item: directory },
    )
  requireIdle(file)
  const damage = source === file ? findDamageOf(file) : say`the damaged project file was set aside as ${path.basename(source)}`
  if (damage === null) return null
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-recover-'))
  const close = () => fs.rmSync(folder, { recursive: true, force: true })
  try {
    const prepared = path.join(folder, 'recovered.sqlite')
    const backup = newestSound(directory)
    const salvaged = trySalvage(source, folder, prepared, backup?.file ?? null)
    return {
      offer: {
        ...tell({ damage }),
        salvaged,
        backup: backup && { name: backup.name, madeAt: backup.madeAt, summary: backup.summary },
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

function nothingToUse(choice: RecoveryChoice, directory: string): Problem {
  return choice === 'salvaged'
    ? new Problem('wrong-use', say`${directory}: nothing could be recovered from the damaged file.`, say`Use the backup, if there is one.`)
    : new Problem('wrong-use', say`${directory}: there is no sound backup.`, say`Use what could be recovered, if there is anything.`)
}

/** What is wrong with a project file, in a text, or null. */
function findDamageOf(file: string) {
  try {
    const db = openDatabase(file, { reading: true })
    try {
      const first = inspectDatabase(db).findings[0]
      return first ? textOf(first, 'message') : null
    } finally {
      closeDatabase(db)
    }
  } catch (error) {
    const problem = toProblem(error, file)
    if (problem.code === 'damaged-project' || problem.code === 'unreadable-project')
      return textOf({ message: problem.message, said: problem.said }, 'message')
    throw problem
  }
}

function trySalvage(source: string, folder: string, prepared: string, backup: string | null): RecoveryOffer['salvaged'] {
  try {
    const { damagedTables, leftOut } = salvage(copyTo(folder, source), prepared, backup)
    return { summary: summarize(prepared), damagedTables: [...damagedTables], leftOut }
  } catch (error) {
    const problem = toProblem(error)
    if (['disk-full', 'newer-project', 'older-project', 'busy'].includes(problem.code)) throw problem
    if (problem.code !== 'damaged-project') console.error('recovery:', messageOf(error))
    return null
  }
}

/**
 * Puts a copy of a sound file in the place of a project file. @returns the file that was kept, or null where there was none
 * @throws Problem busy, disk-full, read-only; then everything is as it was
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
