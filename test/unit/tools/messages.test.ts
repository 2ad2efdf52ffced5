import { expect, it } from 'vitest'
import { findMissingKeys, findUnusedKeys, keysOf } from '../../../tools/testing/messages.mjs'

it('lists the keys of a catalogue as paths', () => {
  expect(keysOf({ a: 'A', b: { c: 'C', d_one: '1', d_other: 'n' } })).toEqual(['a', 'b.c', 'b.d_one', 'b.d_other'])
})

it('finds what a language lacks, and every plural form that it has', () => {
  expect(findMissingKeys('nl', ['a'], ['a', 'b.c', 'd_one', 'd_other'])).toEqual(['b.c', 'd_one', 'd_other'])
  expect(findMissingKeys('pl', ['d_one', 'd_other'], ['d_one', 'd_other'])).toEqual(['d_few', 'd_many'])
  expect(findMissingKeys('ja', ['d_other'], ['d_one', 'd_other'])).toEqual([])
})

it('finds what no source names, also by a part of a key', () => {
  const keys = ['a.b', 'a.count_one', 'a.count_other', 'states.open', 'states.wrong fact', 'x.y.title', 'gone.key']
  const sources = ["t('a.b', { n: 1 })", 'message("a.count", { count })', 't(`states.${state}`)', 't(`x.${kind}.title`)', "// 'gone key'"]
  expect(findUnusedKeys(keys, sources)).toEqual(['gone.key'])
})
