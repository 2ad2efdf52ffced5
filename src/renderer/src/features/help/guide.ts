/** The guide in docs/guide. Its pages are loaded when the help is opened, its pictures when they become visible. */
const texts = import.meta.glob<string>('../../../../../docs/guide/*.md', { query: '?raw', import: 'default' })
const pictures = import.meta.glob<string>('../../../../../docs/guide/*.png', { query: '?url', import: 'default', eager: true })

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
  /** Name of the file. */
  readonly name: string
  readonly title: string
  readonly markdown: string
  readonly sections: readonly GuideSection[]
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

/** Loads all pages of the guide, the start page first. */
export async function loadGuide(): Promise<readonly GuidePage[]> {
  const pages = await Promise.all(
    Object.entries(texts).map(async ([path, load]) => {
      const markdown = withoutHtml(await load())
      const sections = sectionsOf(markdown)
      return { name: nameOf(path), title: sections[0]?.title ?? nameOf(path), markdown, sections }
    }),
  )
  return pages.toSorted(
    (one, other) => Number(other.name === 'README.md') - Number(one.name === 'README.md') || one.name.localeCompare(other.name),
  )
}

/** Resolves a link within the guide. Returns null if it leads out of the guide. */
export function placeOf(
  href: string,
  page: string,
  pages: readonly GuidePage[],
): { readonly page: string; readonly anchor: string } | null {
  const [file = '', anchor = ''] = href.split('#')
  const name = file === '' ? page : file.replace(/^\.\//, '')
  const target = pages.find((known) => known.name === name)
  if (!target) return null
  const section = target.sections.find((known) => known.anchor === anchor) ?? target.sections[0]
  return section ? { page: target.name, anchor: section.anchor } : null
}

/** Removes the syntax of Markdown from a text. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*#>]|\u2328/g, '')
    .replace(/\s+/g, ' ')
    .trim()

export interface GuideHit extends GuideHeading {
  readonly page: string
  /** The words around the first match. */
  readonly excerpt: string
}

const EXCERPT_BEFORE = 40
const EXCERPT = 160

/** Returns the sections that contain all words of a query, those with a word in their title first. */
export function searchGuide(pages: readonly GuidePage[], query: string): GuideHit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const hits = pages.flatMap(({ name, sections }) =>
    sections.flatMap(({ level, title, anchor, text }) => {
      const plain = plainText(text)
      const all = `${title} ${plain}`.toLowerCase()
      if (!words.every((word) => all.includes(word))) return []
      const at = Math.max(0, plain.toLowerCase().indexOf(words[0] ?? '') - EXCERPT_BEFORE)
      const excerpt = `${at > 0 ? '…' : ''}${plain.slice(at, at + EXCERPT)}${plain.length > at + EXCERPT ? '…' : ''}`
      return [{ page: name, level, title, anchor, excerpt }]
    }),
  )
  const isTitled = ({ title }: GuideHit) => words.some((word) => title.toLowerCase().includes(word))
  return hits.toSorted((one, other) => Number(isTitled(other)) - Number(isTitled(one)))
}
