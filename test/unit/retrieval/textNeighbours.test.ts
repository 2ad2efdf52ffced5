import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextNeighbours } from '../../support/textNeighbours'
import type { GroupedText } from '../../../src/main/retrieval/textGroups'
import { makeTexts, nearestByAll, recallOf, scoreByAll, textSets, type TextSet } from '../../support/textSets'

const nearestOf = (texts: readonly GroupedText[], places: readonly number[], count = 10) => {
  const neighbours = createTextNeighbours(texts)
  return places.map((place) => neighbours.nearestTo(place, count))
}

/** Places from all over a set. */
const somePlaces = (texts: readonly unknown[], count: number) =>
  Array.from({ length: count }, (_, at) => Math.floor((at * texts.length) / count))

describe('the texts most similar to one', () => {
  const word = fc.constantFrom('the', 'the', 'a', 'cat', 'dog', 'kite', 'red', '图中', 'zebra', 'tram')
  const text = fc.array(word, { maxLength: 7 }).map((words) => words.join(' '))
  const grouped = fc.record({ text, group: fc.constantFrom('1', '2', '3', '4') })

  it('are those that a look at all of another group finds, in a set of any few', () => {
    fc.assert(
      fc.property(fc.array(grouped, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (texts, count) => {
        const places = [...texts.keys()]
        const scoresOf = scoreByAll(texts)
        // What is equal on paper may differ in the last digit, and stand in another order.
        const scores = (found: readonly (readonly number[])[]) =>
          found.map((others, asked) => others.map((place) => Number(scoresOf(asked)[place]?.toFixed(9))))
        const found = nearestOf(texts, places, count)
        expect(scores(found)).toEqual(scores(nearestByAll(texts, places, count)))
        for (const others of found) expect(new Set(others).size).toBe(others.length)
      }),
      { numRuns: 300 },
    )
  })

  it.each(Object.keys(textSets) as TextSet[])('are found in a set that is read in part: %s', (set) => {
    const texts = makeTexts(set, 12_000, 5)
    const places = somePlaces(texts, 60)
    expect(recallOf(nearestOf(texts, places), nearestByAll(texts, places, 10))).toBeGreaterThanOrEqual(0.95)
  })

  it('are of no more than a thousand compared texts, however many there are', () => {
    for (const set of ['zipf', 'few words', 'nearly the same, three gaps'] as const) {
      const [few = 0, many = 0] = [6_000, 24_000].map((size) => {
        const texts = makeTexts(set, size, 5)
        const neighbours = createTextNeighbours(texts)
        const places = somePlaces(texts, 200)
        for (const place of places) neighbours.nearestTo(place, 10)
        return neighbours.compared() / places.length
      })
      expect(many).toBeLessThanOrEqual(1001)
      expect(many).toBeLessThan(few * 3)
    }
  })

  it('are asked for in an order that holds each place once', () => {
    const texts = makeTexts('zipf', 3_000, 5)
    expect(createTextNeighbours(texts).inAskingOrder().toSorted()).toEqual(Uint32Array.from(texts.keys()))
  })

  it('are none where all texts are of one group, and nothing is compared', () => {
    const texts = makeTexts('zipf', 5_000, 5_000)
    const neighbours = createTextNeighbours(texts)
    for (const place of texts.keys()) expect(neighbours.nearestTo(place, 10)).toEqual([])
    expect(neighbours.compared()).toBe(0)
  })

  it('are found past a group that holds nearly all texts', () => {
    const own = makeTexts('few words', 20_000, 20_000)
    const others = makeTexts('few words', 12, 12).map(({ text: each }) => ({ text: `${each} elsewhere`, group: 'other' }))
    const neighbours = createTextNeighbours([...own, ...others])
    for (const place of [0, 7_000, 19_999]) {
      const found = neighbours.nearestTo(place, 10)
      expect(found.every((other) => other >= own.length)).toBe(true)
      expect(found).toEqual(nearestByAll([...own, ...others], [place], 10)[0])
    }
    expect(neighbours.compared()).toBeLessThan(100)
  })

  it('are the first ones among equals, and texts that say the same are compared once', () => {
    const texts = makeTexts('identical', 10_000, 4)
    const neighbours = createTextNeighbours(texts)
    expect(neighbours.nearestTo(9_000, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(neighbours.nearestTo(1, 10)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    for (const place of texts.keys()) neighbours.nearestTo(place, 10)
    expect(neighbours.compared()).toBeLessThanOrEqual(2_500)
  })
})
