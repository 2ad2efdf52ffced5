import { describe, expect, test } from 'vitest'
import { afterScroll, heldHeight, MAX_HEIGHT, placeOf } from '../../../src/renderer/src/features/table/tallScroll'
import { gridOf, moveColumn, resizeColumn, withDefaultWidth } from '../../../src/renderer/src/features/table/columns'
import { cardsOf, movedPlace, nextUndecided, pairsToDecide } from '../../../src/renderer/src/features/grid/cards'
import { layoutOf } from '../../../src/renderer/src/features/grid/layout'
import { aCandidate, aTableRow } from '../../ui/fakeProject'

describe('rows taller than a browser can draw', () => {
  const tall = { rows: 120_000_000, view: 700 }
  const offsetOf = ({ top, shift }: { top: number; shift: number }) => top + shift

  test('are held in an element that can be drawn, and both of its ends are those of the rows', () => {
    expect(heldHeight(tall)).toBe(MAX_HEIGHT)
    expect(offsetOf(placeOf(0, tall))).toBe(0)
    expect(placeOf(tall.rows - tall.view, tall).top).toBe(MAX_HEIGHT - tall.view)
    expect(offsetOf(placeOf(55_123_456, tall))).toBeCloseTo(55_123_456)
  })

  test('move pixel by pixel with the wheel, and in proportion with the scroll bar', () => {
    const before = placeOf(60_000_000, tall)
    expect(offsetOf(afterScroll(before, before.top + 120, tall))).toBeCloseTo(60_000_120)
    expect(offsetOf(afterScroll(before, MAX_HEIGHT - tall.view, tall))).toBeCloseTo(tall.rows - tall.view)
  })

  test('do not end where the element ends before them', () => {
    let place = placeOf(10_000, tall)
    for (let turn = 0; turn < 400; turn++) place = afterScroll(place, Math.max(0, place.top - 100), tall)
    expect(offsetOf(place)).toBe(0)
    expect(afterScroll({ top: 50, shift: 0 }, 90, { rows: 9000, view: 700 })).toEqual({ top: 90, shift: 0 })
  })
})

test('columns are moved and resized as new lists', () => {
  const columns = withDefaultWidth(['thumbnail', 'state', 'response'])
  expect(moveColumn(columns, 'response', 0).map(({ name }) => name)).toEqual(['response', 'thumbnail', 'state'])
  expect(resizeColumn(columns, 'state', 3)[1]).toEqual({ name: 'state', width: 40 })
  expect(gridOf(resizeColumn(columns, 'state', 90), 16).template).toBe('80px 90px minmax(176px, 5fr)')
})

describe('cards', () => {
  const state = (id: number) => (id === 2 ? ('accepted' as const) : ('pending' as const))
  const rows = [1, 2, 3, 4].map((id) => aTableRow(aCandidate({ id, itemId: id < 3 ? 1 : 2, state: state(id) })))

  test('are of one pair, or of an item with all of its pairs', () => {
    expect(cardsOf('pairs', { ids: [3, 9], rows }).map((card) => card.rows.length)).toEqual([1, 0])
    expect(cardsOf('items', { ids: [1, 3], rows }).map((card) => card.rows.map((row) => row.candidate.id))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('are decided on for the pairs that wait, and the next one is found', () => {
    const pairs = rows.map(({ candidate }) => candidate)
    expect(pairsToDecide(pairs.slice(0, 2)).map(({ id }) => id)).toEqual([1])
    expect(pairsToDecide(pairs.slice(1, 2)).map(({ id }) => id)).toEqual([2])
    expect(nextUndecided(1, 4, (place) => pairs.slice(place, place + 1))).toBe(2)
    expect(nextUndecided(1, 2, (place) => pairs.slice(place, place + 1))).toBeNull()
    expect(nextUndecided(1, 4, () => undefined)).toBe(1)
  })

  test('are moved between by the arrows, no further than the first and the last', () => {
    const grid = { columns: 3, rowsInView: 2, total: 8 }
    expect(movedPlace('ArrowDown', 1, grid)).toBe(4)
    expect(movedPlace('ArrowDown', 6, grid)).toBe(6)
    expect(movedPlace('ArrowLeft', 0, grid)).toBe(0)
    expect(movedPlace('PageDown', 1, grid)).toBe(7)
    expect(movedPlace('a', 1, grid)).toBeUndefined()
  })

  test('fit into the view', () => {
    const { cardWidth, rowHeight } = layoutOf(2, { width: 1856, height: 500 }, 16)
    expect(cardWidth).toBe(900)
    expect(rowHeight).toBeLessThanOrEqual(500)
  })
})
