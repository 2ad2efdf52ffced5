import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDistinctTexts } from '../../../src/main/retrieval/distinctTexts'

const numberOfFirst = (texts: readonly string[]) => {
  const known = [...new Set(texts)]
  return { known, numbers: texts.map((text) => known.indexOf(text)) }
}

describe('distinct texts', () => {
  it('have the number of the first that has the same words', () => {
    const few = fc.array(fc.nat(3), { maxLength: 4 })
    fc.assert(
      fc.property(fc.array(few, { maxLength: 400 }), (texts) => {
        const distinct = createDistinctTexts()
        const given = texts.map((words) => distinct.add(Uint32Array.from(words)))
        const { known, numbers } = numberOfFirst(texts.map((words) => words.join()))
        expect(given).toEqual(numbers)
        expect(distinct.count()).toBe(known.length)
        expect(known.map((_, text) => distinct.wordsOf(text).join())).toEqual(known)
      }),
    )
  })

  it('are found again among very many', () => {
    const distinct = createDistinctTexts()
    const texts = Array.from({ length: 20_000 }, (_, at) => Uint32Array.of(at % 200, at))
    expect(texts.map(distinct.add)).toEqual([...texts.keys()])
    expect(texts.map(distinct.add)).toEqual([...texts.keys()])
  })
})
