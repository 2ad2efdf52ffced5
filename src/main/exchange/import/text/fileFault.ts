import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem, toProblem } from '../../../../shared/problem'
import { mapTexts, type Message, message } from '../../../../shared/messages/message'

/** A Problem about an imported file as a whole. */
export const badFile = (file: string, reason: Message, remedy = message('import.correctOrChooseFile')) =>
  new Problem('bad-file', message('common.aboutItem', { item: basename(file), reason: shortenMessage(reason) }), remedy, {
    item: basename(file),
  })

/** Throws a Problem unless the path is a plain file. */
export async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  if (!found.isFile()) throw badFile(file, found.isDirectory() ? message('import.folderNotFile') : message('import.notPlainFile'))
}

/** Texts without the space around them, and without empty ones. */
export const trimAll = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter((text) => text !== '')

/** Names of media have at most so many characters; no system has longer ones. */
export const longestMediumName = 1024
/** Of a name or an id, no message shows more characters. */
const maxShown = 80
/** Adds details to a message of a library. */
const maxOfSentence = 300

/** A value as a message shows it: its beginning, where it is long. */
export function shorten(value: string): string {
  const most = /\s/.test(value.slice(0, maxShown)) ? maxOfSentence : maxShown
  return value.length <= most ? value : `${value.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The message with each of its values shortened. */
export const shortenMessage = (long: Message): Message => mapTexts(long, shorten)
