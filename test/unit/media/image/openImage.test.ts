import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeModelImage } from '../../../../src/main/media/image/modelImage'
import { makeThumbnail } from '../../../../src/main/media/image/thumbnail'
import { makeTrainingImage } from '../../../../src/main/media/image/trainingImage'
import { makeTiff, type Samples } from '../../../support/tiff'
import { probeMedia } from '../../../support/inEnglish'

const cases = join(import.meta.dirname, '../../../fixtures/cases/20-images')
const [width, height] = [32, 24]
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-depth-'))
})
afterAll(() => rm(directory, { recursive: true }))

/** The upper half has one value, the lower half another. */
function halves<T extends Samples>(samples: T, upper: number, lower: number): T {
  samples.fill(upper, 0, samples.length / 2)
  samples.fill(lower, samples.length / 2)
  return samples
}
const pixels = width * height
const save = async (name: string, content: Uint8Array) => {
  const file = join(directory, name)
  await writeFile(file, content)
  return file
}

/** The red value near the top and near the bottom. */
async function ends(image: Buffer | string): Promise<[number, number]> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true })
  const at = (y: number) => data[(y * info.width + (info.width >> 1)) * info.channels] ?? -1
  return [at(Math.floor(info.height * 0.2)), at(Math.floor(info.height * 0.8))]
}

async function shown(file: string) {
  const thumbnail = join(directory, `${Math.random()}.webp`)
  await makeThumbnail(file, thumbnail)
  const model = await makeModelImage(file, 'x')
  return {
    thumbnail: await ends(thumbnail),
    training: await ends(await makeTrainingImage(file)),
    model: await ends(Buffer.from(model.base64, 'base64')),
  }
}

async function expectShown(file: string, upper: number, lower: number) {
  for (const [place, [top, bottom]] of Object.entries(await shown(file))) {
    expect(Math.abs(top - upper), `${place}: ${top} above`).toBeLessThanOrEqual(3)
    expect(Math.abs(bottom - lower), `${place}: ${bottom} below`).toBeLessThanOrEqual(3)
  }
}

describe('an image of more than 8 bits', () => {
  it.each<[string, Samples, number, number]>([
    ['depth in millimetres', halves(new Uint16Array(pixels), 4000, 1200), 255, 0],
    ['a full range', halves(new Uint16Array(pixels), 65535, 0), 255, 0],
    ['floats between 0.2 and 0.4', halves(new Float32Array(pixels), 0.4, 0.2), 255, 0],
    ['floats below zero', halves(new Float32Array(pixels), -7, 12.5), 0, 255],
    ['floats of thousands', halves(new Float32Array(pixels), 60000, 1000), 255, 0],
    ['whole numbers of 32 bits', halves(new Int32Array(pixels), -100, 100_000), 0, 255],
    ['numbers of 32 bits without sign', halves(new Uint32Array(pixels), 3_000_000_000, 5), 255, 0],
    ['16 bits with sign, none below zero', halves(new Int16Array(pixels), 1000, 10), 255, 0],
    ['the same 16-bit value everywhere', halves(new Uint16Array(pixels), 30000, 30000), 117, 117],
    ['the same float everywhere', halves(new Float32Array(pixels), 0.5, 0.5), 128, 128],
  ])('is spread over its range: %s', async (name, samples, upper, lower) => {
    await expectShown(await save(`${name}.tif`, makeTiff(width, height, samples)), upper, lower)
  })

  it('takes no account of what is no number', async () => {
    const samples = halves(new Float32Array(pixels), 2, 1)
    samples.set([Number.NaN, Infinity, -Infinity])
    await expectShown(await save('nan.tif', makeTiff(width, height, samples)), 255, 0)
  })

  it('keeps colours in proportion, and opacity as it is', async () => {
    const dim = new Uint16Array(pixels * 3)
    for (let at = 0; at < pixels; at++) dim.set([at < pixels / 2 ? 4000 : 1000, 0, 2000], at * 3)
    await expectShown(await save('rgb12.tif', makeTiff(width, height, dim, { channels: 3 })), 255, 64)
    const bright = dim.map((value) => value * 16)
    await expectShown(await save('rgb16.tif', makeTiff(width, height, bright, { channels: 3 })), 250, 62)
    const clear = new Uint16Array(pixels * 4)
    for (let at = 0; at < pixels; at++) clear.set([1000, 0, 0, at < pixels / 2 ? 65535 : 0], at * 4)
    expect(
      await ends(await makeTrainingImage(await save('rgba.tif', makeTiff(width, height, clear, { channels: 4, hasAlpha: true })))),
    ).toEqual([254, 255])
    const unit = new Float32Array(pixels * 3)
    for (let at = 0; at < pixels; at++) unit.set([at < pixels / 2 ? 0.5 : 0.25, 0, 0], at * 3)
    await expectShown(await save('rgbFloat.tif', makeTiff(width, height, unit, { channels: 3 })), 128, 64)
  })

  it('of the case files is not black, and its size is known', async () => {
    await expectShown(join(cases, 'depth16.png'), 255, 0)
    for (const name of ['depth16.png', 'float32.tif']) expect(await probeMedia(join(cases, name))).toMatchObject({ width: 120, height: 80 })
  })

  it.each<[string, Uint8Array, string]>([
    ['64 bits', makeTiff(width, height, new Float64Array(pixels)), '64-bit and complex values are not supported'],
    ['below zero', makeTiff(width, height, halves(new Int16Array(pixels), -5, 5)), 'negative 16-bit values are not supported'],
    ['no number', makeTiff(width, height, new Float32Array(pixels).fill(Number.NaN)), 'none of its values is a number'],
  ])('that cannot be shown is refused with its reason: %s', async (name, content, reason) => {
    await expect(probeMedia(await save(`${name}.tif`, content), 'x.tif')).rejects.toMatchObject({
      code: 'bad-media',
      message: expect.stringContaining(reason) as string,
    })
  })

  it('in Lab is refused with what helps', async () => {
    await expect(probeMedia(join(cases, 'lab.tif'))).rejects.toMatchObject({
      message: expect.stringContaining('the color space Lab is not supported; save it as RGB') as string,
    })
  })

  it('makes the same bytes every time', async () => {
    const file = join(cases, 'float32.tif')
    expect((await makeTrainingImage(file)).equals(await makeTrainingImage(file))).toBe(true)
  })
})

/** One black pixel at the upper left of a canvas. */
const gifOf = (canvasWidth: number, canvasHeight: number) => {
  const size = Buffer.alloc(4)
  size.writeUInt16LE(canvasWidth, 0)
  size.writeUInt16LE(canvasHeight, 2)
  return Buffer.concat([
    Buffer.from('GIF89a'),
    size,
    Buffer.from('8000000000 00ffffff2c00000000010001000002 02440100 3b'.replaceAll(' ', ''), 'hex'),
  ])
}

describe('a GIF', () => {
  it.each([
    [640, 480],
    [3000, 2500],
    [300, 200],
    [1, 1],
  ])('of a canvas of %i × %i that its image does not fill has the size of the canvas', async (canvasWidth, canvasHeight) => {
    const file = await save(`${canvasWidth}.gif`, gifOf(canvasWidth, canvasHeight))
    expect(await probeMedia(file)).toMatchObject({ width: canvasWidth, height: canvasHeight })
    expect(await sharp(await makeTrainingImage(file)).metadata()).toMatchObject({ width: 224, height: 224 })
  })

  it('of a giant canvas with next to nothing in it is refused by name', async () => {
    await expect(probeMedia(await save('giant.gif', gifOf(60_000, 60_000)), 'giant.gif')).rejects.toMatchObject({
      message: 'giant.gif: its canvas has 60000 × 60000 pixels, but its frames cover only 1 × 1; save it as a PNG.',
    })
  })

  it('without a canvas has the size of its image', async () => {
    expect(await probeMedia(await save('none.gif', gifOf(0, 0)))).toMatchObject({ width: 1, height: 1 })
  })
})
