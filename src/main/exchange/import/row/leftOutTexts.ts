import { message, type Message, type Text } from '../../../../shared/messages/message'
import { type ImportEntry, noteEntry } from './entry'

/** Why a text is left out of an item that is imported all the same. */
type Why = 'empty' | 'repeated' | 'summary'

interface Counted {
  texts: number
  /** one more than are named, at most: there may be millions */
  readonly items: Set<string>
}

/** Items that are named; the texts of others are counted with theirs. */
const maxNamed = 5

function listNames(items: ReadonlySet<string>): Text {
  const named = [...items].slice(0, maxNamed).join(', ')
  return items.size > maxNamed ? message('import.row.andOthers', { names: named }) : named
}

function describe(why: Why, { texts, items }: Counted): Message {
  switch (why) {
    case 'empty':
      return message('import.row.emptyTexts', { count: texts, names: listNames(items) })
    case 'repeated':
      return message('import.row.repeatedTexts', { count: texts, names: listNames(items) })
    case 'summary':
      return message('import.row.summariesNotRead', { count: texts, names: listNames(items) })
  }
}

/** Counts the texts of a file that are left out, so that its report can say how many there were, and of which items. */
export class LeftOutTexts {
  readonly #counts = new Map<Why, Counted>()

  add(why: Why, item: string, texts = 1): void {
    if (texts === 0) return
    const counted = this.#counts.get(why) ?? { texts: 0, items: new Set() }
    counted.texts += texts
    if (counted.items.size <= maxNamed) counted.items.add(item)
    this.#counts.set(why, counted)
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

  /** What is told at the end of the file. */
  *notes(file: string): Generator<ImportEntry, void, undefined> {
    for (const [why, counted] of this.#counts) yield noteEntry(file, null, null, describe(why, counted))
  }
}
