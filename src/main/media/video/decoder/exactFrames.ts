import type { VideoSample } from 'mediabunny'
import { frameAt, type RawFrame } from '../../../../shared/video'
import { farthest, type FrameRange, nextRange, windowFor } from './frameWindow'
import type { FrameTable, OpenVideo } from './openVideo'

/** Frames on each side of the one that is looked at which are decoded at once; the others wait until nobody steps. */
const NEAR = 8
/** Milliseconds after a frame was given until it is taken that nobody steps: the decoder would take the time that the next step needs. */
const REST_MS = 300

const even = (value: number) => value % 2 === 0

/** The pixels of a frame as Chromium takes them: as they were decoded where it knows the format, else as RGBX. */
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

/** Frames of one video by their number; those around the one that was asked for last are decoded ahead, and held. */
export interface ExactFrames {
  /** Has the frames around one decoded, and waits for none. */
  prepare(index: number): void
  /** One at a time. @throws Error where there is no such frame, or it does not decode */
  read(index: number): Promise<RawFrame>
}

type Direction = 'ahead' | 'behind'

/** Frames in the order of the video. */
interface Walk {
  readonly samples: AsyncGenerator<VideoSample>
  /** the number of the one that comes next */
  next: number
  /** the one that came last */
  came: number | null
}

/** @param budget bytes of pixels that are held at most */
export function readExactFrames(
  video: Pick<OpenVideo, 'width' | 'height' | 'samplesFrom'>,
  { times, keyTimes }: FrameTable,
  budget: number,
): ExactFrames {
  const last = times.length - 1
  const window = windowFor(budget, video.width * video.height * 1.5)
  const held = new Map<number, VideoSample>()
  /** frames that the container tells of and the decoder leaves out, and the one that is shown in their place */
  const standIns = new Map<number, number>()
  /** One for the frames ahead and one for those behind: each goes on where it was while the other works. */
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

  /** Frames that never came are shown by the one before them, or the one after where they are the first. */
  const standIn = (from: number, before: number, shown: number) => {
    for (let index = from; index < before; index++) if (!held.has(index)) standIns.set(index, shown)
  }

  const isNear = () => {
    for (let index = Math.max(0, wanted - NEAR); index <= Math.min(last, wanted + NEAR); index++) if (!has(index)) return false
    return true
  }
  const next = () => (stepping && isNear() ? null : nextRange(window, wanted, last, has, keyAt))

  /** To go on from where a walk is takes each frame between; to start anew takes all since the last key frame. */
  const walkTo = (direction: Direction, from: number): Walk => {
    const walk = walks[direction]
    if (walk && walk.next <= from && walk.next >= keyAt(from)) return walk
    stop(direction)
    return (walks[direction] = { samples: video.samplesFrom(times[from] ?? 0), next: from, came: null })
  }

  /** Holds the frames of a range, while no other one is to be decoded first. @returns whether any was decoded */
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
      // What does not come although it was decoded is not asked for again and again.
      const again = urgent === wanted ? next() : null
      if (urgent === wanted && (!decoded || (again?.from === range.from && again.to === range.to))) return
    }
  }

  /** Decodes while there is something to decode. */
  const start = (): Promise<void> => {
    working ??= work()
      .catch((error: unknown) => {
        stopAll() // the next frame that is asked for gets a new decoder
        throw error
      })
      .finally(() => {
        working = null
      })
    return working
  }

  /** Has what is near decoded now, and the others when nobody steps any more. */
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
        wanted = index // others may have been prepared meanwhile
        // What was decoded ahead may have failed without anybody waiting for it.
        const ended = start().then(() => 'ended' as const)
        const outcome = await Promise.race([heldMore.promise, ended])
        if (outcome === 'ended' && wanted === index && !has(index) && !working) throw new Error(`frame ${index} does not decode`)
      }
      // A frame of its own: the one that is held may be replaced or let go while its pixels are copied.
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
