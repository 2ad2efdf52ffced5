import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitBoxes, turnBox } from '../../../src/main/exchange/import/row/fitBoxes'
import { toEnglish } from '../../../src/shared/messages/translate'

const box = (x: number, y: number, width: number, height: number, media = 0) => ({ label: 'cup', x, y, width, height, media })
const fit = (
  drawnOn: readonly [number, number] | null,
  [width, height]: readonly [number | null, number | null],
  orientation?: number,
  boxes = [box(20, 40, 30, 20)],
) => {
  const size = drawnOn && { width: drawnOn[0], height: drawnOn[1] }
  const { context, notes, faults } = fitBoxes({ boxes }, [size], [{ fileName: 'a.jpg', width, height, orientation }])
  const found = context.boxes?.map((each) => [each.x, each.y, each.width, each.height])
  return { found, notes: notes.map(toEnglish), faults: faults.map(toEnglish) }
}

describe('boxes that were drawn on an image as it is stored', () => {
  // 120 × 80 as stored; each result is worked out by hand from the meaning of the EXIF tag.
  it.each([
    [1, [20, 40, 30, 20]],
    [2, [70, 40, 30, 20]],
    [3, [70, 20, 30, 20]],
    [4, [20, 20, 30, 20]],
    [5, [40, 20, 20, 30]],
    [6, [20, 20, 20, 30]],
    [7, [20, 70, 20, 30]],
    [8, [40, 70, 20, 30]],
  ])('are turned by orientation %i', (orientation, expected) => {
    const { x, y, width, height } = turnBox(box(20, 40, 30, 20), { width: 120, height: 80 }, orientation)
    expect([x, y, width, height]).toEqual(expected)
    if (orientation < 5) return
    expect(fit([120, 80], [80, 120], orientation)).toEqual({
      found: [expected],
      notes: [
        `the bounding boxes of a.jpg were drawn on the stored image; they are rotated to match the displayed image (EXIF orientation ${orientation})`,
      ],
      faults: [],
    })
  })

  it('and on a larger one are scaled too', () => {
    expect(fit([240, 160], [80, 120], 6, [box(40, 80, 60, 40)]).found).toEqual([[20, 20, 20, 30]])
  })

  it('stay within the image, whatever its size and orientation', () => {
    const side = fc.integer({ min: 1, max: 5000 })
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, orientation, part) => {
          const turned = turnBox(box(width * part * 0.5, height * part * 0.3, width * 0.5, height * 0.7), { width, height }, orientation)
          const [right, bottom] = orientation < 5 ? [width, height] : [height, width]
          expect(turned.x).toBeGreaterThan(-0.01)
          expect(turned.y).toBeGreaterThan(-0.01)
          expect(turned.x + turned.width).toBeLessThan(right + 0.01)
          expect(turned.y + turned.height).toBeLessThan(bottom + 0.01)
        },
      ),
    )
  })
})

describe('boxes that were drawn on an image as it is displayed', () => {
  it('stay where its size says so, turned or not, and where it is not known', () => {
    for (const result of [
      fit([120, 80], [120, 80]),
      fit([80, 120], [80, 120], 6),
      fit(null, [120, 80]),
      fit([120, 80], [null, null]),
      fit([121, 79], [120, 80]),
    ])
      expect(result).toEqual({ found: [[20, 40, 30, 20]], notes: [], faults: [] })
  })

  it.each([
    [[120, 80], [120, 80], 2],
    [[120, 80], [120, 80], 3],
    [[120, 80], [120, 80], 4],
    [[90, 90], [90, 90], 6],
    [null, [80, 120], 8],
  ] as const)('are taken to be where sizes cannot tell, which is told: %j on %j with orientation %i', (drawnOn, size, orientation) => {
    expect(fit(drawnOn, size, orientation)).toEqual({
      found: [[20, 40, 30, 20]],
      notes: [`a.jpg is displayed rotated (EXIF orientation ${orientation}); its bounding boxes are assumed to match the displayed image`],
      faults: [],
    })
  })
})

describe('boxes on an image of another size', () => {
  it.each([
    [
      [120, 80],
      [60, 40],
      [10, 20, 15, 10],
    ],
    [
      [60, 40],
      [120, 80],
      [40, 80, 60, 40],
    ],
    [
      [640, 427],
      [320, 213],
      [10, 19.953, 15, 9.977],
    ],
    [
      [1000, 10],
      [333, 3],
      [6.66, 12, 9.99, 6],
    ],
  ] as const)('drawn on %j are scaled to %j', (drawnOn, size, expected) => {
    const { found, notes, faults } = fit(drawnOn, size)
    expect([found, faults]).toEqual([[expected], []])
    expect(notes).toEqual([`the bounding boxes of a.jpg are scaled from ${drawnOn.join(' × ')} to ${size.join(' × ')} pixels`])
  })

  it.each([
    [
      [120, 80],
      [80, 80],
    ],
    [
      [120, 80],
      [80, 120],
    ],
    [
      [640, 480],
      [640, 640],
    ],
  ] as const)('and another aspect ratio are left out and told: %j on %j', (drawnOn, size) => {
    const reason = `the bounding boxes of a.jpg are skipped: they were drawn on an image of ${drawnOn.join(' × ')} pixels, but this one has ${size.join(' × ')}; use the annotated image`
    expect(fit(drawnOn, size)).toEqual({ found: undefined, notes: [], faults: [reason] })
  })

  it('are moved for each image of an item on its own, in their order', () => {
    const boxes = [box(10, 10, 10, 10, 1), box(10, 10, 10, 10, 0), box(1, 1, 1, 1, 5)]
    const half = { fileName: 'half.jpg', width: 60, height: 40 }
    const same = { fileName: 'same.jpg', width: 120, height: 80 }
    const size = { width: 120, height: 80 }
    const { context, notes } = fitBoxes({ boxes, captions: ['kept'] }, [size, size], [same, half])
    expect(context).toEqual({ captions: ['kept'], boxes: [box(5, 5, 5, 5, 1), box(10, 10, 10, 10, 0), box(1, 1, 1, 1, 5)] })
    expect(notes.map(toEnglish)).toEqual(['the bounding boxes of half.jpg are scaled from 120 × 80 to 60 × 40 pixels'])
  })

  it('are not looked at where the format says nothing of sizes', () => {
    const context = { boxes: [box(1, 2, 3, 4)] }
    expect(fitBoxes(context, undefined, [{ fileName: 'a.jpg', width: 1, height: 9, orientation: 6 }]).context).toBe(context)
  })
})
