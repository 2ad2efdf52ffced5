import { createContext, useContext } from 'react'

/** The current search query; the texts below the provider highlight its words. */
const HighlightContext = createContext('')
export const HighlightProvider = HighlightContext.Provider
export const useHighlight = () => useContext(HighlightContext)

const word = /[\p{L}\p{N}\p{M}]+/gu

/** Returns a text in lower case and without accents. */
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * Splits a text into pieces and marks the words of a query: whole words, and words that begin with the last one. Returns null if none
 * matches.
 */
export function markWords(text: string, query: string): { readonly text: string; readonly marked: boolean }[] | null {
  const words = query.match(word)?.map(fold)
  const last = words?.pop()
  if (!words || last === undefined) return null
  const pieces: { text: string; marked: boolean }[] = []
  let end = 0
  for (const found of text.matchAll(word)) {
    const folded = fold(found[0])
    if (!folded.startsWith(last) && !words.includes(folded)) continue
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), marked: false })
    pieces.push({ text: found[0], marked: true })
    end = found.index + found[0].length
  }
  if (pieces.length === 0) return null
  if (end < text.length) pieces.push({ text: text.slice(end), marked: false })
  return pieces
}
