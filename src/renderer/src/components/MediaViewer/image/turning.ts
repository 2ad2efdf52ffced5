import type { CSSProperties } from 'react'
import type { Adjustment } from './adjustments'

export interface Size {
  readonly width: number
  readonly height: number
}

interface Place extends Size {
  readonly x: number
  readonly y: number
}

const lies = (turns: number) => turns % 2 === 1

/** Returns the size of an image after quarter turns. */
export const turnSize = ({ width, height }: Size, turns: number): Size =>
  lies(turns) ? { width: height, height: width } : { width, height }

/** Returns the position of a rectangle after its image was rotated clockwise by quarter turns. @param size size of the image before */
export function turnPlace<P extends Place>(place: P, size: Size, turns: number): P {
  const { x, y, width, height } = place
  switch (turns) {
    case 1:
      return { ...place, x: size.height - y - height, y: x, width: height, height: width }
    case 2:
      return { ...place, x: size.width - x - width, y: size.height - y - height }
    case 3:
      return { ...place, x: y, y: size.width - x - width, width: height, height: width }
    default:
      return place
  }
}

/**
 * Returns the style of a rotated and adjusted element that fills an area of this size; empty if nothing is adjusted, which costs nothing.
 */
export function turnedStyle(size: Size, { turns, brightness, contrast }: Adjustment): CSSProperties {
  const own = turnSize(size, turns)
  return {
    ...(turns === 0
      ? {}
      : {
          top: (size.height - own.height) / 2,
          left: (size.width - own.width) / 2,
          ...own,
          transform: `rotate(${turns * 90}deg)`,
        }),
    ...(brightness === 100 && contrast === 100 ? {} : { filter: `brightness(${brightness}%) contrast(${contrast}%)` }),
  }
}
