import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { MediaKind } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { say } from '../../shared/say'
import { isEmbedded, startEmbedded } from '../media/embeddedMedia'
import { lookUpMedia } from '../media/resolveMedia'
import type { ImportRow } from './import/entry'
import type { FilesMap } from './import/filesMap'
import { isMediaName, mediaEndings } from './import/mediaNames'

/** A medium of a row: `file` is null where there is none in the media folder. */
export interface FoundMedium {
  /** as the imported file has it */
  readonly wanted: string
  /** the name of the file that was found, in the media folder */
  readonly name: string
  readonly file: string | null
  /** whether the file is a copy that is removed when the row is prepared */
  readonly isTemporary?: boolean
}

/** Names that differ only in case, or in how accents are written, lie under one key. */
const keyOf = (name: string) => name.normalize('NFC').toLowerCase()
const stemOf = (name: string) => name.slice(0, name.length - extname(name).length)

/** The file names of a folder by their stems; null where the folder cannot be listed. */
async function listByStem(folder: string): Promise<Map<string, string[]> | null> {
  const names = await readdir(folder).catch(() => null)
  if (names === null) return null
  const byStem = new Map<string, string[]>()
  for (const name of names) {
    const key = keyOf(stemOf(name))
    const known = byStem.get(key)
    if (known) known.push(name)
    else byStem.set(key, [name])
  }
  return byStem
}

/** The endings that a medium of a kind may have, best first: a video may stand for its pictures, a picture for no video. */
const endingsFor: Readonly<Record<MediaKind, readonly string[]>> = {
  image: [...mediaEndings.image, ...mediaEndings.video],
  video: mediaEndings.video,
}

/** The best of files with one stem. */
function choose(names: readonly string[], kind: MediaKind): string | undefined {
  const rank = (name: string) => endingsFor[kind].indexOf(extname(name).toLowerCase())
  return names.filter((name) => rank(name) >= 0 && !name.startsWith('.')).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))[0]
}

/** Longer ones no system has as a file. */
const longestName = 1024

/** Only such names are looked up in listings; others (`..`, addresses, whole paths) are for `lookUpMedia` to judge. */
const isPlain = (name: string) =>
  name.length <= longestName &&
  name.trim() !== '' &&
  !isEmbedded(name) &&
  !/\0|^[\\/]|^[a-z][a-z0-9+.-]*:|(?:^|[\\/])\.\.?(?:[\\/]|$)/i.test(name)

/**
 * Finds the media that rows name, below one folder: the file of exactly that name; else of that name in another case; else, for a
 * name without an ending that promises a medium, a file with any such ending. Each folder is listed once, so that a name that
 * leads nowhere costs next to nothing.
 */
export function startFinding(mediaDirectory: string, filesMap: FilesMap | null) {
  const listings = new Map<string, Promise<Map<string, string[]> | null>>()
  /** of the media folder itself, once it is listed */
  let top: Map<string, string[]> | null = null
  const list = (folder: string) => {
    const listing = listings.get(folder) ?? listByStem(join(mediaDirectory, folder))
    if (!listings.has(folder) && folder === '') void listing.then((known) => (top = known))
    listings.set(folder, listing)
    return listing
  }

  const spell = async (wanted: string, kind: MediaKind): Promise<string | null> => {
    if (!isPlain(wanted)) return wanted
    const path = wanted.replaceAll('\\', '/')
    const cut = path.lastIndexOf('/') + 1
    const [folder, base] = [path.slice(0, cut), path.slice(cut)]
    const listing = await list(folder)
    if (listing === null) return folder === '' ? wanted : null
    const alike = listing.get(keyOf(stemOf(base))) ?? []
    if (alike.includes(base)) return wanted
    const sameName = alike.find((name) => keyOf(name) === keyOf(base))
    const found = sameName ?? (isMediaName(base) ? undefined : choose(listing.get(keyOf(base)) ?? [], kind))
    return found === undefined ? null : folder + found
  }

  const embeddedMedia = startEmbedded()
  const findEmbedded = async (text: string): Promise<FoundMedium> => {
    const { name, file } = await embeddedMedia.write(text)
    return { wanted: name, name, file, isTemporary: true }
  }

  const findOne = async (wanted: string, kind: MediaKind): Promise<FoundMedium | null> => {
    if (isEmbedded(wanted)) return findEmbedded(wanted)
    const name = await spell(wanted, kind)
    const file = name === null ? undefined : await lookUpMedia(mediaDirectory, name)
    return name === null || file === undefined ? null : { wanted, name, file }
  }

  const namesOf = ({ id, mediaNames }: ImportRow): readonly string[] =>
    filesMap === null ? mediaNames : (filesMap.use(id) ?? mediaNames.flatMap((name) => filesMap.use(name) ?? [name]))

  const requireKind = (name: string, kind: MediaKind) => {
    if (kind === 'image' || !isMediaName(name) || endingsFor.video.includes(extname(name).toLowerCase())) return
    throw new Problem(
      'bad-media',
      say`“${name}” is a picture, and a video is needed here; name the video instead`,
      say`Name the video instead.`,
    )
  }

  /** Whether it is plain without looking further that a name of the media folder itself leads nowhere. */
  const leadsNowhere = (name: string) => {
    if (top === null || !isPlain(name) || /[\\/]/.test(name)) return false
    return top.size === 0 || (!top.has(keyOf(name)) && !top.has(keyOf(stemOf(name))))
  }

  return {
    /** How many media a row has, be they there or not. */
    count: (row: ImportRow): number => namesOf(row).length,

    /** The names of a row's media where none of them is there and that is plain at once; null where it takes a closer look. */
    missingAll: (row: ImportRow): readonly string[] | null => {
      if (top === null) return null
      const names = namesOf(row)
      if (row.embedded !== undefined) return null
      const others = (row.otherNames ?? []).flatMap((name) => name ?? [])
      const areGone = names.every(leadsNowhere) && others.every(leadsNowhere)
      return areGone ? names : null
    },

    /** The media of a row in their order. Throws Problem 'bad-media' for a name that may not be followed, such as `../secret`, and for a picture in place of a video. */
    find: async (row: ImportRow): Promise<FoundMedium[]> => {
      const { otherNames = [], embedded = [], fileNames = [], mediaKind = 'image' } = row
      const found: FoundMedium[] = []
      for (const [position, wanted] of namesOf(row).entries()) {
        requireKind(wanted, mediaKind)
        let medium: FoundMedium | null = null
        for (const name of [wanted, ...[otherNames[position] ?? []].flat()]) medium ??= await findOne(name, mediaKind)
        const text = embedded[position]
        if (medium === null && text !== undefined) medium = { ...(await findEmbedded(text)), wanted, name: wanted }
        const name = fileNames[position] ?? medium?.name ?? wanted
        found.push(medium === null ? { wanted, name, file: null } : { ...medium, name })
      }
      return found
    },

    /** Removes what was written for media that are in the imported file itself. */
    close: () => embeddedMedia.close(),
  }
}
export type MediaFinder = ReturnType<typeof startFinding>
export type FindMedia = MediaFinder['find']
