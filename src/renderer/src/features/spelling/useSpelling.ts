import { useEffect, useMemo, useState, type RefObject } from 'react'
import { bareWord, movedBy, wordsIn, type PlacedWord } from '../../../../shared/text/spelling'
import { mirrorField, visiblePart } from './fieldMirror'
import { spelling } from './spellingClient'

/** Pause in typing before words are checked, in milliseconds, so that the check never delays typing. */
const PAUSE_MS = 250

interface Options {
  readonly text: string
  readonly enabled: boolean
  /** Words that are correct regardless of the dictionary. */
  readonly known: ReadonlySet<string>
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly layer: RefObject<HTMLElement | null>
}

const isKnown = (known: ReadonlySet<string>, word: string) => known.has(word) || known.has(word.toLowerCase())

/** Returns the words that are neither known nor in the dictionary. */
export async function findWrong(words: readonly PlacedWord[], known: ReadonlySet<string>): Promise<readonly PlacedWord[]> {
  const judged = words.filter(({ word }) => !isKnown(known, bareWord(word)))
  const wrong = await spelling.findWrong(judged.map(({ word }) => bareWord(word)))
  return judged.filter(({ word }) => wrong.has(bareWord(word)))
}

/** Returns whether a word is still being typed; it is not marked until the caret leaves it. */
const isUnderway = (field: HTMLTextAreaElement, { end }: PlacedWord) =>
  field === document.activeElement && field.selectionStart === end && field.selectionEnd === end

const same = (some: readonly PlacedWord[], others: readonly PlacedWord[]) =>
  some.length === others.length && some.every(({ start, word }, index) => others[index]?.start === start && others[index].word === word)

/**
 * Returns the misspelled words in the visible part of a field. Their positions follow the text immediately, and they are checked again
 * after a pause.
 */
export function useSpelling({ text, enabled, known, field, layer }: Options): readonly PlacedWord[] {
  const [found, setFound] = useState<{ readonly text: string; readonly wrong: readonly PlacedWord[] }>({ text, wrong: [] })
  useEffect(() => {
    if (!enabled) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const check = async () => {
      if (!field.current || !layer.current) return
      mirrorField(field.current, layer.current)
      const { from, to } = visiblePart(layer.current, text.length)
      const words = wordsIn(text).filter(({ start, end }) => end > from && start < to)
      const wrong = await findWrong(words, known)
      const { current } = field
      if (over || !current) return
      const shown = wrong.filter((place) => !isUnderway(current, place))
      setFound((before) => (before.text === text && same(before.wrong, shown) ? before : { text, wrong: shown }))
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void check(), PAUSE_MS)
    }
    const follow = () => {
      if (field.current && layer.current) layer.current.scrollTop = field.current.scrollTop
      soon()
    }
    soon()
    const events = [
      ['selectionchange', soon],
      ['focusout', soon],
      ['scroll', follow],
    ] as const
    for (const [name, listener] of events) document.addEventListener(name, listener, { capture: true, passive: true })
    return () => {
      over = true
      clearTimeout(timer)
      for (const [name, listener] of events) document.removeEventListener(name, listener, { capture: true })
    }
  }, [text, enabled, known, field, layer])
  return useMemo(() => (enabled ? movedBy(found.wrong, found.text, text) : []), [enabled, found, text])
}
