import fs from 'node:fs'
import path from 'node:path'
import type { ProjectInfo, RecipeId } from '../../shared/domain'
import { cleanText } from '../../shared/text/cleanText'
import { Problem, toProblem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { getRecipe } from '../recipes/registry'
import { closeDatabase, createDatabase, openDatabase, type OpenOptions } from '../store/sql/database'
import type { ReadableDb, WritableDb } from '../store/sql/types'
import { storeTrialRepliesLeft } from '../store/comparisons/keptTrialReplies'
import { storeKeptReplies } from '../store/runs/keptReplies'
import { makeFolders } from '../store/sql/ownPath'
import { refusalOf } from '../store/sql/readOnly'
import { listSetAside } from '../store/recovery/setAside'
import { createProjectRow, readProject } from '../store/project/project'
import { savePromptVersion } from '../store/project/prompts'
import { checkpointLog, withBusyTimeout, write } from '../store/sql/transaction'

/** A project that is open for queries: the folder `<name>.exemplar/` with `project.sqlite` and `media/`. */
export interface ReadProject {
  readonly directory: string
  readonly db: ReadableDb
  readonly info: ProjectInfo
}

/** A project that may be changed. */
export interface Project extends ReadProject {
  readonly db: WritableDb
}

const suffix = '.exemplar'
export const projectFile = (directory: string) => path.join(directory, 'project.sqlite')
export const mediaDirectory = (directory: string) => path.join(directory, 'media')

/** Returns the folder of a project, given with or without the `.exemplar` extension. */
export function resolveProjectDirectory(given: string): string {
  const directory = path.resolve(given)
  if (path.basename(directory) === 'project.sqlite') return path.dirname(directory)
  return directory.endsWith(suffix) || fs.existsSync(projectFile(directory)) ? directory : directory + suffix
}

function describe(directory: string, db: ReadableDb): ProjectInfo {
  const refused = refusalOf(db)
  return {
    path: directory,
    ...readProject(db),
    readOnly: refused && { message: refused.text, remedy: refused.remedyText },
  }
}

/**
 * Creates a new project folder with the recipe's prompt as its first version.
 * @param given the folder; `.exemplar` is added if it is missing
 * @throws Problem exists, read-only, disk-full, wrong-use
 */
export function createProject(given: string, recipe: RecipeId): Project {
  const directory = resolveProjectDirectory(given)
  const name = path.basename(directory, suffix)
  if (!name) throw new Problem('wrong-use', message('project.nameNeeded'), message('project.giveFolder'))
  makeOwnDirectory(directory)
  try {
    fs.mkdirSync(mediaDirectory(directory))
    const db = createDatabase(projectFile(directory))
    try {
      write(db, () => {
        createProjectRow(db, { uuid: crypto.randomUUID(), name: cleanText(name), recipe })
        savePromptVersion(db, getRecipe(recipe).text)
      })
      checkpointLog(db) // so that the file without its log identifies the project
      return { directory, db, info: describe(directory, db) }
    } catch (error) {
      closeDatabase(db)
      throw error
    }
  } catch (error) {
    fs.rmSync(directory, { recursive: true, force: true }) // it did not exist before
    throw toProblem(error, directory)
  }
}

/** Creates the folder and fails if it exists: of two programs that start at the same time, one receives the error. */
function makeOwnDirectory(directory: string): void {
  try {
    makeFolders(path.dirname(directory))
    fs.mkdirSync(directory)
  } catch (error) {
    if (!fs.lstatSync(directory, { throwIfNoEntry: false })) throw toProblem(error, directory)
    throw new Problem('exists', message('project.existsAlready', { directory }), message('project.openOrRename'), { item: directory })
  }
}

/**
 * Opens a project folder.
 * @param options.check false: the caller checks the file's structure elsewhere
 * @param options.readable true: a project that is not writable is opened read-only, and its info states so
 * @param options.reading true: it is opened read-only, and nothing in its folder changes
 * @throws Problem not-found, newer-project, older-project, damaged-project, read-only, disk-full, busy
 */
export function openProject(given: string, options: OpenOptions & { readonly reading: true }): ReadProject
export function openProject(given: string, options?: OpenOptions & { readonly reading?: false }): Project
export function openProject(given: string, options?: OpenOptions): ReadProject
export function openProject(given: string, { reading = false, ...options }: OpenOptions = {}): ReadProject {
  const directory = resolveProjectDirectory(given)
  if (!fs.existsSync(projectFile(directory))) throw noProject(directory)
  if (reading) return opened(directory, openDatabase(projectFile(directory), { ...options, reading }))
  const db = openDatabase(projectFile(directory), { ...options, reading: false })
  return opened(directory, db, () => storeRepliesLeft(db))
}

/** Returns the open project; closes the connection if the project cannot be described. */
function opened(directory: string, db: ReadableDb, prepare: () => void = () => undefined): ReadProject {
  try {
    prepare()
    return { directory, db, info: describe(directory, db) }
  } catch (error) {
    closeDatabase(db)
    throw toProblem(error, directory)
  }
}

/**
 * Stores the replies that an earlier run or comparison could not store. If that fails again, their file stays, and the doctor reports it.
 */
function storeRepliesLeft(db: WritableDb): void {
  if (refusalOf(db)) return
  try {
    withBusyTimeout(db, 200, () => {
      storeKeptReplies(db)
      write(db, () => storeTrialRepliesLeft(db))()
    })
  } catch {
    return
  }
}

function noProject(directory: string): Problem {
  const kept = listSetAside(projectFile(directory)).at(-1)
  return kept !== undefined
    ? new Problem(
        'damaged-project',
        message('project.fileSetAside', { directory, file: path.basename(kept) }),
        message('project.runRecover', { directory }),
        { item: directory },
      )
    : new Problem('unreadable-project', message('project.noProject', { directory }), message('project.chooseOrMake'), {
        item: directory,
      })
}

export function closeProject(project: ReadProject): void {
  closeDatabase(project.db)
}
