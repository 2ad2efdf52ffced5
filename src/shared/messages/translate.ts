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

/** The catalogue of this process. English is always loaded and is the fallback for texts of a language that could not be loaded. */
export const i18n = createInstance()

void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // The catalogue contains text, never markup. Values may come from a project, so invisible characters in them are made visible.
  interpolation: { escapeValue: true, escape: showHidden },
  nsSeparator: false,
})

const loaders = {
  nl: async () => (await import('./nl')).nl,
} satisfies Record<Exclude<Language, 'en'>, () => Promise<object>>

/** Loads the texts of a language, unless they are loaded already. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18n.hasResourceBundle(language, 'translation'))
    i18n.addResourceBundle(language, 'translation', await loaders[language]())
}

// The type of `t` only accepts keys that are literals in the code.
const findText = i18n.t as (key: string, options: object) => string

/**
 * Not called with a typed key: the type of `exists` is a guard, for which the compiler compares every key of the catalogue with all others.
 */
const hasText = (key: string, options: TOptions = {}): boolean => i18n.exists(key, options)

/** Returns the count that selects a plural form. */
const countOf = ({ values: { count } }: Message) => (typeof count === 'number' ? { count } : {})

const place = /\{\{(\w+)(, number)?\}\}/g

/**
 * Returns the text in a language, with English as the fallback for missing texts. All values are inserted in one pass, so that nothing in
 * them is taken for a placeholder.
 * @param locale such as `nl` or `en-GB`: positions and ids are numbers too, so digits are grouped only if the catalogue asks for it
 */
export function translate(text: MessageValue, locale: string = i18n.language): string {
  if (typeof text === 'string') return text
  if (typeof text === 'number') return text.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 20 })
  const { code, values } = text
  const options = { lng: locale, skipInterpolation: true, ...countOf(text) }
  // A project may contain a key of another version of Exemplar.
  if (!hasText(code, options)) return [code, ...Object.values(values).map((value) => translate(value, locale))].join(' ')
  const template = findText(code, options)
  return template.replace(place, (whole, name: string, grouped: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return whole
    return grouped && typeof value === 'number' ? value.toLocaleString(locale) : translate(value, locale)
  })
}

/** Returns the English text, for logs and the command line. */
export const toEnglish = (text: MessageValue): string => translate(text, 'en')

/** Returns true if a text is a key of the catalogue. */
export const isMessageKey = (text: string): text is MessageKey => hasText(text)

/** Returns true if the catalogue of a language has a text; a plain string exists in no language but its own. */
export const isTranslated = (text: Text, locale: string): boolean =>
  typeof text === 'object' && hasText(text.code, { lng: locale, fallbackLng: [], ...countOf(text) })
