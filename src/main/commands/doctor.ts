import { examineProject } from '../project/examine'
import { toEnglish } from '../../shared/messages/translate'
import { exitCode, type ExitCode } from './exitCode'
import { count, oneLine, withReadProject, type Terminal } from './terminal'

export function doctorCommand(terminal: Terminal, given: string): Promise<ExitCode> {
  return withReadProject(
    terminal,
    given,
    async (project) => {
      const report = await examineProject(project)
      for (const { check, message, remedy } of report.findings)
        terminal.error(oneLine(`found: ${check}: ${toEnglish(message)} → ${toEnglish(remedy)}`))
      terminal.out(report.healthy ? `healthy: ${count(report.checks.length, 'check')}` : count(report.findings.length, 'finding'))
      return report.healthy ? exitCode.done : exitCode.partFailed
    },
    { check: false, withoutLog: true }, // what is wrong is among the findings
  )
}
