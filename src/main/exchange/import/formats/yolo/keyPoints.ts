import type { Point } from '../../row/shapes'

/** Rounding can move a label slightly over the edge. */
export const tolerance = 0.01
/** Number of possible key point labels from which they are not polygons by chance. */
const manyLabels = 10

export const inPairs = (values: readonly number[]): Point[] =>
  values.flatMap((value, index): Point[] => (index % 2 === 0 ? [[value, values[index + 1] ?? Number.NaN]] : []))

const isNear = (value: number | undefined, centre: number, size: number) =>
  value !== undefined && Math.abs(value - centre) <= size / 2 + tolerance

/** Checks whether numbers are a box with key points in it, each with its visibility. Read as polygon corners they would be wrong. */
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

/** Checks whether numbers may be a box on the image with two-number key points in it; a missing point is 0, 0. */
function mayBeFlat([x = 0, y = 0, width = 0, height = 0, ...points]: readonly number[]): boolean {
  if (!isOnImage(x, width) || !isOnImage(y, height)) return false
  return inPairs(points).every(([across, down]) => (across === 0 && down === 0) || (isNear(across, x, width) && isNear(down, y, height)))
}

/** Returns twice the signed area of a triangle; negative if its corners are in reverse order. */
const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point) => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

const isBetween = (a: number, b: number, c: number) => Math.min(a, b) <= c && c <= Math.max(a, b)
const isOnEdge = (a: Point, b: Point, point: Point) =>
  turn(a, b, point) === 0 && isBetween(a[0], b[0], point[0]) && isBetween(a[1], b[1], point[1])

function doMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true
  return isOnEdge(a, b, c) || isOnEdge(a, b, d) || isOnEdge(c, d, a) || isOnEdge(c, d, b)
}

/** Maximum number of polygon corners to check. */
const maxCorners = 64

/** Checks whether edges of a polygon cross or touch each other, which those of an outline never do. */
function crossesItself(corners: readonly Point[]): boolean {
  const edges = corners.slice(0, maxCorners).map((from, at) => ({ from, to: corners[(at + 1) % corners.length] ?? from }))
  return edges.some(({ from, to }, at) =>
    edges.slice(at + 2).some((other) => other.to !== from && other.from !== to && doMeet(from, to, other.from, other.to)),
  )
}

/** Decides from the labels of a data set whether they are polygons, or boxes with two-number key points. */
export class FlatKeyPoints {
  #possible = 0
  #hasCrossing = false
  #length: number | null = null
  #isImpossible = false

  /** @param values numbers of a label, without its class */
  add(values: readonly number[]): void {
    if (this.#isImpossible || values.length < 6 || values.length % 2 === 1 || areKeyPoints(values)) return
    this.#length ??= values.length
    // All labels of a pose have the same number of points.
    if (values.length !== this.#length || !mayBeFlat(values)) this.#isImpossible = true
    else {
      this.#possible++
      this.#hasCrossing ||= crossesItself(inPairs(values))
    }
  }

  /** Whether the labels are certainly polygons. */
  get isImpossible(): boolean {
    return this.#isImpossible
  }

  /** Result for the labels; `unclear` if there are too few to decide. */
  get verdict(): 'polygons' | 'keypoints' | 'unclear' {
    if (this.#isImpossible || this.#possible === 0) return 'polygons'
    return this.#hasCrossing || this.#possible >= manyLabels ? 'keypoints' : 'unclear'
  }
}
