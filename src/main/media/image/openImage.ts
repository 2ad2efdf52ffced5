import { open } from 'node:fs/promises'
import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { type Message, message } from '../../../shared/messages/message'
import { loadSharp } from './loadSharp'

/** Values of an image that are mapped to black and white. */
interface SampleRange {
  readonly low: number
  readonly high: number
}

type Samples = Uint16Array | Float32Array

/** If the maximum of 16-bit color values is below this, at most 14 bits are used, and the image would appear black. */
const dimBelow = 2 ** 14
const maxUshort = 65_535

/** Returns the smallest and largest finite value of the first `used` of every `channels` samples; null if none is finite. */
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
 * Returns the range to which the values of an unsigned 16-bit image are stretched; null if they already use 16 bits, or are all the same. A
 * single channel is a measurement (depth, X-ray) and is always stretched; color only if it is too dark to be seen.
 */
function rangeOfUshort({ low, high }: SampleRange, isColour: boolean): SampleRange | null {
  if (low === high || (low < 257 && high > maxUshort - 257)) return null
  if (isColour) return high < dimBelow ? { low: 0, high } : null
  return { low, high }
}

/** Returns the range of floating-point or 32-bit values: 0 to 1 or 0 to 255 if color keeps to that, else the actual range. */
function rangeOfWide(found: SampleRange, isColour: boolean): SampleRange {
  const { low, high } = found
  if (low < high && !isColour) return found
  if (low >= 0 && high <= 1) return { low: 0, high: 1 }
  if (low >= 0 && high <= 255) return { low: 0, high: 255 }
  return low < high ? found : { low: low - 1, high: high + 1 }
}

/** Stretches the first `used` of every `channels` samples to 0 to 255, with NaN as 0; the other channels are opacity. */
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

/** Maximum number of pixels: a small file can claim to be a huge image and exhaust the memory (a "decompression bomb"). */
export const maxPixels = 16_384 * 16_384

/** Thrown for an image that opens, but cannot be shown correctly; the reason is a `Message`. */
export class UnfitImage extends Error {
  constructor(readonly reason: Message) {
    super('unfit image')
  }
}

/** Maximum number of samples that are stretched in memory: 400 MB of floating-point values. */
const maxSamples = 100_000_000
/** Maximum number of pixels of a GIF's canvas that is filled. */
const maxCanvas = 4096 * 4096

const spreadSpaces: ReadonlySet<string | undefined> = new Set(['b-w', 'srgb', 'grey16', 'rgb16', 'scrgb'])

type Open = () => Sharp

/** Reads all samples in the image's own color space, upright, as numbers. */
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

/** Rejects values that libvips would clip to 0…65535. */
async function requireUnsigned(openFile: Open, { space, depth }: Metadata): Promise<void> {
  if (space !== 'grey16' && space !== 'rgb16') return
  if (depth === 'float') throw new UnfitImage(message('image.float16'))
  if (depth === 'short' && (await openFile().stats()).channels.some(({ min }) => min < 0)) throw new UnfitImage(message('image.signed16'))
}

/** Converts an image of more than 8 bits per channel to 8 bits by stretching its values; null if it is shown correctly as it is. */
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

/** Returns a GIF whose frames do not fill its canvas in the size of the canvas (libvips only returns the filled part); null for others. */
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

/** Returns the number of images in a file: frames of an animation, or pages. Only the first is ever opened. */
export async function countPages(file: string): Promise<number> {
  const { pages, format } = await (await loadSharp())(file, { limitInputPixels: maxPixels }).metadata()
  return pages ?? (format === 'png' ? await countFrames(file) : 1)
}

/** Returns the number of frames of a PNG, whose animation libvips does not see: the chunk `acTL` before the image (PNG 3, 11.3.5). */
async function countFrames(file: string): Promise<number> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0)
    for (let at = 8; at + 12 <= buffer.length; at += 12 + buffer.readUInt32BE(at)) {
      const type = buffer.toString('latin1', at + 4, at + 8)
      if (type === 'IDAT') return 1
      if (type === 'acTL') return Math.max(1, buffer.readUInt32BE(at + 8))
    }
    return 1
  } finally {
    await handle.close()
  }
}

/**
 * Opens an image upright (EXIF orientation applied) and strictly (truncated or damaged data fails instead of being filled with grey).
 * Values of more than 8 bits, such as depth in millimetres, are stretched from the range that they use, so that the thumbnail, the training
 * image and the model's image look the same. Throws `UnfitImage` for values that cannot be shown, and errors of libvips.
 */
export async function openImage(file: string): Promise<Sharp> {
  const sharp = await loadSharp()
  const options: SharpOptions = { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true }
  const openFile = () => sharp(file, options)
  const image = openFile()
  const metadata = await image.metadata()
  return (await spreadDepth(openFile, metadata)) ?? (await fillCanvas(file, openFile, metadata)) ?? image
}
