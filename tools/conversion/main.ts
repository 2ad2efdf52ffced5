import { exitCode, exitCodeOf } from '../../src/main/commands/terminal'
import { messageOf, Problem } from '../../src/shared/problem'
import { convertProject } from './convertProject'

const usage = 'usage: npm run convert-project -- <project>'

/** Converts the given project and prints the result. @returns the exit code, like that of the command line */
function main(args: readonly string[]): number {
  const [project] = args
  if (project === undefined || args.length !== 1 || project.startsWith('-')) {
    console.error(usage)
    return exitCode.wrongUse
  }
  try {
    const done = convertProject(project)
    if (done === null) console.log('The project has the present schema already; nothing was changed.')
    else {
      for (const { check, message, remedy } of done.findings) console.error(`found: ${check}: ${message} → ${remedy}`)
      console.log(`converted from schema ${done.from}; the project as it was is in ${done.backup}`)
    }
    return done?.findings.length ? exitCode.partFailed : exitCode.done
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    console.error(`error: ${messageOf(error)} → ${error.remedy}`)
    return exitCodeOf(error)
  }
}

process.exitCode = main(process.argv.slice(2))
