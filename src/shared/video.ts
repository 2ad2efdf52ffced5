import { z } from 'zod'
import type { Context } from './domain'

/** A frame's time is told with the precision of microseconds, by the browser and by the container. */
const SAME = 0.0005

/** The number of the frame that is shown at a time (seconds), from 0. `times` rise. */
export function frameAt(times: readonly number[], time: number): number {
  let low = 0
  let high = times.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((times[middle] ?? 0) <= time + SAME) low = middle
    else high = middle - 1
  }
  return low
}

/** A frame as it was decoded: what `VideoFrame` takes, and how it must be turned (degrees, clockwise) to stand upright. */
export const rawFrameSchema = z.object({
  index: z.number(),
  width: z.number(),
  height: z.number(),
  rotation: z.number(),
  format: z.enum(['I420', 'NV12', 'RGBX']),
  /** null: of RGB; a null within: the file does not say */
  colour: z
    .object({
      matrix: z.string().nullable(),
      primaries: z.string().nullable(),
      transfer: z.string().nullable(),
      fullRange: z.boolean().nullable(),
    })
    .nullable(),
  pixels: z.instanceof(Uint8Array),
  /** milliseconds until it was decoded; next to nothing where it was held already */
  waitedMs: z.number(),
})
export type RawFrame = z.infer<typeof rawFrameSchema>

/** Where the part of a video begins that an item is about, in seconds: its clip, or else the whole second of its first narration. */
export function spanStart({ clip, narrations = [] }: Pick<Context, 'clip' | 'narrations'>): number {
  if (clip) return clip.end > clip.start ? clip.start : 0
  return narrations.length === 0 ? 0 : Math.floor(Math.min(...narrations.map(({ time }) => time)))
}
