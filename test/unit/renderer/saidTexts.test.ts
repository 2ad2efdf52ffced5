import { describe, expect, it } from 'vitest'
import { exporting } from '../../../src/renderer/src/i18n/nl/said/exporting'
import { files } from '../../../src/renderer/src/i18n/nl/said/files'
import { generation } from '../../../src/renderer/src/i18n/nl/said/generation'
import { importing } from '../../../src/renderer/src/i18n/nl/said/importing'
import { media } from '../../../src/renderer/src/i18n/nl/said/media'
import { project } from '../../../src/renderer/src/i18n/nl/said/project'
import { promptFile } from '../../../src/renderer/src/i18n/nl/said/promptFile'
import { reading } from '../../../src/renderer/src/i18n/nl/said/reading'
import { said } from '../../../src/renderer/src/i18n/nl/said'
import { argumentsOfNew, saidIdOf, walkSource } from '../../support/saidTexts'

const placesOf = (text: string) => (text.match(/\{\d+\}/g) ?? []).toSorted()

describe('what main says', () => {
  const ids = new Set([...walkSource('src')].flatMap(({ node }) => saidIdOf(node) ?? []))

  it('is found in the source', () => expect(ids.size).toBeGreaterThan(500))

  it('is all in Dutch, with nothing beside', () => {
    expect([...ids].filter((id) => !Object.hasOwn(said, id))).toEqual([])
    expect(Object.keys(said).filter((id) => !ids.has(id))).toEqual([])
  })

  it('has each text in one place', () => {
    const all = [exporting, files, generation, importing, media, project, promptFile, reading].flatMap((part) => Object.keys(part))
    expect(all.filter((id, index) => all.indexOf(id) < index)).toEqual([])
  })

  it('keeps its places, and the space around it', () => {
    const space = (text: string) => [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]]
    const broken = Object.entries(said).filter(
      ([id, text]) => String(placesOf(id)) !== String(placesOf(text)) || String(space(id)) !== String(space(text)),
    )
    expect(broken).toEqual([])
  })
})

describe('a Problem', () => {
  // The command line speaks English.
  const made = [...walkSource('src/main', 'src/shared')].filter(({ file }) => !file.startsWith('src/main/commands/'))

  it.each(['Problem', 'CallFailure'])('(%s) is said, so that every language can have it', (name) => {
    const found = made.flatMap(
      ({ file, node }) =>
        argumentsOfNew(node, name)
          ?.slice(1, 3)
          .map((text) => ({ file, text })) ?? [],
    )
    expect(found.length).toBeGreaterThan(20)
    // What zod, the system or another library says has no other words.
    const foreign = ['src/shared/problem.ts', 'src/main/electron/ipc.ts', 'src/main/generation/run/startRun.ts']
    const isPlain = ({ type, value }: (typeof found)[number]['text']) => type === 'TemplateLiteral' || (type === 'Literal' && value !== '')
    const plain = found.filter(({ text }) => isPlain(text)).map(({ file }) => file)
    expect(plain.toSorted()).toEqual(name === 'Problem' ? foreign.toSorted() : [])
  })
})
