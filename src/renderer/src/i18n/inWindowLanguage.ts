import i18next from 'i18next'
import type { Language } from '../../../shared/comfort'
import { inEnglish, isKnown, render, type Catalogue, type Text } from '../../../shared/say'

const catalogues = new Map<string, Catalogue>()

/** Makes what main says known in a language. */
export function addCatalogue(language: Language, catalogue: Catalogue): void {
  catalogues.set(language, catalogue)
}

export interface Words {
  readonly text: string
  /** `en` where the window speaks another language, and these words are known in English alone */
  readonly lang: 'en' | undefined
}

/** What main says, in the language of the window as far as that is known. */
export function inWindowLanguage(text: Text): Words {
  const [language = 'en'] = i18next.language.split('-')
  if (language === 'en') return { text: inEnglish(text), lang: undefined }
  const catalogue = catalogues.get(language)
  return catalogue && typeof text === 'object' && isKnown(text, catalogue)
    ? { text: render(text, catalogue, i18next.language), lang: undefined }
    : { text: inEnglish(text), lang: 'en' }
}
