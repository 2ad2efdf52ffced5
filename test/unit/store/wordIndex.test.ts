import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addText, createWordIndex, findSimilar, removeTexts, scoreTexts, type WordIndex } from '../../../src/main/store/wordIndex'
import { wordsOf } from '../../../src/main/store/words'

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

  it('gives the same best ones when most words are looked up only for those that may still be among them', () => {
    fc.assert(
      fc.property(texts, text, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 5 }), (all, asked, count, unwanted) => {
        const isWanted = (place: number) => place % unwanted !== 0
        const scores = rounded(naiveScores(all, asked))
        const found = findSimilar(indexOf(all), asked, count, isWanted)
        const best = [...all.keys()].filter((place) => isWanted(place) && (scores[place] ?? 0) > 0)
        const expected = best.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, count)
        expect(found.map((place) => scores[place])).toEqual(expected.map((place) => scores[place]))
        expect(found.every(isWanted)).toBe(true)
        expect(new Set(found).size).toBe(found.length)
      }),
      { numRuns: 500 },
    )
  })

  it('finds the twin of each of many texts in a vocabulary of few words', () => {
    const words = Array.from({ length: 22 }, (_, at) => `word${at}`)
    const sentences = Array.from({ length: 2500 }, (_, at) =>
      [0, 1, 2, 3, 4, 5].map((place) => words[(at * 7 + place * place * (1 + (at % 13)) + Math.floor(at / 22)) % 22]).join(' '),
    )
    const index = indexOf([...sentences, ...sentences])
    for (let at = 0; at < sentences.length; at += 50) {
      const [found = -1] = findSimilar(index, sentences[at] ?? '', 1, (place) => place !== at)
      expect(wordsOf(sentences[found % 2500] ?? '').toSorted()).toEqual(wordsOf(sentences[at] ?? '').toSorted())
    }
  })

  it('prefers the text that comes first among equals', () => {
    expect(findSimilar(indexOf(['a kite', 'a kite', 'b', 'a kite']), 'kite', 2, () => true)).toEqual([0, 1])
  })

  it('keeps its places where an index has grown large', () => {
    const index = indexOf(Array.from({ length: 1000 }, (_, at) => `thing number ${at}`))
    expect(findSimilar(index, 'number 999', 1, () => true)).toEqual([999])
  })
})
