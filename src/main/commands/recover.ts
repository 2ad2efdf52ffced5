import path from 'node:path'
import { message } from '../../shared/messages/message'
import { Problem } from '../../shared/problem'
import type { RecoveryChoice, RecoveryOffer } from '../../shared/domain/project'
import { toEnglish } from '../../shared/messages/translate'
import { prepareRecovery } from '../project/recover'
import { describeTime, exitCode, type ExitCode, oneLine, printNote, resolveIn, table, type Terminal } from './terminal'

function offerLines({ salvaged, backup, foreignBackups }: RecoveryOffer): string[] {
  const lines = table([
    ['', 'salvaged', 'backup'],
    ...(['items', 'candidates', 'decisions', 'runs'] as const).map((name) => [
      name,
      String(salvaged?.summary[name] ?? '–'),
      String(backup?.summary[name] ?? '–'),
    ]),
    ['project', salvaged?.summary.name ?? '–', backup?.summary.name ?? '–'],
    ['newest decision', describeTime(salvaged?.summary.newestDecision), describeTime(backup?.summary.newestDecision)],
  ])
  if (backup) lines.push(`backup: ${backup.name}`)
  else lines.push('backup: there is none that is sound')
  for (const name of foreignBackups) lines.push(`backup: ${name} is of another project, and is left out`)
  if (!salvaged) lines.push('salvaged: nothing could be read')
  else if (salvaged.damagedTables.length > 0) lines.push(`salvaged: parts of these tables are lost: ${salvaged.damagedTables.join(', ')}`)
  if (salvaged && salvaged.leftOut > 0) lines.push(`salvaged: ${salvaged.leftOut} rows belong to lost ones and are left out`)
  return lines
}

async function choose(terminal: Terminal, offer: RecoveryOffer): Promise<RecoveryChoice | null> {
  const possible = (['salvaged', 'backup'] as const).filter((choice) => offer[choice])
  if (!terminal.ask || possible.length === 0) return null
  const answer = (await terminal.ask(`Go on with (${possible.join(' / ')}; Enter changes nothing): `)).trim().toLowerCase()
  return possible.find((choice) => choice === answer) ?? null
}

/** Shows the recoverable data of a damaged project and its newest backup, and restores the chosen one. */
export async function recoverCommand(terminal: Terminal, given: string, options: { use?: RecoveryChoice }): Promise<ExitCode> {
  const recovery = prepareRecovery(resolveIn(terminal, given))
  if (!recovery) {
    terminal.out(toEnglish(message('command.projectSound')))
    return exitCode.done
  }
  try {
    terminal.error(oneLine(`found: ${toEnglish(recovery.offer.damage)}`))
    for (const line of offerLines(recovery.offer)) terminal.out(line)
    if (!recovery.offer.salvaged && !recovery.offer.backup)
      throw new Problem('damaged-project', message('command.nothingToGoOnWith'), message('command.copyProjectFile'))
    const choice = options.use ?? (await choose(terminal, recovery.offer))
    if (choice === null) {
      printNote(terminal, message('command.addUse'))
      return exitCode.partFailed
    }
    const kept = recovery.use(choice)
    const file = path.basename(kept)
    terminal.out(toEnglish(message(choice === 'salvaged' ? 'command.goesOnWithSalvaged' : 'command.goesOnWithBackup', { file })))
    return exitCode.done
  } finally {
    recovery.close()
  }
}
