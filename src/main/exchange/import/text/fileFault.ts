import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem, toProblem } from '../../../../shared/problem'
import { type Said, say } from '../../../../shared/say'
import { shortenSaid } from './shorten'

/** A Problem about an imported file as a whole. */
export const badFile = (file: string, reason: Said, remedy = say`Correct the file, or choose another one or another format.`) =>
  new Problem('bad-file', say`${basename(file)}: ${shortenSaid(reason)}.`, remedy, { item: basename(file) })

/** Throws a Problem unless the path is a plain file. */
export async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  if (!found.isFile()) throw badFile(file, found.isDirectory() ? say`it is a folder, not a file` : say`it is not a plain file`)
}
