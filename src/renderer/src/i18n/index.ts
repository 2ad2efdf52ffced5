import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { languageFor, localeFor, type Language, type LanguageChoice } from '../../../shared/comfort'
import { en } from './en'
import { addMainTexts, type MainTexts } from './inWindowLanguage'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

// English comes with the window, and stands in where a text of another language could not be loaded.
void i18next.use(initReactI18next).init({
  lng: localeFor('en', navigator.languages),
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // React escapes; the catalogue holds text, never markup.
  interpolation: { escapeValue: false },
})

// The first number that is formatted loads the language's data: now, while the window waits for the project, not in its first picture.
i18next.t('library.count', { count: 0 })

/** The window's own texts, and what main says. */
const loaders = {
  nl: async () => {
    const [{ nl }, main] = await Promise.all([import('./nl'), import('./nl/said')])
    return { own: nl, main }
  },
} satisfies Record<Exclude<Language, 'en'>, () => Promise<{ own: object; main: MainTexts }>>

/** Shows the window in a language; one that did not come with the window is loaded first. */
export async function showLanguage(choice: LanguageChoice): Promise<void> {
  const language = languageFor(choice, navigator.languages)
  const locale = localeFor(language, navigator.languages)
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const { own, main } = await loaders[language]()
    addMainTexts(language, main)
    i18next.addResourceBundle(language, 'translation', own)
  }
  document.documentElement.lang = language
  if (i18next.language !== locale) await i18next.changeLanguage(locale)
}

export { i18next as i18n }
