import type { VideoSample } from 'mediabunny'
import type { Image } from '../videoTasks'

/** Copies the pixels of a frame, and closes it. */
export async function toImage(sample: VideoSample): Promise<Image> {
  try {
    const { width, height } = sample.visibleRect
    const pixels = new Uint8Array(sample.allocationSize({ format: 'RGBX' }))
    await sample.copyTo(pixels, { format: 'RGBX' })
    return {
      width,
      height,
      squareWidth: sample.squarePixelWidth,
      squareHeight: sample.squarePixelHeight,
      rotation: sample.rotation,
      pixels,
    }
  } finally {
    sample.close()
  }
}
