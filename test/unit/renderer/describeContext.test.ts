import { describe, expect, it } from 'vitest'
import { describeContext } from '../../../src/renderer/src/components/describeContext'
import { segmentsOf } from '../../../src/renderer/src/components/MediaViewer/segments'
import { i18n } from '../../../src/renderer/src/i18n'
import { contextSchema, type Context } from '../../../src/shared/domain'

const described = (context: Context) => describeContext(contextSchema.parse(context), i18n.t)

describe('a context in words', () => {
  it('has a line for every timed sentence, with its times', () => {
    expect(described({ duration: 12, sentences: [{ start: 4, end: 8.1, text: 'It drifts.' }] })).toEqual([
      { name: 'Duration', values: ['0:12'] },
      { name: 'Timed sentences', values: ['0:04 to 0:08.1: It drifts.'] },
    ])
  })

  it('says of narrations what is in view, and of a part of a video from when to when', () => {
    const narrations = [
      { time: 0.9, text: '#C C looks', objects: ['a cup', 'a table'] },
      { time: 3, text: '#C C waits', objects: [] },
    ]
    expect(described({ clip: { start: 0, end: 61 }, narrations })).toEqual([
      { name: 'Part of the video', values: ['0:00 to 1:01'] },
      { name: 'Narrations', values: ['0:00.9: #C C looks\nIn view: a cup; a table', '0:03: #C C waits'] },
    ])
  })

  it('has the captions of a pair by picture, and a text for every picture of an album', () => {
    expect(described({ captionsOf: [['A cat.'], []], images: [{ title: 'The crew', tags: '', story: ['We met.', 'We left.'] }] })).toEqual([
      { name: 'Captions of picture 1', values: ['A cat.'] },
      { name: 'Captions of picture 2', values: [] },
      { name: 'Pictures and their story', values: ['The crew\nWe met.\nWe left.'] },
    ])
  })

  it('has what was said before as instruction and response', () => {
    expect(described({ conversation: [{ instruction: 'Who?', response: 'A cat.' }] })).toEqual([
      { name: 'Conversation', values: ['Who?\nA cat.'] },
    ])
  })

  it('keeps the names of fields it does not know, and writes their values without braces', () => {
    expect(described({ farbe: 'rot', toString: [{ x: 1, tags: ['a', 'b'] }, null], 数: 3 })).toEqual([
      { name: 'farbe', values: ['rot'] },
      { name: 'toString', values: ['x: 1; tags: a, b', ''] },
      { name: '数', values: ['3'] },
    ])
  })

  it('leaves captions and boxes to those who show them in their own way', () => {
    expect(described({ captions: ['A cat.'], boxes: [] })).toEqual([])
  })
})

it('the last narration ends with its clip at the latest', () => {
  const narrations = [{ time: 6, text: 'spoon', objects: [] }]
  const endOf = (context: Context) => segmentsOf(context, 'clip').find(({ text }) => text === 'spoon')?.end
  expect(endOf({ narrations })).toBe(9)
  expect(endOf({ narrations, clip: { start: 0, end: 8 } })).toBe(8)
  expect(endOf({ narrations, clip: { start: 0, end: 5 } })).toBe(6)
})
