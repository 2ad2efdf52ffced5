import sql, { raw } from 'sql-template-tag'
import { driverOf, type ReadableDb } from '../sql/types'
import { readValue } from '../sql/statement'
import { isSourceField, type Context } from '../../../shared/domain'

/**
 * Words as a person types them → an FTS5 query: every word must occur, the last one may be unfinished. Quotes keep FTS5's own
 * syntax out. Null where there is nothing to look for.
 */
export function toSearchQuery(text: string): string | null {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu)
  return words ? `${words.map((word) => `"${word}"`).join(' ')} *` : null
}

/** All text in a context, for the index; licences and addresses of the media are not what an item is about. */
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

/** An unfinished word that more words than this begin with is looked for as it stands: all that begin with `t` would be everything. */
const maxTerms = 300

const withVocabulary = new WeakSet<ReadableDb>()

function makeVocabularies(db: ReadableDb): void {
  if (withVocabulary.has(db)) return
  for (const table of searched)
    driverOf(db).exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.${table}_words USING fts5vocab ('main', '${table}', 'instance')`)
  withVocabulary.add(db)
}

/**
 * The indexed words that begin with `start`, found by jumps from word to word; null where there are too many.
 * FTS5's own `start *` would gather all their places before it gives the first one, which takes half a second in a million pairs.
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
    from = `${word} ` // no word holds a space, so this stands before the next one
  }
}

/** As FTS5's tokenizer keeps plain words; others keep their marks and are left to it. */
const fold = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * Words as a person types them → an FTS5 query for one of the indexes: every word must occur, the last one may be unfinished. Its places
 * come one by one, however many there are. Null where there is nothing to look for.
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
