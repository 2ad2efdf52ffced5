import type { Box, Context } from '../../../../shared/domain'

/** A JSON object. */
export type Keyed = Readonly<Record<string, unknown>>

/** Checks whether a JSON value is an object and not a list. */
export const isKeyed = (value: unknown): value is Keyed => typeof value === 'object' && value !== null && !Array.isArray(value)

export type Point = readonly [x: number, y: number]
export type Area = Pick<Box, 'x' | 'y' | 'width' | 'height'>

/** Removes floating-point noise from a difference. */
const tidy = (value: number) => Number(value.toPrecision(12))

/** Returns the bounding box of points; null if there are none, or if it has no area. */
export function areaAround(points: readonly Point[]): Area | null {
  if (points.length === 0 || points.flat().some((value) => !Number.isFinite(value))) return null
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)]
  if (right <= left || bottom <= top) return null
  return { x: tidy(left), y: tidy(top), width: tidy(right - left), height: tidy(bottom - top) }
}

/** Returns the bounding box of an ellipse that is rotated by an angle in radians. */
export function areaOfEllipse([x, y]: Point, radiusX: number, radiusY: number, angle = 0): Area | null {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const [right, down] = [Math.hypot(radiusX * cosine, radiusY * sine), Math.hypot(radiusX * sine, radiusY * cosine)]
  return areaAround([
    [x - right, y - down],
    [x + right, y + down],
  ])
}

/** Returns the corners of a rectangle rotated clockwise by degrees about its upper left corner. */
export function turnedCorners({ x, y, width, height }: Area, degrees: number): Point[] {
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([right = 0, down = 0]) => [x + right * cosine - down * sine, y + right * sine + down * cosine])
}

/** Formats attributes of an object as `car: occluded, colour: red`; null if there are none. Flags are listed only if they are set. */
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

/** Builds a context from the annotations of an image, without empty values. */
export function toContext(parts: {
  readonly captions?: readonly string[]
  readonly boxes?: readonly Box[]
  readonly [other: string]: readonly unknown[] | Context[string] | undefined
}): Context {
  const kept = Object.entries(parts).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
  return Object.fromEntries(kept) as Context
}
