import type { RawFrame } from '../../../../../shared/video'

/** Cache of one video's frames: the current frame and its neighbours, which are fetched in advance. Frames farther away are released. */
export interface NearFrames {
  readonly has: (index: number) => boolean
  readonly get: (index: number) => Promise<RawFrame>
  /** Fetches the neighbours of a frame, first the one in the direction of `by`, until another frame is requested. */
  readonly fetchBeside: (index: number, by: 1 | -1) => Promise<void>
}

/** Creates the cache of the frames of one video. @param frames number of frames of the video */
export function createNearFrames(fetch: (index: number) => Promise<RawFrame>, frames: number): NearFrames {
  const held = new Map<number, Promise<RawFrame>>()
  let looked: number | null = null

  const look = (index: number) => {
    looked = index
    for (const other of held.keys()) if (Math.abs(other - index) > 1) held.delete(other)
  }
  const hold = (index: number): Promise<RawFrame> => {
    const known = held.get(index)
    if (known) return known
    const fetched = fetch(index)
    held.set(index, fetched)
    fetched.catch(() => held.delete(index))
    return fetched
  }

  return {
    has: (index) => held.has(index),
    get(index) {
      look(index)
      return hold(index)
    },
    async fetchBeside(index, by) {
      look(index)
      for (const beside of [index + by, index - by]) {
        if (beside < 0 || beside >= frames || looked !== index) continue
        await hold(beside).catch(() => undefined) // reported to the caller that requests it
      }
    },
  }
}
