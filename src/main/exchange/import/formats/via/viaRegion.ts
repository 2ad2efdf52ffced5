import type { Box } from '../../../../../shared/domain'
import { type Message, message } from '../../../../../shared/messages/message'
import { type Area, areaAround, areaOfEllipse, isKeyed, type Keyed, type Point } from '../../row/shapes'

const numberOf = (shape: Keyed, key: string) => (typeof shape[key] === 'number' ? shape[key] : Number.NaN)
const numbersOf = (shape: Keyed, key: string): number[] =>
  Array.isArray(shape[key]) ? shape[key].map((value) => (typeof value === 'number' ? value : Number.NaN)) : []

/** The area of `shape_attributes`; null where it has none. */
function areaOf(shape: Keyed): Area | null {
  const at = (x: string, y: string): Point => [numberOf(shape, x), numberOf(shape, y)]
  switch (shape.name) {
    case 'rect': {
      const [x, y] = at('x', 'y')
      return areaAround([
        [x, y],
        [x + numberOf(shape, 'width'), y + numberOf(shape, 'height')],
      ])
    }
    case 'circle':
      return areaOfEllipse(at('cx', 'cy'), numberOf(shape, 'r'), numberOf(shape, 'r'))
    case 'ellipse':
      // Since version 2.0.9 an ellipse may be turned, by radians.
      return areaOfEllipse(at('cx', 'cy'), numberOf(shape, 'rx'), numberOf(shape, 'ry'), 'theta' in shape ? numberOf(shape, 'theta') : 0)
    default: {
      const down = numbersOf(shape, 'all_points_y')
      return areaAround(numbersOf(shape, 'all_points_x').map((x, index): Point => [x, down[index] ?? Number.NaN]))
    }
  }
}

/** The values of VIA's attributes as texts: of a set of checkboxes those that are ticked. */
export function attributeTexts(attributes: unknown): [key: string, text: string][] {
  if (!isKeyed(attributes)) return []
  return Object.entries(attributes).flatMap(([key, value]): [string, string][] => {
    const ticked = isKeyed(value)
      ? Object.keys(value)
          .filter((each) => value[each] === true || value[each] === 'true')
          .join(', ')
      : value
    const text = typeof ticked === 'string' || typeof ticked === 'number' ? String(ticked).trim() : ''
    return text === '' ? [] : [[key, text]]
  })
}

const labelKeys = ['label', 'name', 'class', 'category', 'type', 'object']

/** What the attributes of a region call it: the value of the attribute that names labels, else the first; the others stand behind it. */
export function labelOf(attributes: readonly (readonly [string, string])[]): string | null {
  const isLabel = ([key]: readonly [string, string]) => labelKeys.includes(key.toLowerCase())
  const chosen = attributes.find(isLabel) ?? attributes[0]
  if (chosen === undefined) return null
  const others = attributes.filter((each) => each !== chosen).map(([key, text]) => `${key}: ${text}`)
  return others.length === 0 ? chosen[1] : `${chosen[1]} (${others.join(', ')})`
}

/** A box of a region of VIA 1 or 2; a text says why there is none. */
export function readRegion(region: unknown): Box | Message {
  if (!isKeyed(region) || !isKeyed(region.shape_attributes)) return message('import.via.noShapeAttributes')
  const area = areaOf(region.shape_attributes)
  if (area === null) return message('import.via.noArea', { name: String(region.shape_attributes.name) })
  const label = labelOf(attributeTexts(region.region_attributes))
  return label === null ? message('import.via.noName') : { label, ...area, media: 0 }
}

/** Shapes of VIA 3 by their numbers: https://gitlab.com/vgg/via/-/blob/master/via-3.x.y/src/js/_via_shape.js */
const shapes3 = ['', 'point', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'rect', 'circle']

/** The area of the `xy` of VIA 3; null where it has none. */
export function areaOfXy([kind, ...values]: readonly number[]): Area | null {
  const [x = Number.NaN, y = Number.NaN, third = Number.NaN, fourth = Number.NaN] = values
  switch (shapes3[kind ?? 0]) {
    case 'rect':
      return areaAround([
        [x, y],
        [x + third, y + fourth],
      ])
    case 'circle':
      return areaOfEllipse([x, y], third, third)
    case 'ellipse':
      return areaOfEllipse([x, y], third, fourth)
    default:
      return areaAround(values.flatMap((value, index): Point[] => (index % 2 === 0 ? [[value, values[index + 1] ?? Number.NaN]] : [])))
  }
}
