import { z } from 'zod'
import type { en } from './en'

export type MessageKey = KeyOf<typeof en>

/** What is filled into a text. A number is written as the language does, and a message is translated first. */
export type MessageValue = string | number | Message

/** A text for people, apart from the language it is shown in: a key of the catalogue, and what is filled in. Between processes it is a plain object. */
export class Message {
  constructor(
    readonly code: MessageKey,
    readonly values: Readonly<Record<string, MessageValue>> = {},
  ) {}
}

/** A message, or a text that is known in one language alone, such as what a library or a server answers. */
export type Text = string | Message

/** Keys of texts with nothing to fill in. */
export type PlainKey = { [Key in MessageKey]: [ValueNameOf<typeof en, Key>] extends [never] ? Key : never }[MessageKey]

type Values<Key extends MessageKey> = { readonly [Name in ValueNameOf<typeof en, Key>]: MessageValue }

// JSON has no NaN and no infinity.
const toValue = (value: MessageValue): MessageValue => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value)

/** Returns the message with a key and its values: `message('project.nothingThere', { directory })`. The compiler checks both. */
export function message<Key extends MessageKey>(
  code: Key,
  ...[values]: [ValueNameOf<typeof en, Key>] extends [never] ? [] : [Values<Key>]
): Message {
  if (values === undefined) return new Message(code)
  return new Message(
    code,
    Object.fromEntries(Object.entries<MessageValue>(values as Record<string, MessageValue>).map(([name, value]) => [name, toValue(value)])),
  )
}

/** Returns the message with each text among its values changed. */
export function mapTexts({ code, values }: Message, change: (text: string) => string): Message {
  const changeValue = (value: MessageValue): MessageValue =>
    typeof value === 'string' ? change(value) : typeof value === 'object' ? mapTexts(value, change) : value
  return new Message(code, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, changeValue(value)])))
}

export const messageSchema: z.ZodType<Message, Message> = z.lazy(() =>
  z.object({
    code: z.custom<MessageKey>((code) => typeof code === 'string'),
    values: z.record(z.string(), z.union([z.string(), z.number(), messageSchema])),
  }),
)

export const textOrMessageSchema: z.ZodType<Text, Text> = z.union([z.string(), messageSchema])

/** What stands in a text to be filled in: `{{count, number}}` of `{{count, number}} items`. */
type Placeholder<Template extends string> = Template extends `${string}{{${infer Place}}}${infer Rest}` ? Place | Placeholder<Rest> : never

/** A text that holds all of these placeholders, wherever they stand. */
type Holding<Place extends string> = [Place] extends [never]
  ? string
  : (Place extends string ? (text: `${string}{{${Place}}}${string}`) => void : never) extends (text: infer Template) => void
    ? Template
    : never

/** The same texts in another language: none missing, none beside, and each with all of its placeholders. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? Holding<Placeholder<Texts[Key]>> : Translation<Texts[Key]>
}

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type WithoutPlural<Key extends string> = Key extends `${infer Base}_${Plural}` ? Base : Key

/** The keys of a catalogue as paths, such as `import.json.comment`; plural forms share one key. */
type KeyOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? WithoutPlural<Key> : `${Key}.${KeyOf<Texts[Key]>}`
}[keyof Texts & string]

/** The text at a path of a catalogue; of plural forms, the one for most numbers. */
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

/** The names of the values that the text at a path of a catalogue takes. */
type ValueNameOf<Texts, Path extends string> = NameOf<Placeholder<CatalogueText<Texts, Path> & string>>
