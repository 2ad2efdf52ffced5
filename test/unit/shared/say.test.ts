import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem, problemSchema } from '../../../src/shared/problem'
import {
  grouped,
  inEnglish,
  isKnown,
  reasonOf,
  render,
  saidSchema,
  say,
  tell,
  textOf,
  type Said,
  type SaidValue,
} from '../../../src/shared/say'

const values = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom('{0}', '{1} {0}', '$&', '$1', '\\', null, undefined),
)
/** The catalogue of a language that turns everything round. */
const turned = { '{0} is not there.': 'Not there is {0}.', '{0} from {1} to {2}': '{2} to {1} from {0}', 'a file': 'a fiel' }

/** As it arrives in another process. */
const sent = (said: Said): Said => saidSchema.parse(structuredClone(said))

describe('what is said', () => {
  it('is in English what the plain template says, whatever stands in it', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        expect(inEnglish(say`${a}`)).toBe(`${a}`)
        expect(inEnglish(say`${a} from ${b}: “${c}”.`)).toBe(`${a} from ${b}: “${c}”.`)
        expect(inEnglish(say`${a}${say`${b} (${c})`} {0}`.values[1] ?? '')).toBe(`${b} (${c})`)
        expect(inEnglish(sent(say`It ends at ${say`${a} s`}, ${b}.`))).toBe(`It ends at ${a} s, ${b}.`)
      }),
    )
  })

  it('keeps its values in any order of another language', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        expect(render(say`${a} from ${b} to ${c}`, turned, 'nl')).toBe(`${c} to ${b} from ${a}`)
        expect(render(sent(say`${say`a file`} is not there.`), turned, 'nl')).toBe('Not there is a fiel.')
      }),
    )
  })

  it('stays English where the catalogue has not all of it, and says so', () => {
    const known = say`${'cat.jpg'} is not there.`
    const inPart = say`${say`some cat`} is not there.`
    expect([known, inPart, say`toString`].map((said) => isKnown(said, turned))).toEqual([true, false, false])
    expect(render(inPart, turned, 'nl')).toBe('Not there is some cat.')
    expect(render(say`toString`, turned, 'nl')).toBe('toString')
  })

  it('writes numbers as the language does, and groups digits only where asked', () => {
    const shown = (value: SaidValue) => render(say`${value} s`, {}, 'nl')
    expect([shown(1.5), shown(123_456), shown(grouped(123_456))]).toEqual(['1,5 s', '123456 s', '123.456 s'])
    expect(inEnglish(say`${1.5} or ${123_456} or ${grouped(123_456)}`)).toBe('1.5 or 123456 or 123,456')
    expect(isKnown(grouped(5), {})).toBe(true)
  })

  it('gives the reason behind a name', () => {
    expect(reasonOf(sent(say`${'cat.jpg'}: ${say`it is empty`}.`), ['cat.jpg'])).toEqual(say`it is empty`)
    expect(reasonOf(say`${'cat.jpg'}: ${say`it is empty`}.`, ['dog.jpg'])).toBeNull()
    expect(reasonOf('cat.jpg: it is empty.', ['cat.jpg'])).toBeNull()
  })
})

describe('what is told beside English', () => {
  it('is there for each text that other languages can have', () => {
    const told = tell({ message: say`${1} s`, remedy: 'Try.', repair: null })
    expect(told).toEqual({ message: '1 s', remedy: 'Try.', repair: null, said: { message: say`${1} s` } })
    expect([inEnglish(textOf(told, 'message')), textOf(told, 'remedy')]).toEqual(['1 s', 'Try.'])
    expect(tell({ message: 'Plain.' })).toEqual({ message: 'Plain.' })
  })

  it('goes with a Problem to another process and back', () => {
    const problem = new Problem('not-found', say`${'a.csv'} is not there.`, 'Look for it.', { item: 'a.csv' })
    const arrived = Problem.fromData(structuredClone(problem.toData()))
    expect(arrived).toMatchObject({ code: 'not-found', message: 'a.csv is not there.', remedy: 'Look for it.', item: 'a.csv' })
    expect(arrived.said).toEqual({ message: say`${'a.csv'} is not there.` })
    expect(problemSchema.parse(problem.toData())).toEqual(problem.toData())
    expect(Problem.fromData({ code: 'busy', message: 'Busy.', remedy: 'Wait.', item: null })).toMatchObject({ message: 'Busy.', said: {} })
  })
})
