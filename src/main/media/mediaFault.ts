import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media } from '../../shared/domain'
import { messageOf, Problem } from '../../shared/problem'
import { type Said, say } from '../../shared/say'
import { mediaFolder, mediaPath } from './mediaPath'
import { hashFile } from './storeMedia'
import { recallProblem } from './video/videoProblem'

/** What brings back a file of a project: an import leaves alone what the project knows already. */
export const copyAgain = ({ fileName, storedName }: Pick<Media, 'fileName' | 'storedName'>) =>
  say`Copy ${fileName} to ${join(mediaFolder, storedName)} of the project again.`

/**
 * Why a medium of a project cannot be shown: its file is missing, cannot be read, is not the one that was imported, or holds a codec
 * that nothing here decodes. Null where the file is as it was imported, and was found sound then.
 */
export async function findMediaFault(projectDirectory: string, media: Media, signal?: AbortSignal): Promise<Problem | null> {
  const { fileName, storedName, bytes, sha256, problem } = media
  const again = copyAgain(media)
  const fault = (message: Said, remedy: Said, cause?: unknown) =>
    new Problem('bad-media', say`${fileName}: ${message}.`, remedy, { item: fileName, cause })
  try {
    const file = mediaPath(projectDirectory, storedName)
    const { size } = await stat(file)
    if (size !== bytes) return fault(say`the file is damaged: it has ${size} bytes, and had ${bytes} when it was imported`, again)
    if ((await hashFile(file, fileName, signal)) !== sha256)
      return fault(say`the file is damaged: its content is not what was imported`, again)
  } catch (error) {
    if (signal?.aborted) throw error
    if (error instanceof Problem) return error
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return fault(say`the file is missing from the project`, again)
    return fault(say`the file cannot be read (${messageOf(error)})`, say`Give yourself the right to read it.`, error)
  }
  // What the import found ends with what to do about it.
  return problem === null ? null : new Problem('bad-media', say`${fileName}: ${recallProblem(problem).whole}`, '', { item: fileName })
}
