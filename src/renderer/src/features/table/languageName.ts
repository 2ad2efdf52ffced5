import type { TFunction } from 'i18next'
import { i18n } from '../../i18n'

/** Returns the name of a language in the language of the window, such as English for `en`. */
export function languageName(code: string, t: TFunction): string {
  if (code === 'und') return t('table.unknownLanguage')
  try {
    return new Intl.DisplayNames(i18n.language, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
