import { totalmem } from 'node:os'
import type { DecoderInput, DecoderOutput, DecoderTask, VideoFile } from './decoder/tasks'
import { videoTasks, type TimedImage, type VideoInput, type VideoOutput, type VideoTask } from './videoTasks'

/** Returns the number of bytes of decoded pixels kept for a video: enough for 720p with key frames ten seconds apart. */
const pixelBudget = () => Math.min(400 * 1024 * 1024, Math.floor(totalmem() / 16))

/** Interface of the page that decodes videos (docs/adr/0016). */
export interface Decoder {
  /** @throws Problem not-found, or another error of the system */
  open(file: string, name: string): Promise<VideoFile>
  close(video: VideoFile): Promise<void>
  run<N extends DecoderTask>(task: N, input: DecoderInput<N>): Promise<DecoderOutput<N>>
  /** Starts a new page, no matter what the previous one is doing. */
  reset(): Promise<void>
}

/** Receives an image; resolves once the requester has taken it. */
type OnPart = (image: TimedImage) => Promise<void>

type Work = { readonly [N in VideoTask]: (input: VideoInput<N>, onPart: OnPart) => Promise<VideoOutput<N>> }

type DoVideoTask = <N extends VideoTask>(task: N, input: unknown, onPart: OnPart) => Promise<VideoOutput<N>>

/**
 * Returns the function that runs a task on a video. Only for the video process: a damaged file may keep the decoder busy forever, or crash
 * it.
 * @throws Problem, or an error of zod for invalid input
 */
export function createVideoWork({ open, close, run }: Decoder): DoVideoTask {
  /** Video whose frames are currently read one by one. */
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
