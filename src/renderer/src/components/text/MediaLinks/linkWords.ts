/** A part of a text with the indices of the boxes that it names, if any. The parts together are the whole text. */
export interface Piece {
  readonly text: string
  readonly boxes: readonly number[]
}

interface Word {
  readonly stem: string
  readonly start: number
  readonly end: number
}

interface Label {
  readonly stems: readonly string[]
  readonly boxes: readonly number[]
}

/** Index from words to boxes. */
export interface LabelIndex {
  /** Whole labels by their first stem, labels with more words first. */
  readonly whole: ReadonlyMap<string, readonly Label[]>
  /** Single words of labels that have several words. */
  readonly part: ReadonlyMap<string, readonly number[]>
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

const irregular: Readonly<Record<string, string>> = {
  children: 'child',
  feet: 'foot',
  geese: 'goose',
  knives: 'knife',
  leaves: 'leaf',
  loaves: 'loaf',
  men: 'man',
  mice: 'mouse',
  people: 'person',
  shelves: 'shelf',
  skis: 'ski',
  teeth: 'tooth',
  wolves: 'wolf',
  women: 'woman',
}

/** Words without a meaning of their own. */
const idle: ReadonlySet<string> = new Set(['a', 'an', 'and', 'at', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with'])

/**
 * English plural endings. An `e` that may belong to the ending is removed too, so that `horse` and `horses`, `bus` and `buses` have the
 * same stem.
 */
const endings: readonly (readonly [RegExp, string])[] = [
  [/(..)ies?$/u, '$1y'],
  [/(..)oes?$/u, '$1o'],
  [/(.(?:s|x|z|ch|sh))es?$/u, '$1'],
  [/(..[^sui])s$/u, '$1'],
]

/** Returns the stem of a word: lower case, without plural or possessive. */
export function stem(word: string): string {
  const plain = word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]s?$/u, '')
  const known = irregular[plain] ?? plain
  if (known.length < 4) return known
  const ending = endings.find(([pattern]) => pattern.test(known))
  return ending ? known.replace(...ending) : known
}

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = []
  for (const { segment, index, isWordLike } of segmenter.segment(text))
    if (isWordLike) words.push({ stem: stem(segment), start: index, end: index + segment.length })
  return words
}

/** Creates the index of the labels of boxes; a box is identified by its index in the list. */
export function indexLabels(labels: readonly string[]): LabelIndex {
  const byLabel = new Map<string, { readonly stems: readonly string[]; readonly boxes: number[] }>()
  for (const [box, label] of labels.entries()) {
    const stems = wordsOf(label).map((word) => word.stem)
    if (stems.length === 0) continue
    const known = byLabel.get(stems.join(' '))
    if (known) known.boxes.push(box)
    else byLabel.set(stems.join(' '), { stems, boxes: [box] })
  }
  const whole = new Map<string, Label[]>()
  const part = new Map<string, number[]>()
  for (const label of [...byLabel.values()].toSorted((a, b) => b.stems.length - a.stems.length)) {
    const [first = ''] = label.stems
    whole.set(first, [...(whole.get(first) ?? []), label])
    if (label.stems.length > 1)
      for (const each of new Set(label.stems)) if (!idle.has(each)) part.set(each, [...(part.get(each) ?? []), ...label.boxes])
  }
  return { whole, part }
}

/** Returns whether two words are separated only by spaces or hyphens, as the words of one label may be. */
const together = (text: string, one: Word, next: Word) => /^[\s\p{Pd}]*$/u.test(text.slice(one.end, next.start))

/**
 * Splits a text into words that name boxes and the text between them. A word names a box if it is its label, or a word of its label that is
 * not a label itself. Case and plurals are ignored, and the longest label wins.
 */
export function linkWords(text: string, { whole, part }: LabelIndex): readonly Piece[] {
  if (whole.size === 0) return [{ text, boxes: [] }]
  const words = wordsOf(text)
  const pieces: Piece[] = []
  let told = 0
  for (let at = 0; at < words.length;) {
    const word = words[at]
    if (!word) break
    const label = whole.get(word.stem)?.find(({ stems }) =>
      stems.every((each, offset) => {
        const [before, other] = [words[at + offset - 1], words[at + offset]]
        return other?.stem === each && (offset === 0 || (before !== undefined && together(text, before, other)))
      }),
    )
    const boxes = label?.boxes ?? part.get(word.stem)
    const last = label ? words[at + label.stems.length - 1] : word
    at += label?.stems.length ?? 1
    if (!boxes || !last) continue
    if (word.start > told) pieces.push({ text: text.slice(told, word.start), boxes: [] })
    pieces.push({ text: text.slice(word.start, last.end), boxes })
    told = last.end
  }
  if (told < text.length || pieces.length === 0) pieces.push({ text: text.slice(told), boxes: [] })
  return pieces
}
