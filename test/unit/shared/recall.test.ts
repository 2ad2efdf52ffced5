import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ofCalls, said } from '../../../src/renderer/src/i18n/nl/said'
import { recall, recallNamed } from '../../../src/shared/recall'
import { message, render } from '../../../src/shared/messages/message'
import { toEnglish } from '../../../src/shared/messages/translate'

const inDutch = (text: string) => render(recall(text, ofCalls), said, 'nl')

it('finds what was said in the English text that was kept, down to its parts', () => {
  const shape = message('reply.notInForm', { reason: message('reply.pairWithout', { number: 3, field: 'response' }) })
  expect(inDutch(toEnglish(shape))).toBe('Het antwoord heeft niet de vorm waarom is gevraagd: paar 3 heeft geen response.')
  expect(inDutch('The server failed (500): out of memory (again): stop')).toBe('De server faalde (500): out of memory (again): stop')
  expect(inDutch('No answer within 60 s.')).toBe('Geen antwoord binnen 60 s.')
  expect(inDutch('The server took too long to answer (ETIMEDOUT).')).toBe('De server deed te lang over het antwoord (ETIMEDOUT).')
})

it('finds it behind the name of what it was said of', () => {
  const named = (text: string) => render(recallNamed(text, ofCalls), said, 'nl')
  expect(named('a: b.jpg: the image does not decode (VipsJpeg: cut off).')).toBe('a: b.jpg: the image does not decode (VipsJpeg: cut off).')
  expect(named('b.jpg: the image does not decode (VipsJpeg: cut off).')).toBe(
    'b.jpg: de afbeelding is niet te decoderen (VipsJpeg: cut off).',
  )
  expect(named('The server failed (500): a: b.')).toBe('De server faalde (500): a: b.')
  expect(recallNamed('Other: words.', ofCalls)).toBe('Other: words.')
})

it('leaves what none of ours said as it is', () => {
  expect(recall('socket hang up', ofCalls)).toBe('socket hang up')
  fc.assert(fc.property(fc.string(), (text) => void expect(toEnglish(recallNamed(text, ofCalls))).toBe(text)))
})

it('has English as it was, whatever it found', () => {
  const some = fc.constantFrom(...ofCalls)
  fc.assert(
    fc.property(some, fc.array(fc.string({ minLength: 1 }), { minLength: 4, maxLength: 4 }), (id, values) => {
      const text = toEnglish({ id, values })
      expect(toEnglish(recallNamed(text, ofCalls))).toBe(text)
    }),
  )
})
