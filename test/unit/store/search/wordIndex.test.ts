import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addText, createWordIndex, removeTexts, scoreTexts, type WordIndex } from '../../../../src/main/store/search/wordIndex'
import { wordsOf } from '../../../../src/main/store/search/words'

/** Okapi BM25 as it is written down: text by text, word by word. */
function naiveScores(texts: readonly (string | null)[], asked: string): number[] {
  const all = texts.map((text) => (text === null ? null : wordsOf(text)))
  const present = all.filter((words) => words !== null)
  const average = present.reduce((sum, words) => sum + words.length, 0) / present.length
  return all.map((words) => {
    if (words === null) return 0
    return wordsOf(asked).reduce((sum, word) => {
      const frequency = words.filter((each) => each === word).length
      const having = present.filter((each) => each.includes(word)).length
      const rarity = Math.log(1 + (present.length - having + 0.5) / (having + 0.5))
      return sum + (rarity * frequency * 2.2) / (frequency + 1.2 * (0.25 + (0.75 * words.length) / Math.max(average, 1e-9)))
    }, 0)
  })
}

const indexOf = (texts: readonly string[]): WordIndex => {
  const index = createWordIndex()
  for (const text of texts) addText(index, text)
  return index
}

const word = fc.constantFrom('the', 'the', 'the', 'a', 'a', 'cat', 'dog', 'kite', 'red', '图中', 'zebra', 'tram')
const text = fc.array(word, { maxLength: 9 }).map((words) => words.join(' '))
const texts = fc.array(text, { maxLength: 40 })
const rounded = (scores: Iterable<number>) => [...scores].map((score) => Number(score.toFixed(9)))

describe('the likeness of texts', () => {
  it('is BM25, also after texts were taken out and others added', () => {
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.boolean()), texts, text, (first, drawn, later, asked) => {
        const gone = new Set([...first.keys()].filter(() => drawn.next().value === true))
        const index = indexOf(first)
        removeTexts(index, gone)
        for (const each of later) addText(index, each)
        const left = [...first.map((each, place) => (gone.has(place) ? null : each)), ...later]
        expect(rounded(scoreTexts(index, asked).subarray(0, left.length))).toEqual(rounded(naiveScores(left, asked)))
      }),
    )
  })

  it('keeps its places where an index has grown large', () => {
    const index = indexOf(Array.from({ length: 1000 }, (_, at) => `thing number ${at}`))
    const scores = scoreTexts(index, 'number 999')
    expect(scores.indexOf(Math.max(...scores))).toBe(999)
  })
})
