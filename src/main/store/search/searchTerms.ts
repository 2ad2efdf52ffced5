import sql, { raw } from 'sql-template-tag'
import { driverOf, type ReadableDb } from '../sql/types'
import { readValue } from '../sql/statement'
import { isSourceField, type Context } from '../../../shared/domain'

/**
 * Converts typed words to an FTS5 query: every word must occur, and the last one may be a prefix. Quotes disable FTS5's own syntax. Null if
 * there is nothing to search for.
 */
export function toSearchQuery(text: string): string | null {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu)
  return words ? `${words.map((word) => `"${word}"`).join(' ')} *` : null
}

/** Returns all text in a context, for the index, except licences and addresses of the media, which do not describe the item. */
export function contextText(context: Context): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(context)) if (!isSourceField(name)) collectTexts(value, parts)
  return parts.join('\n')
}

function collectTexts(value: unknown, parts: string[]): void {
  if (typeof value === 'string') parts.push(value)
  else if (Array.isArray(value)) for (const each of value) collectTexts(each, parts)
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) collectTexts(each, parts)
}

export const searched = ['candidate_text', 'comment_text', 'item_text'] as const
type Searched = (typeof searched)[number]

/**
 * If more indexed words than this start with the last word, it is searched as a whole word: all words starting with `t` would match
 * everything.
 */
const maxTerms = 300

const withVocabulary = new WeakSet<ReadableDb>()

function makeVocabularies(db: ReadableDb): void {
  if (withVocabulary.has(db)) return
  for (const table of searched)
    driverOf(db).exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.${table}_words USING fts5vocab ('main', '${table}', 'instance')`)
  withVocabulary.add(db)
}

/**
 * Returns the indexed words that begin with `start`, found by jumps from word to word; null if there are too many. FTS5's own `start *`
 * would collect all their positions before it returns the first, which takes half a second in a million pairs.
 */
function wordsFrom(db: ReadableDb, table: Searched, start: string): string[] | null {
  makeVocabularies(db)
  const vocabulary = raw(`temp.${table}_words`)
  const words: string[] = []
  for (let from = start; ;) {
    const word = readValue(db, sql`SELECT term FROM ${vocabulary} WHERE term >= ${from} LIMIT 1`)
    if (typeof word !== 'string' || !word.startsWith(start)) return words
    if (words.length === maxTerms) return null
    words.push(word)
    from = `${word} ` // sorts before the next word, because no word contains a space
  }
}

/** Normalizes plain words like FTS5's tokenizer; other words keep their marks and are left to FTS5. */
const fold = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * Converts typed words to an FTS5 query for one of the indexes: every word must occur, and the last one may be a prefix. Matches are
 * returned one by one, however many there are. Null if there is nothing to search for.
 */
export function toMatch(db: ReadableDb, table: Searched, text: string): string | null {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu)
  const last = words?.pop()
  if (!words || last === undefined) return null
  return [...words.map((word) => `"${word}"`), unfinished(db, table, last)].join(' AND ')
}

function unfinished(db: ReadableDb, table: Searched, word: string): string {
  const start = fold(word)
  if (!/^[a-z0-9]+$/.test(start)) return `"${word}" *`
  const found = wordsFrom(db, table, start)
  return found?.length ? `(${found.map((each) => `"${each}"`).join(' OR ')})` : `"${word}"`
}
