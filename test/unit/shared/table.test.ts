import { expect, test } from 'vitest'
import { nextSort, type TableSort } from '../../../src/shared/table'

test('a column sorts up, then down, then not at all; another column begins anew', () => {
  const up: TableSort = { kind: 'column', column: 'rating', descending: false }
  expect(nextSort(null, 'rating')).toEqual(up)
  expect(nextSort(up, 'rating')).toEqual({ ...up, descending: true })
  expect(nextSort({ ...up, descending: true }, 'rating')).toBeNull()
  expect(nextSort({ ...up, descending: true }, 'state')).toEqual({ kind: 'column', column: 'state', descending: false })
})
