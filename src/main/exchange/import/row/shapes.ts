import type { Box, Context } from '../../../../shared/domain'

/** An object of JSON. */
export type Keyed = Readonly<Record<string, unknown>>

/** Whether a value of JSON is an object, not a list. */
export const isKeyed = (value: unknown): value is Keyed => typeof value === 'object' && value !== null && !Array.isArray(value)

export type Point = readonly [x: number, y: number]
export type Area = Pick<Box, 'x' | 'y' | 'width' | 'height'>

/** Without the digits that a difference of decimal fractions leaves behind. */
const tidy = (value: number) => Number(value.toPrecision(12))

/** The smallest upright rectangle around points; null where there is none, or it has no area. */
export function areaAround(points: readonly Point[]): Area | null {
  if (points.length === 0 || points.flat().some((value) => !Number.isFinite(value))) return null
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)]
  if (right <= left || bottom <= top) return null
  return { x: tidy(left), y: tidy(top), width: tidy(right - left), height: tidy(bottom - top) }
}

/** The upright rectangle around an ellipse, turned by an angle in radians. */
export function areaOfEllipse([x, y]: Point, radiusX: number, radiusY: number, angle = 0): Area | null {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const [right, down] = [Math.hypot(radiusX * cosine, radiusY * sine), Math.hypot(radiusX * sine, radiusY * cosine)]
  return areaAround([
    [x - right, y - down],
    [x + right, y + down],
  ])
}

/** The corners of a rectangle turned clockwise by degrees about its upper left corner. */
export function turnedCorners({ x, y, width, height }: Area, degrees: number): Point[] {
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([right = 0, down = 0]) => [x + right * cosine - down * sine, y + right * sine + down * cosine])
}

/** What attributes say of a thing, `car: occluded, colour: red`; null where they say nothing. A flag is named where it is set. */
export function describeAttributes(label: string, attributes: unknown): string | null {
  if (!isKeyed(attributes)) return null
  const said = Object.entries(attributes).flatMap(([key, value]) => {
    const text = (Array.isArray(value) ? value : [value])
      .filter((each) => typeof each === 'string' || typeof each === 'number')
      .map((each) => String(each).trim())
      .filter((each) => each !== '')
      .join(', ')
    return value === true || text === 'true' ? [key] : text === '' || text === 'false' ? [] : [`${key}: ${text}`]
  })
  if (said.length === 0) return null
  return label === '' ? said.join(', ') : `${label}: ${said.join(', ')}`
}

/** What an annotation tool knows of an image, as a context; what is empty stays out. */
export function toContext(parts: {
  readonly captions?: readonly string[]
  readonly boxes?: readonly Box[]
  readonly [other: string]: readonly unknown[] | Context[string] | undefined
}): Context {
  const kept = Object.entries(parts).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
  return Object.fromEntries(kept) as Context
}
