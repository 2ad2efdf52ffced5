import type { Box, Context } from '../../../shared/domain'
import { type Said, say } from '../../../shared/say'
import type { Measure } from './entry'

interface Facts {
  readonly fileName: string
  readonly width: number | null
  readonly height: number | null
}

/** Sides of a picture that was made smaller may be off by so many pixels after rounding. */
const roundingPixels = 1.5

const tidy = (value: number) => Number(value.toPrecision(9))
const scale = (box: Box, across: number, down: number): Box => ({
  ...box,
  x: tidy(box.x * across),
  y: tidy(box.y * down),
  width: tidy(box.width * across),
  height: tidy(box.height * down),
})

/** Whether two sizes are of one picture, made larger or smaller. */
const isSameShape = (measure: Measure, width: number, height: number) =>
  Math.abs((measure.height * width) / measure.width - height) <= roundingPixels ||
  Math.abs((measure.width * height) / measure.height - width) <= roundingPixels

type Fitting = { readonly toBox: ((box: Box) => Box) | null; readonly fault: Said | null }
const asTheyAre: Fitting = { toBox: (box) => box, fault: null }

function fitOne(measure: Measure | undefined, facts: Facts | undefined): Fitting {
  if (measure === undefined || facts === undefined) return asTheyAre
  const { fileName, width, height } = facts
  if (width === null || height === null) {
    if (!measure.isRelative || measure.width > 100) return asTheyAre
    return { toBox: null, fault: say`its boxes wait for “${fileName}”, since they are given as parts of the picture` }
  }
  if (measure.width === width && measure.height === height) return asTheyAre
  const toBox = (box: Box) => scale(box, width / measure.width, height / measure.height)
  if (measure.isRelative) return { toBox, fault: null }
  const sizes = say`a picture of ${measure.width} × ${measure.height} pixels, and ${fileName} has ${width} × ${height}`
  if (isSameShape(measure, width, height)) return { toBox, fault: say`the boxes are for ${sizes}: they are scaled` }
  return { toBox: null, fault: say`the boxes are for ${sizes}: they are left out, since they cannot be fitted` }
}

/** Measures boxes in pixels of the item's media as they are displayed; what cannot be measured is left out, and said once for each medium. */
export function fitBoxes(
  context: Context,
  measures: readonly (Measure | undefined)[] | undefined,
  media: readonly Facts[],
): { context: Context; faults: Said[] } {
  if (measures === undefined || context.boxes === undefined) return { context, faults: [] }
  const { boxes, ...rest } = context
  const fittings = measures.map((measure, position) => fitOne(measure, media[position]))
  const fitted = boxes.flatMap((box) => {
    const { toBox } = fittings[box.media] ?? asTheyAre
    return toBox === null ? [] : [toBox(box)]
  })
  const used = new Set(boxes.map((box) => box.media))
  const faults = fittings.flatMap(({ fault }, position) => (fault !== null && used.has(position) ? [fault] : []))
  return { context: fitted.length > 0 ? { ...context, boxes: fitted } : rest, faults }
}
