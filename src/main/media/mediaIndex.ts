import { readdir } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Returns a key that is the same for names that differ only in case or in the notation of accents. */
export const keyOf = (name: string): string => name.normalize('NFC').toLowerCase()

/** Returns a path with `/` without its file extension. */
export const stemOf = (path: string): string => path.slice(0, path.length - posix.extname(path).length)

/** Number of files after which indexing stops; in larger folders, the rest is only found by exact names. */
const maxFiles = 2_000_000
/** Maximum number of files with the same name in different folders that are compared. */
const maxNamesakes = 200

/** Index of the files below a folder, by relative paths with `/`. */
export interface MediaIndex {
  /** Returns the files whose path without extension is `stem`, ignoring case. */
  readonly at: (stem: string) => readonly string[]
  /** Returns files in subfolders whose path without extension ends with `stem`. */
  readonly below: (stem: string) => readonly string[]
  /** Returns whether any file has this name without extension; `at` or `below` returns such a file. */
  readonly hasName: (stem: string) => boolean
  /** Returns whether a path is a folder or leads through a link, so that it needs a closer check. */
  readonly isFolderOrLink: (path: string) => boolean
}

/** Returns whether an entry is ignored: hidden files and folders, and projects, whose media belong to them. */
const isLeftOut = (name: string) => name.startsWith('.') || name.endsWith('.exemplar')

interface Found {
  readonly path: string
  readonly kind: 'file' | 'link' | 'folder'
}

/** Yields everything below a folder, without following links to folders. Skips folders that cannot be listed. */
async function* walk(directory: string): AsyncGenerator<Found, void, undefined> {
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (isLeftOut(entry.name)) continue
      const path = folder + entry.name
      if (entry.isDirectory()) {
        folders.push(`${path}/`)
        yield { path, kind: 'folder' }
      } else if (entry.isFile()) yield { path, kind: 'file' }
      else if (entry.isSymbolicLink()) yield { path, kind: 'link' }
    }
  }
}

function add(map: Map<string, string[]>, key: string, path: string): void {
  const list = map.get(key)
  if (list) list.push(path)
  else map.set(key, [path])
}

/** Indexes a folder and all its subfolders once. */
export async function indexMedia(directory: string): Promise<MediaIndex> {
  const byPath = new Map<string, string[]>()
  const byName = new Map<string, string[]>()
  const folders = new Set<string>()
  const links = new Set<string>()
  let files = 0
  for await (const { path, kind } of walk(directory)) {
    if (kind === 'link') links.add(keyOf(path))
    if (kind === 'folder') folders.add(keyOf(path))
    if (kind === 'folder') continue
    if (++files > maxFiles) break
    const key = keyOf(stemOf(path))
    add(byPath, key, path)
    add(byName, posix.basename(key), path)
  }
  return {
    at: (stem) => byPath.get(keyOf(stem)) ?? [],
    below: (stem) => {
      const key = keyOf(stem)
      const namesakes = byName.get(posix.basename(key)) ?? []
      if (!key.includes('/')) return namesakes.slice(0, maxNamesakes).filter((path) => path.includes('/'))
      return namesakes.length > maxNamesakes ? [] : namesakes.filter((path) => keyOf(stemOf(path)).endsWith(`/${key}`))
    },
    isFolderOrLink: (path) => {
      const key = keyOf(path)
      if (folders.has(key)) return true
      if (links.size === 0) return false
      const parts = key.split('/')
      return parts.some((_, at) => links.has(parts.slice(0, at + 1).join('/')))
    },
    hasName: (stem) => byName.has(keyOf(posix.basename(stem))),
  }
}
