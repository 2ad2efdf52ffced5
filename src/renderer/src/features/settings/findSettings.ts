/** A setting as it stands on the page. */
export interface FoundSetting {
  readonly section: string
  readonly name: string
  readonly element: HTMLElement
}

const marked = '[data-setting], .mantine-InputWrapper-root, .mantine-Switch-root, [role="radiogroup"][aria-labelledby], th[scope="row"]'

/** The label of a setting; of what is marked by `data-setting`, that value. */
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
 * Returns the settings whose name or text has all words of a query, by name first. They are read from the page, so that every form is
 * searched without a list of its own. @param panels holds one element with `data-section` for each section
 */
export function findSettings(panels: HTMLElement, query: string): FoundSetting[] {
  const words = wordsOf(query)
  if (words.length === 0) return []
  const found: (FoundSetting & { readonly isNamed: boolean })[] = []
  for (const panel of panels.querySelectorAll<HTMLElement>('[data-section]'))
    for (const part of panel.querySelectorAll<HTMLElement>(marked)) {
      if (part.parentElement?.closest('[data-setting], .mantine-InputWrapper-root, [role="radiogroup"][aria-labelledby]')) continue
      const name = nameOf(part)
      const element = part.tagName === 'TH' ? (part.closest('tr') ?? part) : part
      const has = (text: string) => words.every((word) => text.toLocaleLowerCase().includes(word))
      if (name && has(`${name} ${element.textContent}`))
        found.push({ section: panel.dataset.section ?? '', name, element, isNamed: has(name) })
    }
  return found.toSorted((one, other) => Number(other.isNamed) - Number(one.isNamed))
}
