import { totalmem } from 'node:os'
import type { DecoderInput, DecoderOutput, DecoderTask, VideoFile } from './decoder/tasks'
import { videoTasks, type TimedImage, type VideoInput, type VideoOutput, type VideoTask } from './videoTasks'

/** Bytes of pixels that are kept of one video: what lies between two key frames of 720p, ten seconds apart. */
const pixelBudget = () => Math.min(400 * 1024 * 1024, Math.floor(totalmem() / 16))

/** The page that decodes (docs/adr/0016), as this module knows it. */
export interface Decoder {
  /** @throws Problem not-found, or what else the system says */
  open(file: string, name: string): Promise<VideoFile>
  close(video: VideoFile): Promise<void>
  run<N extends DecoderTask>(task: N, input: DecoderInput<N>): Promise<DecoderOutput<N>>
  /** Begins with a new page, whatever the one before was doing. */
  reset(): Promise<void>
}

/** Resolves once whoever asked has taken an image. */
type OnPart = (image: TimedImage) => Promise<void>

type Work = { readonly [N in VideoTask]: (input: VideoInput<N>, onPart: OnPart) => Promise<VideoOutput<N>> }

type DoVideoTask = <N extends VideoTask>(task: N, input: unknown, onPart: OnPart) => Promise<VideoOutput<N>>

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

  const work: Work = {
    probe: ({ file, name }) => withVideo(file, name, (video) => run('probe', video)),
    frameTimes: ({ file, name }) => withVideo(file, name, (video) => run('frameTimes', video)),
    exactFrame: async ({ file, name, index }) => run('exactFrame', { ...(await lookAt(file, name)), index, budget: pixelBudget() }),
    prepareFrame: async ({ file, name, index }) => run('prepareFrame', { ...(await lookAt(file, name)), index, budget: pixelBudget() }),
    images: ({ file, name, ...chosen }, onPart) =>
      withVideo(file, name, async (video) => {
        const times = await run('startImages', { ...video, ...chosen })
        for (const timeMs of times) {
          const image = await run('nextImage', null)
          if (!image) throw new Error('there are fewer frames than were chosen')
          await onPart({ timeMs, image })
        }
        return times.length
      }),
  }

  return (task, input, onPart) => work[task](videoTasks[task].input.parse(input) as VideoInput<typeof task>, onPart)
}
