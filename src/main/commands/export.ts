import type { AnyFormat, ExportStep } from '../../shared/domain'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import type { ReadProject } from '../project/project'
import { exportPairs } from '../exchange/export/export'
import { isOwnFormat } from '../exchange/export/exportAny'
import {
  count,
  exitCode,
  type ExitCode,
  oneLine,
  printNote,
  reportFailure,
  reportMissingRows,
  reportProgress,
  resolveIn,
  type Terminal,
  toRow,
  withReadableProject,
  withReadProject,
} from './terminal'
import { exportTrainingFormat, refuseTrainingOptions, type TrainingExportOptions } from './trainingExport'

const some = (names: readonly string[]) => `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`

const steps = { relations: 'finding related pairs', check: 'reading the files back' } as const satisfies Record<ExportStep, string>

export function exportCommand(
  terminal: Terminal,
  given: string,
  { format, ...rest }: { format: AnyFormat } & TrainingExportOptions,
): Promise<ExitCode> {
  // The names that MIMIC-IT gives to images are stored, so that a snapshot keeps them after later imports and exports.
  const open = rest.snapshot !== undefined && format === 'mimic-it' ? withReadableProject : withReadProject
  return open(terminal, given, async (project: ReadProject) => {
    if (!isOwnFormat(format)) return exportTrainingFormat(terminal, project, format, rest)
    const { out, snapshot, ...unused } = rest
    refuseTrainingOptions(format, unused)
    const options = { format, out }
    const progress = reportProgress(terminal)
    const report = await exportPairs(
      project,
      { format: options.format, directory: resolveIn(terminal, options.out), snapshot },
      {
        signal: terminal.signal,
        onProgress: ({ done, total, step }) => progress(`${step ? `${steps[step]}: ` : ''}${done} of ${count(total, 'pair')}`),
      },
    )
    progress('')
    for (const { candidateId, item, reason } of report.leftOut)
      reportFailure(terminal, `candidate ${candidateId} of item ${item} left out: ${toEnglish(reason)}`)
    for (const { level, file, id, message: text } of report.validation.issues)
      terminal.error(oneLine(`${level}: ${file}${id === null ? '' : ` ${id}`}: ${toEnglish(text)}`))
    if (report.leftOver.length > 0) printNote(terminal, message('command.leftOverOfExport', { names: some(report.leftOver) }))
    for (const { name, bytes } of report.files) terminal.out(toRow(name, `${bytes} bytes`))
    const errors = report.validation.issues.filter(({ level }) => level === 'error').length
    terminal.out(
      `${count(report.pairs, 'pair')}, ${count(report.images, 'image')}${report.demoPairs > 0 ? `, ${report.demoPairs} by the demo generator` : ''}; ` +
        `validated: ${count(report.validation.checks, 'check')}, ${count(errors, 'error')}, ${count(report.validation.issues.length - errors, 'warning')}`,
    )
    const damage = reportMissingRows(terminal, project.db)
    return report.leftOut.length > 0 || errors > 0 || damage !== exitCode.done ? exitCode.partFailed : exitCode.done
  })
}
