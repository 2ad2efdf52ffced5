import { extname, posix } from 'node:path'
import type { MediaKind } from '../../../../shared/domain'
import { message } from '../../../../shared/messages/message'
import { badMedia } from '../../../media/image/decode'
import { keyOf, type MediaIndex, stemOf } from '../../../media/mediaIndex'

/** Endings of the files that are looked for, in the order in which they are preferred. */
const mediaEndings = {
  image: ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.avif', '.tif', '.tiff', '.jfif'],
  video: ['.mp4', '.webm', '.mkv', '.mov', '.m4v', '.3gp'],
} as const satisfies Record<MediaKind, readonly string[]>

/** Endings of files that are found by their names and then refused, with what to do about them. */
const refusedEndings = {
  image:
    '.bmp .heic .heif .svg .jxl .jp2 .j2k .tga .ico .cur .ppm .pgm .pbm .pnm .pfm .psd .exr .hdr .qoi .dds .xcf .pcx .wmf .emf .dcm .cr2 .cr3 .nef .arw .dng .raf .orf .rw2'.split(
      ' ',
    ),
  video: '.avi .ts .mts .m2ts .mpg .mpeg .m2v .vob .wmv .asf .flv .f4v .ogv .ogm .rm .rmvb .mxf .divx .y4m .h264'.split(' '),
} as const satisfies Record<MediaKind, readonly string[]>

const videos: ReadonlySet<string> = new Set([...mediaEndings.video, ...refusedEndings.video])
const usable: ReadonlySet<string> = new Set([...mediaEndings.image, ...mediaEndings.video])
const known: ReadonlySet<string> = new Set([...usable, ...videos, ...refusedEndings.image])

export const endingOf = (name: string): string => extname(name).toLowerCase()

/** Whether a name promises an image or video that can be used, by its ending. */
export const isMediaName = (name: string): boolean => usable.has(endingOf(name))

/** Whether a name promises an image or video of any kind. */
export const isKnownMediaName = (name: string): boolean => known.has(endingOf(name))

export const isVideoName = (name: string): boolean => videos.has(endingOf(name))

/** How a file that is not there under exactly its name was found. */
export type Likeness = 'same' | 'ending' | 'tail' | 'below'

/** The endings that a medium of a kind may have, best first: a video may stand for its images, an image for no video. */
const endingsFor: Readonly<Record<MediaKind, readonly (readonly string[])[]>> = {
  image: [mediaEndings.image, mediaEndings.video, refusedEndings.image, refusedEndings.video],
  video: [mediaEndings.video, refusedEndings.video],
}

/** Different endings of one kind of file. */
const spellings = [
  ['.jpg', '.jpeg', '.jfif', '.jpe'],
  ['.tif', '.tiff'],
] as const

const isOtherSpelling = (a: string, b: string) =>
  spellings.some((endings: readonly string[]) => endings.includes(endingOf(a)) && endings.includes(endingOf(b)))

/** The path that a name means, without what it begins with on its own computer; null where it leads above itself. */
function segmentsOf(name: string): string[] | null {
  const path = posix.normalize(name.replaceAll('\\', '/').replace(/^[a-z]:(?=\/|$)/i, ''))
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
  return segments.length === 0 || segments.includes('..') ? null : segments
}

/** A name as it is, and as it is without the signs of an address (`a%20b.png`). */
function spellingsOf(name: string): string[] {
  if (!/%[0-9a-f]{2}/i.test(name)) return [name]
  try {
    return [name, decodeURIComponent(name)]
  } catch {
    return [name]
  }
}

/** The files that a path may mean, of those with its stem: of exactly this name, else of another ending. */
function narrow(path: string, kind: MediaKind, alike: readonly string[], bare: readonly string[]): readonly string[] {
  const base = posix.basename(path)
  const same = alike.filter((file) => keyOf(posix.basename(file)) === keyOf(base))
  if (same.length > 1) {
    const exact = same.filter((file) => posix.basename(file).normalize('NFC') === base.normalize('NFC'))
    return exact.length > 0 ? exact : same
  }
  if (same.length > 0) return same
  const best = (files: readonly string[]): readonly string[] => {
    for (const endings of endingsFor[kind]) {
      const found = files.filter((file) => endings.includes(endingOf(file)))
      if (found.length > 0) return found
    }
    return []
  }
  // A video that cannot be decoded is re-encoded to a file of the same name with another ending.
  const others = alike.filter((file) => isOtherSpelling(file, base) || (isVideoName(file) && isVideoName(base)))
  if (others.length > 0) return best(others)
  return isKnownMediaName(base) ? [] : best(bare)
}

/**
 * The file of a folder that a name means, which is not there under exactly that name: in another case, with another ending of the
 * same kind, at the end of a path from another computer, or further below. Null where there is none.
 * Throws Problem 'bad-media' where it could be two.
 */
export function findNamed(index: MediaIndex, name: string, kind: MediaKind): { file: string; likeness: Likeness } | null {
  const take = (files: readonly string[], whole: string, likeness: Likeness) => {
    const [file, second] = files
    if (file === undefined) return null
    if (second !== undefined) throw badMedia(name, message('import.row.ambiguousFile', { first: file, second }))
    const isSameName = keyOf(posix.basename(file)) === keyOf(posix.basename(whole)) || !isKnownMediaName(whole)
    return { file, likeness: likeness === 'same' && !isSameName ? 'ending' : likeness }
  }
  const paths = spellingsOf(name).flatMap((spelling) => {
    const segments = segmentsOf(spelling)
    return segments === null ? [] : [segments]
  })
  if (!paths.some((segments) => index.hasName(stemOf(segments.join('/'))) || index.hasName(segments.join('/')))) return null
  for (const segments of paths)
    for (let start = 0; start < segments.length; start++) {
      const tail = segments.slice(start).join('/')
      const found = take(narrow(tail, kind, index.at(stemOf(tail)), index.at(tail)), tail, start === 0 ? 'same' : 'tail')
      if (found) return found
    }
  for (const segments of paths) {
    const path = segments.join('/')
    const found = take(narrow(path, kind, index.below(stemOf(path)), index.below(path)), path, 'below')
    if (found) return found
  }
  return null
}
