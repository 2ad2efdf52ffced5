import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import { toProblem } from '../../../shared/problem'
import { type Message, message } from '../../../shared/messages/message'
import { badFile, decodeUtf8, requireUtf8Start } from './text/readLines'

/** One of the annotation files of an import. */
export interface AnnotationFile {
  readonly path: string
  /** relative to the folder that was named, with `/` */
  readonly name: string
}

const isHidden = (name: string) => name.startsWith('.') || name === '__MACOSX' || name.endsWith('.exemplar')

/** The files below a folder in the order of their names, without hidden ones. */
export async function* walk(
  folder: string,
  below: string,
  isOne: (name: string) => boolean,
): AsyncGenerator<AnnotationFile, void, undefined> {
  const entries = await readdir(join(folder, below), { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isHidden(entry.name)) continue
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    // Links are not followed: a folder that links to one above it would never end.
    if (entry.isDirectory()) yield* walk(folder, name, isOne)
    else if (entry.isFile() && isOne(entry.name)) yield { path: join(folder, name), name }
  }
}

/**
 * The file that was named, or those of the folder that was named and of the folders in it, in the order of their names. Throws Problem
 * 'bad-file' where there is none.
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

/** The bytes of a text file in UTF-8 or, by `toText`, in another encoding. Throws Problem 'bad-file' where it is larger than `megabytes`. */
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

/** The last part of a path as any system writes it, or of an address. */
export const lastPart = (name: string): string =>
  withSlashes(name)
    .split('/')
    .findLast((part) => part !== '') ?? ''

/** Names to look for, best first, without those twice and without what leads out of the media folder. */
export function namesToTry(...names: readonly (string | undefined)[]): [string, ...string[]] {
  const plain = names.flatMap((name) => {
    if (name === undefined || name.trim() === '') return []
    const path = posix.normalize(withSlashes(name))
    return path.startsWith('../') || path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path) ? [] : [path]
  })
  const [first, ...others] = new Set(plain)
  return [first ?? '', ...others]
}
