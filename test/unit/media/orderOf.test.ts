import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderOf } from '../../../src/main/media/neighbours/orderOf'

test('values are put in order, equal ones as they stood', () => {
  expect([...orderOf(Uint32Array.from([5, 0xffffffff, 0, 5, 0x80000000]))]).toEqual([2, 0, 3, 4, 1])
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 0xffffffff }))), (values) => {
      const places = values.map((_, place) => place).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
      expect([...orderOf(Uint32Array.from(values))]).toEqual(places)
    }),
  )
})
