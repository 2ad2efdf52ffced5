import { withImage } from './decode'

/** Pixels a side of an image in a MIMIC-IT release, and what Otter's loader resizes to. */
export const trainingImageSize = 224

/**
 * An image as the published MIMIC-IT files hold it: 224 × 224 RGB JPEG, stretched to the square, upright, transparency on white.
 * Returns the bytes of the JPEG. Throws Problem 'bad-media' where the file does not decode.
 */
export async function makeTrainingImage(file: string): Promise<Buffer> {
  return withImage(file, (image) =>
    image
      .flatten({ background: '#ffffff' })
      .resize(trainingImageSize, trainingImageSize, { fit: 'fill' })
      .toColourspace('srgb')
      .jpeg({ quality: 90 })
      .toBuffer(),
  )
}
