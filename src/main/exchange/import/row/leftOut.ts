import { message, type Message, type Text } from '../../../../shared/messages/message'
import { type ImportEntry, noteEntry } from './entry'
import type { Keyed } from './shapes'

/** Why something is left out of an item that is imported all the same. */
type Why = 'empty' | 'repeated' | 'summary' | 'outline'

interface Counted {
  times: number
  /** one more than are named, at most: there may be millions */
  readonly items: Set<string>
}

/** Items that are named; those of others are counted with theirs. */
const maxNamed = 5
/** The most keys that are reported; a file whose keys are names has any number of them. */
const maxKeys = 30

function listNames(items: ReadonlySet<string>): Text {
  const named = [...items].slice(0, maxNamed).join(', ')
  return items.size > maxNamed ? message('import.row.andOthers', { names: named }) : named
}

function describe(why: Why, { times: count, items }: Counted): Message {
  const names = listNames(items)
  switch (why) {
    case 'empty':
      return message('import.row.emptyTexts', { count, names })
    case 'repeated':
      return message('import.row.repeatedTexts', { count, names })
    case 'summary':
      return message('import.row.summariesNotRead', { count, names })
    case 'outline':
      return message('import.row.outlinesAsBoxes', { count, names })
  }
}

function countUp<Key>(counts: Map<Key, Counted>, key: Key, item: string, times: number): void {
  const counted = counts.get(key) ?? { times: 0, items: new Set() }
  counted.times += times
  if (counted.items.size <= maxNamed) counted.items.add(item)
  counts.set(key, counted)
}

/** What a format knows of the keys of a record. */
export interface KnownKeys {
  /** those that are read, or that say nothing about the media */
  readonly read: ReadonlySet<string>
  /** what others hold where nothing is special about the record: `iscrowd` is 0 */
  readonly usual?: Readonly<Record<string, unknown>>
}

/** Flags that annotation tools write with every record: false says that nothing is special about it. Any other `false`, such as that of a label, is reported. */
const quietFlags = new Set(
  `annotating checked crowd deleted difficult ground_truth hidden ignore ignored is_generated isbbox iscrowd isCrowd is_labeled keyframe locked
   occluded outside parallel_tool_calls readonly skipped stream truncated was_cancelled was_postponed`.split(/\s+/),
)

function saysNothing(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (value === false) return quietFlags.has(key)
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Counts what is left out of the items of a file, so that its report can say how much there was, and of which items. */
export class LeftOut {
  readonly #counts = new Map<Why, Counted>()
  readonly #keys = new Map<string, Counted>()

  add(why: Why, item: string, times = 1): void {
    if (times > 0) countUp(this.#counts, why, item, times)
  }

  /** Counts a key, or a column, with a value that nothing reads. */
  addKey(key: string, item: string, times = 1): void {
    if (times > 0) countUp(this.#keys, this.#keys.has(key) || this.#keys.size < maxKeys ? key : '…', item, times)
  }

  /** Counts the keys of a record that nothing reads. @param place of the record, such as `sentences.` */
  addKeys(record: Keyed, { read, usual = {} }: KnownKeys, item: string, place = ''): void {
    for (const key in record)
      if (!read.has(key) && !saysNothing(key, record[key]) && record[key] !== usual[key]) this.addKey(place + key, item)
  }

  /** Returns the texts without the space around them, and without empty ones, which are counted. */
  trim(item: string, texts: readonly string[]): string[] {
    const kept = texts.map((text) => text.trim()).filter((text) => text !== '')
    this.add('empty', item, texts.length - kept.length)
    return kept
  }

  /** Returns each text once; the repeated ones are counted. */
  keepOnce(item: string, texts: readonly string[]): string[] {
    const kept = [...new Set(texts)]
    this.add('repeated', item, texts.length - kept.length)
    return kept
  }

  /** The notes that are reported at the end of the file. */
  *notes(file: string): Generator<ImportEntry, void, undefined> {
    for (const [why, counted] of this.#counts) yield noteEntry(file, null, null, describe(why, counted))
    for (const [key, { times: count, items }] of this.#keys)
      yield noteEntry(file, null, null, message('import.row.keyNotImported', { key, count, names: listNames(items) }))
  }
}

/** Returns a list of keys as `LeftOut.addKeys` takes it, from their names with blanks between. */
export const keysOf = (names: string, usual?: Readonly<Record<string, unknown>>): KnownKeys => ({
  read: new Set(names.split(' ')),
  ...(usual && { usual }),
})
