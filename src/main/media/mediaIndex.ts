import { readdir } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Names that differ only in case, or in how accents are written, have one key. */
export const keyOf = (name: string): string => name.normalize('NFC').toLowerCase()

/** A path with `/`, without the ending of its file. */
export const stemOf = (path: string): string => path.slice(0, path.length - posix.extname(path).length)

/** A larger folder is found by exact names alone beyond so many files. */
const maxFiles = 2_000_000
/** Files of one name in different folders that are compared, at most. */
const maxNamesakes = 200

/** The files below a folder, by paths that are relative to it and written with `/`. */
export interface MediaIndex {
  /** Files whose path without its ending is `stem`, whatever the case. */
  readonly at: (stem: string) => readonly string[]
  /** Files further below whose path without its ending ends with `stem`. */
  readonly below: (stem: string) => readonly string[]
  /** Whether a file anywhere has this name without its ending; such a file is at `at` or `below`. */
  readonly hasName: (stem: string) => boolean
  /** Whether a path is a folder, or leads through a link: what it is takes a closer look. */
  readonly isFolderOrLink: (path: string) => boolean
}

/** Hidden files and folders, and projects, whose media are no media of others. */
const isLeftOut = (name: string) => name.startsWith('.') || name.endsWith('.exemplar')

interface Found {
  readonly path: string
  readonly kind: 'file' | 'link' | 'folder'
}

/** All that lies below a folder; links to folders are not followed. A folder that cannot be listed is left out. */
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

/** Lists a folder with all below it, once. */
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
