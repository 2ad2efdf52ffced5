import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'

/** The paths that the page may use: those that the person chose in system dialogs since the window was opened. */
export interface ChosenPaths {
  /** @returns the chosen path unchanged, for a handler to return */
  addFolder(folder: string | null): string | null
  addFile(file: string | null): string | null
  addTarget(file: string | null): string | null
  /** @throws Problem wrong-use unless the path is a chosen folder, one of `known`, or below one of them */
  requireFolder(folder: string, known?: readonly string[]): string
  /** Accepts a chosen file, its folder, or a path in a chosen folder. @throws Problem wrong-use */
  requireSource(source: string): string
  /** Accepts a file that was chosen for writing. @throws Problem wrong-use */
  requireTarget(file: string): string
}

/** Resolves links in the existing part of a path. */
function follow(given: string): string {
  const absolute = path.resolve(given)
  try {
    return fs.realpathSync.native(absolute)
  } catch {
    const above = path.dirname(absolute)
    return above === absolute ? absolute : path.join(follow(above), path.basename(absolute))
  }
}

function isWithin(folder: string, place: string): boolean {
  const way = path.relative(follow(folder), follow(place))
  return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way))
}

const isSame = (one: string, other: string) => follow(one) === follow(other)

export function createChosenPaths(): ChosenPaths {
  const folders = new Set<string>()
  const files = new Set<string>()
  const targets = new Set<string>()
  const add = (to: Set<string>) => (chosen: string | null) => {
    if (chosen !== null) to.add(chosen)
    return chosen
  }
  const isInFolder = (place: string, known: readonly string[] = []) => [...folders, ...known].some((folder) => isWithin(folder, place))
  const require = (isChosen: boolean, place: string) => {
    if (isChosen) return place
    throw new Problem('wrong-use', message('project.pathNotChosen', { path: place }), message('project.chooseAgain'), { item: place })
  }
  return {
    addFolder: add(folders),
    addFile: add(files),
    addTarget: add(targets),
    requireFolder: (folder, known) => require(isInFolder(folder, known), folder),
    requireSource: (source) =>
      require(isInFolder(source) || [...files].some((file) => isSame(file, source) || isSame(path.dirname(file), source)), source),
    requireTarget: (file) => require([...targets].some((target) => isSame(target, file)), file),
  }
}
