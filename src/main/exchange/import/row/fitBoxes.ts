import type { Box, Context } from '../../../../shared/domain'
import { type Message, message } from '../../../../shared/messages/message'

/** Size in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Size of the image on which boxes were drawn, in pixels; if `isRelative`, the size of the whole image in the unit of the boxes. */
export interface DrawnOn extends Size {
  readonly isRelative?: boolean
}

/** An image of the item: its size as displayed (null if unknown) and its EXIF orientation (1 to 8). */
interface ImageFacts {
  readonly fileName: string
  readonly width: number | null
  readonly height: number | null
  readonly orientation?: number | undefined
}

/** Annotation files round sizes; a difference of one pixel does not move a box. */
const tolerancePixels = 1

const isClose = (a: number, b: number, tolerance = tolerancePixels) => Math.abs(a - b) <= tolerance
const isNear = (a: Size, b: Size) => isClose(a.width, b.width) && isClose(a.height, b.height)

/** Checks whether two sizes are equal, or equal after scaling and rounding to whole pixels. */
function isScaled(a: Size, b: Size): boolean {
  const [small, large] = a.width * a.height < b.width * b.height ? [a, b] : [b, a]
  const ratio = large.width / large.height
  return isNear(a, b) || isClose(small.width, small.height * ratio) || isClose(small.height, small.width / ratio)
}

const swap = ({ width, height }: Size): Size => ({ width: height, height: width })
/** EXIF orientations 5 to 8 swap width and height. */
const isSwapping = (orientation: number) => orientation >= 5

/** Rounds to a thousandth of a pixel to remove floating-point noise. */
const tidy = (value: number) => Number(value.toFixed(3))

function scaleBox(box: Box, from: Size, to: Size, tolerance = tolerancePixels): Box {
  if (isClose(from.width, to.width, tolerance) && isClose(from.height, to.height, tolerance)) return box
  const [across, down] = [to.width / from.width, to.height / from.height]
  return { ...box, x: tidy(box.x * across), y: tidy(box.y * down), width: tidy(box.width * across), height: tidy(box.height * down) }
}

/**
 * Converts a box from the pixels of the stored image to those of the displayed image.
 * @param stored size of the image as stored @param orientation EXIF tag 274 (https://exiftool.org/TagNames/EXIF.html)
 */
export function turnBox(box: Box, stored: Size, orientation: number): Box {
  const { x, y, width, height } = box
  const right = tidy(stored.width - x - width)
  const bottom = tidy(stored.height - y - height)
  switch (orientation) {
    case 2:
      return { ...box, x: right }
    case 3:
      return { ...box, x: right, y: bottom }
    case 4:
      return { ...box, y: bottom }
    case 5:
      return { ...box, x: y, y: x, width: height, height: width }
    case 6:
      return { ...box, x: bottom, y: x, width: height, height: width }
    case 7:
      return { ...box, x: bottom, y: right, width: height, height: width }
    case 8:
      return { ...box, x: y, y: right, width: height, height: width }
    default:
      return box
  }
}

/** Describes how the boxes of an image are moved; `move` returns null to drop a box. */
interface Fit {
  readonly move: (box: Box) => Box | null
  readonly note?: Message
  readonly fault?: Message
}

const describe = ({ width, height }: Size) => message('import.row.size', { width, height })

/**
 * Scales relative boxes to their image. If its size is unknown, they are left out until the file is imported, unless they are pixels of the
 * annotated image.
 */
function fitParts(from: DrawnOn, { fileName, width, height }: ImageFacts): Fit {
  if (width !== null && height !== null) return { move: (box) => scaleBox(box, from, { width, height }, 0) }
  if (from.width > 100) return { move: (box) => box }
  return { move: () => null, note: message('import.row.boxesWait', { fileName }) }
}

function findFit(drawnOn: DrawnOn | null, image: ImageFacts): Fit {
  const { fileName, width, height, orientation = 1 } = image
  if (drawnOn?.isRelative) return fitParts(drawnOn, image)
  if (width === null || height === null) return { move: (box) => box }
  const displayed = { width, height }
  const from = drawnOn ?? displayed
  const stored = isSwapping(orientation) ? swap(displayed) : displayed
  if (!isScaled(from, displayed) && isScaled(from, stored))
    return {
      move: (box) => turnBox(scaleBox(box, from, stored), stored, orientation),
      note: message('import.row.boxesTurned', { fileName, orientation }),
    }
  if (!isScaled(from, displayed))
    return {
      move: () => null,
      fault: message('import.row.boxesOfAnotherImage', { fileName, from: describe(from), to: describe(displayed) }),
    }
  const scale = (box: Box) => scaleBox(box, from, displayed)
  // For a square, mirrored or upside-down image, the stored and the displayed image have the same size.
  if (orientation > 1 && (drawnOn === null || isScaled(from, stored)))
    return {
      move: scale,
      note: message('import.row.boxesTakenAsDisplayed', { fileName, orientation }),
    }
  if (isNear(from, displayed)) return { move: scale }
  return { move: scale, note: message('import.row.boxesScaled', { fileName, from: describe(from), to: describe(displayed) }) }
}

/**
 * Converts boxes to the pixels of their images as displayed: rotates boxes drawn on the image as stored and scales boxes if the image was
 * resized. Boxes on an image of another aspect ratio are dropped and reported as faults; corrections are reported as notes.
 * @param drawnOn sizes of the images on which the boxes were drawn, by position in the item; null if the file does not state it
 */
export function fitBoxes(
  context: Context,
  drawnOn: readonly (DrawnOn | null)[] | undefined,
  images: readonly ImageFacts[],
): { context: Context; notes: Message[]; faults: Message[] } {
  const { boxes, ...rest } = context
  if (boxes === undefined || drawnOn === undefined) return { context, notes: [], faults: [] }
  const fits = images.map((image, position) =>
    boxes.some(({ media }) => media === position) ? findFit(drawnOn[position] ?? null, image) : null,
  )
  const moved = boxes.flatMap((box) => {
    const fit = fits[box.media]
    return fit ? (fit.move(box) ?? []) : box
  })
  return {
    context: moved.length > 0 ? { ...context, boxes: moved } : rest,
    notes: fits.flatMap((fit) => fit?.note ?? []),
    faults: fits.flatMap((fit) => fit?.fault ?? []),
  }
}
