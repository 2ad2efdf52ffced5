import type { Box } from '../../../../../shared/domain'
import { type Message, message } from '../../../../../shared/messages/message'
import { type Area, areaAround, areaOfEllipse, isKeyed, type Keyed, type Point } from '../../row/shapes'

const numberOf = (shape: Keyed, key: string) => (typeof shape[key] === 'number' ? shape[key] : Number.NaN)
const numbersOf = (shape: Keyed, key: string): number[] =>
  Array.isArray(shape[key]) ? shape[key].map((value) => (typeof value === 'number' ? value : Number.NaN)) : []

/** Returns the bounding box of `shape_attributes`; null if it has no area. */
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
      // Since version 2.0.9 an ellipse may be rotated, in radians.
      return areaOfEllipse(at('cx', 'cy'), numberOf(shape, 'rx'), numberOf(shape, 'ry'), 'theta' in shape ? numberOf(shape, 'theta') : 0)
    default: {
      const down = numbersOf(shape, 'all_points_y')
      return areaAround(numbersOf(shape, 'all_points_x').map((x, index): Point => [x, down[index] ?? Number.NaN]))
    }
  }
}

/** Display names of attribute options: by attribute, then by the option id that a region stores. */
export type Options = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Reads the options of `_via_attributes.region` or `_via_attributes.file`. */
export function readOptions(attributes: unknown): Options {
  if (!isKeyed(attributes)) return {}
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, attribute]) => {
      if (!isKeyed(attribute) || !isKeyed(attribute.options)) return []
      const named = Object.entries(attribute.options).filter(
        (option): option is [string, string] => Boolean(option[1]) && typeof option[1] === 'string',
      )
      return [[key, Object.fromEntries(named)]]
    }),
  )
}

const textsOf = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' || value === true ? [String(value).trim()] : []

/** Returns the values of VIA attributes as texts: the ticked boxes of a checkbox set, or the name of an option. */
export function attributeTexts(attributes: unknown, options: Options = {}): [key: string, text: string][] {
  if (!isKeyed(attributes)) return []
  return Object.entries(attributes).flatMap(([key, value]): [string, string][] => {
    const chosen = isKeyed(value)
      ? Object.keys(value).filter((each) => value[each] === true || value[each] === 'true')
      : [value].flat().flatMap(textsOf)
    const text = chosen
      .filter((each) => each !== '')
      .map((each) => options[key]?.[each] ?? each)
      .join(', ')
    return text === '' ? [] : [[key, text]]
  })
}

const labelKeys = ['label', 'name', 'class', 'category', 'type', 'object']

/** Creates the label of a region: the value of the label attribute, otherwise of the first attribute, followed by the other attributes. */
export function labelOf(attributes: readonly (readonly [string, string])[]): string | null {
  const isLabel = ([key]: readonly [string, string]) => labelKeys.includes(key.toLowerCase())
  const chosen = attributes.find(isLabel) ?? attributes[0]
  if (chosen === undefined) return null
  const others = attributes.filter((each) => each !== chosen).map(([key, text]) => `${key}: ${text}`)
  return others.length === 0 ? chosen[1] : `${chosen[1]} (${others.join(', ')})`
}

/** Reads a region of VIA 1 or 2; returns a Message if it has no box. */
export function readRegion(region: unknown, options?: Options): Box | Message {
  if (!isKeyed(region) || !isKeyed(region.shape_attributes)) return message('import.via.noShapeAttributes')
  const area = areaOf(region.shape_attributes)
  if (area === null) return message('import.via.noArea', { name: String(region.shape_attributes.name) })
  const label = labelOf(attributeTexts(region.region_attributes, options))
  return label === null ? message('import.via.noName') : { label, ...area, media: 0 }
}

/** Checks whether a region of VIA 1 or 2 is more than a box. */
export const isOutline = (region: unknown): boolean =>
  isKeyed(region) && isKeyed(region.shape_attributes) && region.shape_attributes.name !== 'rect'

/** Shapes of VIA 3 by number: https://gitlab.com/vgg/via/-/blob/master/via-3.x.y/src/js/_via_shape.js */
const shapes3 = ['', 'point', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'rect', 'circle']

/** Checks whether the `xy` of VIA 3 is more than a box. */
export const isOutline3 = ([kind]: readonly number[]): boolean => shapes3[kind ?? 0] !== 'rect'

/** Returns the bounding box of the `xy` of VIA 3; null if it has no area. */
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
