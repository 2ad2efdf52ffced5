import { loadSharp } from './loadSharp'
import { maxPixels } from './openImage'

export interface DecodedImage {
  readonly width: number
  readonly height: number
  /** three channels of sRGB, without transparency */
  readonly rgb: boolean
  readonly format: string
}

/** Decodes all of an encoded image in memory; throws what libvips says where it does not decode. */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const sharp = await loadSharp()
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels })
  const { width, height, space, channels, format } = await image.metadata()
  await image.raw().toBuffer()
  return { width, height, rgb: space === 'srgb' && channels === 3, format }
}
