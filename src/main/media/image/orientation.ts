import { withImage } from './decode'

/** Reads the EXIF orientation of an image, from 1 to 8; undefined where it has none, or where the file is no image. */
export const readOrientation = (file: string): Promise<number | undefined> =>
  withImage(file, async (image) => (await image.metadata()).orientation).catch(() => undefined)
