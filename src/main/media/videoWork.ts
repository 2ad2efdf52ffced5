import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Sharp } from 'sharp'
import type { DecoderInput, DecoderOutput, DecoderTask, Picture, VideoFile } from './decoder/tasks'
import { loadSharp } from './loadSharp'
import { videoTasks, type VideoInput, type VideoOutput, type VideoTask } from './videoTasks'

/** Most pixels a side of a frame. */
const frameSize = 1024
const frameQuality = 90

/** Bytes of pixels that are kept of one video: what lies between two key frames of 720p, ten seconds apart. */
const pixelBudget = () => Math.min(400 * 1024 * 1024, Math.floor(totalmem() / 16))

/** The page that decodes (docs/adr/0012), as this module knows it. */
export interface Decoder {
  /** @throws Problem not-found, or what else the system says */
  open(file: string, name: string): Promise<VideoFile>
  close(video: VideoFile): Promise<void>
  run<N extends DecoderTask>(task: N, input: DecoderInput<N>): Promise<DecoderOutput<N>>
}

/** Returns a picture for sharp, upright and with square pixels. */
async function toSharp({ pixels, width, height, squareWidth, squareHeight, rotation }: Picture): Promise<Sharp> {
  const sharp = await loadSharp()
  const picture = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
  const square = { width: squareWidth, height: squareHeight }
  const sized = squareWidth === width && squareHeight === height ? picture : picture.resize({ ...square, fit: 'fill' })
  // A picture that is scaled twice must be finished in between.
  const { data, info } = await sized.rotate(rotation).raw().toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
}

type Work = { readonly [N in VideoTask]: (input: VideoInput<N>) => Promise<VideoOutput<N>> }

export type DoVideoTask = <N extends VideoTask>(task: N, input: unknown) => Promise<VideoOutput<N>>

/**
 * Returns the function that does one task with a video, in the process of videos alone: a damaged file may keep the decoder busy for
 * good, or end it.
 * @throws Problem, or what zod says of the input
 */
export function createVideoWork({ open, close, run }: Decoder): DoVideoTask {
  /** the video whose frames are looked at one by one, until another is */
  let looked: { readonly file: string; readonly video: VideoFile } | null = null

  const lookAt = async (file: string, name: string): Promise<VideoFile> => {
    if (looked?.file === file) return looked.video
    const video = await open(file, name)
    const before = looked?.video
    looked = { file, video }
    if (before) await close(before)
    return video
  }

  const withVideo = async <T>(file: string, name: string, task: (video: VideoFile) => Promise<T>): Promise<T> => {
    const video = await open(file, name)
    try {
      return await task(video)
    } finally {
      await close(video)
    }
  }

  const nextPicture = async (): Promise<Sharp> => {
    const picture = await run('nextPicture', null)
    if (!picture) throw new Error('there are fewer frames than were chosen')
    return toSharp(picture)
  }

  const work: Work = {
    probe: ({ file, name }) => withVideo(file, name, (video) => run('probe', video)),
    frameTimes: ({ file, name }) => withVideo(file, name, (video) => run('frameTimes', video)),
    exactFrame: async ({ file, name, index }) => run('exactFrame', { ...(await lookAt(file, name)), index, budget: pixelBudget() }),
    prepareFrame: async ({ file, name, index }) => run('prepareFrame', { ...(await lookAt(file, name)), index, budget: pixelBudget() }),
    frames: ({ file, name, folder, ...rule }) =>
      withVideo(file, name, async (video) => {
        const times = await run('startPictures', { ...video, ...rule })
        const frames: VideoOutput<'frames'> = []
        for (const [index, timeMs] of times.entries()) {
          const picture = (await nextPicture()).resize(frameSize, frameSize, { fit: 'inside', withoutEnlargement: true })
          const jpeg = await picture.jpeg({ quality: frameQuality }).toBuffer()
          const frameFile = `${String(index).padStart(4, '0')}.jpg`
          await writeFile(join(folder, frameFile), jpeg)
          frames.push({ file: frameFile, timeMs, sha256: createHash('sha256').update(jpeg).digest('hex') })
        }
        return frames
      }),
    firstFrame: ({ file, name, size, quality, seconds }) =>
      withVideo(file, name, async (video) => {
        await run('startPictures', { ...video, seconds })
        const small = (await nextPicture()).resize(size, size, { fit: 'inside', withoutEnlargement: true }).toColourspace('srgb')
        return (await small.webp({ quality }).toBuffer()).toString('base64')
      }),
  }

  return (task, input) => work[task](videoTasks[task].input.parse(input) as VideoInput<typeof task>)
}
