import type { Text } from '../../../shared/messages/message'
import { i18n, isTranslated, toEnglish, translate } from '../../../shared/messages/translate'

export interface Words {
  readonly text: string
  /** `en` if the text is only available in English and the window has another language. */
  readonly lang: 'en' | undefined
}

/** Returns a text of the main process in the language of the window, or in English if it is not translated. */
export function inWindowLanguage(text: Text): Words {
  const locale = i18n.language
  if (locale.startsWith('en') || isTranslated(text, locale)) return { text: translate(text, locale), lang: undefined }
  return { text: toEnglish(text), lang: 'en' }
}
