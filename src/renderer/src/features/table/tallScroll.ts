/** Maximum height of an element, in pixels. Chromium's limit is 2²⁵ pixels; taller lists are scrolled proportionally. */
export const MAX_HEIGHT = 30_000_000

/** Scroll position of a tall list, in pixels: `scrollTop` of the element, and the additional offset of the rows. */
export interface TallPlace {
  readonly top: number
  readonly shift: number
}

/** Heights in pixels of all rows and of the visible area. */
export interface Heights {
  readonly rows: number
  readonly view: number
}

export const heldHeight = ({ rows }: Heights) => Math.min(rows, MAX_HEIGHT)
const lastTop = (heights: Heights) => Math.max(1, heldHeight(heights) - heights.view)
const lastOffset = ({ rows, view }: Heights) => Math.max(1, rows - view)

/** Returns the scroll position at which a given offset of the rows is at the top. */
export function placeOf(offset: number, heights: Heights): TallPlace {
  const wanted = Math.max(0, Math.min(offset, lastOffset(heights)))
  if (heights.rows <= MAX_HEIGHT) return { top: wanted, shift: 0 }
  const top = Math.round((wanted / lastOffset(heights)) * lastTop(heights))
  return { top, shift: wanted - top }
}

/**
 * Returns the position after the element was scrolled. A short scroll moves the rows pixel by pixel; a long one, such as by the scroll bar,
 * moves them proportionally. Near an end of the element that is not an end of the rows, the element is repositioned proportionally.
 */
export function afterScroll(before: TallPlace, top: number, heights: Heights): TallPlace {
  if (heights.rows <= MAX_HEIGHT) return { top, shift: 0 }
  const inProportion = (top / lastTop(heights)) * lastOffset(heights)
  const isAtEnd = top <= 0 || top >= lastTop(heights)
  const isLong = isAtEnd || Math.abs(top - before.top) > 3 * heights.view
  if (isLong) return { top, shift: inProportion - top }
  const offset = top + before.shift
  const edge = 2 * heights.view
  const isAtEdge = top < edge || top > lastTop(heights) - edge
  return isAtEdge ? placeOf(offset, heights) : { top, shift: before.shift }
}
