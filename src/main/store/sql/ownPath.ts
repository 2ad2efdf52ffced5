import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import type { ReadableDb } from './types'
import { placeOf } from '../recovery/openMarks'

/** A connection goes on with the file that it opened, even where that was renamed, deleted or replaced: nobody would see what it stores. */
const places = new WeakMap<ReadableDb, { readonly file: string; readonly main: string | null; readonly log: string | null }>()

/** Remembers which file a connection has, and which log. @param main which file it was when the connection was made */
export function rememberFile(db: ReadableDb, file: string, main: string | null): void {
  places.set(db, { file, main, log: placeOf(`${file}-wal`) })
}

/** Returns why nothing may be stored by this connection any more, or null while its file is in its place. Cheap: two looks at the folder. */
export function findReplaced(db: ReadableDb): Problem | null {
  const known = places.get(db)
  if (!known) return null
  const { file, main, log } = known
  const changed = placeOf(file) !== main ? file : log !== null && placeOf(`${file}-wal`) !== log ? `${file}-wal` : null
  if (changed === null) return null
  return new Problem('unreadable-project', message('store.fileReplaced', { file: changed }), message('store.reopenProject'), { item: file })
}

/**
 * A place below a folder, for writing, reading or deleting, there or not. Whoever made the folder may have put a link in the way, which
 * would lead out of it: each step is looked at, and only real folders and plain files are passed.
 * @throws Problem unreadable-project that names the link
 */
export function ownPath(root: string, ...names: readonly string[]): string {
  let place = root
  const steps = names.flatMap((name) => name.split(/[\\/]/))
  for (const [index, step] of steps.entries()) {
    if (step === '' || step === '.' || step === '..') throw refused(path.join(root, ...names), message('store.notName'))
    place = path.join(place, step)
    const found = fs.lstatSync(place, { throwIfNoEntry: false })
    if (!found) return path.join(root, ...steps)
    if (found.isSymbolicLink()) throw refused(place, message('store.link'))
    const isLast = index === steps.length - 1
    if (!found.isDirectory() && !(isLast && found.isFile()))
      throw refused(place, isLast ? message('store.notPlainFile') : message('store.notFolder'))
  }
  return place
}

function refused(place: string, what: ReturnType<typeof message>): Problem {
  return new Problem('unreadable-project', message('store.notReadOrWritten', { path: place, kind: what }), message('store.putOwn'), {
    item: place,
  })
}

/** Makes a folder and those above it. On a read-only disk Node would say that it is not there; here it fails for the true reason. */
export function makeFolders(directory: string): void {
  try {
    fs.mkdirSync(directory, { recursive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    let missing = path.resolve(directory)
    while (!fs.existsSync(path.dirname(missing))) missing = path.dirname(missing)
    fs.mkdirSync(missing)
    throw error
  }
}
