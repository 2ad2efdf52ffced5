import { initReactI18next } from 'react-i18next'
import { languageFor, localeFor, type LanguageChoice } from '../../../shared/comfort'
import { i18n, loadLanguage } from '../../../shared/messages/translate'
import { rememberTexts } from './rememberTexts'

rememberTexts(i18n)
initReactI18next.init(i18n)
void i18n.changeLanguage(localeFor('en', navigator.languages))

// The first number that is formatted loads the language's data: now, while the window waits for the project, not in its first image.
i18n.t('library.count', { count: 0 })

/** Shows the window in a language; one that did not come with the window is loaded first. */
export async function showLanguage(choice: LanguageChoice): Promise<void> {
  const language = languageFor(choice, navigator.languages)
  const locale = localeFor(language, navigator.languages)
  await loadLanguage(language)
  document.documentElement.lang = language
  if (i18n.language !== locale) await i18n.changeLanguage(locale)
}

export { i18n }
