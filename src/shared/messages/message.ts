import { z } from 'zod'
import type { en } from './en'
import type { KeyOf, ValueNameOf } from './translation'

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
