import { Problem } from '../../../shared/problem'
import type { ReadableDb } from './types'
import { message } from '../../../shared/messages/message'
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
