import type { VideoSample } from 'mediabunny'
import { messageOf, toProblem } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { badVideo } from '../videoProblem'
import { frameTimes } from '../frameTimes'
import { type ExactFrames, readExactFrames } from './exactFrames'
import { type OpenedVideo, openVideo, readVideoFacts, withVideo } from './openVideo'
import type { Image } from '../videoTasks'
import { type DecoderInput, type DecoderOutput, type DecoderReply, type DecoderTask, decoderTasks, type VideoFile } from './tasks'

// Program of the hidden page that decodes videos with Chromium's WebCodecs. It runs in a sandbox, without Node.

/** Reports to the process that started the page that work continues. */
const alive = () => void fetch('/alive').catch(() => undefined)

/** Video whose frames are currently read one by one. */
let looked: { readonly id: number; readonly frames: Promise<ExactFrames>; readonly opened: Promise<OpenedVideo> } | null = null

function lookAt(file: VideoFile, budget: number): Promise<ExactFrames> {
  if (looked?.id === file.id) return looked.frames
  looked?.opened.then(({ close }) => close()).catch(() => undefined)
  const opened = openVideo(file, alive)
  const frames = opened.then(async ({ video }) => readExactFrames(video, await video.frameTable(), budget))
  looked = { id: file.id, frames, opened }
  return frames
}

let images: AsyncGenerator<Image> | null = null

async function* readImages(opened: OpenedVideo, times: readonly number[]): AsyncGenerator<Image> {
  try {
    for await (const sample of opened.video.frames(times.map((time) => time / 1000))) yield await toImage(sample)
  } catch (error) {
    throw opened.explain(error)
  } finally {
    opened.close()
  }
}

type Work = { readonly [N in DecoderTask]: (input: DecoderInput<N>) => Promise<DecoderOutput<N>> }

const work: Work = {
  probe: (file) => readVideoFacts(file, alive),
  frameTimes: (file) => withVideo(file, async (video) => [...(await video.frameTable()).times], alive),
  exactFrame: async ({ index, budget, ...file }) => {
    const frames = await lookAt(file, budget)
    return frames.read(index).catch((error: unknown) => {
      throw badVideo(file.name, message('video.doesNotDecode', { reason: messageOf(error) }), error)
    })
  },
  prepareFrame: async ({ index, budget, ...file }) => {
    ;(await lookAt(file, budget)).prepare(index)
    return null
  },
  startImages: async ({ rule, seconds, startMs, endMs, ...file }) => {
    await images?.return(undefined)
    const opened = await openVideo(file, alive)
    const { duration, start } = opened.video
    const times = rule ? frameTimes(rule, Math.round(duration * 1000), { startMs, endMs }, file.name) : [(seconds ?? start) * 1000]
    images = readImages(opened, times)
    return times
  },
  nextImage: async () => (await images?.next())?.value ?? null,
}

async function run<N extends DecoderTask>(task: N, input: unknown): Promise<DecoderReply> {
  try {
    return { type: 'done', value: await work[task](decoderTasks[task].input.parse(input) as DecoderInput<N>) }
  } catch (error) {
    return { type: 'failed', problem: toProblem(error).toData() }
  }
}

Object.assign(globalThis, { runDecoderTask: run })
// An abandoned decoder may still throw.
addEventListener('unhandledrejection', (event) => event.preventDefault())

/** Copies the pixels of a frame, and closes it. */
async function toImage(sample: VideoSample): Promise<Image> {
  try {
    const { width, height } = sample.visibleRect
    const pixels = new Uint8Array(sample.allocationSize({ format: 'RGBX' }))
    await sample.copyTo(pixels, { format: 'RGBX' })
    return {
      width,
      height,
      squareWidth: sample.squarePixelWidth,
      squareHeight: sample.squarePixelHeight,
      rotation: sample.rotation,
      pixels,
    }
  } finally {
    sample.close()
  }
}
