import type { i18n as Catalogue } from 'i18next'

type LookUp = (key: string, values?: object) => string

/** Caches texts without values per language, because the review screen looks up dozens of them with every key. */
export function rememberTexts(catalogue: Catalogue): void {
  const known = new Map<string, string>()
  catalogue.on('languageChanged', () => known.clear())
  const getFixedT = catalogue.getFixedT.bind(catalogue) as unknown as (language: unknown, ...given: unknown[]) => LookUp
  const remembering = (language: unknown, ...given: unknown[]): LookUp => {
    const t = getFixedT(language, ...given)
    const lookUp: LookUp = (key, values) => {
      if (values !== undefined) return t(key, values)
      const place = `${String(language)} ${key}`
      const text = known.get(place) ?? t(key)
      known.set(place, text)
      return text
    }
    return Object.assign(lookUp, t)
  }
  catalogue.getFixedT = remembering as unknown as Catalogue['getFixedT']
}
