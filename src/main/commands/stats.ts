import { readStats } from '../store/decisions/stats'
import { exitCode, type ExitCode } from './exitCode'
import { withReadProject, type Terminal } from './terminal'

export function statsCommand(terminal: Terminal, given: string, options: { json?: boolean }): Promise<ExitCode> {
  return withReadProject(terminal, given, ({ db }) => {
    const stats = readStats(db)
    if (options.json) terminal.out(JSON.stringify(stats))
    else for (const [name, value] of Object.entries(stats)) terminal.out(`${name}\t${value}`)
    return exitCode.done
  })
}
