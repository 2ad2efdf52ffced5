import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { messageOf } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { badMedia } from './image/decode'

const errorCode = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

const isInside = (directory: string, path: string) => {
  const way = relative(directory, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function realFile(path: string, name: string): Promise<{ path: string; stats: Stats } | undefined> {
  try {
    const real = await realpath(path)
    return { path: real, stats: await stat(real) }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === 'ELOOP') throw badMedia(name, message('mediaFile.circularLink'), error)
    if (code === 'ENAMETOOLONG') throw badMedia(`${name.slice(0, 80)}…`, message('mediaFile.fileNameTooLong'), error)
    throw badMedia(name, message('mediaFile.unreadable', { reason: messageOf(error) }), error)
  }
}

/**
 * Returns the file that an imported row names, or undefined if there is none. It must be a plain file inside the media folder after
 * resolving `..` and links: an untrusted annotation file must not be able to copy other files of this computer into a data set. `directory`
 * is a real path (see `realpath`). Throws Problem 'bad-media'.
 */
export async function lookUpMedia(directory: string, name: string): Promise<string | undefined> {
  if (name.trim() === '') throw badMedia('(no name)', message('mediaFile.fileNameEmpty'))
  if (name.includes('\0')) throw badMedia(JSON.stringify(name), message('mediaFile.fileNameHasNul'))
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name)) throw badMedia(name, message('mediaFile.address'))
  // Files written on Windows separate folders by backslashes.
  const spellings = sep === '/' && name.includes('\\') ? [name, name.replaceAll('\\', '/')] : [name]
  for (const spelling of spellings) {
    const lexical = resolve(directory, spelling)
    if (!isInside(directory, lexical) && !isAbsolute(spelling)) throw badMedia(name, message('mediaFile.outsideMediaFolder'))
    const real = await realFile(lexical, name)
    if (real === undefined) continue
    if (!isInside(directory, real.path)) throw badMedia(name, message('mediaFile.outsideMediaFolder'))
    if (!real.stats.isFile())
      throw badMedia(name, real.stats.isDirectory() ? message('import.folderNotFile') : message('import.notPlainFile'))
    return real.path
  }
  if (isAbsolute(name) && !isInside(directory, resolve(name))) throw badMedia(name, message('mediaFile.outsideMediaFolder'))
  return undefined
}

/** Like `lookUpMedia`, but also throws Problem 'bad-media' if the file does not exist. */
export async function resolveMedia(directory: string, name: string): Promise<string> {
  const file = await lookUpMedia(directory, name)
  if (file === undefined) throw badMedia(name, message('mediaFile.notInMediaFolder'))
  return file
}
