import { extname, posix } from 'node:path'
import type { MediaKind } from '../../../../shared/domain'
import { message } from '../../../../shared/messages/message'
import { badMedia } from '../../../media/image/decode'
import { keyOf, type MediaIndex, stemOf } from '../../../media/mediaIndex'

/** File extensions to look for, in order of preference. */
const mediaEndings = {
  image: ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.avif', '.tif', '.tiff', '.jfif'],
  video: ['.mp4', '.webm', '.mkv', '.mov', '.m4v', '.3gp'],
} as const satisfies Record<MediaKind, readonly string[]>

/** Extensions of files that are found by name and then rejected with a remedy. */
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

/** Checks by its extension whether a name is that of a supported image or video. */
export const isMediaName = (name: string): boolean => usable.has(endingOf(name))

/** Checks by its extension whether a name is that of any image or video. */
export const isKnownMediaName = (name: string): boolean => known.has(endingOf(name))

export const isVideoName = (name: string): boolean => videos.has(endingOf(name))

/** Describes how a file was found that does not exist under its exact name. */
export type Likeness = 'same' | 'ending' | 'tail' | 'below'

/** Accepted extensions for each kind of medium, best first. A video may replace images, but an image cannot replace a video. */
const endingsFor: Readonly<Record<MediaKind, readonly (readonly string[])[]>> = {
  image: [mediaEndings.image, mediaEndings.video, refusedEndings.image, refusedEndings.video],
  video: [mediaEndings.video, refusedEndings.video],
}

/** Equivalent extensions of one file type. */
const spellings = [
  ['.jpg', '.jpeg', '.jfif', '.jpe'],
  ['.tif', '.tiff'],
] as const

const isOtherSpelling = (a: string, b: string) =>
  spellings.some((endings: readonly string[]) => endings.includes(endingOf(a)) && endings.includes(endingOf(b)))

/** Returns the segments of a path without drive or root; null if it leads outside itself. */
function segmentsOf(name: string): string[] | null {
  const path = posix.normalize(name.replaceAll('\\', '/').replace(/^[a-z]:(?=\/|$)/i, ''))
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
  return segments.length === 0 || segments.includes('..') ? null : segments
}

/** Returns a name as given and, if it is URL-encoded (`a%20b.png`), decoded. */
function spellingsOf(name: string): string[] {
  if (!/%[0-9a-f]{2}/i.test(name)) return [name]
  try {
    return [name, decodeURIComponent(name)]
  } catch {
    return [name]
  }
}

/** Selects the files that match a path from those with the same stem: files with exactly this name, otherwise with another extension. */
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
  // A video that cannot be decoded is re-encoded to a file of the same name with another extension.
  const others = alike.filter((file) => isOtherSpelling(file, base) || (isVideoName(file) && isVideoName(base)))
  if (others.length > 0) return best(others)
  return isKnownMediaName(base) ? [] : best(bare)
}

/**
 * Finds the file of a folder that a name refers to if none has exactly that name: with different case, with another extension of the same
 * kind, at the end of a path from another computer, or in a subfolder. Returns null if there is none.
 * @throws Problem 'bad-media' if several files match
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
