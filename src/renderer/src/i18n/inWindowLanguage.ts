import type { Text } from '../../../shared/messages/message'
import { i18n, isTranslated, toEnglish, translate } from '../../../shared/messages/translate'

export interface Words {
  readonly text: string
  /** `en` where the window has another language, and these words are known in English alone */
  readonly lang: 'en' | undefined
}

/** Returns a text of main in the language of the window, as far as it is known in it. */
export function inWindowLanguage(text: Text): Words {
  const locale = i18n.language
  if (locale.startsWith('en') || isTranslated(text, locale)) return { text: translate(text, locale), lang: undefined }
  return { text: toEnglish(text), lang: 'en' }
}
