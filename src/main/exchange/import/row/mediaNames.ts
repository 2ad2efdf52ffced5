import { extname } from 'node:path'
import type { MediaKind } from '../../../../shared/domain'

/** Endings of the files that are looked for, in the order in which they are preferred. */
export const mediaEndings = {
  image: ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.avif', '.tif', '.tiff', '.jfif'],
  video: ['.mp4', '.webm', '.mkv', '.mov', '.m4v', '.3gp'],
} as const satisfies Record<MediaKind, readonly string[]>

/** Endings of files that are found by their names and then refused, with what to do about them. */
export const refusedEndings = {
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
