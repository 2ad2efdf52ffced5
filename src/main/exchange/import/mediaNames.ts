import { extname } from 'node:path'
import type { MediaKind } from '../../../shared/domain'

/** Endings of the files that are looked for, in the order in which they are preferred. */
export const mediaEndings = {
  image: ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.avif', '.tif', '.tiff', '.jfif'],
  video: ['.mp4', '.webm', '.mkv', '.mov', '.m4v'],
} as const satisfies Record<MediaKind, readonly string[]>

const all: ReadonlySet<string> = new Set([...mediaEndings.image, ...mediaEndings.video])

/** Whether a name promises a picture or video by its ending. */
export const isMediaName = (name: string): boolean => all.has(extname(name).toLowerCase())
