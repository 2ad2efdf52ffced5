import { open } from 'node:fs/promises'
import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { type Message, message } from '../../../shared/messages/message'
import { loadSharp } from './loadSharp'

/** The values of an image that become black and white. */
interface SampleRange {
  readonly low: number
  readonly high: number
}

type Samples = Uint16Array | Float32Array

/** Colour of 16 bits whose largest value is below this uses no more than 14 of them, and would be shown as black. */
const dimBelow = 2 ** 14
const maxUshort = 65_535

/** The smallest and largest finite value of the first `used` of every `channels` samples; null where none is finite. */
function findRange(samples: Samples, channels: number, used: number): SampleRange | null {
  let low = Infinity
  let high = -Infinity
  for (let start = 0; start < samples.length; start += channels)
    for (let at = start; at < start + used; at++) {
      const value = samples[at] ?? Number.NaN
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  return low <= high ? { low, high } : null
}

/**
 * The range of an image of unsigned 16 bits that its values are spread over; null where they fill 16 bits already, or are all the same.
 * One channel is a measurement (depth, X-ray), which is spread in any case; colour only where it is too dim to be seen.
 */
function rangeOfUshort({ low, high }: SampleRange, isColour: boolean): SampleRange | null {
  if (low === high || (low < 257 && high > maxUshort - 257)) return null
  if (isColour) return high < dimBelow ? { low: 0, high } : null
  return { low, high }
}

/** The range of floating-point or 32-bit values: 0 to 1 or 0 to 255 where colour keeps to that, else the values' own. */
function rangeOfWide(found: SampleRange, isColour: boolean): SampleRange {
  const { low, high } = found
  if (low < high && !isColour) return found
  if (low >= 0 && high <= 1) return { low: 0, high: 1 }
  if (low >= 0 && high <= 255) return { low: 0, high: 255 }
  return low < high ? found : { low: low - 1, high: high + 1 }
}

/** Spreads the first `used` of every `channels` samples over 0 to 255, what is no number becoming 0; the others are opacity. */
function spreadSamples(samples: Samples, channels: number, used: number, { low, high }: SampleRange): Uint8Array {
  const bytes = new Uint8Array(samples.length)
  const scale = 255 / (high - low)
  const opaque =
    samples instanceof Uint16Array ? maxUshort : Math.max(1, findRange(samples.subarray(used), channels, channels - used)?.high ?? 1)
  for (let start = 0; start < samples.length; start += channels)
    for (let channel = 0; channel < channels; channel++) {
      const value = samples[start + channel] ?? 0
      const spread = channel < used ? (value - low) * scale : (value * 255) / opaque
      bytes[start + channel] = Number.isNaN(spread) ? 0 : Math.round(Math.min(255, Math.max(0, spread)))
    }
  return bytes
}

/** Larger images are refused: a small file can claim to be one and fill the memory (a "decompression bomb"). */
export const maxPixels = 16_384 * 16_384

/** An image that opens, and holds what is not shown rightly; the reason is a `Message`. */
export class UnfitImage extends Error {
  constructor(readonly reason: Message) {
    super('unfit image')
  }
}

/** Samples that are spread in memory, at most: 400 MB of floating-point values. */
const maxSamples = 100_000_000
/** Pixels of a GIF's canvas that are filled in, at most. */
const maxCanvas = 4096 * 4096

const spreadSpaces: ReadonlySet<string | undefined> = new Set(['b-w', 'srgb', 'grey16', 'rgb16', 'scrgb'])

type Open = () => Sharp

/** Reads all samples in the image's own space, upright, as numbers. */
async function readSamples(openFile: Open, { space, depth }: Metadata): Promise<{ samples: Samples; width: number; height: number }> {
  const type = depth === 'ushort' ? 'ushort' : 'float'
  const { data, info } = await openFile()
    .pipelineColourspace(space)
    .toColourspace(space)
    .raw({ depth: type })
    .toBuffer({ resolveWithObject: true })
  const memory = data.byteOffset % 4 === 0 ? data : Buffer.from(data)
  const { buffer, byteOffset, byteLength } = memory
  const samples =
    type === 'ushort' ? new Uint16Array(buffer, byteOffset, byteLength / 2) : new Float32Array(buffer, byteOffset, byteLength / 4)
  return { samples, width: info.width, height: info.height }
}

async function ushortRange(openFile: Open, isColour: boolean, used: number): Promise<SampleRange | null> {
  const { channels } = await openFile().stats()
  const values = channels.slice(0, used)
  return rangeOfUshort({ low: Math.min(...values.map(({ min }) => min)), high: Math.max(...values.map(({ max }) => max)) }, isColour)
}

/** What libvips would cut to 0…65535 on the way. */
async function requireUnsigned(openFile: Open, { space, depth }: Metadata): Promise<void> {
  if (space !== 'grey16' && space !== 'rgb16') return
  if (depth === 'float') throw new UnfitImage(message('image.float16'))
  if (depth === 'short' && (await openFile().stats()).channels.some(({ min }) => min < 0)) throw new UnfitImage(message('image.signed16'))
}

/** An image of more than 8 bits a channel with its values spread over 8 bits; null where it is shown rightly as it is. */
async function spreadDepth(openFile: Open, metadata: Metadata): Promise<Sharp | null> {
  const { depth, space, channels, hasAlpha, width, height } = metadata
  if (depth === 'uchar' || !spreadSpaces.has(space) || channels > 4) return null
  const used = hasAlpha ? channels - 1 : channels
  const isColour = used > 1
  const known = depth === 'ushort' ? await ushortRange(openFile, isColour, used) : null
  if (depth === 'ushort' && known === null) return null
  await requireUnsigned(openFile, metadata)
  if (width * height * channels > maxSamples) throw new UnfitImage(message('image.tooManyDeepValues', { limit: maxSamples }))
  const image = await readSamples(openFile, metadata)
  const found = known ?? findRange(image.samples, channels, used)
  if (found === null) throw new UnfitImage(message('image.noNumbers'))
  const bytes = spreadSamples(image.samples, channels, used, known ?? rangeOfWide(found, isColour))
  return (await loadSharp())(bytes, { raw: { width: image.width, height: image.height, channels: channels as 1 | 2 | 3 | 4 } })
}

async function readCanvas(file: string): Promise<{ width: number; height: number }> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(10), 0, 10, 0)
    return { width: buffer.readUInt16LE(6), height: buffer.readUInt16LE(8) }
  } finally {
    await handle.close()
  }
}

/** A GIF whose images do not fill its canvas, in the canvas' size (libvips gives only the part that is filled); null for others. */
async function fillCanvas(file: string, openFile: Open, { format, width, height }: Metadata): Promise<Sharp | null> {
  if (format !== 'gif') return null
  const canvas = await readCanvas(file)
  if (canvas.width === 0 || canvas.height === 0 || (canvas.width <= width && canvas.height <= height)) return null
  const [fullWidth, fullHeight] = [Math.max(canvas.width, width), Math.max(canvas.height, height)]
  if (fullWidth * fullHeight > maxCanvas)
    throw new UnfitImage(
      message('image.canvasTooLarge', { width: canvas.width, height: canvas.height, filledWidth: width, filledHeight: height }),
    )
  const sharp = await loadSharp()
  const background = { r: 0, g: 0, b: 0, alpha: 0 }
  const { data, info } = await sharp({ create: { width: fullWidth, height: fullHeight, channels: 4, background } })
    .composite([{ input: await openFile().png().toBuffer(), left: 0, top: 0 }])
    .raw()
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: info })
}

/** How many pictures an image file holds: frames of an animation, or pages. Only the first is ever opened. */
export async function countPages(file: string): Promise<number> {
  const { pages } = await (await loadSharp())(file, { limitInputPixels: maxPixels }).metadata()
  return pages ?? 1
}

/**
 * Opens an image upright (EXIF orientation applied) and strictly (what is truncated or damaged fails, instead of being filled with grey).
 * Values of more than 8 bits, such as depth in millimetres, are spread over the range that they fill, so that the thumbnail, the training
 * image and the model show the same. Throws `UnfitImage` for values that cannot be shown, and what libvips says.
 */
export async function openImage(file: string): Promise<Sharp> {
  const sharp = await loadSharp()
  const options: SharpOptions = { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true }
  const openFile = () => sharp(file, options)
  const image = openFile()
  const metadata = await image.metadata()
  return (await spreadDepth(openFile, metadata)) ?? (await fillCanvas(file, openFile, metadata)) ?? image
}
