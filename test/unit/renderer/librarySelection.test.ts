import { expect, test } from 'vitest'
import {
  keepShown,
  noSelection,
  placeAfter,
  selectAll,
  selectOne,
  selectRange,
  toggleOne,
} from '../../../src/renderer/src/features/library/selection'

const list = [4, 2, 9, 7, 1]
const idsOf = ({ ids }: { ids: ReadonlySet<number> }) => [...ids].toSorted((one, other) => one - other)

test('a click selects one item, with Ctrl it adds or takes out, with Shift it selects all between', () => {
  const one = selectOne(2)
  expect(idsOf(one)).toEqual([2])
  expect(idsOf(toggleOne(one, 7))).toEqual([2, 7])
  expect(idsOf(toggleOne(toggleOne(one, 7), 2))).toEqual([7])
  expect(idsOf(selectRange(one, list, 7))).toEqual([2, 7, 9])
  // The anchor stays: another range begins at the same item.
  expect(idsOf(selectRange(selectRange(one, list, 7), list, 4))).toEqual([2, 4])
})

test('all items are selected, and what the list no longer shows is not', () => {
  const all = selectAll(noSelection, list)
  expect(idsOf(all)).toEqual([1, 2, 4, 7, 9])
  expect(idsOf(keepShown(all, new Set([9, 1])))).toEqual([1, 9])
  expect(keepShown(all, new Set(list))).toBe(all)
})

test('a range whose anchor has gone selects the one item', () => {
  expect(idsOf(selectRange({ ids: new Set([8]), current: 8, anchor: 8 }, list, 9))).toEqual([9])
})

test('keys lead through the grid and not out of it', () => {
  const grid = { columns: 3, count: 8, page: 2 }
  expect(placeAfter('ArrowRight', 7, grid)).toBe(7)
  expect(placeAfter('ArrowLeft', 0, grid)).toBe(0)
  expect(placeAfter('ArrowDown', 1, grid)).toBe(4)
  expect(placeAfter('ArrowDown', 5, grid)).toBe(5) // below it is no row
  expect(placeAfter('ArrowUp', 1, grid)).toBe(1)
  expect(placeAfter('PageDown', 1, grid)).toBe(7)
  expect(placeAfter('End', 1, grid)).toBe(7)
  expect(placeAfter('Home', 6, grid)).toBe(0)
  expect(placeAfter('x', 1, grid)).toBeNull()
})
