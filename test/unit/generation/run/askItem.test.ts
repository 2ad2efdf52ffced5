import { describe, expect, it } from 'vitest'
import { afterFailure } from '../../../../src/main/generation/run/askItem'
import { CallFailure, problemOfCall, remedyFor } from '../../../../src/main/generation/run/callFailure'
import { callErrorCodeSchema } from '../../../../src/shared/domain'
import { toEnglish } from '../../../../src/shared/messages/translate'

const after = (code: CallFailure['code'], number = 1, details = {}, othersAnswered = false) =>
  afterFailure(new CallFailure(code, 'words', details), number, othersAnswered)

describe('after a failed attempt', () => {
  it.each(['rate-limit', 'server-error', 'server-down', 'timeout'] as const)('%s is asked four times in all', (code) => {
    expect([1, 2, 3].map((number) => after(code, number).kind)).toEqual(['again', 'again', 'again'])
    expect(after(code, 4, {}, true)).toEqual({ kind: 'settled' })
  })

  it.each(['refused', 'not-json', 'cut-off', 'wrong-shape', 'empty', 'bad-request', 'media', 'template', 'unknown'] as const)(
    '%s is the item’s own and not asked again',
    (code) => {
      expect(after(code)).toEqual({ kind: 'settled' })
    },
  )

  it.each(['no-key', 'wrong-key', 'unknown-model'] as const)('%s stops the run', (code) => {
    expect(after(code, 1, {}, true)).toEqual({ kind: 'stop' })
  })

  it.each(['server-down', 'timeout'] as const)('%s to the end stops the run, unless others were answered meanwhile', (code) => {
    expect(after(code, 4)).toEqual({ kind: 'stop' })
    expect(after(code, 4, {}, true)).toEqual({ kind: 'settled' })
  })

  it('a server that says when to come back is asked eight times', () => {
    expect(after('rate-limit', 7, { retryAfterMs: 1_000 }, true).kind).toBe('again')
    expect(after('rate-limit', 8, { retryAfterMs: 1_000 }, true)).toEqual({ kind: 'settled' })
    expect(after('server-error', 4, { retryAfterMs: 1_000 }, true)).toEqual({ kind: 'settled' })
  })

  it('a wait that the server asks for is kept, but not one of hours', () => {
    expect(after('rate-limit', 1, { retryAfterMs: 7_000 })).toEqual({ kind: 'again', afterMs: 7_000, limited: true })
    expect(after('server-error', 1, { retryAfterMs: 7_000 })).toEqual({ kind: 'again', afterMs: 7_000, limited: false })
    expect(after('rate-limit', 1, { retryAfterMs: 86_400_000 })).toEqual({ kind: 'stop' })
  })

  it('a spent quota stops the run, a 403 for one input among good ones does not', () => {
    expect(after('rate-limit', 1, { final: true })).toEqual({ kind: 'stop' })
    expect(after('wrong-key', 1, { status: 403 }, true)).toEqual({ kind: 'settled' })
    expect(after('wrong-key', 1, { status: 403 })).toEqual({ kind: 'stop' })
  })
})

it('every failure has a remedy and names its item', () => {
  for (const code of callErrorCodeSchema.options) expect(toEnglish(remedyFor(code))).toMatch(/^[A-Z].*\.$/)
  expect(problemOfCall({ code: 'no-key', message: 'No API key.', status: null }, 'cat')).toMatchObject({
    code: 'no-key',
    message: 'cat: No API key.',
    item: 'cat',
  })
  expect(problemOfCall({ code: 'timeout', message: 'Slow.', status: null }).code).toBe('provider')
})
