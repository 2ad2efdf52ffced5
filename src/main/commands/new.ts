import type { RecipeId } from '../../shared/domain'
import { closeProject, createProject } from '../project/project'
import { exitCode, type ExitCode } from './exitCode'
import { resolveIn, type Terminal } from './terminal'

export function newCommand(terminal: Terminal, project: string, options: { recipe: RecipeId }): ExitCode {
  const created = createProject(resolveIn(terminal, project), options.recipe)
  closeProject(created)
  terminal.out(created.directory)
  return exitCode.done
}
