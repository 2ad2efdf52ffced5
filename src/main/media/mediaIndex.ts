import { readdir } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Names that differ only in case, or in how accents are written, have one key. */
export const keyOf = (name: string): string => name.normalize('NFC').toLowerCase()

/** A path with `/`, without the ending of its file. */
export const stemOf = (path: string): string => path.slice(0, path.length - posix.extname(path).length)

/** A larger folder is found by exact names alone beyond so many files. */
const mostFiles = 2_000_000
/** Files of one name in different folders that are compared, at most. */
const mostNamesakes = 200

/** The files below a folder, by paths that are relative to it and written with `/`. */
export interface MediaIndex {
  /** Files whose path without its ending is `stem`, whatever the case. */
  readonly at: (stem: string) => readonly string[]
  /** Files further below whose path without its ending ends with `stem`. */
  readonly below: (stem: string) => readonly string[]
  /** Whether a file anywhere has this name without its ending; such a file is at `at` or `below`. */
  readonly hasName: (stem: string) => boolean
}

/** Hidden files and folders, and projects, whose media are no media of others. */
const isLeftOut = (name: string) => name.startsWith('.') || name.endsWith('.exemplar')

/** The paths of all files below a folder; links to folders are not followed. A folder that cannot be listed is left out. */
async function* walkFiles(directory: string): AsyncGenerator<string, void, undefined> {
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (isLeftOut(entry.name)) continue
      if (entry.isDirectory()) folders.push(`${folder}${entry.name}/`)
      else if (entry.isFile() || entry.isSymbolicLink()) yield folder + entry.name
    }
  }
}

function add(map: Map<string, string[]>, key: string, path: string): void {
  const list = map.get(key)
  if (list) list.push(path)
  else map.set(key, [path])
}

/** Lists a folder with all below it, once. */
export async function indexMedia(directory: string): Promise<MediaIndex> {
  const byPath = new Map<string, string[]>()
  const byName = new Map<string, string[]>()
  let files = 0
  for await (const path of walkFiles(directory)) {
    if (++files > mostFiles) break
    const key = keyOf(stemOf(path))
    add(byPath, key, path)
    add(byName, posix.basename(key), path)
  }
  return {
    at: (stem) => byPath.get(keyOf(stem)) ?? [],
    below: (stem) => {
      const key = keyOf(stem)
      const namesakes = byName.get(posix.basename(key)) ?? []
      if (!key.includes('/')) return namesakes.slice(0, mostNamesakes).filter((path) => path.includes('/'))
      return namesakes.length > mostNamesakes ? [] : namesakes.filter((path) => keyOf(stemOf(path)).endsWith(`/${key}`))
    },
    hasName: (stem) => byName.has(keyOf(posix.basename(stem))),
  }
}
