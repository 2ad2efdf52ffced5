import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProjectInfo } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { backUpAbandoned } from './backups'
import { closeProject, openProject, projectFile, type Project } from './project'
import { keepCounts } from '../store/candidates/counts'
import { damaged } from '../store/sql/database'

/** Up to this size a project file is checked before it is shown; a larger one beside it, so that nobody waits. */
const checkAtOnceBytes = 32 * 1024 * 1024

/** On two cores, work beside the window's start would be felt. */
const settledMs = 3000

/** The project that the window shows. */
export interface Session {
  current(): Project | undefined
  /** the folder of the project that was to be opened last, whether it could be or not */
  asked(): string | undefined
  /** @throws Problem when none is open */
  require(): Project
  open(directory: string): Promise<ProjectInfo>
  close(): Promise<void>
  /** closes a project whose file is not in its place any more, and tells so; what was stored is saved as a backup, where that can be */
  abandon(problem: Problem): Promise<void>
}

interface SessionParts {
  /** SQLite's check in another process; what is wrong, or null */
  findDamage(directory: string): Promise<string | null>
  /** copies the file where a copy is due; never throws */
  backUp(directory: string): Promise<void>
  /** before the project's file is closed */
  beforeClose(): Promise<void>
  /** what the list of projects shows of it. @returns a function to call once the file is closed */
  describe?(project: Project): () => void
  opened(info: ProjectInfo): void
  failed(problem: Problem): void
}

/** They can be had again: what keeps them from being stored is told where something is lost by it. */
function rememberCounts({ db }: Project): void {
  try {
    keepCounts(db)
  } catch {
    // a full disk, or another one writes
  }
}

export function createSession(parts: SessionParts): Session {
  let project: Project | undefined
  let asked: string | undefined

  async function close(): Promise<void> {
    if (!project) return
    await parts.beforeClose()
    rememberCounts(project)
    const storeCard = parts.describe?.(project)
    closeProject(project)
    project = undefined
    storeCard?.()
  }

  /** What can wait until the window stands: a copy of the file, and the check of a large one. */
  async function settle(opened: Project, unchecked: boolean): Promise<void> {
    await sleep(settledMs, undefined, { ref: false })
    if (project !== opened) return
    rememberCounts(opened)
    await parts.backUp(opened.directory)
    const damage = unchecked ? await parts.findDamage(opened.directory).catch(() => null) : null // its own trouble is no proof of damage
    if (damage === null || project !== opened) return
    await close()
    parts.failed(damaged(projectFile(opened.directory), damage))
  }

  return {
    current: () => project,
    asked: () => asked,
    require() {
      if (!project) throw new Problem('wrong-use', message('project.noneOpen'), message('project.openFirst'))
      return project
    },
    async open(directory) {
      asked = directory
      const file = projectFile(directory)
      const large = (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > checkAtOnceBytes
      const opened = openProject(directory, { check: !large, readable: true })
      await close()
      project = opened
      parts.opened(opened.info)
      if (!opened.info.readOnly) void settle(opened, large)
      return opened.info
    },
    close,
    async abandon(problem) {
      if (!project) return
      const lost = project
      project = undefined // from now on nothing is stored
      await parts.beforeClose()
      const copy = backUpAbandoned(lost.db, lost.directory)
      closeProject(lost)
      parts.failed(
        copy === null
          ? problem
          : new Problem(problem.code, problem.text, message('project.storedInCopy', { copy }), {
              item: lost.directory,
            }),
      )
    },
  }
}
