import { z } from 'zod'

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
