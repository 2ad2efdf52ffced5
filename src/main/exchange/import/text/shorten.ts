import { Message, type MessageValue } from '../../../../shared/messages/message'

/** Names of media have at most so many characters; no system has longer ones. */
export const longestMediumName = 1024
/** Of a name or an id, no message shows more characters. */
const mostShown = 80
/** Of a sentence, which a library says, more. */
const mostOfSentence = 300

/** A value as a message shows it: its beginning, where it is long. */
export function shorten(value: string): string {
  const most = /\s/.test(value.slice(0, mostShown)) ? mostOfSentence : mostShown
  return value.length <= most ? value : `${value.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The text with each of its values shortened. */
export function shortenSaid({ id, values }: Message): Message {
  const short = (value: MessageValue): MessageValue =>
    typeof value === 'string' ? shorten(value) : value instanceof Message ? shortenSaid(value) : value
  return new Message(id, values.map(short))
}
