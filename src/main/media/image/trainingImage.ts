import { withImage } from './decode'

/** Side length in pixels of images in a MIMIC-IT release, and to which Otter's loader resizes. */
export const trainingImageSize = 224

/**
 * Creates an image as in the published MIMIC-IT files: 224 × 224 RGB JPEG, stretched to a square, upright, transparency on white. Returns
 * the bytes of the JPEG. Throws Problem 'bad-media' if the file does not decode.
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
