import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { ImportRequest } from '../../../shared/contract'
import type { Context } from '../../../shared/domain'
import { Problem, toProblem } from '../../../shared/problem'
import { Said, say, type Text, textOf } from '../../../shared/say'
import { detectType } from '../../media/probe'
import { resolveMedia } from '../../media/resolveMedia'
import { type ImportEntry, problemEntry } from './entry'
import { badFile, decodeUtf8 } from './readLines'

/** Names that promise a picture or video: when it is none that can be used, that is said. Other files are taken only if they are one. */
const mediaExtension = /\.(jpe?g|jfif|png|webp|gif|avif|tiff?|bmp|hei[cf]|svg|jxl|jp2|mp4|m4v|mov|webm|mkv)$/i
const longestCaptions = 1024 * 1024

/** Hidden files, what systems strew about, and projects (whose media would be imported anew). */
const isPassedOver = (name: string) =>
  name.startsWith('.') || /^(thumbs\.db|desktop\.ini|__macosx)$/i.test(name) || name.endsWith('.exemplar')

type Found = { kind: 'file'; path: string; isLink: boolean; captionFile: string | null } | { kind: 'problem'; path: string; reason: Text }

/** Everything below a folder, depth first, in the order of the names; `path` is relative with `/`. Links to folders are not followed. */
async function* walk(directory: string, below: string): AsyncGenerator<Found, void, undefined> {
  const listing = await readdir(join(directory, below), { withFileTypes: true }).catch((error: unknown): Dirent[] | Problem =>
    toProblem(error, below || directory),
  )
  if (listing instanceof Problem) {
    if (below === '') throw listing
    return yield { kind: 'problem', path: below, reason: textOf(listing, 'message') }
  }
  const entries = listing.filter(({ name }) => !isPassedOver(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const texts = new Map(entries.filter(({ name }) => /\.txt$/i.test(name)).map(({ name }) => [name.slice(0, -4), name]))
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* walk(directory, path)
    else if (entry.isSymbolicLink() && (await stat(join(directory, path)).catch(() => undefined))?.isDirectory())
      yield { kind: 'problem', path, reason: say`it is a link to a folder, which is not followed` }
    else if ((entry.isFile() || entry.isSymbolicLink()) && !/\.txt$/i.test(entry.name)) {
      const text = texts.get(entry.name.slice(0, entry.name.length - extname(entry.name).length))
      yield {
        kind: 'file',
        path,
        isLink: entry.isSymbolicLink(),
        captionFile: text === undefined ? null : below === '' ? text : `${below}/${text}`,
      }
    }
  }
}

const isMedia = (file: string) =>
  detectType(file).then(
    () => true,
    () => false,
  )

/** The captions beside a picture, one a line; a text says why they cannot be read. */
async function readCaptionFile(directory: string, name: string): Promise<string[] | Said> {
  try {
    const file = await resolveMedia(directory, name)
    if ((await stat(file)).size > longestCaptions) return say`${name} is larger than 1 MB, so it cannot be captions`
    const text = decodeUtf8(await readFile(file))
    if (text === null) return say`${name} is not UTF-8 text`
    return text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  } catch (error) {
    return say`${textOf(toProblem(error, name), 'message')}`
  }
}

/**
 * A folder with all below it: each picture or video is an item whose id is its path in the folder, with `/`. A text file of the
 * same name beside it (`cat.txt` for `cat.jpg`) holds captions, one a line. `mediaDirectory` is a real path.
 */
export async function* readFolder({ mediaDirectory }: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  let found = 0
  for await (const entry of walk(mediaDirectory, '')) {
    if (entry.kind === 'problem') {
      found++
      yield problemEntry(entry.path, null, entry.path, entry.reason)
      continue
    }
    const { path, isLink, captionFile } = entry
    if (!mediaExtension.test(path) && (isLink || !(await isMedia(join(mediaDirectory, path))))) continue
    found++
    const captions = captionFile === null ? [] : await readCaptionFile(mediaDirectory, captionFile)
    if (captions instanceof Said) {
      yield problemEntry(path, null, path, captions)
      continue
    }
    const context: Context = captions.length > 0 ? { captions } : {}
    yield { kind: 'row', file: path, line: null, id: path, mediaNames: [path], context }
  }
  if (found === 0) throw badFile(mediaDirectory, say`there is no picture or video in this folder`, say`Choose the folder that holds them.`)
}
