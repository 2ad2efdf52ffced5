/**
 * Records of texts in one array. The data that a search needs of a text is adjacent in memory, and lists of texts are lists of records: a
 * search visits about a thousand texts in random order, and each access waits for memory.
 */
export interface TextRecords {
  readonly numbers: Uint32Array
  /** Start of each text's record, ascending, with one additional entry at the end. */
  readonly starts: Uint32Array
}

/**
 * Number of header fields before the words of a record: the last search that visited it, its text, its length in words, and its number of
 * distinct words.
 */
export const head = 4
export const [searchAt, textAt, lengthAt, countAt] = [0, 1, 2, 3]

/** Packs a word and its number of occurrences in a text (at most 255) into one number. */
export const pack = (word: number, times: number): number => ((word << 8) | Math.min(times, 255)) >>> 0
export const wordIn = (packed: number): number => packed >>> 8
export const timesIn = (packed: number): number => packed & 255

/** Creates the records of texts whose words are given as ascending numbers with repeats. */
export function makeRecords(count: number, wordsOf: (text: number) => Uint32Array): TextRecords {
  const starts = new Uint32Array(count + 1)
  for (let text = 0; text < count; text++) {
    const words = wordsOf(text)
    let different = 0
    for (let at = 0; at < words.length; at++) if (at === 0 || words[at] !== words[at - 1]) different += 1
    starts[text + 1] = (starts[text] ?? 0) + head + different
  }
  const numbers = new Uint32Array(starts[count] ?? 0)
  for (let text = 0; text < count; text++) {
    const [record, end] = [starts[text] ?? 0, starts[text + 1] ?? 0]
    const words = wordsOf(text)
    numbers.set([0, text, words.length, end - record - head], record)
    let next = record + head
    for (let from = 0; from < words.length;) {
      const word = words[from] ?? 0
      let to = from + 1
      while (words[to] === word) to += 1
      numbers[next++] = pack(word, to - from)
      from = to
    }
  }
  return { numbers, starts }
}
