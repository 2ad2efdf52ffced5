import { expect, test } from 'vitest'
import { languageFor, localeFor, nextTextSize, textSize } from '../../../src/shared/comfort'
import { actions, keyName } from '../../../src/shared/keymap'

test('the language of the system is shown where there is a catalogue for it, else English', () => {
  expect(languageFor('system', ['nl-BE', 'fr'])).toBe('nl')
  expect(languageFor('system', ['fr-BE', 'nl', 'en'])).toBe('nl')
  expect(languageFor('system', ['fr', 'de'])).toBe('en')
  expect(languageFor('en', ['nl'])).toBe('en')
  expect(languageFor('nl', ['en-GB'])).toBe('nl')
})

test('dates and numbers follow the region of the system where it speaks that language', () => {
  expect(localeFor('nl', ['en-US', 'nl-BE'])).toBe('nl-BE')
  expect(localeFor('nl', ['en-GB'])).toBe('nl')
  expect(localeFor('en', ['en-GB', 'en-US'])).toBe('en-GB')
})

test('the size of the text goes up and down by steps and stays within its limits', () => {
  expect(nextTextSize(100, 1)).toBe(110)
  expect(nextTextSize(100, -1)).toBe(90)
  expect(nextTextSize(textSize.most, 1)).toBe(textSize.most)
  expect(nextTextSize(textSize.least, -1)).toBe(textSize.least)
})

test.each([
  ['fontLarger', { key: '+', shiftKey: true }],
  ['fontLarger', { key: '+', shiftKey: false }],
  ['fontLarger', { key: '=', shiftKey: false }],
  ['fontSmaller', { key: '-', shiftKey: false }],
  ['fontReset', { key: '0', shiftKey: false }],
] as const)('%s is pressed as %o with Ctrl', (action, pressed) => {
  expect(actions[action].keys).toContain(keyName({ ...pressed, ctrlKey: true, metaKey: false, altKey: false }))
})
