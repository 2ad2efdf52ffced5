import fs from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { FrameRule, Media } from '../../shared/domain'
import type { JobProcess } from './jobProcess'

/** Images derived from a medium: thumbnails, frames of videos, and WebP versions of formats that Chromium does not support. */
export interface DerivedImages {
  /** thumbnail of an image, or of a video's first frame or the one shown at `ms` milliseconds */
  thumbnail(file: string, media: Media, ms?: number): Promise<string>
  /** frame `index`, from 0, of the frames that a rule selects from a video; undefined if there are fewer */
  frame(projectDirectory: string, media: Media, rule: FrameRule, index: number): Promise<string | undefined>
  /** the medium's own file if the window can show it */
  shown(file: string, media: Media): Promise<{ file: string; mime: string }>
}

/** Offset of the bit depth in a PNG file. */
const pngDepthAt = 24

/** Returns true if Chromium does not support the format, or shows it differently than the model sees it: it cuts 16 bits to the upper 8. */
async function needsDisplayImage(file: string, mime: string): Promise<boolean> {
  if (mime === 'image/tiff') return true
  if (mime !== 'image/png') return false
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, pngDepthAt)
    return buffer[0] === 16
  } finally {
    await handle.close()
  }
}

/** Creates the store of derived images. They are named by content hash and kept outside the projects, since they can be created again. */
export function createDerivedImages(folder: string, jobs: JobProcess): DerivedImages {
  const making = new Map<string, Promise<unknown>>()
  const extracting = new Map<string, Promise<{ files: string[] }>>()

  async function make(job: 'thumbnail' | 'displayImage', file: string, to: string, ms = 0): Promise<string> {
    if (fs.existsSync(to)) return to
    let made = making.get(to)
    if (!made) {
      fs.mkdirSync(folder, { recursive: true })
      made = jobs.run(job, { file, to, ...(ms > 0 ? { seconds: ms / 1000 } : {}) }).finally(() => making.delete(to))
      making.set(to, made)
    }
    await made
    return to
  }

  return {
    thumbnail: (file, { sha256, kind }, ms = 0) => {
      const at = kind === 'video' ? ms : 0
      return make('thumbnail', file, path.join(folder, `${sha256}${at > 0 ? `-at-${at}` : ''}.webp`), at)
    },
    async frame(projectDirectory, media, rule, index) {
      const key = JSON.stringify([projectDirectory, media.sha256, rule])
      const work =
        extracting.get(key) ?? jobs.run('frames', { project: projectDirectory, media, rule }).finally(() => extracting.delete(key))
      extracting.set(key, work)
      return (await work).files[index]
    },
    async shown(file, { sha256, mime }) {
      if (!(await needsDisplayImage(file, mime))) return { file, mime }
      return { file: await make('displayImage', file, path.join(folder, `${sha256}-shown.webp`)), mime: 'image/webp' }
    },
  }
}
