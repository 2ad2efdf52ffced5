import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkMessages } from '../../../../tools/testing/messages.mjs'
import { root } from '../../../../tools/runtime/paths.mjs'
import { en } from '../../../../src/shared/messages/en'
import { nl } from '../../../../src/shared/messages/nl'
import type { Translation } from '../../../../src/shared/messages/message'

type Texts = { readonly [key: string]: string | Texts }

/** `review.said.accepted` → its text */
function flatten(texts: Texts, path = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  )
}

const placeholders = (text: string) => [...text.matchAll(/{{(.*?)}}/g)].map(([, name]) => name).toSorted()
const english = flatten(en)

describe.each([['Dutch', flatten(nl), 'nl'] as const])('the catalogue in %s', (_, translated, locale) => {
  it('has every text of the English one, and no other', () => {
    expect([...translated.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  it('fills in the same places', () => {
    const differing = [...english].filter(([key, text]) => placeholders(text).join() !== placeholders(translated.get(key) ?? '').join())
    expect(differing).toEqual([])
  })

  it('has a text for every plural of the language', () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
    const plurals = new Set([...translated.keys()].flatMap((key) => /^(.*)_other$/.exec(key)?.[1] ?? []))
    expect(plurals.size).toBeGreaterThan(20)
    const missing = [...plurals].flatMap((key) => forms.map((form) => `${key}_${form}`)).filter((key) => !translated.has(key))
    expect(missing).toEqual([])
  })

  it('says nothing in empty words', () => {
    const empty = [...english].filter(([key, text]) => text.trim() !== '' && translated.get(key)?.trim() === '')
    expect(empty).toEqual([])
  })
})

describe('the type of a translation', () => {
  const source = { greeting: 'Hello {{name}}', inner: { count: '{{count, number}} of {{all}}' } } as const
  type Greeting = Translation<typeof source>

  it('takes the placeholders in any order', () => {
    const fits: Greeting = { greeting: 'Dag {{name}}', inner: { count: 'van {{all}}: {{count, number}}' } }
    expect(fits.greeting).toBe('Dag {{name}}')
  })

  it('refuses a text that is missing, and one that lacks a placeholder', () => {
    // @ts-expect-error -- `inner` is missing
    const short: Greeting = { greeting: 'Dag {{name}}' }
    // @ts-expect-error -- `{{name}}` is missing
    const nameless: Greeting = { greeting: 'Dag', inner: { count: 'van {{all}}: {{count, number}}' } }
    expect([short, nameless]).toHaveLength(2) // the type checker is the judge
  })
})

it('has no key that a language lacks or that nothing uses', async () => {
  const nothing = { missing: [], unused: [] }
  expect(await checkMessages(root)).toEqual([
    { language: 'en', ...nothing },
    { language: 'nl', ...nothing },
  ])
})

it('holds what main reports, so that every language can have it', () => {
  const files = globSync('src/{main,shared}/**/*.ts')
  const plain = files.filter((file) => /new (?:Problem|CallFailure)\(\s*'[\w-]+',\s*['"`](?!['"`])/.test(readFileSync(file, 'utf8')))
  expect(files.length).toBeGreaterThan(200)
  expect(plain).toEqual([])
})

it('keeps the space around a text that is put together with others', () => {
  const space = (text: string) => [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]].join('|')
  const dutch = flatten(nl)
  expect([...english].filter(([key, text]) => space(text) !== space(dutch.get(key) ?? '')).map(([key]) => key)).toEqual([])
})
