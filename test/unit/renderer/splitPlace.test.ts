import { describe, expect, test } from 'vitest'
import { splitText } from '../../../src/renderer/src/features/review/session/splitPlace'

describe('a response in two halves', () => {
  test('falls apart where the cursor stands, without the white space there', () => {
    expect(splitText('One two. Three four.', 4)).toEqual(['One', 'two. Three four.'])
  })

  test('falls apart at the end of the sentence nearest to its middle where the cursor says nothing', () => {
    expect(splitText('It is one. It is two. It is three. ', null)).toEqual(['It is one. It is two.', 'It is three.'])
    expect(splitText('One. Two.', 9)).toEqual(['One.', 'Two.'])
    expect(splitText('那是火箭。夜里。', 0)).toEqual(['那是火箭。', '夜里。'])
  })

  test('falls apart between words where it is one sentence, and keeps a single word whole', () => {
    expect(splitText('a big red car', null)).toEqual(['a big', 'red car'])
    expect(splitText('Yes', null)).toEqual(['Yes', ''])
  })
})
