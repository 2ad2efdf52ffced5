import { describe, expect, it } from 'vitest'
import { farthest, nextRange, windowFor } from '../../../../../src/main/media/video/decoder/frameWindow'

const last = 999
/** a key frame every hundred frames */
const keyAt = (index: number) => index - (index % 100)
const span = (from: number, to: number) => new Set(Array.from({ length: to - from + 1 }, (_, place) => from + place))
const window = { capacity: 150, ahead: 20 }
const next = (wanted: number, held: ReadonlySet<number>, size = window) => nextRange(size, wanted, last, (index) => held.has(index), keyAt)

describe('windowFor', () => {
  it('holds as many frames as the memory allows, most of them behind', () =>
    expect(windowFor(400, 2)).toEqual({ capacity: 200, ahead: 24 }))
  it('holds a few however large they are', () => expect(windowFor(400, 1000)).toEqual({ capacity: 9, ahead: 3 }))
  it('holds no more than anybody steps through of small ones', () => expect(windowFor(1e9, 1)).toMatchObject({ capacity: 600 }))
})

describe('nextRange', () => {
  it('takes all from the key frame before the one that is wanted', () => expect(next(250, new Set())).toEqual({ from: 200, to: 250 }))
  it('takes no more than the window has room for', () =>
    expect(next(290, new Set(), { capacity: 40, ahead: 9 })).toEqual({ from: 260, to: 290 }))
  it('goes on from what is held', () => expect(next(260, span(200, 249))).toEqual({ from: 250, to: 260 }))
  it('then takes those that follow', () => expect(next(250, span(200, 255))).toEqual({ from: 256, to: 270 }))
  it('takes none after the last one', () => expect(next(last, span(900, last))).toBeNull())
  it('takes none behind within the frames of one key frame', () => expect(next(250, span(200, 270))).toBeNull())
  it('takes those behind before they are needed', () => expect(next(210, span(200, 230))).toEqual({ from: 100, to: 199 }))
  it('goes on behind where it was interrupted', () =>
    expect(next(210, new Set([...span(200, 230), ...span(100, 149)]))).toEqual({ from: 150, to: 199 }))
  it('rests at the start of the video', () => expect(next(5, span(0, 25))).toBeNull())
})

describe('farthest', () => {
  it.each([
    ['the end behind', 515, 380],
    ['the end ahead', 395, 520],
  ])('is %s where that lies farther outside', (_, wanted, expected) => expect(farthest(window, wanted, span(380, 520))).toBe(expected))
  it('is none where nothing is held', () => expect(farthest(window, 5, [])).toBeNull())
})
