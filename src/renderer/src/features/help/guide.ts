import { fold } from '../../app/state/highlight'

/**
 * The guide in docs/guide: `README.md` is a page in English, `README.nl.md` the same page in Dutch. Pages are loaded when the help is
 * opened, pictures when they become visible.
 */
const texts = new Map(Object.entries(import.meta.glob<string>('../../../../../docs/guide/*.md', { query: '?raw', import: 'default' })))
const pictures = import.meta.glob<string>('../../../../../docs/guide/*.png', { query: '?url', import: 'default', eager: true })

const isTranslation = (path: string) => /\.[a-z]{2}\.md$/.test(path)
const nameOf = (path: string) => path.split('/').at(-1) ?? path
const addresses = new Map(Object.entries(pictures).map(([path, address]) => [nameOf(path), address]))

export interface GuideHeading {
  readonly level: number
  readonly title: string
  /** Anchor as GitHub derives it from the title; the second section with the same title has the suffix `-1`. */
  readonly anchor: string
}

export interface GuideSection extends GuideHeading {
  /** Text of the section without its subsections. */
  readonly text: string
}

export interface GuidePage {
  /** Name of the English file, in every language. */
  readonly name: string
  /** Language of the text: English if the page is not translated. */
  readonly language: string
  readonly title: string
  readonly markdown: string
  readonly sections: readonly GuideSection[]
}

/** A section of the guide. Its index in the page is the same in every language; its anchor is not. */
export interface GuidePlace {
  readonly page: string
  readonly section: number
}

/** Returns the address of a picture of the guide; the dark version if requested and available. */
export const pictureOf = (name: string, isDark: boolean): string | undefined =>
  (isDark ? addresses.get(name.replace(/\.png$/, '-dark.png')) : undefined) ?? addresses.get(name)

/** Marks a key in a code span, because Markdown has no syntax for keys and HTML is not rendered. */
export const keyMark = '\u2328'

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }
const withoutEntities = (text: string) => text.replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
const attribute = (html: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(html)?.[1] ?? ''

/** Replaces the few HTML elements of the guide by Markdown: pictures, keys, and code with special characters. */
export const withoutHtml = (text: string): string =>
  text
    .replace(
      /<picture>.*?(<img\b[^>]*>).*?<\/picture>/gs,
      (_, image: string) => `![${attribute(image, 'alt')}](${attribute(image, 'src')})`,
    )
    .replace(/<kbd>(.*?)<\/kbd>/g, (_, key: string) => `\`${keyMark}${withoutEntities(key)}\``)
    .replace(/<code>(.*?)<\/code>/g, (_, code: string) => `\`${withoutEntities(code)}\``)

/** Returns the anchor of a heading as GitHub derives it. */
export const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

/** Returns the sections of a page, down to the third level. Lines in code blocks are not headings. */
export function sectionsOf(markdown: string): GuideSection[] {
  const sections: { level: number; title: string; anchor: string; text: string }[] = []
  let isCode = false
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isCode = !isCode
    const [, marks, title] = (!isCode && /^(#{1,3}) (.*)$/.exec(line)) || []
    if (marks && title) {
      const anchor = anchorOf(title)
      const same = sections.filter((known) => known.anchor === anchor || known.anchor.startsWith(`${anchor}-`)).length
      sections.push({ level: marks.length, title, anchor: same === 0 ? anchor : `${anchor}-${same}`, text: '' })
    } else {
      const last = sections.at(-1)
      if (last) last.text += `${line}\n`
    }
  }
  return sections
}

/** Loads all pages of the guide in a language, or in English where it has no translation; the start page first. */
export async function loadGuide(language: string): Promise<readonly GuidePage[]> {
  const english = [...texts].filter(([path]) => !isTranslation(path))
  const pages = await Promise.all(
    english.map(async ([path, load]) => {
      const translated = texts.get(path.replace(/md$/, `${language}.md`))
      const markdown = withoutHtml(await (translated ?? load)())
      const sections = sectionsOf(markdown)
      const name = nameOf(path)
      return { name, language: translated ? language : 'en', title: sections[0]?.title ?? name, markdown, sections }
    }),
  )
  return pages.toSorted(
    (one, other) => Number(other.name === 'README.md') - Number(one.name === 'README.md') || one.name.localeCompare(other.name),
  )
}

/** Resolves a link within the guide. Returns null if it leads out of the guide. */
export function placeOf(href: string, page: string, pages: readonly GuidePage[]): GuidePlace | null {
  const [file = '', anchor = ''] = href.split('#')
  const name = file === '' ? page : file.replace(/^\.\//, '').replace(/\.[a-z]{2}\.md$/, '.md')
  const target = pages.find((known) => known.name === name)
  if (!target) return null
  const section = target.sections.findIndex((known) => known.anchor === anchor)
  return { page: name, section: Math.max(0, section) }
}

/** Removes the syntax of Markdown from a text. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*#>]|\u2328/g, '')
    .replace(/\s+/g, ' ')
    .trim()

export interface GuideHit extends GuidePlace {
  readonly language: string
  readonly title: string
  /** The words around the first match. */
  readonly excerpt: string
}

const EXCERPT_BEFORE = 40
const EXCERPT = 160

/** Returns the sections that contain all words of a query, with or without accents; those with a word in their title first. */
export function searchGuide(pages: readonly GuidePage[], query: string): GuideHit[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const hits = pages.flatMap(({ name, language, sections }) =>
    sections.flatMap(({ title, text }, section) => {
      const plain = plainText(text)
      const all = fold(`${title} ${plain}`)
      if (!words.every((word) => all.includes(word))) return []
      const before = fold(plain).indexOf(words[0] ?? '') - EXCERPT_BEFORE
      const at = before > 0 ? plain.indexOf(' ', before) + 1 : 0
      const excerpt = `${at > 0 ? '…' : ''}${plain.slice(at, at + EXCERPT)}${plain.length > at + EXCERPT ? '…' : ''}`
      return [{ page: name, section, language, title, excerpt }]
    }),
  )
  const isTitled = ({ title }: GuideHit) => words.some((word) => fold(title).includes(word))
  return hits.toSorted((one, other) => Number(isTitled(other)) - Number(isTitled(one)))
}
