import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import type { ReadableDb } from './types'
import { placeOf } from '../recovery/openMarks'

/** A connection continues with the file that it opened, even if that file was renamed, deleted or replaced, so its writes would be lost. */
const places = new WeakMap<ReadableDb, { readonly file: string; readonly main: string | null; readonly log: string | null }>()

/** Stores the identities of a connection's file and log. @param main identity of the file when the connection was opened */
export function rememberFile(db: ReadableDb, file: string, main: string | null): void {
  places.set(db, { file, main, log: placeOf(`${file}-wal`) })
}

/**
 * Returns why this connection may no longer store anything, or null while its file is still at its path. Cheap: two lookups in the folder.
 */
export function findReplaced(db: ReadableDb): Problem | null {
  const known = places.get(db)
  if (!known) return null
  const { file, main, log } = known
  const changed = placeOf(file) !== main ? file : log !== null && placeOf(`${file}-wal`) !== log ? `${file}-wal` : null
  if (changed === null) return null
  return new Problem('unreadable-project', message('store.fileReplaced', { file: changed }), message('store.reopenProject'), { item: file })
}

/**
 * Returns a path below a folder, for writing, reading or deleting; it need not exist. Whoever created the folder may have added a link that
 * leads out of it, so each step is checked: only real folders and plain files are allowed.
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

/** Creates a folder and its parents. On a read-only disk Node would report that it does not exist; this fails with the real reason. */
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
