import { createInstance, type TOptions } from 'i18next'
import type { Language } from '../comfort'
import { en } from './en'
import { showHidden } from '../text/hiddenCharacters'
import type { Message, MessageKey, MessageValue, Text } from './message'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

/** The catalogue of this process. English is always there, and stands in where a text of another language could not be loaded. */
export const i18n = createInstance()

void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // The catalogue holds text, never markup. Values may be of a project: what nobody would see in them is shown.
  interpolation: { escapeValue: true, escape: showHidden },
  nsSeparator: false,
})

const loaders = {
  nl: async () => (await import('./nl')).nl,
} satisfies Record<Exclude<Language, 'en'>, () => Promise<object>>

/** Loads the texts of a language, unless they are there. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18n.hasResourceBundle(language, 'translation'))
    i18n.addResourceBundle(language, 'translation', await loaders[language]())
}

// The type of `t` is about keys that are written in the code.
const findText = i18n.t as (key: string, options: object) => string

/** Not called on a key as it is: the type of `exists` is a guard, for which the compiler compares every key of the catalogue with all others. */
const hasText = (key: string, options: TOptions = {}): boolean => i18n.exists(key, options)

/** What chooses a plural form. */
const countOf = ({ values: { count } }: Message) => (typeof count === 'number' ? { count } : {})

const place = /\{\{(\w+)(, number)?\}\}/g

/**
 * Returns the text in a language; what its catalogue does not have is in English. Values are filled in at once, so that nothing in them
 * counts as a place.
 * @param locale such as `nl` or `en-GB`: places and ids of things are numbers too, so that digits are grouped only where the catalogue asks for it
 */
export function translate(text: MessageValue, locale: string = i18n.language): string {
  if (typeof text === 'string') return text
  if (typeof text === 'number') return text.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 20 })
  const { code, values } = text
  const options = { lng: locale, skipInterpolation: true, ...countOf(text) }
  // A project may hold a key of another version of Exemplar.
  if (!hasText(code, options)) return [code, ...Object.values(values).map((value) => translate(value, locale))].join(' ')
  const template = findText(code, options)
  return template.replace(place, (whole, name: string, grouped: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return whole
    return grouped && typeof value === 'number' ? value.toLocaleString(locale) : translate(value, locale)
  })
}

/** Returns the English text, as logs and the command line have it. */
export const toEnglish = (text: MessageValue): string => translate(text, 'en')

/** Whether a text is a key of the catalogue. */
export const isMessageKey = (text: string): text is MessageKey => hasText(text)

/** Whether the catalogue of a language has a text; one that is a plain string is known in no language but its own. */
export const isTranslated = (text: Text, locale: string): boolean =>
  typeof text === 'object' && hasText(text.code, { lng: locale, fallbackLng: [], ...countOf(text) })
