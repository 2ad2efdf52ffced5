import { describe, expect, it } from 'vitest'
import { createNumberLists } from '../../../src/main/retrieval/numberLists'

describe('lists of numbers', () => {
  it('come back as they were stored, in any order and of any length', () => {
    const lists = createNumberLists()
    const made = Array.from({ length: 300 }, (_, place) => Array.from({ length: (place * 7) % 40 }, (__, at) => place * 1000 + at))
    for (const place of [...made.keys()].toSorted((a, b) => ((a * 77) % 300) - ((b * 77) % 300))) lists.set(place, made[place] ?? [])
    expect(made.map((_, place) => [...lists.get(place)])).toEqual(made)
  })

  it('are empty where none was stored, and hold one that is longer than all before', () => {
    const lists = createNumberLists()
    const long = Array.from({ length: 5000 }, (_, at) => at)
    lists.set(1, long)
    expect([...lists.get(0)]).toEqual([])
    expect([...lists.get(1)]).toEqual(long)
  })
})
