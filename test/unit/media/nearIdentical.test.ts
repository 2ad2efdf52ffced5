import fc from 'fast-check'
import path from 'node:path'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readImageLook, type ImageLook } from '../../../src/main/media/neighbours/imageLook'
import { areNearIdentical, joinNearIdentical } from '../../../src/main/media/neighbours/nearIdentical'

const samples = path.join(import.meta.dirname, '../../../resources/sample/media')
const names = ['astronaut', 'cat', 'coffee', 'flower', 'hubble', 'motorcycle', 'officer', 'palace', 'rocket']
let root: string
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'exemplar-looks-'))
})
afterAll(() => rm(root, { recursive: true }))

describe('nearly identical images', () => {
  test.each(names)('are %s and what becomes of it in another quality, format and size', async (name) => {
    const file = path.join(samples, `${name}.jpg`)
    const source = await readFile(file)
    const { width = 0, height = 0 } = await sharp(source).metadata()
    const look = await readImageLook(file, name)
    const versions = {
      'quality.jpg': sharp(source).jpeg({ quality: 40 }),
      'half.jpg': sharp(source).resize(Math.round(width / 2)),
      'quarter.png': sharp(source)
        .resize(Math.round(width / 4))
        .png(),
      'format.webp': sharp(source).webp({ quality: 60 }),
      'bright.jpg': sharp(source).modulate({ brightness: 1.04 }),
      'cut.jpg': sharp(source).extract({
        left: Math.round(width * 0.005),
        top: Math.round(height * 0.005),
        width: Math.round(width * 0.99),
        height: Math.round(height * 0.99),
      }),
    }
    for (const [version, image] of Object.entries(versions)) {
      const changed = path.join(root, `${name}-${version}`)
      await image.toFile(changed)
      expect([version, areNearIdentical(look, await readImageLook(changed, version))]).toEqual([version, true])
    }
  })

  test('are not two different photographs, nor two plain areas of different colors', async () => {
    const looks = await Promise.all(names.map((name) => readImageLook(path.join(samples, `${name}.jpg`), name)))
    for (const [at, one] of looks.entries()) for (const other of looks.slice(at + 1)) expect(areNearIdentical(one, other)).toBe(false)
    const plain = async (r: number) => {
      const file = path.join(root, `plain-${r}.png`)
      await sharp({ create: { width: 50, height: 50, channels: 3, background: { r, g: 90, b: 20 } } }).toFile(file)
      return readImageLook(file, file)
    }
    expect(areNearIdentical(await plain(10), await plain(200))).toBe(false)
    expect(areNearIdentical(await plain(10), await plain(12))).toBe(true)
  })

  test('are all found that a look at every two of them finds', () => {
    const bit = fc.nat(63)
    const look = fc.record({ scene: fc.nat(5), flips: fc.array(bit, { maxLength: 5 }), color: fc.constantFrom(0, 4, 200) })
    fc.assert(
      fc.property(fc.array(look, { maxLength: 40 }), (made) => {
        const looks = made.map(({ scene, flips, color }): ImageLook => {
          const halves = [Math.imul(scene + 1, 0x9e3779b9), Math.imul(scene + 3, 0x85ebca6b)]
          for (const flip of flips) halves[flip >> 5] = (halves[flip >> 5] ?? 0) ^ (1 << (flip & 31))
          return { high: (halves[0] ?? 0) >>> 0, low: (halves[1] ?? 0) >>> 0, colors: new Uint8Array(48).fill(color) }
        })
        const groupsOf = (joined: readonly [number, number][]) => {
          const group = looks.map((_, place) => place)
          for (const [one, other] of joined) {
            const [a = 0, b = 0] = [group[one], group[other]]
            for (const [place, id] of group.entries()) if (id === Math.max(a, b)) group[place] = Math.min(a, b)
          }
          return group
        }
        const found: [number, number][] = []
        joinNearIdentical(looks, (one, other) => found.push([one, other]))
        const all = looks.flatMap((one, a) =>
          looks.flatMap((other, b): [number, number][] => (a < b && areNearIdentical(one, other) ? [[a, b]] : [])),
        )
        expect(groupsOf(found)).toEqual(groupsOf(all))
      }),
    )
  })
})
