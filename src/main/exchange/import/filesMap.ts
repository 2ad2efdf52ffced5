import { basename } from 'node:path'
import { z } from 'zod'
import { schemaFault } from './entry'
import { readJsonEntries } from './readJsonStream'
import { badFile } from './readLines'

const namesSchema = z.union(
  [
    z
      .string()
      .min(1)
      .transform((name) => [name]),
    z.array(z.string().min(1)).min(1),
  ],
  {
    error: 'expected a file name or a list of file names',
  },
)

/**
 * A files map: JSON `{source id: file name or list of them}`, for formats that know their media only by ids (of photos, videos or
 * scenes). Throws Problem 'bad-file'.
 */
export async function readFilesMap(file: string): Promise<Map<string, readonly string[]>> {
  const map = new Map<string, readonly string[]>()
  for await (const { key, value } of readJsonEntries(file)) {
    if (key === null) throw badFile(file, 'it is a list, not an object from ids to file names', 'Choose another files map.')
    const names = namesSchema.safeParse(value)
    if (!names.success)
      throw badFile(file, `“${key}”: ${schemaFault(names.error, '')}`, `Correct ${basename(file)}, or choose another files map.`)
    map.set(key, names.data)
  }
  return map
}
