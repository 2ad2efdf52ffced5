import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Problem, toProblem } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { makeFolders, ownPath } from '../../../store/sql/ownPath'

/** Number of bytes buffered before they are written. */
const bufferedBytes = 1 << 20
/** Maximum number of UTF-8 bytes per UTF-16 code unit. */
const bytesPerCharacter = 3

type WriteText = TextFile['write']

export interface TextFile {
  /** Appends UTF-8 text; await the returned promise, if any, before the next call. */
  write(text: string): Promise<void> | undefined
  /** Flushes all data to the disk and closes the file. */
  finish(): Promise<void>
  /** Closes the file; has no effect after `finish`. */
  close(): Promise<void>
}

/** Creates `file` for text. Errors name the file. */
export async function openTextFile(file: string): Promise<TextFile> {
  const name = path.basename(file)
  const handle = await open(file, 'wx').catch((error: unknown) => {
    throw toProblem(error, name)
  })
  const buffer = Buffer.allocUnsafe(bufferedBytes)
  let filled = 0
  const flush = async () => {
    await naming(name, () => handle.appendFile(buffer.subarray(0, filled)))
    filled = 0
  }
  const writeAfterFlush = async (text: string) => {
    await flush()
    if (text.length * bytesPerCharacter > bufferedBytes) await naming(name, () => handle.appendFile(text))
    else filled += buffer.write(text, filled)
  }
  return {
    write(text) {
      if (filled + text.length * bytesPerCharacter > bufferedBytes) return writeAfterFlush(text)
      filled += buffer.write(text, filled)
      return undefined
    },
    async finish() {
      await flush()
      await naming(name, () => handle.sync())
      await handle.close()
    },
    close: () => handle.close(),
  }
}

/**
 * Creates `file`, calls `work` with a function that appends UTF-8 text to it, flushes it to the disk and closes it. Errors name the file.
 */
export async function writeTextFile<T>(file: string, work: (write: WriteText) => Promise<T>): Promise<T> {
  const text = await openTextFile(file)
  try {
    const result = await work((piece) => text.write(piece))
    await text.finish()
    return result
  } finally {
    await text.close()
  }
}

/** Runs `work` and converts file system errors to a Problem about the file. */
export async function naming<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toProblem(error, name)
  }
}

const instructionsName = /^(.+)_instructions\.json$/
const mediaName = /^[0-9a-f]{64}\.[a-z0-9]+$/

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

/**
 * Finds files that an earlier, larger export of the same set left in the folder and that nothing references any more: parts of its images
 * with their train files, and copies of media. They are only listed, because only their owner knows whether they are still needed.
 * @param written files of this export, relative to `directory`
 */
export async function findLeftOver(directory: string, written: readonly string[]): Promise<string[]> {
  const now = new Set(written)
  const set = written.map((name) => instructionsName.exec(name)?.[1]).find((name) => name !== undefined)
  const isOfSet = (name: string) => {
    if (set === undefined || !name.startsWith(set)) return false
    return /^(?:_\d{3})?(?:\.parquet|_train\.json)$/.test(name.slice(set.length))
  }
  const parts = (await namesIn(directory)).filter((name) => isOfSet(name) && !now.has(name)).toSorted()
  if (!written.some((name) => name.startsWith('media/'))) return parts
  const media = (await namesIn(path.join(directory, 'media'))).filter((name) => mediaName.test(name) && !now.has(`media/${name}`))
  return [...parts, ...media.toSorted().map((name) => `media/${name}`)]
}

const stagingPrefix = '.exemplar-tmp-'

/** Staging folders of exports that this process is running; these are not leftovers. */
const underWay = new Set<string>()

interface StagedFiles<T> {
  /** Names relative to the staging folder, in the order in which they must appear; folders are separated by `/`. */
  readonly files: readonly string[]
  readonly value: T
}

/**
 * Lets `produce` write files into a hidden folder inside `directory` (created if missing), then renames each of them to its final path, in
 * the given order. If `produce` throws, `directory` is unchanged and the hidden folder is removed; if the process is killed, only the
 * hidden folder remains, and the next call removes it.
 */
export async function stageFiles<T>(directory: string, produce: (staging: string) => Promise<StagedFiles<T>>): Promise<T> {
  await makeDirectory(directory)
  const staging = path.join(directory, `${stagingPrefix}${process.pid}-${randomUUID().slice(0, 8)}`)
  underWay.add(staging) // registered before it exists, so that no other export of this process removes it
  try {
    await inDirectory(directory, async () => {
      await removeLeftOvers(directory)
      await mkdir(staging)
    })
    const { files, value } = await produce(staging)
    await inDirectory(directory, () => publish(staging, directory, files))
    return value
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined)
    underWay.delete(staging)
  }
}

async function makeDirectory(directory: string): Promise<void> {
  const existing = await stat(directory).catch(() => undefined)
  if (existing && !existing.isDirectory())
    throw new Problem('wrong-use', message('exportSet.directoryIsFile', { directory }), message('exportSet.nameFolder'), {
      item: directory,
    })
  await inDirectory(directory, async () => makeFolders(directory))
}

async function inDirectory<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toProblem(error, directory)
  }
}

/** Removes the folders of killed exports, except those of processes that are still running. */
async function removeLeftOvers(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(stagingPrefix)) continue
    const folder = path.join(directory, name)
    if (!underWay.has(folder) && !belongsToAnother(name)) await rm(folder, { recursive: true, force: true })
  }
}

function belongsToAnother(name: string): boolean {
  const owner = Number(name.slice(stagingPrefix.length).split('-')[0])
  if (!Number.isInteger(owner) || owner <= 0 || owner === process.pid) return false
  try {
    process.kill(owner, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function publish(staging: string, directory: string, files: readonly string[]): Promise<void> {
  const folders = new Set([directory])
  for (const name of files) {
    const target = path.join(directory, name)
    if (!folders.has(path.dirname(target))) {
      await mkdir(ownPath(directory, path.dirname(name)), { recursive: true })
      folders.add(path.dirname(target))
    }
    await rename(path.join(staging, name), target)
  }
  for (const folder of folders) await syncDirectory(folder)
}

/** Makes renames durable. Windows has no such call for folders and does not need it. */
async function syncDirectory(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
