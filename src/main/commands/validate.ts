import type { AnyFormat } from '../../shared/domain'
import { validateExport } from '../exchange/export/validateExport'
import { exitCode, type ExitCode } from './terminal'
import { count, reportProgress, resolveIn, type Terminal } from './terminal'
import { printIssues } from './trainingExport'

/** Reads an export back and reports what the software that reads it would drop, swap or fail on. */
export async function validateCommand(terminal: Terminal, given: string, options: { readonly format?: AnyFormat }): Promise<ExitCode> {
  const progress = reportProgress(terminal)
  const { format, checks, issues } = await validateExport(resolveIn(terminal, given), options.format ?? null, {
    signal: terminal.signal,
    onProgress: ({ done }) => progress(`${done} read`),
  })
  progress('')
  printIssues(terminal, issues)
  const errors = issues.filter(({ level }) => level === 'error').length
  terminal.out(`${format}: ${count(checks, 'check')}, ${count(errors, 'error')}, ${count(issues.length - errors, 'warning')}`)
  return errors > 0 ? exitCode.partFailed : exitCode.done
}
