import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTrainingImage } from '../../../../src/main/media/image/trainingImage'

const samples = join(import.meta.dirname, '../../../../resources/sample/media')
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-training-'))
})
afterAll(() => rm(directory, { recursive: true }))

const red = { r: 255, g: 0, b: 0 }
const pixelAt = async (jpeg: Buffer, x: number, y: number) => {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * info.channels
  return [...data.subarray(at, at + 3)]
}

describe('makeTrainingImage', () => {
  it.each(['cat.jpg', 'officer.jpg'])('makes %s a 224 × 224 RGB JPEG', async (name) => {
    const metadata = await sharp(await makeTrainingImage(join(samples, name))).metadata()
    expect(metadata).toMatchObject({ format: 'jpeg', width: 224, height: 224, channels: 3, space: 'srgb' })
  })

  it('makes RGB of a grey and of a CMYK image', async () => {
    await sharp(join(samples, 'cat.jpg')).greyscale().toColourspace('b-w').png().toFile(join(directory, 'grey.png'))
    await sharp(join(samples, 'cat.jpg')).toColourspace('cmyk').jpeg().toFile(join(directory, 'cmyk.jpg'))
    expect((await sharp(join(directory, 'grey.png')).metadata()).channels).toBe(1)
    expect((await sharp(join(directory, 'cmyk.jpg')).metadata()).channels).toBe(4)
    for (const name of ['grey.png', 'cmyk.jpg'])
      expect(await sharp(await makeTrainingImage(join(directory, name))).metadata()).toMatchObject({ channels: 3, space: 'srgb' })
  })

  it('puts transparency on white', async () => {
    const file = join(directory, 'clear.png')
    await sharp({ create: { width: 40, height: 40, channels: 4, background: { ...red, alpha: 0 } } })
      .png()
      .toFile(file)
    const [r = 0, g = 0, b = 0] = await pixelAt(await makeTrainingImage(file), 112, 112)
    expect(Math.min(r, g, b)).toBeGreaterThan(250)
  })

  it('turns an image upright as its EXIF orientation says', async () => {
    const file = join(directory, 'turned.jpg')
    const half = await sharp({ create: { width: 100, height: 50, channels: 3, background: red } })
      .png()
      .toBuffer()
    await sharp({ create: { width: 100, height: 100, channels: 3, background: { r: 0, g: 0, b: 255 } } })
      .composite([{ input: half, top: 0, left: 0 }])
      .withMetadata({ orientation: 3 })
      .jpeg()
      .toFile(file)
    const training = await makeTrainingImage(file)
    expect((await pixelAt(training, 112, 20))[2]).toBeGreaterThan(200)
    expect((await pixelAt(training, 112, 200))[0]).toBeGreaterThan(200)
  })

  it('refuses a truncated image and names it', async () => {
    const whole = await readFile(join(samples, 'cat.jpg'))
    await writeFile(join(directory, 'cut.jpg'), whole.subarray(0, whole.length / 2))
    await expect(makeTrainingImage(join(directory, 'cut.jpg'))).rejects.toMatchObject({
      name: 'Problem',
      code: 'bad-media',
      item: 'cut.jpg',
      message: expect.stringContaining('cut.jpg'),
    })
  })

  it('says so when there is no such file', async () => {
    await expect(makeTrainingImage(join(directory, 'gone.jpg'))).rejects.toMatchObject({ name: 'Problem', code: 'not-found' })
  })
})
