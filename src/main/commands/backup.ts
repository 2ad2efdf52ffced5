import path from 'node:path'
import fs from 'node:fs'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { Problem } from '../../shared/problem'
import { backUpNow, backupsFolder, findMark, isBackupOf, listBackups, readBackup, type ReadBackup } from '../project/backups'
import { projectFile, resolveProjectDirectory } from '../project/project'
import { replaceWith } from '../project/recover'
import { closeDatabase, openDatabase, requirePlainFiles } from '../store/sql/database'
import { backUpTo } from '../store/sql/backUp'
import { listSetAside, requireIdle } from '../store/recovery/setAside'
import { countDecisionsSince, readSummary } from '../store/recovery/summary'
import { count, describeTime, exitCode, type ExitCode, printNote, resolveIn, table, type Terminal, withReadProject } from './terminal'

/** Copies the project file into its backups folder, or to a given file. */
export function backupCommand(terminal: Terminal, given: string, options: { to?: string }): Promise<ExitCode> {
  const to = options.to === undefined ? undefined : resolveIn(terminal, options.to)
  if (to !== undefined && fs.statSync(to, { throwIfNoEntry: false })?.isDirectory())
    throw new Problem('wrong-use', message('command.isFolder', { file: to }), message('command.nameBackupFile'), { item: to })
  return withReadProject(terminal, given, ({ db, directory }) => {
    if (to !== undefined) backUpTo(db, to)
    terminal.out(to ?? backUpNow(db, directory, 'by-hand'))
    return exitCode.done
  })
}

/** Chooses the backup to restore. @param mark mark of the project; null if its file contains none */
function chooseBackup(directory: string, backups: readonly ReadBackup[], mark: number | null, from: string | undefined): ReadBackup {
  if (from === undefined) {
    const sound = backups.filter((backup) => backup.summary && isBackupOf(backup, mark))
    const newest = sound.at(-1)
    if (!newest) throw new Problem('not-found', message('command.noSoundBackup'), message('command.recoverInstead'))
    // If the project cannot be identified, the user must choose.
    if (new Set(sound.map(({ summary }) => summary?.uuid)).size > 1)
      throw new Problem('wrong-use', message('command.backupsOfSeveral'), message('command.nameBackup'), { item: directory })
    return newest
  }
  const named = backups.find(({ name }) => name === path.basename(from))
  if (!named)
    throw new Problem(
      'not-found',
      message('command.notABackup', { file: path.join(backupsFolder(directory), path.basename(from)) }),
      message('command.listBackups'),
      { item: from },
    )
  if (!named.summary)
    throw new Problem(
      'damaged-project',
      message('command.backupDamaged', { name: named.name, reason: named.damage ?? '' }),
      message('command.chooseAnotherBackup'),
      { item: named.name },
    )
  if (!isBackupOf(named, mark))
    throw new Problem(
      'wrong-use',
      message('command.backupOfOther', { name: named.name, project: named.summary.name }),
      message('command.chooseOrCopyBackup'),
      { item: named.name },
    )
  return named
}

/** Returns the mark of the project in a folder; a file that was set aside counts too. */
function findProjectMark(directory: string): number | null {
  const file = projectFile(directory)
  const source = fs.existsSync(file) ? file : listSetAside(file).at(-1)
  if (source === undefined) return null
  requirePlainFiles(source)
  return findMark(source)
}

/** Describes what the project contains but the backup does not. */
function describeLoss(directory: string, backup: ReadBackup): string {
  try {
    const db = openDatabase(projectFile(directory), { reading: true })
    try {
      const [now, then] = [readSummary(db), backup.summary]
      if (!then) return ''
      const decisions = Math.max(countDecisionsSince(db, then.newestDecision), now.decisions - then.decisions)
      const fewer = (name: 'items' | 'candidates' | 'runs', one: string) => count(Math.max(now[name] - then[name], 0), one)
      return `would be lost: ${count(decisions, 'decision')}, ${fewer('items', 'item')}, ${fewer('candidates', 'candidate')}, ${fewer('runs', 'run')}; prompts and settings changed since then`
    } finally {
      closeDatabase(db)
    }
  } catch {
    return toEnglish(message('command.lossUnknown'))
  }
}

/** Lists the backups and the possible loss, and replaces the project file, which is kept, by the chosen backup. */
export async function restoreCommand(terminal: Terminal, given: string, options: { from?: string; yes?: true }): Promise<ExitCode> {
  const directory = resolveProjectDirectory(resolveIn(terminal, given))
  const backups = listBackups(directory).map(readBackup)
  const mark = findProjectMark(directory)
  const cells = ({ name, summary, damage }: ReadBackup) =>
    summary
      ? [
          name,
          String(summary.items),
          String(summary.candidates),
          String(summary.decisions),
          String(summary.runs),
          describeTime(summary.newestDecision),
        ]
      : [name, '–', '–', '–', '–', `cannot be used: ${damage ?? ''}`]
  for (const line of table([['backup', 'items', 'candidates', 'decisions', 'runs', 'newest decision'], ...backups.map(cells)]))
    terminal.out(line)
  for (const backup of backups) if (!isBackupOf(backup, mark)) printNote(terminal, message('command.foreignBackup', { name: backup.name }))
  const chosen = chooseBackup(directory, backups, mark, options.from)
  terminal.out(`chosen: ${chosen.name}`)
  terminal.out(describeLoss(directory, chosen))
  requireIdle(projectFile(directory))
  const agreed = options.yes ?? (await terminal.ask?.(toEnglish(message('command.confirmRestore'))))
  if (agreed !== true && agreed?.trim().toLowerCase() !== 'yes') {
    printNote(terminal, message('command.addYes'))
    return exitCode.partFailed
  }
  const kept = replaceWith(projectFile(directory), chosen.file, 'replaced')
  terminal.out(`restored from ${chosen.name}${kept === null ? '' : `; the file before is kept as ${path.basename(kept)}`}`)
  return exitCode.done
}
