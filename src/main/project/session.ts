import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProjectInfo } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { backUpAbandoned } from './backups'
import { closeProject, openProject, projectFile, type Project } from './project'
import { keepCounts } from '../store/candidates/counts'
import { damaged } from '../store/sql/database'

/** Maximum size of a project file that is checked before it is shown; larger files are checked in another process, so that nobody waits. */
const checkAtOnceBytes = 32 * 1024 * 1024

/** Delay for background work: on two cores it would slow down the start of the window. */
const settledMs = 3000

/** The project that the window shows. */
export interface Session {
  current(): Project | undefined
  /** folder of the project that was last requested, whether it could be opened or not */
  asked(): string | undefined
  /** @throws Problem if no project is open */
  require(): Project
  open(directory: string): Promise<ProjectInfo>
  close(): Promise<void>
  /** closes a project whose file was moved or deleted, and reports it; the stored data is saved as a backup if possible */
  abandon(problem: Problem): Promise<void>
}

interface SessionParts {
  /** runs SQLite's check in another process; returns what is wrong, or null */
  findDamage(directory: string): Promise<string | null>
  /** copies the file if a backup is due; never throws */
  backUp(directory: string): Promise<void>
  /** called before the project's file is closed */
  beforeClose(): Promise<void>
  /** prepares its card for the list of projects. @returns a function to call once the file is closed */
  describe?(project: Project): () => void
  opened(info: ProjectInfo): void
  failed(problem: Problem): void
}

/** Stores the counts, ignoring errors: they can be computed again, and a write error is reported where it causes a loss. */
function rememberCounts({ db }: Project): void {
  try {
    keepCounts(db)
  } catch {
    // the disk is full, or another process is writing
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

  /** Runs the work that can wait until the window is shown: a backup of the file, and the check of a large one. */
  async function settle(opened: Project, unchecked: boolean): Promise<void> {
    await sleep(settledMs, undefined, { ref: false })
    if (project !== opened) return
    rememberCounts(opened)
    await parts.backUp(opened.directory)
    const damage = unchecked ? await parts.findDamage(opened.directory).catch(() => null) : null // a failure of the check is no proof of damage
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
