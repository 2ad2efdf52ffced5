import { basename } from 'node:path'
import { z } from 'zod'
import { type Gathering, openScratch } from '../../store/sql/scratch'
import { faultCode, schemaFault } from './row/entry'
import { readJsonEntries } from './json/readJsonStream'
import { badFile } from './text/readLines'
import { message } from '../../../shared/messages/message'

const namesSchema = z.union(
  [
    z
      .string()
      .min(1)
      .transform((name) => [name]),
    z.array(z.string().min(1)).min(1),
  ],
  {
    error: faultCode('import.expectedFileNames'),
  },
)

/** File names by source id, kept outside memory because there may be too many to fit. Must be closed. */
export interface FilesMap {
  readonly has: (id: string) => boolean
  /** Returns the file names of an id and marks the id as used. */
  readonly use: (id: string) => readonly string[] | undefined
  /** Returns the number of unused ids and the first `most` of them. */
  readonly unused: (most: number) => { readonly count: number; readonly first: readonly string[] }
  readonly close: () => void
}

/**
 * Reads a files map: JSON `{source id: file name or list of file names}`, for formats that identify their media only by ids (of photos,
 * videos or scenes).
 * @throws Problem 'bad-file' if the file is not a valid map
 */
export async function readFilesMap(file: string): Promise<FilesMap> {
  const scratch = openScratch()
  try {
    const namesOf = scratch.gather<readonly string[]>()
    for await (const { key, value } of readJsonEntries(file)) {
      if (key === null) throw badFile(file, message('import.filesMapIsList'), message('import.chooseAnotherFilesMap'))
      const names = namesSchema.safeParse(value)
      if (!names.success)
        throw badFile(
          file,
          message('import.filesMapEntry', { key, reason: schemaFault(names.error, '') }),
          message('import.correctFilesMap', { file: basename(file) }),
        )
      const { place, isNew } = namesOf.put(key, names.data)
      if (!isNew && JSON.stringify(namesOf.get(place)) !== JSON.stringify(names.data))
        throw badFile(file, message('import.filesMapTwice', { key }), message('import.correctFilesMap', { file: basename(file) }))
    }
    return { ...startUse(namesOf), close: scratch.close }
  } catch (error) {
    scratch.close()
    throw error
  }
}

function startUse(namesOf: Gathering<readonly string[]>): Omit<FilesMap, 'close'> {
  const size = namesOf.size()
  /** Indexed by `place`, which starts at 1. */
  const isUsed = new Uint8Array(size + 1)
  return {
    has: (id) => namesOf.find(id) !== undefined,
    use(id) {
      const place = namesOf.find(id)
      if (place === undefined) return undefined
      isUsed[place] = 1
      return namesOf.get(place)
    },
    unused(most) {
      const count = size - isUsed.reduce((sum, used) => sum + used, 0)
      const first: string[] = []
      if (count > 0)
        for (const { place, id } of namesOf.read()) {
          if (isUsed[place] === 0) first.push(id)
          if (first.length === Math.min(most, count)) break
        }
      return { count, first }
    },
  }
}
