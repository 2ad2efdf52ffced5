import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import { toProblem } from '../../../shared/problem'
import { type Message, message } from '../../../shared/messages/message'
import { badFile, decodeUtf8, requireUtf8Start } from './text/readLines'

/** An annotation file of an import. */
export interface AnnotationFile {
  readonly path: string
  /** Path relative to the chosen folder, with `/` as separator. */
  readonly name: string
}

const isHidden = (name: string) => name.startsWith('.') || name === '__MACOSX' || name.endsWith('.exemplar')

/** Yields the files in a folder and its subfolders in name order, except hidden files. */
export async function* walk(
  folder: string,
  below: string,
  isOne: (name: string) => boolean,
): AsyncGenerator<AnnotationFile, void, undefined> {
  const entries = await readdir(join(folder, below), { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isHidden(entry.name)) continue
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    // Links are not followed: a link to a parent folder would recurse forever.
    if (entry.isDirectory()) yield* walk(folder, name, isOne)
    else if (entry.isFile() && isOne(entry.name)) yield { path: join(folder, name), name }
  }
}

/**
 * Returns the given file, or the matching files of the given folder and its subfolders in name order.
 * @throws Problem 'bad-file' if there is no such file
 */
export async function listAnnotationFiles(path: string, isOne: (name: string) => boolean, wanted: Message): Promise<AnnotationFile[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw toProblem(error, basename(path))
  })
  if (!found.isDirectory()) return [{ path, name: basename(path) }]
  const files: AnnotationFile[] = []
  try {
    for await (const file of walk(path, '', isOne)) files.push(file)
  } catch (error) {
    throw toProblem(error, basename(path))
  }
  if (files.length === 0) throw badFile(path, message('import.nothingInFolder', { wanted }), message('import.chooseFolderWithThem'))
  return files
}

/**
 * Reads a text file as UTF-8, or decodes it with `toText`.
 * @throws Problem 'bad-file' if it is larger than `megabytes` or cannot be decoded
 */
export async function readWholeFile(path: string, megabytes: number, toText?: (bytes: Buffer) => string | null): Promise<string> {
  const bytes = await stat(path)
    .then((found) => {
      if (!found.isFile()) throw badFile(path, message('import.notPlainFile'))
      if (found.size > megabytes * 1024 * 1024) throw badFile(path, message('import.fileTooLarge', { megabytes }))
      return readFile(path)
    })
    .catch((error: unknown) => {
      throw toProblem(error, basename(path))
    })
  if (toText === undefined) requireUtf8Start(path, bytes)
  const text = toText === undefined ? decodeUtf8(bytes) : toText(bytes)
  if (text === null) throw badFile(path, message('import.notUtf8Text'), message('import.saveAsUtf8'))
  return text
}

const withSlashes = (name: string) => name.replaceAll('\\', '/')

/** Returns the last segment of a path (with `/` or `\`) or of a URL. */
export const lastPart = (name: string): string =>
  withSlashes(name)
    .split('/')
    .findLast((part) => part !== '') ?? ''

/** Returns the file names to look for, best first, without duplicates and without paths outside the media folder. */
export function namesToTry(...names: readonly (string | undefined)[]): [string, ...string[]] {
  const plain = names.flatMap((name) => {
    if (name === undefined || name.trim() === '') return []
    const path = posix.normalize(withSlashes(name))
    return path.startsWith('../') || path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path) ? [] : [path]
  })
  const [first, ...others] = new Set(plain)
  return [first ?? '', ...others]
}
