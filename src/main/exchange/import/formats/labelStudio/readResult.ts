import type { Box } from '../../../../../shared/domain'
import { type Message, message } from '../../../../../shared/messages/message'
import { type Area, areaAround, areaOfEllipse, isKeyed, type Keyed, type Point, turnedCorners } from '../../row/shapes'

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each) => (typeof each === 'string' && each.trim() !== '' ? [each.trim()] : []))

/** A part of an annotation: a region of an image with its labels, or a statement about the whole image. */
export interface ResultPart {
  readonly type: string
  readonly id: string | null
  readonly value: Keyed
  /** Size of the annotated image in pixels; 100 if it is unknown, so that units are percent. */
  readonly width: number
  readonly height: number
  /** Index of the image in the task. */
  readonly media: number
  /** Name of the image in the labelling interface. */
  readonly tag: unknown
}

/**
 * Reads the common fields of a result; null if it is not a result.
 * @param placeOf returns the index of the first image of the task field that a result refers to
 */
export function toPart(result: unknown, placeOf: (toName: unknown) => number): ResultPart | null {
  if (!isKeyed(result) || !isKeyed(result.value) || typeof result.type !== 'string') return null
  const { type, id, value, original_width: width, original_height: height, item_index: index } = result
  const isSized = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
  const media = placeOf(result.to_name) + (typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : 0)
  return {
    type,
    id: typeof id === 'string' ? id : null,
    value,
    width: isSized ? width : 100,
    height: isSized ? height : 100,
    media,
    tag: result.to_name,
  }
}

/** Returns the bounding box of a region in the pixels of its image; null if it has no area. */
function areaOf({ value, width, height }: ResultPart): Area | null | Message {
  const number = (key: string) => (typeof value[key] === 'number' ? value[key] : Number.NaN)
  const across = (percent: number) => (percent * width) / 100
  const down = (percent: number) => (percent * height) / 100
  if (Array.isArray(value.points))
    return areaAround(
      value.points.map((point: unknown): Point => {
        const [x, y]: unknown[] = Array.isArray(point) ? point : []
        return [typeof x === 'number' ? across(x) : Number.NaN, typeof y === 'number' ? down(y) : Number.NaN]
      }),
    )
  const rotation = typeof value.rotation === 'number' ? value.rotation : 0
  // Rotation in percent requires the aspect ratio of the image.
  if (rotation % 180 !== 0 && width === 100 && height === 100) return message('import.labelStudio.turnedWithoutSize')
  const at: Point = [across(number('x')), down(number('y'))]
  if (typeof value.radiusX === 'number') return areaOfEllipse(at, across(number('radiusX')), down(number('radiusY')))
  const area = { x: at[0], y: at[1], width: across(number('width')), height: down(number('height')) }
  return areaAround(turnedCorners(area, rotation))
}

/** Returns the labels of a region, from any of its controls. */
export const labelsOf = ({ value }: ResultPart): string[] => [
  ...new Set(Object.entries(value).flatMap(([key, labels]) => (/labels$/i.test(key) ? textsOf(labels) : []))),
]

const regionTypes = new Set(['rectanglelabels', 'rectangle', 'polygonlabels', 'polygon', 'ellipselabels', 'ellipse', 'labels'])
export const isRegion = ({ type, value }: ResultPart): boolean => regionTypes.has(type) && ('x' in value || 'points' in value)

/** Checks whether a region is more than an upright box. */
export const isOutline = ({ value }: ResultPart): boolean =>
  !('width' in value) || (typeof value.rotation === 'number' && value.rotation % 180 !== 0)

/** Returns the texts that a person entered or chose; null for other types. */
export function wordsOf({ type, value }: ResultPart): string[] | null {
  if (type === 'textarea') return textsOf(value.text)
  if (type === 'choices') return textsOf(value.choices)
  return null
}

/** Creates a box for each label of a region; returns a Message if there is none. */
export function toBoxes(part: ResultPart, labels: readonly string[]): Box[] | Message {
  if (labels.length === 0) return message('import.labelStudio.noLabel')
  const area = areaOf(part)
  if (area === null) return message('import.labelStudio.regionNoArea', { label: labels[0] })
  if (!('x' in area)) return area
  return labels.map((label) => ({ label, ...area, media: part.media }))
}
