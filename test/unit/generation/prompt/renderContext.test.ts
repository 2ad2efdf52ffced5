import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate, renderContext } from '../../../../src/main/generation/prompt/renderContext'
import { contextSchema } from '../../../../src/shared/domain'
import { Problem } from '../../../../src/shared/problem'
import { item, image } from '../items'

const problemOf = (template: string): Problem => {
  try {
    renderContext(template, item('cat', { captions: ['A cat.'] }))
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('no problem')
}

describe('the variables of a template', () => {
  const cat = item('cat', { captions: ['A cat.', 'A tabby.'], place: 'sofa' }, [image(1, 'cat.jpg'), image(2, 'again.jpg')])

  it('are the keys of the context', () => {
    expect(renderContext('{{ captions | join: "; " }} on the {{ place }}', cat)).toBe('A cat.; A tabby. on the sofa')
  })

  it('are the names and sizes of the media, which no key of the context can hide', () => {
    const odd = { ...cat, context: { ...cat.context, media: 'mine', context: 'mine' } }
    expect(renderContext('{{ media | join: ", " }}: {{ pictures[0].width }} × {{ pictures[0].height }}', odd)).toBe(
      'cat.jpg, again.jpg: 600 × 400',
    )
    expect(renderContext('{{ context.media }}', odd)).toBe('mine')
  })

  it('are empty where the item has none of them', () => {
    expect(renderContext('[{{ nowhere.to.be.found }}]', cat)).toBe('[]')
  })

  it('do not reach into JavaScript', () => {
    expect(renderContext('{{ captions.constructor }}{{ place.__proto__ }}{{ context.constructor }}', cat)).toBe('')
  })
})

describe('what a template writes', () => {
  it('is plain text: nothing is escaped', () => {
    expect(renderContext('{{ note }}', item('a', { note: `<b>"Tom" & 'Jerry'</b>` }))).toBe(`<b>"Tom" & 'Jerry'</b>`)
  })

  it('shows lists and objects as JSON, and with `lines` as lines', () => {
    const boxed = item('a', {
      tags: ['red', 'round'],
      size: { wide: 3, high: [1, 2] },
      boxes: [{ label: 'cup', x: 1.4, y: 2, width: 3, height: 4, media: 0 }],
    })
    expect(renderContext('{{ tags }} {{ size }}', boxed)).toBe('["red","round"] {"wide":3,"high":[1,2]}')
    expect(renderContext('tags: {{ tags | lines }}', boxed)).toBe('tags:\n- red\n- round')
    expect(renderContext('{{ boxes | lines }}', boxed)).toBe('- cup: [1, 2, 3, 4]')
    expect(renderContext('{{ size | lines }}', boxed)).toBe('wide: 3, high: [1, 2]')
  })

  it('has neither trailing spaces nor heaps of blank lines', () => {
    expect(renderContext('\n\na  \n\n\n\n  b\n\n', item('a', {}))).toBe('a\n\n  b')
  })
})

describe('a template that cannot be used', () => {
  it.each([
    ['a\n  {{ captions | shout }}', 'line 2, column 3: undefined filter: shout'],
    ['{{ captions', 'line 1, column 1'],
    ['ok\nok\n{% if captions %}', 'line 3, column 1'],
    ['{% wobble %}', 'tag "wobble" not found'],
  ])('%j is a problem with its place', (template, words) => {
    const { code, message, remedy } = problemOf(template)
    expect(code).toBe('bad-template')
    expect(message).toContain(words)
    expect(remedy).toContain('prompt')
  })

  it.each(['{% include "/etc/passwd" %}', '{% render "x" %}', '{% layout "x" %}', '{% block x %}{% endblock %}'])(
    '%s reads no other file',
    (template) => {
      expect(problemOf(template).message).toContain('a template cannot include other templates')
    },
  )

  it('is given up when it would take all memory', () => {
    expect(problemOf('{% for i in (1..900000000) %}x{% endfor %}').message).toContain('limit exceeded')
    expect(problemOf('{% assign s = "aaaaaaaaaa" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}').message).toContain(
      'limit exceeded',
    )
  })

  it('names the item that it fails on', () => {
    const render = compileTemplate('{{ captions | first | slice: 0, 3 | divided_by: zero.x | nothing }}'.replace(' | nothing', ''))
    expect(render(item('fine', { captions: ['abc'] }))).toBeTypeOf('string')
    const walk = compileTemplate('{% for i in (1..count) %}x{% endfor %}')
    expect(() => walk(item('huge', { count: 900_000_000 }))).toThrow(expect.objectContaining({ code: 'bad-template', item: 'huge' }))
  })
})

it('any context renders with the template that lists every field', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const context = contextSchema.safeParse(JSON.parse(JSON.stringify(fields)))
      fc.pre(context.success)
      if (context.success)
        expect(
          renderContext('{% for field in context %}{{ field[0] }}: {{ field[1] | lines }}\n{% endfor %}', item('any', context.data)),
        ).toBeTypeOf('string')
    }),
  )
})
