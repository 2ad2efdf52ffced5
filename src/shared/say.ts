import { z } from 'zod'

export type SaidValue = string | number | Said

/**
 * A text for people apart from the language it is shown in: `id` is the English text with numbered places (`{0} is not there.`), `values`
 * is what stands in them. Between processes it is a plain object.
 */
export class Said {
  constructor(
    readonly id: string,
    readonly values: readonly SaidValue[],
  ) {}
}

/** A text that is known in English alone, such as what a library or a server says, or one that can be shown in other languages. */
export type Text = string | Said

export const saidSchema: z.ZodType<Said, Said> = z.lazy(() =>
  z.object({ id: z.string(), values: z.array(z.union([z.string(), z.number(), saidSchema])) }),
)

/** Every English text of a language → that text with the same places. */
export type Catalogue = Readonly<Record<string, string>>

/** Each template without its values. */
const templates = new WeakMap<TemplateStringsArray, Said>()

function templateOf(strings: TemplateStringsArray): Said {
  const known = templates.get(strings)
  if (known) return known
  const said = new Said(
    strings.reduce((before, text, index) => `${before}{${index - 1}}${text}`),
    [],
  )
  templates.set(strings, said)
  return said
}

type Sayable = SaidValue | boolean | null | undefined

const toValue = (value: Sayable): SaidValue =>
  (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'object' && value !== null) ? value : String(value)

/** What is said to a person, as a template in English: say`${file} is not there.` Each needs its line in the catalogues of other languages. */
export function say(strings: TemplateStringsArray, ...values: readonly Sayable[]): Said {
  const template = templateOf(strings)
  return values.length === 0 ? template : new Said(template.id, values.map(toValue))
}

const groupedId = '{0, number}'

/** A large number, which is easier to read in groups of digits: 12,000 in English, 12.000 in Dutch. */
export const grouped = (value: number): Said => new Said(groupedId, [value])

const place = /\{(\d+)\}/g

function fill({ id, values }: Said, text: string, locale: string, write: (value: SaidValue) => string): string {
  if (id === groupedId) return values[0]?.toLocaleString(locale) ?? ''
  return text.replace(place, (whole, index: string) => {
    const value = values[Number(index)]
    return value === undefined ? whole : write(value)
  })
}

/** The English text. */
export function inEnglish(text: SaidValue): string {
  return typeof text === 'object' ? fill(text, text.id, 'en', inEnglish) : String(text)
}

/**
 * The text in the language of a catalogue; what it does not know stays English.
 * @param locale how numbers are written; places and ids of things are numbers too, so that digits are not grouped
 */
export function render(text: SaidValue, catalogue: Catalogue, locale: string): string {
  switch (typeof text) {
    case 'string':
      return text
    case 'number':
      return text.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 20 })
    case 'object':
      return fill(text, Object.hasOwn(catalogue, text.id) ? (catalogue[text.id] ?? text.id) : text.id, locale, (value) =>
        render(value, catalogue, locale),
      )
  }
}

/** Whether a catalogue has all of a text. */
export function isKnown({ id, values }: Said, catalogue: Catalogue): boolean {
  if (id !== groupedId && !Object.hasOwn(catalogue, id)) return false
  return values.every((value) => typeof value !== 'object' || isKnown(value, catalogue))
}

/** What a text `<name>: <reason>.` says of one of these names; null where it says something else. */
export function reasonOf(text: Text, names: readonly string[]): SaidValue | null {
  if (typeof text === 'string' || text.id !== '{0}: {1}.') return null
  const [name, reason = null] = text.values
  return names.some((each) => each === name) ? reason : null
}

/** Beside English texts, by their keys: what those are made of. */
export const saidTextsSchema = z.record(z.string(), saidSchema)
export type SaidTexts = z.infer<typeof saidTextsSchema>

type Told<T> = { [K in keyof T]: T[K] extends Text ? string : string | null } & { said?: SaidTexts }

/** Texts in English, as the command line and the logs have them, and beside them what a window needs to show them in its language. */
export function tell<T extends Readonly<Record<string, Text | null>>>(texts: T): Told<T> {
  const entries = Object.entries(texts)
  const said = entries.flatMap(([key, text]) => (typeof text === 'object' && text !== null ? [[key, text] as const] : []))
  return {
    ...Object.fromEntries(entries.map(([key, text]) => [key, text === null ? null : inEnglish(text)])),
    ...(said.length > 0 ? { said: Object.fromEntries(said) } : {}),
  } as Told<T>
}

/** One of the texts that `tell` gave. */
export const textOf = <K extends string>(
  told: Readonly<Record<NoInfer<K>, string>> & { readonly said?: SaidTexts | undefined },
  key: K,
): Text => told.said?.[key] ?? told[key]
