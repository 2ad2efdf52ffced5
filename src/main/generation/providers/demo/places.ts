import type { Box } from '../../../../shared/domain'

/** Pixels. */
export interface Frame {
  readonly width: number
  readonly height: number
}

export const area = ({ width, height }: Box): number => width * height
export const centreX = ({ x, width }: Box): number => x + width / 2
export const centreY = ({ y, height }: Box): number => y + height / 2

export const biggestFirst = <T extends { readonly box: Box }>(things: readonly T[]): T[] =>
  things.toSorted((one, other) => area(other.box) - area(one.box))

/** Where the centre lies in a grid of nine: `in the upper left`, `in the middle`, `on the right`. */
export function placeIn(box: Box, frame: Frame): string {
  const across = third(centreX(box) / frame.width, 'left', 'right')
  const down = third(centreY(box) / frame.height, 'upper', 'lower')
  if (across && down) return `in the ${down} ${across}`
  if (across) return `on the ${across}`
  if (down) return `in the ${down} part`
  return 'in the middle'
}

const third = (share: number, low: string, high: string) => (share < 1 / 3 ? low : share > 2 / 3 ? high : '')

/** How one thing lies to another, as the predicate of a sentence about the first. */
export function relationOf(one: Box, other: Box): (name: string) => string {
  const across = centreX(one) - centreX(other)
  const down = centreY(one) - centreY(other)
  const side = Math.abs(across) > (one.width + other.width) / 4 ? (across < 0 ? 'to the left of' : 'to the right of') : ''
  const height = Math.abs(down) > (one.height + other.height) / 4 ? (down < 0 ? 'above' : 'below') : ''
  if (side && height) return (name) => `is ${side} ${name}, a little ${height === 'above' ? 'higher' : 'lower'} in the view`
  if (side || height) return (name) => `is ${side || height} ${name}`
  return (name) => `overlaps with ${name}`
}
