import { z } from 'zod'
import type { en } from './en'

export type MessageKey = KeyOf<typeof en>

/** A value for a placeholder. Numbers are formatted for the language, and messages are translated first. */
export type MessageValue = string | number | Message

/** A language-independent text for people: a key of the catalogue and its values. Between processes it is a plain object. */
export class Message {
  constructor(
    readonly code: MessageKey,
    readonly values: Readonly<Record<string, MessageValue>> = {},
  ) {}
}

/** A message, or a text that exists in only one language, such as the answer of a library or a server. */
export type Text = string | Message

/** Keys of texts without placeholders. */
export type PlainKey = { [Key in MessageKey]: [ValueNameOf<typeof en, Key>] extends [never] ? Key : never }[MessageKey]

type Values<Key extends MessageKey> = { readonly [Name in ValueNameOf<typeof en, Key>]: MessageValue }

// JSON has no NaN and no infinity.
const isOutsideJson = (value: MessageValue): boolean => typeof value === 'number' && !Number.isFinite(value)

/** Returns the message with a key and its values: `message('project.nothingThere', { directory })`. The compiler checks both. */
export function message<Key extends MessageKey>(
  code: Key,
  ...[values]: [ValueNameOf<typeof en, Key>] extends [never] ? [] : [Values<Key>]
): Message {
  if (values === undefined) return new Message(code)
  const given: Readonly<Record<string, MessageValue>> = values
  if (!Object.values(given).some(isOutsideJson)) return new Message(code, given)
  return new Message(
    code,
    mapValues(given, (value) => (typeof value === 'number' && isOutsideJson(value) ? String(value) : value)),
  )
}

const mapValues = (values: Readonly<Record<string, MessageValue>>, change: (value: MessageValue) => MessageValue) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))

/** Returns the message with each text among its values changed. */
export function mapTexts({ code, values }: Message, change: (text: string) => string): Message {
  const changeValue = (value: MessageValue): MessageValue =>
    typeof value === 'string' ? change(value) : typeof value === 'object' ? mapTexts(value, change) : value
  return new Message(code, mapValues(values, changeValue))
}

export const messageSchema: z.ZodType<Message, Message> = z.lazy(() =>
  z.object({
    code: z.custom<MessageKey>((code) => typeof code === 'string'),
    values: z.record(z.string(), z.union([z.string(), z.number(), messageSchema])),
  }),
)

export const textOrMessageSchema: z.ZodType<Text, Text> = z.union([z.string(), messageSchema])

/** The placeholders of a text: `count, number` for `{{count, number}} items`. */
type Placeholder<Template extends string> = Template extends `${string}{{${infer Place}}}${infer Rest}` ? Place | Placeholder<Rest> : never

/** A text that contains all of these placeholders, in any order. */
type Holding<Place extends string> = [Place] extends [never]
  ? string
  : (Place extends string ? (text: `${string}{{${Place}}}${string}`) => void : never) extends (text: infer Template) => void
    ? Template
    : never

/** The same texts in another language: none missing, none added, and each with all of its placeholders. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? Holding<Placeholder<Texts[Key]>> : Translation<Texts[Key]>
}

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type WithoutPlural<Key extends string> = Key extends `${infer Base}_${Plural}` ? Base : Key

/** The keys of a catalogue as paths, such as `import.json.comment`; plural forms share one key. */
type KeyOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? WithoutPlural<Key> : `${Key}.${KeyOf<Texts[Key]>}`
}[keyof Texts & string]

/** The text at a path of a catalogue; for plural forms, the one for most numbers. */
type CatalogueText<Texts, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Texts
    ? CatalogueText<Texts[Head], Rest>
    : never
  : Path extends keyof Texts
    ? Texts[Path]
    : `${Path}_other` extends keyof Texts
      ? Texts[`${Path}_other`]
      : never

type NameOf<Place extends string> = Place extends `${infer Name}, ${string}` ? Name : Place

/** The names of the values that the text at a path of a catalogue needs. */
type ValueNameOf<Texts, Path extends string> = NameOf<Placeholder<CatalogueText<Texts, Path> & string>>
