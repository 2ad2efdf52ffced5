import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'

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
