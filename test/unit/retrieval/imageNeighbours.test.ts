import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/main/generation/seededRandom'
import { fingerprintDistance, type Fingerprint } from '../../../src/main/media/neighbours/fingerprint'
import { createImageNeighbours } from '../../../src/main/retrieval/imageNeighbours'
import { recallOf } from '../../support/textSets'

const random = seededRandom('images')
const half = () => Math.floor(random() * 2 ** 32)

/** A print that differs from another in up to so many bits. */
function alter({ high, low }: Fingerprint, bits: number): Fingerprint {
  const mask = () => Array.from({ length: Math.ceil(bits / 2) }, () => 1 << Math.floor(random() * 32)).reduce((all, bit) => all | bit, 0)
  return { high: (high ^ mask()) >>> 0, low: (low ^ mask()) >>> 0 }
}

/** Images as a data set has them: some scenes, each taken again and again. */
function makePrints(count: number): Fingerprint[] {
  const scenes = Array.from({ length: Math.ceil(count / 20) }, () => ({ high: half(), low: half() }))
  return Array.from({ length: count }, (_, at) => alter(scenes[at % scenes.length] ?? { high: 0, low: 0 }, 10))
}

const nearestByAll = (prints: readonly Fingerprint[], place: number, count: number): number[] => {
  const own = prints[place] ?? { high: 0, low: 0 }
  return [...prints.keys()]
    .filter((other) => other !== place)
    .map((other) => ({ other, distance: fingerprintDistance(own, prints[other] ?? own) }))
    .toSorted((a, b) => a.distance - b.distance || a.other - b.other)
    .slice(0, count)
    .map(({ other }) => other)
}

describe('the images most like one', () => {
  it('are those that a look at all finds, in a set of few', () => {
    const prints = [...makePrints(300), ...makePrints(40).map((print, at) => (at % 3 ? print : { high: 5, low: 5 }))]
    const neighbours = createImageNeighbours(prints)
    for (const place of prints.keys()) expect(neighbours.nearestTo(place, 10)).toEqual(nearestByAll(prints, place, 10))
  })

  it('are found in a large set without a look at all', () => {
    const prints = makePrints(40_000)
    const neighbours = createImageNeighbours(prints)
    const places = Array.from({ length: 60 }, (_, at) => at * 600)
    const found = places.map((place) => neighbours.nearestTo(place, 10))
    const expected = places.map((place) => nearestByAll(prints, place, 10))
    expect(recallOf(found, expected)).toBeGreaterThanOrEqual(0.95)
    expect(neighbours.compared() / places.length).toBeLessThanOrEqual(2_000)
  })

  it('are the first ones among very many that look the same', () => {
    const neighbours = createImageNeighbours(Array.from({ length: 20_000 }, () => ({ high: 1, low: 2 })))
    expect(neighbours.nearestTo(3, 5)).toEqual([0, 1, 2, 4, 5])
    expect(neighbours.compared()).toBe(1)
  })
})
