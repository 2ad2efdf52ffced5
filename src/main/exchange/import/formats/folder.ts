import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportRequest } from '../../../../shared/contract'
import type { Context } from '../../../../shared/domain'
import { Problem, toProblem } from '../../../../shared/problem'
import { message, Message, type Text } from '../../../../shared/messages/message'
import { recogniseFile } from '../../../media/probe'
import { resolveMedia } from '../../../media/resolveMedia'
import { type ImportEntry, noteEntry, problemEntry } from '../row/entry'
import { badFile } from '../text/readLines'
import { endingOf, isKnownMediaName } from '../row/mediaNamed'
import { decodeText } from '../text/textEncoding'
import { trimAll } from '../text/fileFault'

const longestCaptions = 1024 * 1024

/** Checks for hidden files, system files, and projects (whose media would be imported again). */
const isPassedOver = (name: string) =>
  name.startsWith('.') || /^(thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx|icon\r)$/i.test(name) || name.endsWith('.exemplar')

/** Checks whether a name is that of an image or video, so that an unusable file is reported. A `.ts` file may also be source code. */
const promisesMedia = (name: string) => isKnownMediaName(name) && endingOf(name) !== '.ts'

/** Captions of an image: `cat.txt` or `cat.jpg.txt` for `cat.jpg`, or with the extension `.caption`. */
const captionEnding = /\.(?:txt|captions?|cap)$/i
const stemOf = (name: string) => name.slice(0, name.length - endingOf(name).length)

/** Files with annotations in another format. */
const annotationEnding = /\.(?:jsonl?|ndjson|csv|tsv|xml|ya?ml|parquet|vtt|srt|ass|ssa|sbv|xlsx?)$/i

type Found =
  | { kind: 'file'; path: string; isLink: boolean; captionFiles: readonly string[] }
  | { kind: 'captions'; path: string }
  | { kind: 'problem'; path: string; reason: Text }

/** Yields all files of a folder, depth first, in name order; `path` is relative with `/`. Links to folders are not followed. */
async function* walk(directory: string, below: string): AsyncGenerator<Found, void, undefined> {
  const listing = await readdir(join(directory, below), { withFileTypes: true }).catch((error: unknown): Dirent[] | Problem =>
    toProblem(error, below || directory),
  )
  if (listing instanceof Problem) {
    if (below === '') throw listing
    return yield { kind: 'problem', path: below, reason: listing.text }
  }
  const pathOf = (name: string) => (below === '' ? name : `${below}/${name}`)
  const entries = listing.filter(({ name }) => !isPassedOver(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const texts = new Map<string, string[]>()
  for (const { name } of entries) {
    const owner = name.replace(captionEnding, '')
    if (owner !== name) texts.set(owner, [...(texts.get(owner) ?? []), name])
  }
  const used = new Set<string>()
  for (const entry of entries) {
    const path = pathOf(entry.name)
    if (entry.isDirectory()) yield* walk(directory, path)
    else if (entry.isSymbolicLink() && (await stat(join(directory, path)).catch(() => undefined))?.isDirectory())
      yield { kind: 'problem', path, reason: message('import.folder.linkNotFollowed') }
    else if ((entry.isFile() || entry.isSymbolicLink()) && !captionEnding.test(entry.name)) {
      const captionFiles = [...(texts.get(stemOf(entry.name)) ?? []), ...(texts.get(entry.name) ?? [])]
      for (const name of captionFiles) used.add(name)
      yield { kind: 'file', path, isLink: entry.isSymbolicLink(), captionFiles: captionFiles.map(pathOf) }
    }
  }
  for (const name of [...texts.values()].flat()) if (!used.has(name)) yield { kind: 'captions', path: pathOf(name) }
}

interface Captions {
  readonly captions: readonly string[]
  /** Files whose encoding was guessed from their content. */
  readonly guessed: readonly string[]
}

/** Reads the caption file of an image, with one caption per line; returns a Message if it cannot be read. */
async function readCaptionFile(directory: string, name: string, encoding: string | undefined): Promise<Captions | Message> {
  try {
    const file = await resolveMedia(directory, name)
    if ((await stat(file)).size > longestCaptions) return message('import.folder.captionFileTooLarge', { name })
    const decoded = decodeText(file, await readFile(file), encoding)
    return { captions: trimAll(decoded.text.split(/\r\n|\r|\n/)), guessed: decoded.encoding.isGuessed ? [name] : [] }
  } catch (error) {
    if (error instanceof Problem && error.code === 'bad-file') return message('import.folder.notUtf8Text', { name })
    return message('common.text', { text: toProblem(error, name).text })
  }
}

async function readCaptionFiles(directory: string, names: readonly string[], encoding: string | undefined): Promise<Captions | Message> {
  const captions = new Set<string>()
  const guessed: string[] = []
  for (const name of names) {
    const read = await readCaptionFile(directory, name, encoding)
    if (read instanceof Message) return read
    for (const caption of read.captions) captions.add(caption)
    guessed.push(...read.guessed)
  }
  return { captions: [...captions], guessed }
}

const maxNamed = 5

/** Files to report: their number for each reason, and the first names. */
class UnreadFiles {
  readonly #lists = new Map<
    string,
    { readonly describe: (count: number, names: Text) => Message; readonly names: string[]; count: number }
  >()

  add(path: string, describe: (count: number, names: Text) => Message): void {
    const key = describe(0, '').code
    const list = this.#lists.get(key) ?? { describe, names: [], count: 0 }
    this.#lists.set(key, list)
    if (++list.count <= maxNamed) list.names.push(path)
  }

  *notes(folder: string): Generator<ImportEntry> {
    for (const { describe, names, count } of this.#lists.values()) {
      const listed = names.map((name) => `“${name}”`).join(', ')
      yield noteEntry(
        folder,
        null,
        null,
        describe(count, count > names.length ? message('import.folder.andMore', { names: listed, more: count - names.length }) : listed),
      )
    }
  }
}

const noteFor = {
  captions: (count: number, names: Text) => message('import.folder.textsWithoutMedium', { count, names }),
  annotations: (count: number, names: Text) => message('import.folder.annotationFiles', { count, names }),
  guessed: (count: number, names: Text) => message('import.folder.guessedEncoding', { count, names }),
  others: (count: number, names: Text) => message('import.folder.otherFiles', { count, names }),
}

/**
 * Reads a folder with all subfolders: each image or video is an item whose id is its path in the folder, with `/`. A text file of the same
 * name (`cat.txt`, `cat.jpg.txt` or `cat.caption` for `cat.jpg`) contains captions, one per line. Skipped files are reported, except hidden
 * files. `mediaDirectory` is a real path.
 */
export async function* readFolder({ mediaDirectory, encoding }: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  let found = 0
  const told = new UnreadFiles()
  for await (const entry of walk(mediaDirectory, '')) {
    const { path } = entry
    if (entry.kind === 'captions') {
      told.add(path, noteFor.captions)
      continue
    }
    if (entry.kind === 'problem') {
      found++
      yield problemEntry(path, null, path, entry.reason)
      continue
    }
    if (!promisesMedia(path)) {
      const signature = entry.isLink ? null : await recogniseFile(join(mediaDirectory, path)).catch(() => null)
      if (!signature?.accepted && !signature?.isMedia) {
        told.add(path, annotationEnding.test(path) ? noteFor.annotations : noteFor.others)
        continue
      }
    }
    found++
    const read = await readCaptionFiles(mediaDirectory, entry.captionFiles, encoding)
    if (read instanceof Message) {
      yield problemEntry(path, null, path, read)
      continue
    }
    for (const name of read.guessed) told.add(name, noteFor.guessed)
    const context: Context = read.captions.length > 0 ? { captions: [...read.captions] } : {}
    yield { kind: 'row', file: path, line: null, id: path, mediaNames: [path], context }
  }
  if (found === 0) throw badFile(mediaDirectory, message('import.folder.noMedia'), message('import.chooseFolderWithThem'))
  yield* told.notes(basename(mediaDirectory))
}
