import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Fingerprint,
  fingerprintDistance,
  fingerprintImage,
  fingerprintPixels,
} from '../../../../src/main/media/neighbours/fingerprint'
import { seededRandom } from '../../../../src/main/generation/seededRandom'
import { nearestOthers } from '../../../../src/main/media/neighbours/nearestOthers'
import { samples } from '../../../support/importProject'

const sample = (name: string) => join(samples, 'media', name)
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-fingerprint-'))
})
afterAll(() => rm(directory, { recursive: true }))

describe('a fingerprint', () => {
  it('stays nearly the same when an image is made smaller, compressed and stored in another format', async () => {
    const original = await fingerprintImage(sample('cat.jpg'))
    const small = join(directory, 'small.webp')
    await sharp(sample('cat.jpg')).resize(120).webp({ quality: 40 }).toFile(small)
    expect(fingerprintDistance(original, await fingerprintImage(small))).toBeLessThanOrEqual(6)
    expect(fingerprintDistance(original, await fingerprintImage(sample('rocket.jpg')))).toBeGreaterThan(15)
  })

  it('finds the image from which two coins are gone to be most like the one that has them', async () => {
    const names = ['cat.jpg', 'coins_1.jpg', 'rocket.jpg', 'coins_2.jpg', 'flower.jpg']
    const nearest = await nearestOthers(await Promise.all(names.map((name) => fingerprintImage(sample(name)))))
    expect(nearest[1]).toBe(3)
    expect(nearest[3]).toBe(1)
  })

  it('has a bit for each pixel that is darker than the one to its right', () => {
    const rising = Uint8Array.from({ length: 72 }, (_, index) => index % 9)
    expect(fingerprintPixels(rising)).toEqual({ high: 0xffffffff, low: 0xffffffff })
    expect(fingerprintPixels(new Uint8Array(72))).toEqual({ high: 0, low: 0 })
    expect(fingerprintDistance(fingerprintPixels(rising), fingerprintPixels(new Uint8Array(72)))).toBe(64)
  })
})

const anyPrint = fc.record({ high: fc.nat(0xffffffff), low: fc.nat(0xffffffff) })

/** Halves of few bits, so that some are equal and many are as near as others. */
const nearPrint = fc.record({ high: fc.nat(7), low: fc.nat(3) })

function nearestByComparingAll(prints: readonly Fingerprint[]): (number | null)[] {
  return prints.map((own, place) => {
    const others = prints
      .map((other, index) => ({ index, distance: fingerprintDistance(own, other) }))
      .filter(({ index }) => index !== place)
    return others.toSorted((a, b) => a.distance - b.distance || a.index - b.index)[0]?.index ?? null
  })
}

describe('the nearest other', () => {
  it.each([
    ['of any fingerprints', anyPrint],
    ['of fingerprints that lie close together', nearPrint],
  ])('%s is the one that comparing all with all finds', async (_, print) => {
    await fc.assert(
      fc.asyncProperty(fc.array(print, { maxLength: 60 }), async (prints) => {
        expect(await nearestOthers(prints)).toEqual(nearestByComparingAll(prints))
      }),
    )
  })

  it('is found without comparing all with all where there are many', async () => {
    const random = seededRandom('prints')
    const half = () => Math.floor(random() * 2 ** 32)
    const scattered = Array.from({ length: 1500 }, () => ({ high: half(), low: half() }))
    const alike = scattered.map(({ high, low }, index) => ({ high: (high ^ (1 << (index % 32))) >>> 0, low }))
    const prints = [...scattered, ...alike, ...scattered.slice(0, 100)]
    expect(await nearestOthers(prints)).toEqual(nearestByComparingAll(prints))
  })

  it('is not looked for any longer when that is cancelled', async () => {
    const random = seededRandom('cancelled')
    const prints = Array.from({ length: 20_000 }, () => ({ high: Math.floor(random() * 2 ** 32), low: Math.floor(random() * 2 ** 32) }))
    await expect(nearestOthers(prints, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})
