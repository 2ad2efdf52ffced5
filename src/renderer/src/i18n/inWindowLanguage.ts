import i18next from 'i18next'
import type { Language } from '../../../shared/comfort'
import { recallNamed } from '../../../shared/recall'
import { type Catalogue, isKnown, render, type Text } from '../../../shared/messages/message'
import { toEnglish } from '../../../shared/messages/translate'

/** What main says in a language. */
export interface MainTexts {
  readonly said: Catalogue
  /** ids of what a project keeps of a call that failed */
  readonly ofCalls: readonly string[]
}

const known = new Map<string, MainTexts>()

/** Makes what main says known in a language. */
export function addMainTexts(language: Language, texts: MainTexts): void {
  known.set(language, texts)
}

const knownNow = () => known.get(i18next.language.split('-')[0] ?? 'en')

export interface Words {
  readonly text: string
  /** `en` where the window speaks another language, and these words are known in English alone */
  readonly lang: 'en' | undefined
}

/** What main says, in the language of the window as far as that is known. */
export function inWindowLanguage(text: Text): Words {
  if (i18next.language.startsWith('en')) return { text: toEnglish(text), lang: undefined }
  const texts = knownNow()
  return texts && typeof text === 'object' && isKnown(text, texts.said)
    ? { text: render(text, texts.said, i18next.language), lang: undefined }
    : { text: toEnglish(text), lang: 'en' }
}

/** What main said of a call, of which a project keeps the English text. */
export const recallOfCall = (stored: string): Text => recallNamed(stored, knownNow()?.ofCalls ?? [])
