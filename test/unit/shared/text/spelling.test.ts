import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createSpeller } from '../../../../src/renderer/src/features/spelling/speller'
import { bareWord, knownWordSchema, movedBy, namesIn, wordsIn } from '../../../../src/shared/text/spelling'

const words = (text: string) => wordsIn(text).map(({ word }) => word)

it('words are those of Latin letters, without numbers, addresses and paths', () => {
  expect(words("Two well-lit cats' bowls; the dog's 3rd. Üben, 猫 and don’t")).toEqual([
    'Two',
    'well',
    'lit',
    'cats',
    'bowls',
    'the',
    "dog's",
    'Üben',
    'and',
    'don’t',
  ])
  expect(words('see ada@example.org, src/main or b2b_id')).toEqual(['see', 'or'])
  expect(wordsIn('a cat sat', 2, 5)).toEqual([{ word: 'cat', start: 2, end: 5 }])
})

it('places follow an edit before them, stay before one, and go where it touches them', () => {
  const places = wordsIn('teh cat sti')
  const moved = movedBy(places, 'teh cat sti', 'teh big cat sti')
  expect(moved.map(({ word, start }) => [word, start])).toEqual([
    ['teh', 0],
    ['sti', 12],
  ])
  expect(movedBy(places, 'teh cat sti', 'teh cat stir').map(({ word }) => word)).toEqual(['teh', 'cat'])
  expect(movedBy(places, 'same', 'same')).toBe(places)
})

it('names are the words with a capital, however deep they stand', () => {
  expect(namesIn({ captions: ['Kepler’s rocket at Baikonur.'], images: [{ tags: ['Soyuz'] }], boxes: [{ label: 'flag', x: 3 }] })).toEqual([
    'Kepler',
    'Baikonur',
    'Soyuz',
  ])
})

it('a word of the project is one word', () => {
  expect(knownWordSchema.safeParse(' launchpad ').data).toBe('launchpad')
  for (const not of ['', 'two words', '<b>', 'a'.repeat(61)]) expect(knownWordSchema.safeParse(not).success).toBe(false)
})

it('the dictionary knows right words from wrong ones, and what was meant', () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('dictionary-en'))
  const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8')
  const speller = createSpeller(read('index.aff'), read('index.dic'))
  expect(['rocket', 'Rockets', "don't", 'lit', bareWord('cat’s')].filter((word) => !speller.isRight(word))).toEqual([])
  expect(['recieve', 'teh'].filter(speller.isRight)).toEqual([])
  expect(speller.suggest('recieve')[0]).toBe('receive')
})
