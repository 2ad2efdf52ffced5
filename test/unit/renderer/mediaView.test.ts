import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextSpeed, speeds } from '../../../src/renderer/src/components/MediaViewer/viewerSettings'
import { turnedStyle, turnPlace, turnSize } from '../../../src/renderer/src/components/MediaViewer/image/turning'
import { spanStart } from '../../../src/shared/video'

const side = fc.integer({ min: 1, max: 8000 })
/** An image with a box within it. */
const images = fc.record({ width: side, height: side }).chain((size) =>
  fc.record({ x: fc.nat(size.width), y: fc.nat(size.height) }).chain(({ x, y }) =>
    fc.record({
      size: fc.constant(size),
      box: fc.record({ x: fc.constant(x), y: fc.constant(y), width: fc.nat(size.width - x), height: fc.nat(size.height - y) }),
    }),
  ),
)

describe('a box of a turned image', () => {
  it('is where its part of the image is: the upper left goes to the upper right', () => {
    const corner = { x: 0, y: 0, width: 30, height: 10, label: 'cat' }
    expect(turnPlace(corner, { width: 100, height: 50 }, 1)).toEqual({ x: 40, y: 0, width: 10, height: 30, label: 'cat' })
    expect(turnPlace(corner, { width: 100, height: 50 }, 2)).toEqual({ x: 70, y: 40, width: 30, height: 10, label: 'cat' })
    expect(turnPlace(corner, { width: 100, height: 50 }, 3)).toEqual({ x: 0, y: 70, width: 10, height: 30, label: 'cat' })
  })

  it('stays within the image, and is back after four quarters', () => {
    fc.assert(
      fc.property(images, ({ size, box }) => {
        let [now, around] = [box, size]
        for (let quarter = 0; quarter < 4; quarter++) {
          now = turnPlace(now, around, 1)
          around = { ...turnSize(around, 1) }
          expect(now).toEqual(turnPlace(box, size, (quarter + 1) % 4))
          expect(now.x >= 0 && now.y >= 0 && now.x + now.width <= around.width && now.y + now.height <= around.height).toBe(true)
        }
        expect(now).toEqual(box)
      }),
    )
  })
})

it('an image that lies fills its place from the middle, and one as it came has no style of its own', () => {
  const size = { width: 300, height: 400 }
  expect(turnedStyle(size, { turns: 1, brightness: 120, contrast: 100 })).toEqual({
    width: 400,
    height: 300,
    top: 50,
    left: -50,
    transform: 'rotate(90deg)',
    filter: 'brightness(120%) contrast(100%)',
  })
  expect(turnedStyle(size, { turns: 0, brightness: 100, contrast: 100 })).toEqual({})
})

it('speeds go from a quarter to double, one by one', () => {
  expect(speeds.map((speed) => nextSpeed(speed, 1))).toEqual([...speeds.slice(1), 2])
  expect(speeds.map((speed) => nextSpeed(speed, -1))).toEqual([0.25, ...speeds.slice(0, -1)])
  expect([nextSpeed(1.1, 1), nextSpeed(1.1, -1)]).toEqual([1.25, 1])
})

it('an item begins with its clip, or else with the second of its first narration', () => {
  const narrations = [
    { time: 7.9, text: '', objects: [] },
    { time: 3.2, text: '', objects: [] },
  ]
  expect(spanStart({ clip: { start: 2.5, end: 4 }, narrations })).toBe(2.5)
  expect(spanStart({ clip: { start: 4, end: 4 } })).toBe(0)
  expect([spanStart({ narrations }), spanStart({})]).toEqual([3, 0])
})
