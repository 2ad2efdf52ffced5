import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { sectionsOf, type GuideSection } from '../../src/renderer/src/features/help/guide'
import { languages } from '../../src/shared/comfort'
import { en } from '../../src/shared/messages/en'
import { i18n, loadLanguage } from '../../src/shared/messages/translate'
import { listProjectFiles, readProjectFile } from '../support/projectFiles'

type Texts = { readonly [key: string]: string | Texts }

/** `review.tabs.history` → its text */
const flatten = (texts: Texts, before = ''): (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as const] : flatten(value, `${before}${key}.`),
  )

const folder = 'docs/guide'
const english = sectionsOf(readProjectFile(`${folder}/README.md`))
const englishTexts = flatten(en)
const translations = listProjectFiles(folder).flatMap((file) => {
  const language = /\/README\.([a-z]{2})\.md$/.exec(file)?.[1]
  return language ? [[language, sectionsOf(readProjectFile(file))] as const] : []
})

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([whole, part = whole]) => part)
const withoutBlocks = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '')
/** The words of a placeholder may be translated: `<name>.exemplar`. */
const withoutPlaceholders = (code: string) => code.replace(/<\w+>/g, '<>')

/** What a section contains that is the same in every language; the order of words is free, that of pictures and commands is not. */
const contentOf = ({ level, text }: GuideSection) => ({
  level,
  pictures: all(text, /\b(?:src|srcset)="([^"]+)"/g),
  keys: all(text, /<kbd>(.*?)<\/kbd>/g).toSorted(),
  blocks: all(text, /^```[\s\S]*?^```/gm),
  code: [...all(withoutBlocks(text), /`([^`]+)`/g), ...all(text, /<code>(.*?)<\/code>/g)].map(withoutPlaceholders).toSorted(),
})

/** What is written in bold or in quotation marks, and the title without its number. */
const namesIn = ({ title, text }: GuideSection) => [
  title.replace(/^\d+\. /, ''),
  ...all(text, /\*\*([^*]+)\*\*|“[^”]+”/g).map((name) => name.replace(/[“”]|[.,]$/g, '').replace(/\s+/g, ' ')),
]

/** Where the links of a section lead: within the guide to the index of a section, elsewhere to a file and an anchor. */
const linksIn = ({ text }: GuideSection, sections: readonly GuideSection[]) =>
  all(text, /(?<!!)\[[^\]]*\]\(([^)]+)\)/g)
    .map((href) => (href.startsWith('#') ? `#${sections.findIndex(({ anchor }) => anchor === href.slice(1))}` : href))
    .toSorted()

const lower = (text: string) => text.toLowerCase()

describe.each([['en', english] as const, ...translations])('the guide in %s', (_, sections) => {
  it('has links that lead to a section', () => {
    const links = sections.flatMap((section) => linksIn(section, sections))
    expect(links.length).toBeGreaterThan(3)
    expect(links).not.toContain('#-1')
    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#')
      return file && !sectionsOf(readProjectFile(path.posix.join(folder, file))).some((section) => section.anchor === anchor)
    })
    expect(broken).toEqual([])
  })
})

describe('the guide in English', () => {
  it('writes in bold with a capital only what a screen says', () => {
    const known = new Set(englishTexts.map(([, text]) => text))
    const names = english.flatMap(({ text }) => all(text, /\*\*(\p{Lu}[^*]*[^*.,])\*\*/gu))
    expect(names).toEqual(expect.arrayContaining(['History', 'Find local servers']))
    expect(names.filter((name) => !known.has(name))).toEqual([])
  })

  it('is translated to languages of the window', () => {
    const translated = translations.map(([language]) => language)
    expect(translated).toContain('nl')
    expect(languages).toEqual(expect.arrayContaining(translated))
  })
})

describe.each(translations)('the guide in %s', (language, sections) => {
  let texts = new Map<string, string>()
  beforeAll(async () => {
    await loadLanguage(languages.find((known) => known === language) ?? 'en')
    texts = new Map(flatten(i18n.getResourceBundle(language, 'translation') as Texts))
  })

  it('has the sections of the English one, with the same pictures, keys and code', () => {
    expect(sections.map(contentOf)).toEqual(english.map(contentOf))
  })

  it('links to the same places', () => {
    expect(sections.map((section) => linksIn(section, sections))).toEqual(english.map((section) => linksIn(section, english)))
  })

  it('describes every picture in its own language', () => {
    const descriptionsOf = (guide: readonly GuideSection[]) => guide.flatMap(({ text }) => all(text, /\balt="([^"]*)"/g))
    const [own, others] = [descriptionsOf(sections), new Set(descriptionsOf(english))]
    expect(own).toHaveLength(others.size)
    expect(own.filter((description) => !description || others.has(description))).toEqual([])
  })

  it('names what is on the screen as the screen does', () => {
    expect(sections.map((section) => namesIn(section).length)).toEqual(english.map((section) => namesIn(section).length))
    const own = sections.flatMap(namesIn)
    const onScreen = english.flatMap(namesIn).flatMap((name, at) => {
      const keys = englishTexts.filter(([, text]) => lower(text) === lower(name)).map(([key]) => key)
      return keys.length > 0 ? [{ name, used: own[at] ?? '', allowed: keys.map((key) => lower(texts.get(key) ?? '')) }] : []
    })
    expect(onScreen.length).toBeGreaterThan(20)
    expect(onScreen.filter(({ used, allowed }) => !allowed.includes(lower(used)))).toEqual([])
  })
})
