import { z } from 'zod'
import type { Context } from './domain'

/** Tolerance in seconds: the browser and the container report frame times with microsecond precision. */
const SAME = 0.0005

/** Returns the index, from 0, of the frame shown at a time (seconds). `times` is ascending. */
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

/** A decoded frame: the input of `VideoFrame`, and the rotation (degrees, clockwise) that makes it upright. */
export const rawFrameSchema = z.object({
  index: z.number(),
  width: z.number(),
  height: z.number(),
  rotation: z.number(),
  format: z.enum(['I420', 'NV12', 'RGBX']),
  /** null: RGB; a null property: the file does not state it */
  colour: z
    .object({
      matrix: z.string().nullable(),
      primaries: z.string().nullable(),
      transfer: z.string().nullable(),
      fullRange: z.boolean().nullable(),
    })
    .nullable(),
  pixels: z.instanceof(Uint8Array),
  /** milliseconds until it was decoded; almost 0 if it was cached */
  waitedMs: z.number(),
})
export type RawFrame = z.infer<typeof rawFrameSchema>

/** Returns the start of an item's part of the video in seconds: its clip, or else the whole second of its first narration. */
export function spanStart({ clip, narrations = [] }: Pick<Context, 'clip' | 'narrations'>): number {
  if (clip) return clip.end > clip.start ? clip.start : 0
  return narrations.length === 0 ? 0 : Math.floor(Math.min(...narrations.map(({ time }) => time)))
}
