import type { Sharp } from 'sharp'
import { loadSharp } from '../image/loadSharp'
import type { Image } from './videoTasks'

/** Returns an image for sharp, upright and with square pixels. */
export async function toSharp({ pixels, width, height, squareWidth, squareHeight, rotation }: Image): Promise<Sharp> {
  const sharp = await loadSharp()
  const image = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
  const square = { width: squareWidth, height: squareHeight }
  const sized = squareWidth === width && squareHeight === height ? image : image.resize({ ...square, fit: 'fill' })
  // An image that is scaled twice must be finished in between.
  const { data, info } = await sized.rotate(rotation).raw().toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
}
