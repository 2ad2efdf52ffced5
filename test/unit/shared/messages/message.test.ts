import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { mapTexts, message, messageSchema, textOrMessageSchema, type Message, type Text } from '../../../../src/shared/messages/message'
import { isMessageKey, isTranslated, loadLanguage, toEnglish, translate } from '../../../../src/shared/messages/translate'
import { Problem, problemSchema } from '../../../../src/shared/problem'

beforeAll(() => loadLanguage('nl'))

const values = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.constantFrom('{{text}}', '{{label}} $t(x)', '$&', '$1', '\\', '<b>'))

/** As it arrives in another process. */
const sent = (given: Message): Message => messageSchema.parse(structuredClone(given))

const empty = message('promptFile.notPromptFile')

describe('a message', () => {
  it('shows its values as they are, whatever stands in them', () => {
    fc.assert(
      fc.property(values, values, (label, text) => {
        const plain = (value: string | number) =>
          typeof value === 'string' || !Number.isFinite(value)
            ? String(value)
            : value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
        expect(toEnglish(message('common.labelled', { label, text }))).toBe(`${plain(label)}: ${plain(text)}`)
        expect(toEnglish(sent(message('common.text', { text: message('common.labelled', { label, text }) })))).toBe(
          `${plain(label)}: ${plain(text)}`,
        )
      }),
    )
  })

  it('is translated with the messages in it', () => {
    const nested = message('common.aboutItem', { item: 'a.json', reason: empty })
    expect(toEnglish(nested)).toBe('a.json: it is not a prompt file.')
    expect(translate(sent(nested), 'nl')).toBe('a.json: het is geen promptbestand.')
    expect(translate(nested, 'nl-BE')).toBe(translate(nested, 'nl'))
    expect(translate(nested, 'en-GB')).toBe(toEnglish(nested))
  })

  it('has its key and the names of its values checked by the compiler', () => {
    // @ts-expect-error -- there is no such key
    message('common.nothing')
    // @ts-expect-error -- `text` is missing
    message('common.labelled', { label: 'a' })
    // @ts-expect-error -- there is no place for `other`
    message('common.text', { text: 'a', other: 'b' })
    expect(message('common.text', { text: 'a' })).toEqual({ code: 'common.text', values: { text: 'a' } })
  })

  it('writes numbers as the language does, and groups digits only where the catalogue asks for it', () => {
    const shown = (seconds: number) => translate(message('common.seconds', { seconds }), 'nl')
    expect([shown(1.5), shown(123_456)]).toEqual(['1,5 s', '123456 s'])
    const grouped = message('image.tooManyPixels', { limit: 123_456 })
    expect([toEnglish(grouped), translate(grouped, 'nl')]).toEqual([
      'it has more than 123,456 pixels',
      translate(grouped, 'nl').replace(/[\d.]+/, '123.456'),
    ])
  })

  it('takes the plural form of its count', () => {
    const count = (n: number, locale: string) => translate(message('library.count', { count: n }), locale)
    expect([count(1, 'en'), count(1200, 'en'), count(1200, 'nl')]).toEqual(['1 item', '1,200 items', '1.200 items'])
  })

  it('of another version of Exemplar is shown with its values', () => {
    const old = messageSchema.parse({
      code: 'run.wasOnceKnown',
      values: { host: 'localhost', reason: { code: 'gone', values: { at: 3 } } },
    })
    expect(translate(old, 'nl')).toBe('run.wasOnceKnown localhost gone 3')
    expect(isTranslated(old, 'nl')).toBe(false)
  })

  it('is told from a text that has no translation', () => {
    const texts: readonly Text[] = [empty, 'socket hang up']
    expect(texts.map((text) => isTranslated(text, 'nl'))).toEqual([true, false])
    expect(texts.map((text) => translate(text, 'nl'))).toEqual(['het is geen promptbestand', 'socket hang up'])
    expect([isMessageKey('common.text'), isMessageKey('Invalid input: expected string'), isMessageKey('toString')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('can have each of its texts changed', () => {
    const given = message('common.labelled', { label: 'abc', text: message('common.seconds', { seconds: 3 }) })
    expect(toEnglish(mapTexts(given, (text) => text.toUpperCase()))).toBe('ABC: 3 s')
  })

  it('is refused by the schema where it is none', () => {
    for (const wrong of [{ code: 1, values: {} }, { code: 'x' }, { code: 'x', values: { a: null } }, 3, null])
      expect(textOrMessageSchema.safeParse(wrong).success).toBe(false)
  })
})

describe('a Problem', () => {
  const problem = new Problem('bad-file', message('common.aboutItem', { item: 'a.json', reason: empty }), message('problem.checkPath'), {
    item: 'a.json',
  })

  it('is in English for logs, and arrives in another process with its codes', () => {
    expect([problem.message, problem.remedy]).toEqual(['a.json: it is not a prompt file.', 'Check the path.'])
    const data = problemSchema.parse(structuredClone(problem.toData()))
    expect(data.message).toMatchObject({ code: 'common.aboutItem' })
    expect(Problem.fromData(data)).toMatchObject({
      message: problem.message,
      text: problem.text,
      remedyText: problem.remedyText,
      item: 'a.json',
    })
  })

  it('knows what is wrong with its item apart from the name', () => {
    expect(problem.reason).toEqual(empty)
    expect(new Problem('bad-file', 'a.json: it is empty.', '').reason).toBeNull()
  })
})
