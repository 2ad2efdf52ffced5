/** A setting as found on the page. */
export interface FoundSetting {
  readonly section: string
  readonly name: string
  readonly element: HTMLElement
}

const marked = '[data-setting], .mantine-InputWrapper-root, .mantine-Switch-root, [role="radiogroup"][aria-labelledby], th[scope="row"]'

/** Returns the label of a setting, or the value of `data-setting` if the element has it. */
function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-labelledby')
  return (
    element.dataset.setting ??
    (label === null ? null : document.getElementById(label)?.textContent) ??
    element.querySelector('.mantine-InputWrapper-label, .mantine-Switch-label')?.textContent ??
    (element.tagName === 'TH' ? element.textContent : null) ??
    ''
  ).trim()
}

const wordsOf = (text: string) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean)

/**
 * Returns the names of settings that have a word as a synonym.
 * @param synonyms groups that end with a semicolon: a name, then its synonyms, separated by commas
 */
const namesFor = (word: string, synonyms: string) =>
  synonyms
    .split(';')
    .map((group) => group.split(',').map((known) => known.trim()))
    .filter(([, ...words]) => word.length > 2 && words.some((known) => known.startsWith(word)))
    .flatMap(([name]) => name ?? [])

/**
 * Returns the settings whose name or text contains all words of a query: matches in the name first, matches by synonym last. They are read
 * from the page, so that no form needs its own index.
 * @param panels contains one element with `data-section` for each section
 */
export function findSettings(panels: HTMLElement, query: string, synonyms = ''): FoundSetting[] {
  const words = wordsOf(query)
  const alternatives = words.map((word) => [word, ...namesFor(word, synonyms)])
  if (words.length === 0) return []
  const found: (FoundSetting & { readonly rank: number })[] = []
  for (const panel of panels.querySelectorAll<HTMLElement>('[data-section]'))
    for (const part of panel.querySelectorAll<HTMLElement>(marked)) {
      if (part.parentElement?.closest('[data-setting], .mantine-InputWrapper-root, [role="radiogroup"][aria-labelledby]')) continue
      const name = nameOf(part)
      const element = part.tagName === 'TH' ? (part.closest('tr') ?? part) : part
      const text = `${name} ${element.textContent}`.toLocaleLowerCase()
      const has = (within: string) => words.every((word) => within.toLocaleLowerCase().includes(word))
      // A synonym must match the name, because texts contain too many words.
      const means = alternatives.every((group) => group.some((word) => name.toLocaleLowerCase().includes(word)))
      const rank = has(name) ? 0 : has(text) ? 1 : 2
      if (name && (rank < 2 || means)) found.push({ section: panel.dataset.section ?? '', name, element, rank })
    }
  return found.toSorted((one, other) => one.rank - other.rank)
}
