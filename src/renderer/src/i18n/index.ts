import { initReactI18next } from 'react-i18next'
import { languageFor, localeFor, type Language, type LanguageChoice } from '../../../shared/comfort'
import { i18n, loadLanguage } from '../../../shared/messages/translate'
import { rememberTexts } from './rememberTexts'

rememberTexts(i18n)
initReactI18next.init(i18n)
void i18n.changeLanguage(localeFor('en', navigator.languages))

// The first formatted number loads the locale data. This does it while the window waits for the project, not during the first paint.
i18n.t('library.count', { count: 0 })

/** The names of months and days in calendars. */
const calendars = {
  en: async () => {},
  nl: () => import('dayjs/locale/nl'),
} satisfies Record<Language, () => Promise<unknown>>

/** Switches the language of the window, after loading it if necessary. */
export async function showLanguage(choice: LanguageChoice): Promise<void> {
  const language = languageFor(choice, navigator.languages)
  const locale = localeFor(language, navigator.languages)
  await Promise.all([loadLanguage(language), calendars[language]()])
  document.documentElement.lang = language
  if (i18n.language !== locale) await i18n.changeLanguage(locale)
}

export { i18n }
