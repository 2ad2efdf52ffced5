import fs from 'node:fs'
import path from 'node:path'
import type { Media } from '../../shared/domain'
import type { JobProcess } from './jobProcess'

/** Thumbnails by content hash, kept outside the projects since they can be made again. @returns a function that gives a thumbnail's file */
export function thumbnailCache(folder: string, jobs: JobProcess): (file: string, media: Media) => Promise<string> {
  const making = new Map<string, Promise<unknown>>()
  return async (file, media) => {
    const to = path.join(folder, `${media.sha256}.webp`)
    if (fs.existsSync(to)) return to
    let job = making.get(to)
    if (!job) {
      fs.mkdirSync(folder, { recursive: true })
      making.set(to, (job = jobs.run('thumbnail', { file, to }).finally(() => making.delete(to))))
    }
    await job
    return to
  }
}
