import type { Point } from '../../row/shapes'

/** Rounding takes a label a little over the edge. */
export const tolerance = 0.01
/** So many labels that may be key points, and none that may not, are no polygons by chance. */
const manyLabels = 10

export const inPairs = (values: readonly number[]): Point[] =>
  values.flatMap((value, index): Point[] => (index % 2 === 0 ? [[value, values[index + 1] ?? Number.NaN]] : []))

const isNear = (value: number | undefined, centre: number, size: number) =>
  value !== undefined && Math.abs(value - centre) <= size / 2 + tolerance

/** Whether numbers are a box with key points in it, each with its visibility: read as the corners of a polygon, they would be no such thing. */
export function areKeyPoints(values: readonly number[]): boolean {
  const [x = 0, y = 0, width = 0, height = 0, ...points] = values
  if (points.length < 6 || points.length % 3 !== 0) return false
  return points.every((visibility, at) => {
    if (at % 3 !== 2) return true
    if (visibility === 0) return true
    return (visibility === 1 || visibility === 2) && isNear(points[at - 2], x, width) && isNear(points[at - 1], y, height)
  })
}

const isOnImage = (centre: number, size: number) => centre - size / 2 >= -tolerance && centre + size / 2 <= 1 + tolerance

/** Whether numbers may be a box on the image with key points of two numbers in it; a point that is not there is 0, 0. */
function mayBeFlat([x = 0, y = 0, width = 0, height = 0, ...points]: readonly number[]): boolean {
  if (!isOnImage(x, width) || !isOnImage(y, height)) return false
  return inPairs(points).every(([across, down]) => (across === 0 && down === 0) || (isNear(across, x, width) && isNear(down, y, height)))
}

/** Twice the area of a triangle; negative where its corners go the other way round. */
const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point) => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

const isBetween = (a: number, b: number, c: number) => Math.min(a, b) <= c && c <= Math.max(a, b)
const isOnEdge = (a: Point, b: Point, point: Point) =>
  turn(a, b, point) === 0 && isBetween(a[0], b[0], point[0]) && isBetween(a[1], b[1], point[1])

function doMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true
  return isOnEdge(a, b, c) || isOnEdge(a, b, d) || isOnEdge(c, d, a) || isOnEdge(c, d, b)
}

/** Corners of a polygon that are looked at, at most. */
const maxCorners = 64

/** Whether edges of a polygon cross or touch each other, as those of an outline do not. */
function crossesItself(corners: readonly Point[]): boolean {
  const edges = corners.slice(0, maxCorners).map((from, at) => ({ from, to: corners[(at + 1) % corners.length] ?? from }))
  return edges.some(({ from, to }, at) =>
    edges.slice(at + 2).some((other) => other.to !== from && other.from !== to && doMeet(from, to, other.from, other.to)),
  )
}

/** What the labels of a data set show of numbers that may be a polygon, or a box with key points of two numbers. */
export class FlatKeyPoints {
  #possible = 0
  #hasCrossing = false
  #length: number | null = null
  #isImpossible = false

  /** @param values of a label, without its class */
  add(values: readonly number[]): void {
    if (this.#isImpossible || values.length < 6 || values.length % 2 === 1 || areKeyPoints(values)) return
    this.#length ??= values.length
    // Every label of a pose has as many points.
    if (values.length !== this.#length || !mayBeFlat(values)) this.#isImpossible = true
    else {
      this.#possible++
      this.#hasCrossing ||= crossesItself(inPairs(values))
    }
  }

  /** Whether it is plain that the labels are polygons. */
  get isImpossible(): boolean {
    return this.#isImpossible
  }

  /** `unclear` where there are too few labels to decide. */
  get verdict(): 'polygons' | 'keypoints' | 'unclear' {
    if (this.#isImpossible || this.#possible === 0) return 'polygons'
    return this.#hasCrossing || this.#possible >= manyLabels ? 'keypoints' : 'unclear'
  }
}
