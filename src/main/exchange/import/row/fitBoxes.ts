import type { Box, Context } from '../../../../shared/domain'
import { type Message, message } from '../../../../shared/messages/message'

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** What boxes were drawn on: pixels, or, where they are parts of the image whatever its size is, the size of the whole in their unit. */
export interface DrawnOn extends Size {
  readonly isRelative?: boolean
}

/** An image of the item: its size as displayed, null where it is not known, and its EXIF orientation (1 to 8). */
interface ImageFacts {
  readonly fileName: string
  readonly width: number | null
  readonly height: number | null
  readonly orientation?: number | undefined
}

/** Annotation files round sizes; a difference of one pixel moves no box. */
const tolerancePixels = 1

const isClose = (a: number, b: number, tolerance = tolerancePixels) => Math.abs(a - b) <= tolerance
const isNear = (a: Size, b: Size) => isClose(a.width, b.width) && isClose(a.height, b.height)

/** Whether one size is the other one, or that scaled and rounded to whole pixels. */
function isScaled(a: Size, b: Size): boolean {
  const [small, large] = a.width * a.height < b.width * b.height ? [a, b] : [b, a]
  const ratio = large.width / large.height
  return isNear(a, b) || isClose(small.width, small.height * ratio) || isClose(small.height, small.width / ratio)
}

const swap = ({ width, height }: Size): Size => ({ width: height, height: width })
/** Orientations 5 to 8 exchange width and height. */
const isSwapping = (orientation: number) => orientation >= 5

/** To a thousandth of a pixel, without the digits that a division leaves behind. */
const tidy = (value: number) => Number(value.toFixed(3))

function scaleBox(box: Box, from: Size, to: Size, tolerance = tolerancePixels): Box {
  if (isClose(from.width, to.width, tolerance) && isClose(from.height, to.height, tolerance)) return box
  const [across, down] = [to.width / from.width, to.height / from.height]
  return { ...box, x: tidy(box.x * across), y: tidy(box.y * down), width: tidy(box.width * across), height: tidy(box.height * down) }
}

/**
 * Brings a box from the pixels of an image as stored to those as displayed.
 * @param stored of the image as stored @param orientation EXIF tag 274 (https://exiftool.org/TagNames/EXIF.html)
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

/** How the boxes of an image are moved: null leaves one out. */
interface Fit {
  readonly move: (box: Box) => Box | null
  readonly note?: Message
  readonly fault?: Message
}

const describe = ({ width, height }: Size) => message('import.row.size', { width, height })

/** Boxes in parts of an image are scaled to it; while nobody knows its size, they wait, unless they are pixels of what was annotated. */
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
  // Both ways to draw on an image that is square, mirrored or upside down give the same size.
  if (orientation > 1 && (drawnOn === null || isScaled(from, stored)))
    return {
      move: scale,
      note: message('import.row.boxesTakenAsDisplayed', { fileName, orientation }),
    }
  if (isNear(from, displayed)) return { move: scale }
  return { move: scale, note: message('import.row.boxesScaled', { fileName, from: describe(from), to: describe(displayed) }) }
}

/**
 * Moves boxes to the pixels of their images as displayed: they are turned where they were drawn on an image as stored, and scaled
 * where the image was resized. Boxes on an image of another aspect ratio are left out, which is a fault; corrections are notes.
 * @param drawnOn sizes of the images that the boxes were drawn on, by position in the item; null where the file does not say
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
