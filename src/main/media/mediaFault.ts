import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media } from '../../shared/domain'
import { messageOf, Problem } from '../../shared/problem'
import { message, type Message } from '../../shared/messages/message'
import { mediaFolder, mediaPath } from './mediaPath'
import { hashFile } from './storeMedia'

/** What brings back a file of a project: an import leaves alone what the project knows already. */
export const copyAgain = ({ fileName, storedName }: Pick<Media, 'fileName' | 'storedName'>) =>
  message('mediaFile.copyAgain', { fileName, path: join(mediaFolder, storedName) })

/**
 * Why a medium of a project cannot be shown: its file is missing, cannot be read, is not the one that was imported, or holds a codec
 * that nothing here decodes. Null where the file is as it was imported, and was found sound then.
 */
export async function findMediaFault(projectDirectory: string, media: Media, signal?: AbortSignal): Promise<Problem | null> {
  const { fileName, storedName, bytes, sha256, problem } = media
  const again = copyAgain(media)
  const fault = (reason: Message, remedy: Message, cause?: unknown) =>
    new Problem('bad-media', message('common.aboutItem', { item: fileName, reason }), remedy, { item: fileName, cause })
  try {
    const file = mediaPath(projectDirectory, storedName)
    const { size } = await stat(file)
    if (size !== bytes) return fault(message('mediaFile.sizeChanged', { size, expected: bytes }), again)
    if ((await hashFile(file, fileName, signal)) !== sha256) return fault(message('mediaFile.contentChanged'), again)
  } catch (error) {
    if (signal?.aborted) throw error
    if (error instanceof Problem) return error
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return fault(message('mediaFile.missing'), again)
    return fault(message('mediaFile.unreadable', { reason: messageOf(error) }), message('mediaFile.allowReading'), error)
  }
  // What the import found ends with what to do about it.
  return problem === null
    ? null
    : new Problem('bad-media', message('common.labelled', { label: fileName, text: problem }), '', { item: fileName })
}
