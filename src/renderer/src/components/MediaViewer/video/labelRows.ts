import type { Box } from '../../../../../shared/domain'

/** Size of a label on the screen, in pixels: its height, the width of a letter, and the padding around its text. */
const LABEL = { height: 18, letter: 6.5, padding: 10 } as const

interface Place {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const overlap = (a: Place, b: Place) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/**
 * Returns the number of rows by which each label is moved down from the upper left corner of its box, so that labels do not overlap.
 * @param unit image pixels per screen pixel
 */
export function labelRows(boxes: readonly Pick<Box, 'label' | 'x' | 'y'>[], unit: number): readonly number[] {
  const taken: Place[] = []
  const height = LABEL.height * unit
  return boxes.map(({ label, x, y }) => {
    if (!label) return 0
    const right = x + (LABEL.letter * label.length + LABEL.padding) * unit
    const at = (row: number): Place => {
      const top = Math.max(0, y - height) + row * height
      return { left: x, right, top, bottom: top + height }
    }
    let row = 0
    while (row < boxes.length && taken.some((place) => overlap(place, at(row)))) row++
    taken.push(at(row))
    return row
  })
}
