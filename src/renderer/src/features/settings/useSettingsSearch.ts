import { useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import { findSettings, type FoundSetting } from './findSettings'

const HIGHLIGHT_MS = 2500
const controls = 'input:not([type=hidden]):not(:disabled), button:not(:disabled), textarea:not(:disabled)'

/** Search over all settings. A selected result is scrolled into view, highlighted and focused. */
export function useSettingsSearch(panels: RefObject<HTMLElement | null>, synonyms: string) {
  const [query, setText] = useState('')
  const [isUsed, setUsed] = useState(false)
  const [found, setFound] = useState<readonly FoundSetting[]>([])
  const [shown, setShown] = useState<FoundSetting | null>(null)
  useEffect(() => {
    const root = panels.current
    if (!root || query.trim() === '') return
    const look = () => setFound(findSettings(root, query, synonyms))
    look()
    // Sections that are mounted for the search may still be loading their values.
    const observer = new MutationObserver(look)
    observer.observe(root, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [panels, query, synonyms])
  useLayoutEffect(() => {
    if (!shown) return
    const { element } = shown
    element.scrollIntoView({ block: 'center' })
    element.setAttribute('data-highlighted', 'true')
    const control = element.matches(controls) ? element : element.querySelector<HTMLElement>(`input:checked, ${controls}`)
    control?.focus({ preventScroll: true })
    const timer = setTimeout(() => element.removeAttribute('data-highlighted'), HIGHLIGHT_MS)
    return () => {
      clearTimeout(timer)
      element.removeAttribute('data-highlighted')
    }
  }, [shown])
  return {
    query,
    found,
    isUsed,
    setQuery: (text: string) => {
      setUsed(true)
      setText(text)
    },
    clear: () => setText(''),
    show: (setting: FoundSetting) => {
      setText('')
      setShown(setting)
    },
  }
}
