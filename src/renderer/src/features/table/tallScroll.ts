/** Chromium draws nothing taller than 2²⁵ pixels: rows that take more are scrolled in proportion. */
export const MAX_HEIGHT = 30_000_000

/** Where a tall list is scrolled to: the place of the element that scrolls, and how far the list lies beyond it. In pixels. */
export interface TallPlace {
  readonly top: number
  readonly shift: number
}

/** Heights in pixels: of all rows, of the element that holds them, and of the part in view. */
export interface Heights {
  readonly rows: number
  readonly view: number
}

export const heldHeight = ({ rows }: Heights) => Math.min(rows, MAX_HEIGHT)
const lastTop = (heights: Heights) => Math.max(1, heldHeight(heights) - heights.view)
const lastOffset = ({ rows, view }: Heights) => Math.max(1, rows - view)

/** Where the element has to be scrolled to for some offset of the rows to be at its top. */
export function placeOf(offset: number, heights: Heights): TallPlace {
  const wanted = Math.max(0, Math.min(offset, lastOffset(heights)))
  if (heights.rows <= MAX_HEIGHT) return { top: wanted, shift: 0 }
  const top = Math.round((wanted / lastOffset(heights)) * lastTop(heights))
  return { top, shift: wanted - top }
}

/**
 * Where the list is after its element was scrolled: a short way moves the rows pixel by pixel, a long one, as by the scroll bar, in
 * proportion. Near an end of the element that is no end of the rows, it is moved back in proportion.
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
