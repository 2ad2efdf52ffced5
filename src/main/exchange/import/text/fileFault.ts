import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem, toProblem } from '../../../../shared/problem'
import { type Message, message } from '../../../../shared/messages/message'
import { shortenMessage } from './shorten'

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
