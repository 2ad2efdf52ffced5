import path from 'node:path'
import fs from 'node:fs'
import { Problem } from '../../shared/problem'
import { backUpNow, backupsFolder, listBackups, readBackup, type ReadBackup } from '../project/backups'
import { projectFile, resolveProjectDirectory } from '../project/project'
import { replaceWith } from '../project/recover'
import { closeDatabase, openDatabase } from '../store/sql/database'
import { backUpTo } from '../store/sql/backUp'
import { requireIdle } from '../store/recovery/setAside'
import { countDecisionsSince, readSummary } from '../store/recovery/summary'
import { count, describeTime, exitCode, type ExitCode, resolveIn, table, type Terminal, withReadProject } from './terminal'

/** Copies the project file into its backups folder, or to a file of one's own. */
export function backupCommand(terminal: Terminal, given: string, options: { to?: string }): Promise<ExitCode> {
  const to = options.to === undefined ? undefined : resolveIn(terminal, options.to)
  if (to !== undefined && fs.statSync(to, { throwIfNoEntry: false })?.isDirectory())
    throw new Problem('wrong-use', `${to} is a folder.`, 'Name the file to write after --to.', { item: to })
  return withReadProject(terminal, given, ({ db, directory }) => {
    if (to !== undefined) backUpTo(db, to)
    terminal.out(to ?? backUpNow(db, directory, 'by-hand'))
    return exitCode.done
  })
}

const nothingSound = () =>
  new Problem('not-found', 'There is no sound backup.', 'Run `recover <project>` to see what can be read of the project file.')

function chooseBackup(directory: string, backups: readonly ReadBackup[], from: string | undefined): ReadBackup {
  if (from === undefined) {
    const newest = backups.findLast(({ summary }) => summary)
    if (!newest) throw nothingSound()
    return newest
  }
  const named = backups.find(({ name }) => name === path.basename(from))
  if (!named)
    throw new Problem(
      'not-found',
      `${path.join(backupsFolder(directory), path.basename(from))} is no backup of this project.`,
      'See `restore <project>` for their names.',
      {
        item: from,
      },
    )
  if (!named.summary)
    throw new Problem('damaged-project', `${named.name} is damaged (${named.damage ?? ''}).`, 'Choose another backup.', {
      item: named.name,
    })
  return named
}

/** What the project holds that the backup does not. */
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
    return 'would be lost: not known, since the project file cannot be read; `recover <project>` shows what is in it'
  }
}

/** Shows the backups and what would be lost, and puts one in the place of the project file, which is kept. */
export async function restoreCommand(terminal: Terminal, given: string, options: { from?: string; yes?: true }): Promise<ExitCode> {
  const directory = resolveProjectDirectory(resolveIn(terminal, given))
  const backups = listBackups(directory).map(readBackup)
  const chosen = chooseBackup(directory, backups, options.from)
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
      : [name, '–', '–', '–', '–', `damaged: ${damage ?? ''}`]
  for (const line of table([['backup', 'items', 'candidates', 'decisions', 'runs', 'newest decision'], ...backups.map(cells)]))
    terminal.out(line)
  terminal.out(`chosen: ${chosen.name}`)
  terminal.out(describeLoss(directory, chosen))
  requireIdle(projectFile(directory))
  const agreed = options.yes ?? (await terminal.ask?.('Put it in the place of the project file? (yes / Enter changes nothing): '))
  if (agreed !== true && agreed?.trim().toLowerCase() !== 'yes') {
    terminal.error('note: nothing was changed → Add --yes, and --from NAME for another backup.')
    return exitCode.partFailed
  }
  const kept = replaceWith(projectFile(directory), chosen.file, 'replaced')
  terminal.out(`restored from ${chosen.name}${kept === null ? '' : `; the file before is kept as ${path.basename(kept)}`}`)
  return exitCode.done
}
