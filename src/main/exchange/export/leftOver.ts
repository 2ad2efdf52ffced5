import { readdir } from 'node:fs/promises'
import path from 'node:path'

const instructionsName = /^(.+)_instructions\.json$/
const mediaName = /^[0-9a-f]{64}\.[a-z0-9]+$/

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

/**
 * What an earlier, larger export of the same set left in the folder and nothing refers to any more: parts of its images with their
 * train files, and copies of media. They are named, not removed: nobody but their owner knows whether they are still wanted.
 * @param written by this export, below `directory`
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
