import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignSplits } from '../../../../src/main/exchange/snapshot/assignSplits'
import { groupByMedia, type MediaGroup } from '../../../../src/main/exchange/snapshot/groupByMedia'
import { splitSchema } from '../../../../src/shared/domain'
import type { SplitShares } from '../../../../src/shared/snapshot'

const splits = splitSchema.options

const shares = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([a, b]): SplitShares => ({ train: Math.min(a, b), validation: Math.abs(a - b), test: 100 - Math.max(a, b) }))

const library = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }),
    shown: fc.array(fc.tuple(fc.nat(59), fc.nat(50)), { maxLength: 100 }),
    alike: fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 10 }),
  })
  .map(({ sizes, ...rest }) => ({ sizes: new Map(sizes.map((size, at) => [at + 1, size])), ...rest }))

const group = (key: number, size: number): MediaGroup => ({ key, size, items: [key] })

const countPairs = (groups: readonly MediaGroup[], splitOf: ReadonlyMap<number, string>) => {
  const pairs: Record<string, number> = {}
  for (const { size, items } of groups) {
    const split = splitOf.get(items[0] ?? 0) ?? 'none'
    pairs[split] = (pairs[split] ?? 0) + size
  }
  return pairs
}

describe('a split by media', () => {
  test('has no medium, and none of two that are alike, in two splits', () => {
    fc.assert(
      fc.property(library, shares, fc.nat(1000), ({ sizes, shown, alike }, wanted, seed) => {
        const splitOf = assignSplits(groupByMedia({ sizes, shown, alike }), wanted, seed)
        expect([...splitOf.keys()].toSorted((a, b) => a - b)).toEqual([...sizes.keys()])
        const showing = Map.groupBy(
          shown.filter(([item]) => sizes.has(item)),
          ([, medium]) => medium,
        )
        const splitsOf = (medium: number) => (showing.get(medium) ?? []).map(([item]) => splitOf.get(item))
        for (const medium of showing.keys()) expect(new Set(splitsOf(medium)).size).toBe(1)
        for (const [one, other] of alike)
          if (showing.has(one) && showing.has(other)) expect(new Set([...splitsOf(one), ...splitsOf(other)]).size).toBe(1)
      }),
    )
  })

  test('misses no share by more than its largest group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 80 }),
        shares,
        fc.nat(1000),
        (sizes, wanted, seed) => {
          const groups = sizes.map((size, at) => group(at + 1, size))
          const pairs = countPairs(groups, assignSplits(groups, wanted, seed))
          const total = sizes.reduce((sum, size) => sum + size, 0)
          for (const split of splits) {
            const missed = Math.abs((pairs[split] ?? 0) - (total * wanted[split]) / 100)
            expect(missed).toBeLessThanOrEqual(Math.max(...sizes) + 1e-9)
            if (wanted[split] === 0) expect(pairs[split]).toBeUndefined()
          }
        },
      ),
    )
  })

  test('is the same for the same seed, whatever the order of the groups, and another one for another seed', () => {
    const groups = Array.from({ length: 500 }, (_, at) => group(at + 1, 1 + (at % 3)))
    const wanted = { train: 80, validation: 10, test: 10 }
    const first = assignSplits(groups, wanted, 1)
    expect(assignSplits(groups.toReversed(), wanted, 1)).toEqual(first)
    expect([...assignSplits(groups, wanted, 2)].filter(([id, split]) => first.get(id) !== split).length).toBeGreaterThan(100)
  })

  test('moves few items when others are added', () => {
    const wanted = { train: 80, validation: 10, test: 10 }
    const groups = Array.from({ length: 2000 }, (_, at) => group(at + 1, 1))
    const before = assignSplits(groups, wanted, 7)
    const after = assignSplits([...groups, ...Array.from({ length: 200 }, (_, at) => group(3001 + at, 1))], wanted, 7)
    const moved = [...before].filter(([id, split]) => after.get(id) !== split).length
    expect(moved).toBeLessThan(60)
  })

  test('puts a group that is larger than a split into the largest one', () => {
    const groups = [group(1, 60), ...Array.from({ length: 40 }, (_, at) => group(at + 2, 1))]
    for (const seed of [1, 2, 3, 4, 5])
      expect(countPairs(groups, assignSplits(groups, { train: 80, validation: 10, test: 10 }, seed))).toEqual({
        train: 80,
        validation: 10,
        test: 10,
      })
  })
})
