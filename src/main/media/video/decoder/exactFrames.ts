import type { VideoSample } from 'mediabunny'
import { frameAt, type RawFrame } from '../../../../shared/video'
import { farthest, type FrameRange, nextRange, windowFor } from './frameWindow'
import type { FrameTable, OpenVideo } from './openVideo'

/** Number of frames on each side of the current one that are decoded immediately; the others are decoded when the user stops stepping. */
const NEAR = 8
/** Milliseconds without a request after which the user has stopped stepping; earlier, further decoding would delay the next step. */
const REST_MS = 300

const even = (value: number) => value % 2 === 0

/** Copies the pixels of a frame in a format for Chromium: as decoded if it supports the format, otherwise as RGBX. */
async function toRaw(sample: VideoSample, index: number, waitedMs: number): Promise<RawFrame> {
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
    waitedMs,
  }
}

/** Reads frames of one video by their index; those around the last requested one are decoded in advance and kept. */
export interface ExactFrames {
  /** Starts decoding the frames around an index, without waiting for them. */
  prepare(index: number): void
  /** Reads one frame; not concurrently. @throws Error if the frame does not exist or does not decode */
  read(index: number): Promise<RawFrame>
}

type Direction = 'ahead' | 'behind'

/** A decoder's pass over frames in the order of the video. */
interface Walk {
  readonly samples: AsyncGenerator<VideoSample>
  /** Index of the next frame. */
  next: number
  /** Index of the last decoded frame. */
  came: number | null
}

/** @param budget maximum number of bytes of decoded pixels that are kept */
export function readExactFrames(
  video: Pick<OpenVideo, 'width' | 'height' | 'samplesFrom'>,
  { times, keyTimes }: FrameTable,
  budget: number,
): ExactFrames {
  const last = times.length - 1
  const window = windowFor(budget, video.width * video.height * 1.5)
  const held = new Map<number, VideoSample>()
  /** Frames that the container lists but the decoder omits → the frame that is shown instead. */
  const standIns = new Map<number, number>()
  /** One pass for the frames ahead and one for those behind; each keeps its position while the other is working. */
  const walks: Record<Direction, Walk | null> = { ahead: null, behind: null }
  let wanted = 0
  let stepping = false
  let rest: ReturnType<typeof setTimeout> | undefined
  let working: Promise<void> | null = null
  let heldMore = Promise.withResolvers<undefined>()

  const keyAt = (index: number) => (keyTimes.length === 0 ? 0 : frameAt(times, keyTimes[frameAt(keyTimes, times[index] ?? 0)] ?? 0))
  const find = (index: number) => held.get(standIns.get(index) ?? index)
  const has = (index: number) => find(index) !== undefined

  const hold = (sample: VideoSample): number => {
    const index = frameAt(times, sample.timestamp)
    held.get(index)?.close()
    held.set(index, sample)
    while (held.size > window.capacity) {
      const far = farthest(window, wanted, held.keys())
      if (far === null) break
      held.get(far)?.close()
      held.delete(far)
    }
    return index
  }

  const stop = (direction: Direction) => {
    void walks[direction]?.samples.return(undefined).catch(() => undefined)
    walks[direction] = null
  }
  const stopAll = () => {
    stop('ahead')
    stop('behind')
  }

  /** Replaces omitted frames by the frame before them, or by the one after them if they are the first. */
  const standIn = (from: number, before: number, shown: number) => {
    for (let index = from; index < before; index++) if (!held.has(index)) standIns.set(index, shown)
  }

  const isNear = () => {
    for (let index = Math.max(0, wanted - NEAR); index <= Math.min(last, wanted + NEAR); index++) if (!has(index)) return false
    return true
  }
  const next = () => (stepping && isNear() ? null : nextRange(window, wanted, last, has, keyAt))

  /** Continues a pass if that is cheaper: it decodes all frames in between, whereas a new pass starts at the last key frame. */
  const walkTo = (direction: Direction, from: number): Walk => {
    const walk = walks[direction]
    if (walk && walk.next <= from && walk.next >= keyAt(from)) return walk
    stop(direction)
    return (walks[direction] = { samples: video.samplesFrom(times[from] ?? 0), next: from, came: null })
  }

  /** Decodes the frames of a range, until another range is more urgent. @returns whether any frame was decoded */
  const fill = async ({ from, to }: FrameRange): Promise<boolean> => {
    const direction = to < wanted ? 'behind' : 'ahead'
    const walk = walkTo(direction, from)
    let decoded = false
    while (walk.next <= to && next()?.to === to) {
      const { value, done } = await walk.samples.next()
      if (done || !value) {
        if (walk.came !== null) standIn(walk.next, to + 1, walk.came)
        walks[direction] = null
        return decoded
      }
      const index = hold(value)
      standIn(walk.next, index, walk.came ?? index)
      walk.came = index
      walk.next = index + 1
      decoded = true
      heldMore.resolve(undefined)
      heldMore = Promise.withResolvers()
    }
    if (direction === 'behind' && walk.next > to) stop('behind')
    return decoded
  }

  const work = async () => {
    for (;;) {
      const urgent = wanted
      const range = next()
      if (!range) return
      const decoded = await fill(range)
      // A range that is still missing after decoding is not requested again.
      const again = urgent === wanted ? next() : null
      if (urgent === wanted && (!decoded || (again?.from === range.from && again.to === range.to))) return
    }
  }

  /** Decodes until nothing is left to decode. */
  const start = (): Promise<void> => {
    working ??= work()
      .catch((error: unknown) => {
        stopAll() // the next requested frame gets a new decoder
        throw error
      })
      .finally(() => {
        working = null
      })
    return working
  }

  /** Decodes the near frames now, and the others once the user has stopped stepping. */
  const goOn = () => {
    start().catch(() => undefined)
    clearTimeout(rest)
    rest = setTimeout(() => {
      stepping = false
      start().catch(() => undefined)
    }, REST_MS)
  }

  return {
    prepare(index) {
      wanted = Math.min(last, Math.max(0, index))
      stepping = false
      start().catch(() => undefined)
    },
    async read(index) {
      if (index < 0 || index > last) throw new Error(`there is no frame ${index}`)
      const asked = performance.now()
      wanted = index
      stepping = true
      while (!has(index)) {
        wanted = index // another frame may have been prepared in the meantime
        // Decoding in advance may have failed unnoticed.
        const ended = start().then(() => 'ended' as const)
        const outcome = await Promise.race([heldMore.promise, ended])
        if (outcome === 'ended' && wanted === index && !has(index) && !working) throw new Error(`frame ${index} does not decode`)
      }
      // Use a clone: the held frame may be replaced or closed while its pixels are copied.
      const sample = find(index)?.clone()
      if (!sample) throw new Error(`there is no frame ${index}`)
      try {
        return await toRaw(sample, index, performance.now() - asked)
      } finally {
        sample.close()
        goOn()
      }
    },
  }
}
