import { mapTexts, type Message } from '../../../../shared/messages/message'

/** Texts without the space around them, and without empty ones. */
export const trimAll = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter((text) => text !== '')

/** Names of media have at most so many characters; no system has longer ones. */
export const longestMediumName = 1024
/** Of a name or an id, no message shows more characters. */
const maxShown = 80
/** Of a sentence, which a library says, more. */
const maxOfSentence = 300

/** A value as a message shows it: its beginning, where it is long. */
export function shorten(value: string): string {
  const most = /\s/.test(value.slice(0, maxShown)) ? maxOfSentence : maxShown
  return value.length <= most ? value : `${value.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The message with each of its values shortened. */
export const shortenMessage = (message: Message): Message => mapTexts(message, shorten)
