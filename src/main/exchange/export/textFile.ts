import { open } from 'node:fs/promises'
import path from 'node:path'
import { toProblem } from '../../../shared/problem'

const bufferedCharacters = 1 << 18

export type WriteText = (text: string) => Promise<void>

/** Makes `file`, hands `work` a function that appends UTF-8 text to it, and closes it flushed to the disk. Errors name the file. */
export async function writeTextFile<T>(file: string, work: (write: WriteText) => Promise<T>): Promise<T> {
  const name = path.basename(file)
  const handle = await open(file, 'wx').catch((error: unknown) => {
    throw toProblem(error, name)
  })
  try {
    let pieces: string[] = []
    let characters = 0
    const flush = async () => {
      const text = pieces.join('')
      pieces = []
      characters = 0
      await naming(name, () => handle.appendFile(text))
    }
    const result = await work(async (text) => {
      pieces.push(text)
      characters += text.length
      if (characters >= bufferedCharacters) await flush()
    })
    await flush()
    await naming(name, () => handle.sync())
    return result
  } finally {
    await handle.close()
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
