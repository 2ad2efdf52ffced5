import { basename } from 'node:path'
import type { MediaKind } from '../../../../shared/domain'
import { Problem } from '../../../../shared/problem'
import { message, type Message, type Text } from '../../../../shared/messages/message'
import { indexMedia, keyOf, type MediaIndex, stemOf } from '../../../media/mediaIndex'
import { isEmbedded, startEmbedded } from '../../../media/embeddedMedia'
import { lookUpMedia } from '../../../media/resolveMedia'
import type { ImportRow } from './entry'
import { IdTable } from './idTable'
import type { FilesMap } from '../filesMap'
import { findNamed, isMediaName, isVideoName, type Likeness } from './mediaNamed'

/** A medium of a row; `file` is null if it is not in the media folder. */
export interface FoundMedium {
  /** Name in the imported file. */
  readonly wanted: string
  /** Name of the file that was found, relative to the media folder. */
  readonly name: string
  readonly file: string | null
  /** Whether the file is a temporary copy that is removed once the row is prepared. */
  readonly isTemporary?: boolean
}

/** No operating system supports longer file names. */
const longestName = 1024

/** Checks whether a name is an absolute POSIX or Windows path. */
const isWholePath = (name: string) => /^[\\/]|^[a-z]:[\\/]/i.test(name)

/** Checks whether a name can be looked up in the index; other names (`..`, URLs) are handled by `lookUpMedia`. */
const isPlain = (name: string) =>
  name.length <= longestName &&
  name.trim() !== '' &&
  !isEmbedded(name) &&
  !/\0|^[a-z][a-z0-9+.-]+:\/\/|(?:^|[\\/])\.\.(?:[\\/]|$)|^[.\\/]+$/i.test(name)

/** Returns the path of a `file:` URL; any other name is returned unchanged. */
function withoutScheme(name: string): string {
  const [, path] = /^file:(?:\/\/(?:localhost)?(?=\/))?(.+)$/i.exec(name) ?? []
  if (path === undefined) return name
  const plain = path.replace(/^\/(?=[a-z]:[\\/])/i, '')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

/** Returns the path within a web or cloud storage URL, without query and fragment; null for any other name. */
function pathOfAddress(name: string): string | null {
  const [, path] = /^(?!file:)[a-z][a-z0-9+.-]+:\/\/[^/?#]*\/([^?#]+)/i.exec(name) ?? []
  return path ?? null
}

/** Returns a name without its URL query; null if it has none. */
const withoutQuery = (name: string): string | null => /^([^?]+)\?[^/\\]*$/.exec(name)?.[1] ?? null

/** Detects files that were matched by names with different paths: `train/1.jpg` and `val/1.jpg` are not the same image. */
class SharedFiles {
  readonly #names = new IdTable()
  readonly #nameOf = new IdTable()
  readonly #shared = new Set<string>()

  add(wanted: string, file: string): void {
    const name = keyOf(wanted.replaceAll('\\', '/'))
    const number = this.#names.add(name, this.#names.size) ?? this.#names.size - 1
    const known = this.#nameOf.add(file, number)
    if (known !== undefined && known !== number) this.#shared.add(file)
  }

  /** Returns the message about shared files; null if there are none. */
  report(): Message | null {
    const [file] = [...this.#shared].toSorted()
    if (file === undefined) return null
    const more = this.#shared.size > 1 ? message('import.row.andMoreAlike', { more: this.#shared.size - 1 }) : ''
    return message('import.row.sharedFile', { file, more })
  }
}

/** Messages about names that were matched to similar file names. */
const likenessNote = {
  ending: (example: Text, more: Text) => message('import.row.otherEnding', { example, more }),
  tail: (example: Text, more: Text) => message('import.row.endOfPath', { example, more }),
  below: (example: Text, more: Text) => message('import.row.furtherBelow', { example, more }),
} as const satisfies Record<Exclude<Likeness, 'same'>, unknown>
const likenesses = ['tail', 'ending', 'below'] as const satisfies (keyof typeof likenessNote)[]

/**
 * Finds the media of rows in a folder: the file with exactly that name, otherwise the file that `findNamed` returns. The folder is indexed
 * with all subfolders once, and only if a file does not exist under its exact name.
 */
export function startFinding(mediaDirectory: string, filesMap: FilesMap | null) {
  let listing: Promise<MediaIndex> | null = null
  let index: MediaIndex | null = null
  const list = async () => (index = await (listing ??= indexMedia(mediaDirectory)))
  const shared = new SharedFiles()
  const taken = new Map<Exclude<Likeness, 'same'>, { readonly wanted: string; readonly file: string; readonly count: number }>()

  const findLike = async (wanted: string, name: string, kind: MediaKind): Promise<FoundMedium | null> => {
    const named = isPlain(name) ? findNamed(index ?? (await list()), name, kind) : null
    // The path of a URL may refer to another file than the one with this name.
    const isPart = named?.likeness === 'same' && name !== withoutScheme(wanted)
    const found = named && { ...named, likeness: isPart ? 'tail' : named.likeness }
    const file = found === null ? undefined : await lookUpMedia(mediaDirectory, found.file)
    if (found === null || file === undefined) return null
    // A path relative to the parent folder, such as `media/cat.jpg` in an export, is not a guess.
    const isFromAbove = found.likeness === 'tail' && name.replaceAll('\\', '/') === `${basename(mediaDirectory)}/${found.file}`
    if (found.likeness !== 'same' && !isFromAbove) {
      const known = taken.get(found.likeness)
      const count = (known?.count ?? 0) + 1
      if (found.likeness === 'tail') shared.add(wanted, found.file)
      // Keeps the example independent of the order in which media are found.
      taken.set(found.likeness, known && known.wanted <= wanted ? { ...known, count } : { wanted, file: found.file, count })
    }
    return { wanted, name: found.file, file }
  }

  const embeddedMedia = startEmbedded()
  const findEmbedded = async (text: string): Promise<FoundMedium> => {
    const { name, file } = await embeddedMedia.write(text)
    return { wanted: name, name, file, isTemporary: true }
  }

  const findOne = async (wanted: string, kind: MediaKind): Promise<FoundMedium | null> => {
    if (isEmbedded(wanted)) return findEmbedded(wanted)
    const name = withoutScheme(wanted)
    const path = pathOfAddress(name)
    const atAddress = path === null ? null : await findLike(wanted, path, kind)
    if (atAddress) return atAddress
    if (leadsNowhere(name)) return null
    try {
      const file = await lookUpMedia(mediaDirectory, name)
      if (file !== undefined) return { wanted, name, file }
      const shorter = withoutQuery(name)
      return (await findLike(wanted, name, kind)) ?? (shorter === null ? null : await findLike(wanted, shorter, kind))
    } catch (error) {
      const found = isWholePath(name) ? await findLike(wanted, name, kind) : null
      if (found) return found
      throw error
    }
  }

  const namesOf = ({ id, mediaNames }: ImportRow): readonly string[] =>
    filesMap === null ? mediaNames : (filesMap.use(id) ?? mediaNames.flatMap((name) => filesMap.use(name) ?? [name]))

  const requireKind = (name: string, kind: MediaKind) => {
    if (kind === 'image' || !isMediaName(name) || isVideoName(name)) return
    throw new Problem('bad-media', message('import.row.imageInsteadOfVideo', { name }), message('import.row.nameVideo'))
  }

  /** Checks whether the index alone shows that no file matches a name. */
  const leadsNowhere = (name: string) => {
    if (index === null || !isPlain(name) || isWholePath(name) || /[%:?]/.test(name)) return false
    const path = name.replaceAll('\\', '/')
    return !index.hasName(path) && !index.hasName(stemOf(path)) && !index.isFolderOrLink(path)
  }

  return {
    /** Returns the number of media of a row, whether they exist or not. */
    count: (row: ImportRow): number => namesOf(row).length,

    /** Returns the media names of a row if the index alone shows that none of them exists; null if a full search is needed. */
    missingAll: (row: ImportRow): readonly string[] | null => {
      if (index === null) return null
      const names = namesOf(row)
      if (row.embedded !== undefined) return null
      const others = (row.otherNames ?? []).flatMap((name) => name ?? [])
      const areGone = names.every(leadsNowhere) && others.every(leadsNowhere)
      return areGone ? names : null
    },

    /**
     * Finds the media of a row, in order.
     * @throws Problem 'bad-media' for a forbidden name such as `../secret`, and for an image instead of a video
     */
    find: async (row: ImportRow): Promise<FoundMedium[]> => {
      const { otherNames = [], embedded = [], fileNames = [], mediaKind = 'image' } = row
      const found: FoundMedium[] = []
      for (const [position, wanted] of namesOf(row).entries()) {
        requireKind(wanted, mediaKind)
        let medium: FoundMedium | null = null
        for (const name of [wanted, ...[otherNames[position] ?? []].flat()]) medium ??= await findOne(name, mediaKind)
        const text = embedded[position]
        if (medium === null && typeof text === 'object') medium = { wanted, name: wanted, file: text.file, isTemporary: true }
        else if (medium === null && typeof text === 'string') medium = { ...(await findEmbedded(text)), wanted, name: wanted }
        const name = fileNames[position] ?? medium?.name ?? wanted
        found.push(medium === null ? { wanted, name, file: null } : { ...medium, name })
      }
      return found
    },

    /** Returns the messages about names that differ from those of their files. */
    notes: (): readonly Message[] =>
      likenesses.flatMap((likeness) => {
        const { wanted, file, count } = taken.get(likeness) ?? { wanted: '', file: '', count: 0 }
        const more = count > 1 ? message('import.row.andMoreAlike', { more: count - 1 }) : ''
        return count > 0 ? [likenessNote[likeness](message('import.row.takenToBe', { wanted, file }), more)] : []
      }),
    /** Returns the message about files that several names matched. */
    sharedFiles: () => shared.report(),
    /** Removes the temporary files of media that were embedded in the imported file. */
    close: () => embeddedMedia.close(),
  }
}
export type MediaFinder = ReturnType<typeof startFinding>
export type FindMedia = MediaFinder['find']
