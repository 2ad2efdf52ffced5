import { describe, expect, test } from 'vitest'
import { fixRuleSchema, type FixRule } from '../../../../src/shared/editing'
import { compileRule, compileRules, faultOf, fixAll, fixesOf } from '../../../../src/shared/text/fixText'

const rule = (part: Partial<FixRule> = {}): FixRule =>
  fixRuleSchema.parse({ name: 'rule', pattern: 'a', flags: '', replacement: '', part: 'both', on: true, ...part })
const mended = (part: Partial<FixRule>, text: string) => compileRule(rule(part)).mend(text)

describe('a rule of find and fix', () => {
  test('replaces all that it finds, with groups by number and by name', () => {
    expect(mended({ pattern: '(\\w+) (\\w+)', replacement: '$2 $1' }, 'red big car green')).toBe('big red green car')
    expect(mended({ pattern: '(?<n>\\d+) ?px', replacement: '$<n> pixels, $$$&' }, 'It is 30px wide.')).toBe('It is 30 pixels, $30px wide.')
    expect(mended({ pattern: ' +', replacement: ' ' }, 'a  b   c')).toBe('a b c')
  })

  test('heeds its flags, and takes a replacement without dollar signs as it is', () => {
    expect(mended({ pattern: 'COLOUR', replacement: 'color', flags: 'i' }, 'Colour')).toBe('color')
    expect(mended({ pattern: '^- ', flags: 'm' }, '- a\n- b')).toBe('a\nb')
    expect(mended({ pattern: 'a.b', replacement: '\\1', flags: 's' }, 'a\nb')).toBe('\\1')
  })

  test('never halves a letter where it finds nothing at all between letters', () => {
    expect(mended({ pattern: 'x*', replacement: '-' }, 'a😀b')).toBe('-a-😀-b-')
  })

  test('says what is wrong with it before it is used', () => {
    expect(faultOf(rule({ pattern: '[' }))).toMatch(/missing closing/)
    expect(faultOf(rule({ pattern: '(?=a)' }))).toMatch(/\(\?=/)
    expect(faultOf(rule({ pattern: '(a)', replacement: '$2' }))).toMatch(/no group 2/)
    expect(faultOf(rule({ pattern: '(?<n>a)', replacement: '$<m>' }))).toMatch(/no group m/)
    expect(faultOf(rule({ pattern: '(?<n>a)', replacement: '$<n>$1$&$$' }))).toBeNull()
    expect(compileRules([rule({ pattern: '[' }), rule({ on: false }), rule()])).toHaveLength(1)
  })

  test('finds at once what makes others look back for ever', () => {
    expect(mended({ pattern: '(a+)+$', replacement: 'x' }, 'a'.repeat(20_000) + '!')).toBe('a'.repeat(20_000) + '!')
    expect(mended({ pattern: '(x|x|y)*z', replacement: '' }, 'x'.repeat(5_000))).toBe('x'.repeat(5_000))
  })

  test('lets a text be that is too long for it, would grow too long, or takes too long', () => {
    const long = 'a '.repeat(40_000)
    expect(mended({ pattern: '(\\p{L}+ ){40}', replacement: '' }, long)).toBe(long)
    expect(mended({ pattern: 'a', replacement: 'b'.repeat(500) }, long)).toBe(long)
    let time = 0
    const slow = compileRule(rule({ replacement: 'b' }), () => (time += 200))
    expect(slow.mend('a'.repeat(40))).toBe('a'.repeat(40))
    expect(slow.mend('a'.repeat(10))).toBe('b'.repeat(10))
  })
})

describe('rules on a pair', () => {
  const pair = { instruction: 'A colour ?', response: 'Grey , as can be seen .' }
  const spaces = rule({ name: 'spaces', pattern: ' +([?.,])', replacement: '$1' })
  const colour = rule({ name: 'colour', pattern: '(?i)colour', replacement: 'color', part: 'instruction' })

  test('are told one by one, and applied one after the other', () => {
    const rules = compileRules([spaces, colour])
    expect(fixesOf(rules, pair).map(({ rule: { name }, after }) => [name, after.instruction])).toEqual([
      ['spaces', 'A colour?'],
      ['colour', 'A color ?'],
    ])
    expect(fixAll(rules, pair)).toEqual({ instruction: 'A color?', response: 'Grey, as can be seen.' })
  })

  test('leave the part alone that they are not for, and never leave one blank', () => {
    expect(fixesOf(compileRules([rule({ pattern: 'Grey', part: 'instruction' })]), pair)).toEqual([])
    expect(fixesOf(compileRules([rule({ pattern: '.*', part: 'response' })]), pair)).toEqual([])
  })
})
