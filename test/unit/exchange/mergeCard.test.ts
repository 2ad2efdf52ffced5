import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { cardMarks, mergeCard } from '../../../src/main/exchange/export/card/mergeCard'

const generated = { yaml: 'license: other\nlicense_name: mine\ntags:\n  - one\n  - two\n', text: '# Harbour\n\n3 pairs.\n' }
const newer = { yaml: 'license: mit\ntags:\n  - three\n', text: '# Harbour\n\n4 pairs.\n' }
const yamlOf = (card: string): unknown => parse(/^---\n([\s\S]*?)\n---\n/.exec(card)?.[1] ?? '')
const marks = new Set(Object.values(cardMarks).flatMap(({ start, end }) => [start, end]))

/** Lines outside of the generated parts, read without the code under test: a part begins at a mark and ends at the next end mark. */
function ownLines(card: string): string[] {
  const lines = card.split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  const read = (part: readonly string[], { start, end: close }: { start: string; end: string }) => {
    const own: string[] = []
    for (let at = 0; at < part.length; at++) {
      const closed = part.indexOf(close, at)
      const next = part.indexOf(start, at + 1)
      if (part[at] === start && closed >= 0 && (next < 0 || closed < next)) at = closed
      else if (part[at] !== start && part[at] !== close) own.push(part[at] ?? '')
    }
    return own
  }
  return [...read(lines.slice(1, Math.max(end, 1)), cardMarks.yaml), ...read(lines.slice(end + 1), cardMarks.text)]
}

/** Whether `part` occurs in `whole` in this order. */
function isInOrder(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const line of whole) if (at < part.length && line === part[at]) at += 1
  return at === part.length
}

describe('a card that is generated again', () => {
  it('has the new text between the marks, and nothing of the old', () => {
    const again = mergeCard(mergeCard(null, generated), newer)
    expect(again).toBe(mergeCard(null, newer))
    expect(yamlOf(again)).toEqual({ license: 'mit', tags: ['three'] })
    expect(again).toContain('4 pairs.')
    expect(again).not.toContain('3 pairs.')
  })

  it('keeps what a lead wrote before and after, and the keys that a lead set', () => {
    const first = mergeCard(null, generated)
    const edited = first
      .replace(`${cardMarks.yaml.end}\n`, `${cardMarks.yaml.end}\nlicense: cc-by-4.0\nhomepage: https://example.org\n`)
      .replace(`${cardMarks.text.start}\n`, `Read this first.\n\n${cardMarks.text.start}\n`)
      .concat('\n## Thanks\n\nTo all.\n')
    const again = mergeCard(edited, newer)
    expect(yamlOf(again)).toEqual({ license: 'cc-by-4.0', homepage: 'https://example.org', tags: ['three'] })
    expect(again.indexOf('Read this first.')).toBeLessThan(again.indexOf('4 pairs.'))
    expect(again.indexOf('To all.')).toBeGreaterThan(again.indexOf('4 pairs.'))
    expect(mergeCard(again, newer)).toBe(again)
  })

  it.each([
    ['without marks', '# My set\n\nAll by hand.\n'],
    ['with YAML and without marks', '---\nlicense: mit\n---\n\nAll by hand.\n'],
    ['with a mark that is not closed', `# My set\n${cardMarks.text.start}\nAll by hand.\n`],
    ['with a mark that was never opened', `All by hand.\n${cardMarks.text.end}\nMore.\n`],
    ['with Windows line ends', mergeCard(null, generated).concat('All by hand.\n').replaceAll('\n', '\r\n')],
    ['with YAML that is not closed', '---\nAll by hand.\n'],
    ['that is a single line', 'All by hand.'],
  ])('keeps a file %s', (_name, old) => {
    const again = mergeCard(old, newer)
    expect(again).toContain('All by hand.')
    expect(again).toContain('4 pairs.')
    expect(mergeCard(again, newer)).toBe(again)
  })

  it('never loses a line of the lead, whatever stands where', () => {
    const line = fc.oneof(
      fc.constantFrom('', 'Text.', 'license: mit', 'tags:', '  - own', '# Title', '---', ...marks),
      fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n\uFEFF]/g, ' ')),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.array(line, { maxLength: 8 }), fc.boolean(), (lines, yamlLines, hasYaml) => {
        const old = `${(hasYaml ? ['---', ...yamlLines, '---', ...lines] : lines).join('\n')}\n`
        const again = mergeCard(old, newer)
        expect(
          isInOrder(
            ownLines(old).filter((text) => text !== '---' && text !== ''),
            ownLines(again),
          ),
        ).toBe(true)
        expect(mergeCard(again, newer)).toBe(again)
        expect(again).toContain('4 pairs.')
      }),
      { numRuns: 500 },
    )
  })
})
