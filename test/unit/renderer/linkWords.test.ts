import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexLabels, linkWords, stem } from '../../../src/renderer/src/components/text/MediaLinks/linkWords'

const linked = (text: string, labels: readonly string[]) =>
  linkWords(text, indexLabels(labels))
    .filter(({ boxes }) => boxes.length > 0)
    .map((piece) => [piece.text, ...piece.boxes])

describe('stem', () => {
  it.each([
    ['horse', 'horses'],
    ['bus', 'buses'],
    ['glass', 'glasses'],
    ['bench', 'benches'],
    ['vase', 'vases'],
    ['box', 'boxes'],
    ['shoe', 'shoes'],
    ['potato', 'potatoes'],
    ['puppy', 'puppies'],
    ['cookie', 'cookies'],
    ['tie', 'ties'],
    ['person', 'People'],
    ['knife', 'KNIVES'],
    ['cat', 'cat’s'],
    ['ski', 'skis'],
  ])('%s and %s are the same thing', (one, other) => expect(stem(one)).toBe(stem(other)))

  it.each([
    ['car', 'care'],
    ['bus', 'bush'],
    ['boy', 'box'],
    ['to', 'toes'],
  ])('%s and %s are not', (one, other) => expect(stem(one)).not.toBe(stem(other)))
})

describe('words that name boxes', () => {
  it('are whole words, in whatever case and number', () => {
    expect(linked('Two Cats look at a catalogue; one cat’s tail is up.', ['cat'])).toEqual([
      ['Cats', 0],
      ['cat’s', 0],
    ])
  })

  it('lead to all boxes of their label', () => {
    expect(linked('The people wait.', ['person', 'dog', 'person'])).toEqual([['people', 0, 2]])
  })

  it('are the longest label that fits, or else a word of it that is no label itself', () => {
    const labels = ['hot dog', 'dog', 'dining table', 'box of pens']
    expect(linked('A dog, a hot-dog and the table', labels)).toEqual([
      ['dog', 1],
      ['hot-dog', 0],
      ['table', 2],
    ])
    expect(linked('Some of them. It was hot. Dogs bark.', labels)).toEqual([
      ['hot', 0],
      ['Dogs', 1],
    ])
  })

  it('are found where words are written without spaces', () => {
    expect(linked('一只猫坐在桌子上。', ['猫', '桌子'])).toEqual([
      ['猫', 0],
      ['桌子', 1],
    ])
  })

  it('are none where no box has a label', () => {
    expect(linkWords('A cat.', indexLabels(['', '!']))).toEqual([{ text: 'A cat.', boxes: [] }])
  })
})

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('cat', 'Cats', 'hot', 'dog', '-', ' ', ', ')).map((all) => all.join('')),
)

it('any text is the sum of its pieces, and a piece leads only to boxes that are there', () => {
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 6 }), (words, labels) => {
      const pieces = linkWords(words, indexLabels(labels))
      expect(pieces.map((piece) => piece.text).join('')).toBe(words)
      for (const { boxes } of pieces) for (const box of boxes) expect(labels[box]).toBeDefined()
    }),
  )
})

const letters = fc.stringMatching(/^[a-z]{2,9}$/)

it('a label is found in a text that holds it, in capitals as well, and not within a longer word', () => {
  fc.assert(
    fc.property(letters, letters, (label, other) => {
      expect(linked(`(${label.toUpperCase()})`, [label])).toEqual([[label.toUpperCase(), 0]])
      const longer = `${label}q${other}`
      fc.pre(stem(longer) !== stem(label))
      expect(linked(longer, [label])).toEqual([])
    }),
  )
})
