import { open } from 'node:fs/promises'
import path from 'node:path'
import { toProblem } from '../../../shared/problem'

const bufferedCharacters = 1 << 18

export type WriteText = (text: string) => Promise<void>

export interface TextFile {
  /** Appends UTF-8 text; returns something to wait for when much of it is on its way to the disk. */
  write(text: string): Promise<void> | undefined
  /** Flushes all to the disk and closes the file. */
  finish(): Promise<void>
  /** Closes the file; harmless after `finish`. */
  close(): Promise<void>
}

/** Makes `file` for text. Errors name the file. */
export async function openTextFile(file: string): Promise<TextFile> {
  const name = path.basename(file)
  const handle = await open(file, 'wx').catch((error: unknown) => {
    throw toProblem(error, name)
  })
  let pieces: string[] = []
  let characters = 0
  const flush = async () => {
    const text = pieces.join('')
    pieces = []
    characters = 0
    await naming(name, () => handle.appendFile(text))
  }
  return {
    write(text) {
      pieces.push(text)
      characters += text.length
      return characters >= bufferedCharacters ? flush() : undefined
    },
    async finish() {
      await flush()
      await naming(name, () => handle.sync())
      await handle.close()
    },
    close: () => handle.close(),
  }
}

/** Makes `file`, hands `work` a function that appends UTF-8 text to it, and closes it flushed to the disk. Errors name the file. */
export async function writeTextFile<T>(file: string, work: (write: WriteText) => Promise<T>): Promise<T> {
  const text = await openTextFile(file)
  try {
    const result = await work(async (piece) => text.write(piece))
    await text.finish()
    return result
  } finally {
    await text.close()
  }
}

/** Runs `work`; what the file system throws becomes a Problem about the file. */
export async function naming<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toProblem(error, name)
  }
}
