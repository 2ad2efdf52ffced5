import type { BoxFamily, Tallied, TrainingFormatId, TrainingKind, TrainingReport } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { exportForTraining } from '../exchange/export/exportAny'
import type { ReadProject } from '../project/project'
import { exitCode, type ExitCode } from './terminal'
import { count, oneLine, printNote, reportFailure, reportMissingRows, reportProgress, resolveIn, toRow, type Terminal } from './terminal'

export interface TrainingExportOptions {
  readonly out: string
  /** name of a snapshot */
  readonly snapshot?: string
  readonly kind?: TrainingKind
  readonly frames?: number
  readonly system?: string
  readonly reasoning?: boolean
  readonly boxes?: BoxFamily
  readonly minChange?: number
  readonly itemDrafts?: boolean
  readonly license?: string
  readonly url?: string
  readonly rawReplies?: boolean
}

const some = (names: readonly string[], isMore: boolean) => `${names.join(', ')}${isMore ? ' …' : ''}`

const valuesOf = ({ reason, count: times, items }: Tallied) => ({ count: times, reason, items: some(items, times > items.length) })

/** Writes the decided pairs of a project in a training format, and prints what was written and what was left out. */
export async function exportTrainingFormat(
  terminal: Terminal,
  project: ReadProject,
  format: TrainingFormatId,
  { out, system, snapshot, ...options }: TrainingExportOptions,
): Promise<ExitCode> {
  const progress = reportProgress(terminal)
  const directory = resolveIn(terminal, out)
  const kind = options.kind ?? 'sft'
  if (options.itemDrafts && kind !== 'dpo') refuseTrainingOptions(`${format} (${kind})`, { itemDrafts: true })
  const report = await exportForTraining(
    project,
    { format, directory, snapshot, choices: { ...options, kind, system: system ?? null } },
    {
      signal: terminal.signal,
      onProgress: ({ done, step }) => progress(step === 'check' ? `reading the files back: ${done}` : count(done, 'pair')),
    },
  )
  progress('')
  for (const tallied of report.leftOut) {
    const print = expectedReasons.has(tallied.reason.code) ? printNote : reportFailure
    print(terminal, message('command.pairsLeftOut', valuesOf(tallied)))
  }
  for (const tallied of report.changed) printNote(terminal, message('command.textsChanged', valuesOf(tallied)))
  printIssues(terminal, report.validation.issues)
  if (report.leftOver.length > 0)
    printNote(terminal, message('command.leftOverOfExport', { names: some(report.leftOver.slice(0, 5), report.leftOver.length > 5) }))
  for (const { name, bytes } of report.files) terminal.out(toRow(name, `${bytes} bytes`))
  const warnings = report.validation.issues.length
  terminal.out(
    `${count(report.records, 'row')} (${kind}) of ${count(report.pairs, 'pair')}${report.demoPairs > 0 ? `, ${report.demoPairs} by the demo generator` : ''}${report.itemRows > 0 ? `, ${count(report.itemRows, 'row')} of an accepted and a rejected draft of one item` : ''}; validated: ${count(report.validation.checks, 'check')}, 0 errors, ${count(warnings, 'warning')}; read by ${report.software}`,
  )
  const damage = reportMissingRows(terminal, project.db)
  // Pairs that a kind of data cannot use, such as unedited pairs, are no failure.
  const isComplete = report.leftOut.every(({ reason }) => expectedReasons.has(reason.code))
  return isComplete && damage === exitCode.done ? exitCode.done : exitCode.partFailed
}

const expectedReasons: ReadonlySet<string> = new Set(
  (['notEdited', 'identical', 'typos', 'small', 'translated', 'duplicate'] as const).map((name) => `training.leftOut.${name}`),
)

type Issues = TrainingReport['validation']['issues']

export function printIssues(terminal: Terminal, issues: Issues): void {
  for (const { level, file, id, message: text } of issues)
    terminal.error(oneLine(`${level}: ${file}${id === null ? '' : ` ${id}`}: ${toEnglish(text)}`))
}

/** Rejects options that only training formats have. */
export function refuseTrainingOptions(format: string, options: Readonly<Record<string, unknown>>): void {
  const [name] = Object.keys(options).filter((key) => options[key] !== undefined)
  if (name !== undefined)
    throw new Problem(
      'wrong-use',
      message('training.optionUnused', { option: `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, format }),
      message('training.leaveOptionOut'),
    )
}
