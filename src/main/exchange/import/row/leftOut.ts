import { message, type Message, type Text } from '../../../../shared/messages/message'
import { type ImportEntry, noteEntry } from './entry'
import type { Keyed } from './shapes'

/** Reason why a part of an imported item is left out. */
type Why = 'empty' | 'repeated' | 'summary' | 'outline'

interface Counted {
  times: number
  /** At most one more than the number listed, because there may be millions. */
  readonly items: Set<string>
}

/** Number of items to list by name; further items are only counted. */
const maxNamed = 5
/** Maximum number of reported keys; a file whose keys are names can have any number. */
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

/** The keys of a record that a format knows. */
export interface KnownKeys {
  /** Keys that are read, or that contain no information about the media. */
  readonly read: ReadonlySet<string>
  /** Default values of other keys, which are not reported: `iscrowd` is 0. */
  readonly usual?: Readonly<Record<string, unknown>>
}

/**
 * Flags that annotation tools write with every record, where `false` is the default. Any other `false`, such as that of a label, is
 * reported.
 */
const quietFlags = new Set(
  `annotating checked crowd deleted difficult ground_truth hidden ignore ignored is_generated isbbox iscrowd isCrowd is_labeled keyframe locked
   occluded outside parallel_tool_calls readonly skipped stream truncated was_cancelled was_postponed`.split(/\s+/),
)

function saysNothing(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (value === false) return quietFlags.has(key)
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Counts the parts left out of the items of a file, so that the report can state how many there were and in which items. */
export class LeftOut {
  readonly #counts = new Map<Why, Counted>()
  readonly #keys = new Map<string, Counted>()

  add(why: Why, item: string, times = 1): void {
    if (times > 0) countUp(this.#counts, why, item, times)
  }

  /** Counts a key or column with a value that is not imported. */
  addKey(key: string, item: string, times = 1): void {
    if (times > 0) countUp(this.#keys, this.#keys.has(key) || this.#keys.size < maxKeys ? key : '…', item, times)
  }

  /** Counts the keys of a record that are not imported. @param place prefix for the keys of the record, such as `sentences.` */
  addKeys(record: Keyed, { read, usual = {} }: KnownKeys, item: string, place = ''): void {
    for (const key in record)
      if (!read.has(key) && !saysNothing(key, record[key]) && record[key] !== usual[key]) this.addKey(place + key, item)
  }

  /** Trims the texts and removes empty ones, which are counted. */
  trim(item: string, texts: readonly string[]): string[] {
    const kept = texts.map((text) => text.trim()).filter((text) => text !== '')
    this.add('empty', item, texts.length - kept.length)
    return kept
  }

  /** Removes repeated texts, which are counted. */
  keepOnce(item: string, texts: readonly string[]): string[] {
    const kept = [...new Set(texts)]
    this.add('repeated', item, texts.length - kept.length)
    return kept
  }

  /** Yields the notes to report at the end of the file. */
  *notes(file: string): Generator<ImportEntry, void, undefined> {
    for (const [why, counted] of this.#counts) yield noteEntry(file, null, null, describe(why, counted))
    for (const [key, { times: count, items }] of this.#keys)
      yield noteEntry(file, null, null, message('import.row.keyNotImported', { key, count, names: listNames(items) }))
  }
}

/** Creates the known keys for `LeftOut.addKeys` from a list of names separated by spaces. */
export const keysOf = (names: string, usual?: Readonly<Record<string, unknown>>): KnownKeys => ({
  read: new Set(names.split(' ')),
  ...(usual && { usual }),
})
