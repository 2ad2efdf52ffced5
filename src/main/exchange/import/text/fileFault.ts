import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem, toProblem } from '../../../../shared/problem'
import { mapTexts, type Message, message } from '../../../../shared/messages/message'

/** Creates a Problem about an imported file as a whole. */
export const badFile = (file: string, reason: Message, remedy = message('import.correctOrChooseFile')) =>
  new Problem('bad-file', message('common.aboutItem', { item: basename(file), reason: shortenMessage(reason) }), remedy, {
    item: basename(file),
  })

/**
 * Checks that a path is a regular file.
 * @throws Problem 'bad-file' if it is not, or another Problem if it cannot be accessed
 */
export async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  if (!found.isFile()) throw badFile(file, found.isDirectory() ? message('import.folderNotFile') : message('import.notPlainFile'))
}

/** Trims texts and removes empty ones. */
export const trimAll = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter((text) => text !== '')

/** Maximum length of a media name in characters; no operating system supports longer names. */
export const longestMediumName = 1024
/** Maximum number of characters of a name or an id in a message. */
const maxShown = 80
/** Maximum number of characters of a value that contains spaces, such as a message of a library. */
const maxOfSentence = 300

/** Shortens a long value for use in a message. */
export function shorten(value: string): string {
  const most = /\s/.test(value.slice(0, maxShown)) ? maxOfSentence : maxShown
  return value.length <= most ? value : `${value.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Returns the message with all of its values shortened. */
export const shortenMessage = (long: Message): Message => mapTexts(long, shorten)
