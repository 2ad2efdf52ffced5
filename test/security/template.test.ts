import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Item } from '../../src/shared/domain'
import { renderContext } from '../../src/main/generation/prompt/renderContext'
import { temporaryDirectory } from '../support/temporaryProject'

const item: Item = {
  id: 1,
  sourceId: 'one',
  media: [],
  missing: [],
  context: { captions: ['{{ 7 | times: 6 }}', '{% include "/etc/passwd" %}'], note: 'plain', __proto__key: 'kept' },
  createdAt: 0,
}
const outcome = (template: string): string => {
  try {
    return renderContext(template, item)
  } catch (error) {
    return `refused: ${(error as Error).message}`
  }
}

describe('a template that somebody else wrote', () => {
  const folder = temporaryDirectory()
  const file = path.join(folder, 'secret.liquid')
  fs.writeFileSync(file, 'the secret words')

  for (const tag of ['include', 'render', 'layout'])
    test(`reads no files by ${tag}`, () => {
      for (const name of [file, path.relative(process.cwd(), file), '../package.json', 'package.json', '/etc/passwd'])
        expect(outcome(`{% ${tag} '${name}' %}`)).toMatch(/^refused: .*a template cannot include other templates/)
    })

  for (const expression of [
    'captions.constructor',
    'captions.constructor.constructor',
    'context.__proto__',
    'context.constructor',
    'note.constructor.name',
    'captions.map',
    'context["__proto__"]["toString"]',
    'context.hasOwnProperty',
    'process.env.PATH',
    'global',
    'globalThis',
    'require',
    'this',
  ])
    test(`reaches nothing but the item by ${expression}`, () => {
      expect(outcome(`[{{ ${expression} }}]`)).toBe('[]')
    })

  test('is not run again in what it shows', () => {
    expect(outcome('{% for caption in captions %}{{ caption }};{% endfor %}')).toBe('{{ 7 | times: 6 }};{% include "/etc/passwd" %};')
  })

  for (const [what, template] of [
    ['a loop without an end', '{% for a in (1..100000000) %}{% for b in (1..100000000) %}x{% endfor %}{% endfor %}'],
    ['a text that doubles for ever', `{% assign a = 'xxxxxxxx' %}${'{% assign a = a | append: a %}'.repeat(60)}{{ a }}`],
    ['a range that fills the memory', '{% assign a = (1..1000000000) | join %}{{ a }}'],
    ['a text repeated', `{% capture a %}${'{% for i in (1..1000) %}'.repeat(4)}word${'{% endfor %}'.repeat(4)}{% endcapture %}{{ a }}`],
  ] as const)
    test(`is given up at ${what}`, () => {
      expect(outcome(template)).toMatch(/^refused: The context template has an error at line 1, column \d+: .*limit exceeded/)
    })
})
