import { message } from '../../shared/messages/message'
import { Problem } from '../../shared/problem'
import { findItemId } from '../store/library/items'
import type { ReadableDb } from '../store/sql/types'
import { noSuchItem } from './terminal'

/** Maximum length of an id; longer ones are not imported. */
const longestId = 500

/**
 * Parses comma-separated ids of the imported file. Ids may contain commas: a part that is no item is tried together with the following
 * parts.
 */
export function readItemIds(db: ReadableDb, list: string, option: string): number[] {
  const parts = list.split(',')
  const ids: number[] = []
  for (let at = 0; at < parts.length;) {
    const found = parts[at]?.trim() === '' ? null : takeItem(db, parts, at)
    if (found) ids.push(found.id)
    at = found?.end ?? at + 1
  }
  if (ids.length === 0) throw new Problem('wrong-use', message('command.namesNoItem', { option }), message('command.giveItems'))
  return ids
}

function takeItem(db: ReadableDb, parts: readonly string[], from: number): { id: number; end: number } {
  let name = ''
  for (let end = from + 1; end <= parts.length && name.length <= longestId; end++) {
    name = parts.slice(from, end).join(',')
    const id = findItemId(db, name) ?? findItemId(db, name.trim())
    if (id !== undefined) return { id, end }
  }
  const sourceId = parts[from]?.trim() ?? ''
  throw noSuchItem(sourceId)
}
