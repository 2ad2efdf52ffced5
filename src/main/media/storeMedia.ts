import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { cleanText } from '../../shared/text/cleanText'
import type { Media } from '../../shared/domain'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import { message, type Message } from '../../shared/messages/message'
import { ownPath } from '../store/sql/ownPath'
import { badMedia } from './image/decode'
import { mediaFolder, mediaPath } from './mediaPath'
import { probeMedia } from './probe'

/** Properties of a medium before the store assigns an id. */
export type NewMedia = Omit<Media, 'id'>

/** A medium that was copied into the project under a temporary name: `keep` renames it permanently, `discard` removes it. */
export interface StagedMedia {
  readonly media: NewMedia
  /** Number of images in an image file, of which only the first is used. */
  readonly pages?: number
  keep(): Promise<void>
  discard(): Promise<void>
}

const chunkBytes = 1024 * 1024
const temporaryPrefix = '.incoming-'
/** Age in milliseconds after which an unmodified temporary file was left by a process that died. */
const staleMs = 60 * 60 * 1000

async function* readChunks(source: FileHandle, name: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await source.read(buffer, 0, chunkBytes, null).catch((error: unknown) => {
      throw badMedia(name, message('mediaFile.unreadable', { reason: messageOf(error) }), error)
    })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

async function withSource<T>(file: string, name: string, work: (source: FileHandle) => Promise<T>): Promise<T> {
  const source = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw badMedia(name, message('mediaFile.unreadable', { reason: messageOf(error) }), error)
  })
  try {
    return await work(source)
  } finally {
    await source.close()
  }
}

/** Returns the SHA-256 of a file in hexadecimal, read in chunks. Throws Problem 'bad-media' if the file cannot be read. */
export function hashFile(file: string, name = basename(file), signal?: AbortSignal): Promise<string> {
  return withSource(file, name, async (source) => {
    const hash = createHash('sha256')
    for await (const chunk of readChunks(source, name, signal)) hash.update(chunk)
    return hash.digest('hex')
  })
}

/** Copies a file to a new one and hashes it; the copy is flushed to disk on return. */
async function copyAndHash(file: string, name: string, to: string, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  return withSource(file, name, async (source) => {
    const target = await open(to, 'wx')
    try {
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of readChunks(source, name, signal)) {
        hash.update(chunk)
        for (let at = 0; at < chunk.length;) at += (await target.write(chunk, at)).bytesWritten
        bytes += chunk.length
      }
      await target.sync()
      return { sha256: hash.digest('hex'), bytes }
    } finally {
      await target.close()
    }
  })
}

const holds = (file: string, bytes: number) =>
  stat(file).then(
    (found) => found.isFile() && found.size === bytes,
    () => false,
  )

async function keepAs(temporary: string, stored: string, bytes: number): Promise<void> {
  try {
    if (await holds(stored, bytes)) return await rm(temporary, { force: true })
    await rename(temporary, stored)
  } catch (error) {
    await rm(temporary, { force: true })
    // Another row may have stored the same content in the meantime and keep it open, so that the rename fails on Windows.
    if (!(await holds(stored, bytes))) throw toProblem(error, basename(stored))
  }
}

/**
 * Copies a file into the project's media folder under a temporary name and checks the copy, so that the stored file is the one that was
 * checked. `fileName` is the name that users know. Throws Problem 'bad-media' if the file cannot be read or used, and other Problems if the
 * project is not writable; then no file is left behind.
 */
export async function stageMedia(file: string, projectDirectory: string, fileName: string, signal?: AbortSignal): Promise<StagedMedia> {
  const folder = ownPath(projectDirectory, mediaFolder)
  const temporary = join(folder, `${temporaryPrefix}${randomUUID()}`)
  try {
    await mkdir(folder, { recursive: true })
    const { sha256, bytes } = await copyAndHash(file, fileName, temporary, signal)
    const { extension, pages, ...probe } = await probeMedia(temporary, fileName, signal)
    const storedName = `${sha256}.${extension}`
    return {
      media: { sha256, fileName: cleanText(fileName), storedName, bytes, ...probe },
      ...(pages !== undefined && { pages }),
      keep: () => keepAs(temporary, mediaPath(projectDirectory, storedName), bytes),
      discard: () => rm(temporary, { force: true }),
    }
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    if (signal?.aborted) throw error
    throw toProblem(error, fileName)
  }
}

/** Stores a file as `<project>/media/<sha256>.<extension>`; identical content is stored once. Errors as for `stageMedia`. */
export async function storeMedia(file: string, projectDirectory: string, fileName = basename(file)): Promise<NewMedia> {
  const staged = await stageMedia(file, projectDirectory, fileName)
  await staged.keep()
  return staged.media
}

/** Flushes renames in the media folder to disk; has no effect on systems that cannot flush a folder. */
export async function syncMediaFolder(projectDirectory: string): Promise<void> {
  const folder = await open(join(projectDirectory, mediaFolder)).catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/** Removes temporary copies that were left behind by a killed import. */
export async function removeStaleTemporaries(projectDirectory: string, now = Date.now()): Promise<void> {
  const folder = ownPath(projectDirectory, mediaFolder)
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(temporaryPrefix))) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found && now - found.mtimeMs > staleMs) await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

/** Returns how to restore a file of a project: an import skips media that the project already knows. */
export const copyAgain = ({ fileName, storedName }: Pick<Media, 'fileName' | 'storedName'>) =>
  message('mediaFile.copyAgain', { fileName, path: join(mediaFolder, storedName) })

/**
 * Returns why a medium of a project cannot be shown: its file is missing, unreadable or not the imported one, or uses a codec without a
 * decoder. Null if the file is unchanged and had no problem when it was imported.
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
  // The problem found by the import already ends with a remedy.
  return problem === null
    ? null
    : new Problem('bad-media', message('common.labelled', { label: fileName, text: problem }), '', { item: fileName })
}
