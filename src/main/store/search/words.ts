const word = /[\p{L}\p{N}\p{M}]+/gu
/** Scripts without spaces between words; the prolonged sound mark of kana counts as kana. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`
const hasUnspaced = new RegExp(`[${unspaced}]`, 'u')
const runs = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, 'gu')

/**
 * Returns the words of a text in order, in lower case, for comparing texts. Chinese, Japanese, Thai, Lao, Khmer and Burmese have no spaces:
 * there each pair of adjacent characters is a word (as in Lucene's CJKBigramFilter), and so is a single character.
 */
export function wordsOf(text: string): readonly string[] {
  const words = text.normalize('NFKC').toLowerCase().match(word) ?? []
  return hasUnspaced.test(text)
    ? words.flatMap((each) => (hasUnspaced.test(each) ? each.match(runs) : [each]) ?? []).flatMap(pairUp)
    : words
}

function pairUp(run: string): readonly string[] {
  if (!hasUnspaced.test(run)) return [run]
  const characters = [...run]
  return characters.length === 1 ? [run] : characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`)
}
