import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingerprintDistance, fingerprintImage, fingerprintPixels, nearestOthers } from '../../../src/main/media/fingerprint'
import { samples } from '../../support/importProject'

const sample = (name: string) => join(samples, 'media', name)
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-fingerprint-'))
})
afterAll(() => rm(directory, { recursive: true }))

describe('a fingerprint', () => {
  it('stays nearly the same when a picture is made smaller, compressed and stored in another format', async () => {
    const original = await fingerprintImage(sample('cat.jpg'))
    const small = join(directory, 'small.webp')
    await sharp(sample('cat.jpg')).resize(120).webp({ quality: 40 }).toFile(small)
    expect(fingerprintDistance(original, await fingerprintImage(small))).toBeLessThanOrEqual(6)
    expect(fingerprintDistance(original, await fingerprintImage(sample('rocket.jpg')))).toBeGreaterThan(15)
  })

  it('finds the picture from which two coins are gone to be most like the one that has them', async () => {
    const names = ['cat.jpg', 'coins_1.jpg', 'rocket.jpg', 'coins_2.jpg', 'flower.jpg']
    const nearest = nearestOthers(await Promise.all(names.map((name) => fingerprintImage(sample(name)))))
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

describe('the nearest other', () => {
  it('is one than which none is nearer', () => {
    fc.assert(
      fc.property(fc.array(anyPrint, { minLength: 2, maxLength: 20 }), (prints) => {
        for (const [index, partner] of nearestOthers(prints).entries()) {
          const own = prints[index]
          const other = partner === null ? undefined : prints[partner]
          if (!own || !other) throw new Error('every one of several has a partner')
          const distances = prints.filter((_, each) => each !== index).map((each) => fingerprintDistance(own, each))
          expect(partner).not.toBe(index)
          expect(fingerprintDistance(own, other)).toBe(Math.min(...distances))
        }
      }),
    )
  })

  it('of one alone is none', () => {
    expect(nearestOthers([{ high: 1, low: 2 }])).toEqual([null])
  })
})
