import type { VideoSample } from 'mediabunny'
import { frameAt } from '../../shared/frameAt'
import type { RawFrame } from '../../shared/rawFrame'
import type { OpenVideo } from './openVideo'

/** Bytes of pixels that are held, of one video. */
const budget = 200 * 1024 * 1024
/** Most frames held before, and after, the one that is shown. */
const mostAround = 60

const even = (value: number) => value % 2 === 0

/** The pixels of a frame as Chromium takes them: as they were decoded where it knows the format, else as RGBX. */
async function toRaw(sample: VideoSample, index: number): Promise<RawFrame> {
  const { width, height } = sample.visibleRect
  const { format: own, rotation } = sample
  const plain = (own === 'I420' || own === 'NV12') && even(width) && even(height) ? own : null
  const options = plain ? {} : ({ format: 'RGBX' } as const)
  const pixels = new Uint8Array(sample.allocationSize(options))
  await sample.copyTo(pixels, options)
  const { matrix, primaries, transfer, fullRange } = sample.colorSpace
  return {
    index,
    width,
    height,
    rotation,
    format: plain ?? 'RGBX',
    colour: plain ? { matrix, primaries, transfer, fullRange } : null,
    pixels,
  }
}

/** Frames from one number to another, both of them among them. */
interface Range {
  readonly from: number
  readonly to: number
}

/** Frames of one video by their number; those around the one that was asked for last are decoded ahead, and held. */
export interface ExactFrames {
  /** One at a time. @throws Error where there is no such frame, or it does not decode */
  read(index: number): Promise<RawFrame>
}

/** @param times seconds at which each frame is shown, rising */
export function readExactFrames(video: OpenVideo, times: readonly number[]): ExactFrames {
  const last = times.length - 1
  const around = Math.max(4, Math.min(mostAround, Math.floor(budget / Math.max(1, video.width * video.height * 1.5) / 2.5)))
  const held = new Map<number, VideoSample>()
  /** frames in the order of the video, from `next` on */
  let walk: { readonly samples: AsyncGenerator<VideoSample>; next: number } | null = null
  let wanted = 0
  let working: Promise<void> | null = null
  let heldMore = Promise.withResolvers<undefined>()

  const keyFrameAt = async (index: number) => frameAt(times, await video.keyTimeAt(times[index] ?? 0))

  const hold = (sample: VideoSample): number => {
    const index = frameAt(times, sample.timestamp)
    held.get(index)?.close()
    held.set(index, sample)
    for (const [each, old] of held)
      if (Math.abs(each - wanted) > around + 8) {
        old.close()
        held.delete(each)
      }
    return index
  }

  const stopWalk = () => {
    void walk?.samples.return(undefined).catch(() => undefined)
    walk = null
  }

  /** What to decode next: the frame that is wanted, else what may be wanted next; null where enough is held. */
  const nextRange = async (): Promise<Range | null> => {
    if (!held.has(wanted)) return { from: Math.max(await keyFrameAt(wanted), wanted - around), to: wanted }
    let [low, high] = [wanted, wanted]
    while (held.has(high + 1)) high++
    while (held.has(low - 1)) low--
    if (high < last && high - wanted < around / 2) return { from: high + 1, to: Math.min(last, wanted + around) }
    if (low > 0 && wanted - low < around / 2) return { from: Math.max(0, wanted - around), to: low - 1 }
    return null
  }

  /** Holds the frames of a range, unless one outside it is wanted meanwhile. @returns whether any was decoded */
  const fill = async ({ from, to }: Range): Promise<boolean> => {
    // To go on from where the walk is takes each frame between; to start anew takes all since the last key frame.
    if (!walk || walk.next > from || walk.next < (await keyFrameAt(from))) {
      stopWalk()
      walk = { samples: video.samplesFrom(times[from] ?? 0), next: from }
    }
    const isUseful = () => held.has(wanted) || (wanted >= from && wanted <= to)
    let decoded = false
    while (walk.next <= to && isUseful()) {
      const { value, done } = await walk.samples.next()
      if (done || !value) {
        walk = null
        return decoded
      }
      walk.next = hold(value) + 1
      decoded = true
      heldMore.resolve(undefined)
      heldMore = Promise.withResolvers()
    }
    return decoded
  }

  const work = async () => {
    for (;;) {
      const urgent = wanted
      const range = await nextRange()
      if (!range) return
      if (!(await fill(range)) && urgent === wanted) return
    }
  }

  /** Decodes while there is something to decode. */
  const start = (): Promise<void> => {
    working ??= work().finally(() => {
      working = null
    })
    return working
  }

  return {
    async read(index) {
      if (index < 0 || index > last) throw new Error(`there is no frame ${index}`)
      wanted = index
      while (!held.has(index)) {
        // What was decoded ahead may have failed without anybody waiting for it.
        const ended = start().then(() => 'ended' as const)
        if ((await Promise.race([heldMore.promise, ended])) === 'ended' && !held.has(index) && !working)
          throw new Error(`frame ${index} does not decode`)
      }
      const sample = held.get(index)
      if (!sample) throw new Error(`there is no frame ${index}`)
      const raw = await toRaw(sample, index)
      start().catch(stopWalk)
      return raw
    },
  }
}
