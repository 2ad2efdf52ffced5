import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../shared/problem'
import { say } from '../../shared/say'
import { badVideo } from './badVideo'
import { readExactFrames, type ExactFrames } from './exactFrames'
import { frameTimes } from './frameTimes'
import { readVideoFacts, withVideo } from './openVideo'
import { videoTasks, type VideoInput, type VideoOutput, type VideoTask } from './videoTasks'

/** Most pixels a side of a frame. */
const frameSize = 1024
const frameQuality = 90

type Work = { readonly [N in VideoTask]: (input: VideoInput<N>, alive: () => void) => Promise<VideoOutput<N>> }

/** The video whose frames are looked at one by one, until another is. */
let looked: { readonly file: string; readonly frames: Promise<ExactFrames>; readonly close: () => void } | null = null

function lookAt(file: string, name: string, alive: () => void): Promise<ExactFrames> {
  if (looked?.file === file) return looked.frames
  looked?.close()
  const closed = Promise.withResolvers<undefined>()
  const opened = Promise.withResolvers<ExactFrames>()
  withVideo(
    file,
    name,
    async (video) => {
      opened.resolve(readExactFrames(video, await video.frameTable()))
      await closed.promise
    },
    alive,
  ).catch(opened.reject)
  looked = { file, frames: opened.promise, close: () => closed.resolve(undefined) }
  return opened.promise
}

const work: Work = {
  probe: ({ file }, alive) => readVideoFacts(file, alive),
  frameTimes: ({ file, name }, alive) => withVideo(file, name, async (video) => [...(await video.frameTable()).times], alive),
  exactFrame: async ({ file, name, index }, alive) => {
    const frames = await lookAt(file, name, alive)
    return frames.read(index).catch((error: unknown) => {
      throw badVideo(name, say`the video does not decode (${messageOf(error)})`, error)
    })
  },
  prepareFrame: async ({ file, name, index }, alive) => {
    ;(await lookAt(file, name, alive)).prepare(index)
    return null
  },
  frames: ({ file, name, folder, rule, ...span }, alive) =>
    withVideo(
      file,
      name,
      async (video) => {
        const times = frameTimes(rule, Math.round(video.duration * 1000), span, name)
        const frames: VideoOutput<'frames'> = []
        for await (const frame of video.frames(times.map((time) => time / 1000))) {
          const jpeg = await frame
            .resize(frameSize, frameSize, { fit: 'inside', withoutEnlargement: true })
            .jpeg({ quality: frameQuality })
            .toBuffer()
          const frameFile = `${String(frames.length).padStart(4, '0')}.jpg`
          await writeFile(join(folder, frameFile), jpeg)
          frames.push({ file: frameFile, timeMs: times[frames.length] ?? 0, sha256: createHash('sha256').update(jpeg).digest('hex') })
          alive()
        }
        return frames
      },
      alive,
    ),
  firstFrame: ({ file, name, size, quality, seconds }, alive) =>
    withVideo(
      file,
      name,
      async (video) => {
        for await (const frame of video.frames([seconds ?? video.start])) {
          const small = frame.resize(size, size, { fit: 'inside', withoutEnlargement: true }).toColourspace('srgb')
          return (await small.webp({ quality }).toBuffer()).toString('base64')
        }
        throw new Error('it has no frames')
      },
      alive,
    ),
}

/**
 * Does one task in this process; `alive` is called for every step. For the process of videos alone: a damaged file may keep it busy for
 * good, or end it.
 * @throws Problem, or what zod says of the input
 */
export function doVideoTask<N extends VideoTask>(task: N, input: unknown, alive: () => void): Promise<VideoOutput<N>> {
  return work[task](videoTasks[task].input.parse(input) as VideoInput<N>, alive)
}
