import { examineProject } from '../project/examine'
import { toEnglish } from '../../shared/messages/translate'
import { count, exitCode, type ExitCode, oneLine, resolveIn, type Terminal, withReadProject } from './terminal'
import type { RecipeId } from '../../shared/domain'
import { closeProject, createProject } from '../project/project'
import { readStats } from '../store/candidates/counts'

export function doctorCommand(terminal: Terminal, given: string): Promise<ExitCode> {
  return withReadProject(
    terminal,
    given,
    async (project) => {
      const report = await examineProject(project)
      for (const { check, message, remedy } of report.findings)
        terminal.error(oneLine(`found: ${check}: ${toEnglish(message)} → ${toEnglish(remedy)}`))
      terminal.out(report.healthy ? `healthy: ${count(report.checks.length, 'check')}` : count(report.findings.length, 'issue'))
      return report.healthy ? exitCode.done : exitCode.partFailed
    },
    { check: false, withoutLog: true }, // the findings include any damage
  )
}

export function newCommand(terminal: Terminal, project: string, options: { recipe: RecipeId }): ExitCode {
  const created = createProject(resolveIn(terminal, project), options.recipe)
  closeProject(created)
  terminal.out(created.directory)
  return exitCode.done
}

export function statsCommand(terminal: Terminal, given: string, options: { json?: boolean }): Promise<ExitCode> {
  return withReadProject(terminal, given, ({ db }) => {
    const stats = readStats(db)
    if (options.json) terminal.out(JSON.stringify(stats))
    else for (const [name, value] of Object.entries(stats)) terminal.out(`${name}\t${value}`)
    return exitCode.done
  })
}
