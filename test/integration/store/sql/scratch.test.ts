import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openScratch, type Scratch } from '../../../../src/main/store/sql/scratch'
import { canCountTemporaryFiles, countTemporaryFiles } from '../../../support/temporaryFiles'

let scratch: Scratch
beforeEach(() => {
  scratch = openScratch()
})
afterEach(() => scratch.close())

describe('a list', () => {
  it('gives its values in the order in which they came', () => {
    const list = scratch.list<{ readonly text: string } | number>()
    const values = [{ text: 'b' }, 3, { text: 'a' }, 1]
    for (const value of values) list.push(value)
    expect([...list.read()]).toEqual(values)
    expect([...list.read()]).toEqual(values)
  })

  it('gives them by their keys, and those of equal keys as they came', () => {
    const list = scratch.list<string>()
    list.push('fifth', [2, -1])
    list.push('third', [1, 0.5])
    list.push('first', [0, 9])
    list.push('fourth', [1, 0.5])
    list.push('second', [1, -3])
    expect([...list.read()]).toEqual(['first', 'second', 'third', 'fourth', 'fifth'])
  })
})

describe('a gathering', () => {
  it('gives heads in the order in which their ids came, each with its parts by their keys', () => {
    const gathering = scratch.gather<{ readonly name: string }, string>()
    const [b, a] = ['b', 'a'].map((id) => gathering.put(id, { name: `head ${id}` }).place) as [number, number]
    gathering.put('alone', { name: 'without parts' })
    gathering.push(a, 'a, second')
    gathering.push(b, 'b, late', [2, 0])
    gathering.push(a, 'a, third')
    gathering.push(b, 'b, early', [1, 5])
    gathering.push(a, 'a, first', [-1, 0])
    expect([...gathering.read()].map(({ id, head, parts }) => [id, head.name, parts])).toEqual([
      ['b', 'head b', ['b, early', 'b, late']],
      ['a', 'head a', ['a, first', 'a, second', 'a, third']],
      ['alone', 'without parts', []],
    ])
    expect([gathering.size(), gathering.countWithParts()]).toEqual([3, 2])
  })

  it('keeps the first head of an id, until it is replaced', () => {
    const gathering = scratch.gather<string>()
    const { place, isNew } = gathering.put('a', 'first')
    expect(isNew).toBe(true)
    expect(gathering.put('a', 'second')).toEqual({ place, isNew: false })
    expect([gathering.find('a'), gathering.find('b'), gathering.get(place), gathering.size()]).toEqual([place, undefined, 'first', 1])
    gathering.replace(place, 'third')
    expect([...gathering.read()]).toEqual([{ place, id: 'a', head: 'third', parts: [] }])
  })

  it('keeps ids apart that are broken text, and gives all back as they were', () => {
    const ids = ['\ud800', '\udbff', '\ufffd', '"\\ud800"', 'a\0b', 'a\0c', 'a', 'A', '', '__proto__', '日本']
    const gathering = scratch.gather<number>()
    for (const [index, id] of ids.entries()) expect(gathering.put(id, index).isNew).toBe(true)
    expect([...gathering.read()].map(({ id, head }) => [head, id])).toEqual([...ids.entries()])
  })
})

it('one can be read while another is filled', () => {
  const [from, to] = [scratch.list<number>(), scratch.gather<number, number>()]
  for (let index = 0; index < 3000; index++) from.push(index)
  for (const value of from.read()) to.push(to.put(`of ${value % 3}`, value).place, value)
  expect([...to.read()].map(({ parts }) => parts.length)).toEqual([1000, 1000, 1000])
})

it.runIf(canCountTemporaryFiles)(
  'what outgrows the memory lies in files, which go when it is closed, even in the middle of reading',
  () => {
    const before = countTemporaryFiles()
    const gathering = scratch.gather<string, string>()
    const list = scratch.list<string>()
    for (let index = 0; index < 20_000; index++) {
      gathering.push(gathering.put(`id ${index % 500}`, 'head').place, 'x'.repeat(1000))
      list.push('y'.repeat(1000), [-index, 0])
    }
    const first = function* () {
      try {
        for (const { parts } of gathering.read()) for (const text of list.read()) yield [parts.length, text[0]]
      } finally {
        scratch.close()
      }
    }
    for (const each of first()) {
      expect(each).toEqual([40, 'y'])
      expect(countTemporaryFiles()).toBeGreaterThan(before)
      break
    }
    expect(countTemporaryFiles()).toBe(before)
  },
)
