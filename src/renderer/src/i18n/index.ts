import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // React escapes; the catalogue holds text, never markup.
  interpolation: { escapeValue: false },
})

// The first number that is formatted loads the language's data: now, while the window waits for the project, not in its first picture.
i18next.t('library.count', { count: 0 })

export { i18next as i18n }
