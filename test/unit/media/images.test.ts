import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mediaPath } from '../../../src/main/media/mediaPath'
import { recogniseMedia } from '../../../src/main/media/signature'
import { storeMedia } from '../../../src/main/media/storeMedia'
import { makeDisplayImage, makeThumbnail } from '../../../src/main/media/image/thumbnail'
import { toEnglish } from '../../../src/shared/messages/translate'
import { probeMedia } from '../../support/inEnglish'

const samples = join(import.meta.dirname, '../../../resources/sample/media')
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-media-'))
})
afterAll(() => rm(directory, { recursive: true }))
const at = (name: string) => join(directory, name)

describe('mediaPath', () => {
  it('gives the file of a stored name', () => {
    const name = `${'0a'.repeat(32)}.jpg`
    expect(mediaPath('/p', name)).toBe(join('/p', 'media', name))
  })
  it.each([
    '../project.sqlite',
    '',
    'cat.jpg',
    `${'a'.repeat(64)}`,
    `${'a'.repeat(64)}.jpg/../x`,
    `${'A'.repeat(64)}.jpg`,
    `${'a'.repeat(64)}.jpg\n`,
  ])('refuses %j', (name) => expect(() => mediaPath('/p', name)).toThrow(expect.objectContaining({ name: 'Problem', code: 'bad-media' })))
})

describe('recogniseMedia', () => {
  const isoMedia = (...brands: string[]) => {
    const [major = '', ...others] = brands
    const body = Buffer.from(`ftyp${major}\0\0\0\0${others.join('')}`, 'latin1')
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length + 4)
    return Buffer.concat([size, body, Buffer.from('mdat')])
  }
  it.each([
    [isoMedia('isom', 'iso2', 'mp41'), 'video/mp4'],
    [isoMedia('qt  '), 'video/quicktime'],
    [isoMedia('avif', 'mif1'), 'image/avif'],
    [isoMedia('mif1', 'avif'), 'image/avif'],
    [Buffer.from('\x1a\x45\xdf\xa3\x9fB\x82\x84webm', 'latin1'), 'video/webm'],
    [Buffer.from('\x1a\x45\xdf\xa3\x9fB\x82\x88matroska', 'latin1'), 'video/x-matroska'],
  ])('knows %#: %s by its first bytes', (head, mime) => expect(recogniseMedia(head)).toMatchObject({ accepted: true, type: { mime } }))

  it.each([
    [isoMedia('heic', 'mif1'), 'HEIC'],
    [isoMedia('M4A ', 'isom'), 'audio without video'],
    [Buffer.from('BM1234'), 'BMP'],
    [Buffer.from('\0\0\x01\0\x01\0'), 'ICO'],
    [Buffer.from('P6\n2 2\n255\n'), 'PPM'],
    [Buffer.from('#?RADIANCE\n'), 'Radiance HDR'],
    [Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]), 'DICOM'],
    [Buffer.from('%PDF-1.7'), 'PDF'],
    [Buffer.from('\xef\xbb\xbf  <svg>', 'latin1'), 'SVG'],
    [Buffer.from('plain words'), 'text'],
    [Buffer.from([0, 1, 2, 3]), 'neither'],
    [Buffer.alloc(0), 'empty'],
    [Buffer.from('\0\0\0\x20ftyp'), 'neither'],
  ])('refuses %#: %s and says what it is', (head, reason) => {
    const signature = recogniseMedia(head)
    expect(signature.accepted ? '' : toEnglish(signature.reason)).toContain(reason)
  })
})

describe('probeMedia', () => {
  it.each([['cat.jpg', { kind: 'image', mime: 'image/jpeg', extension: 'jpg', width: 451, height: 300, durationMs: null, problem: null }]])(
    'knows %s',
    async (name, expected) => expect(await probeMedia(join(samples, name))).toEqual(expected),
  )

  it('refuses an image that claims to be enormous without decoding it', async () => {
    const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const bomb = Buffer.from(png)
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    await writeFile(at('bomb.png'), bomb)
    await expect(probeMedia(at('bomb.png'))).rejects.toMatchObject({ code: 'bad-media', item: 'bomb.png' })
  })
})

describe('storeMedia', () => {
  it('stores the same content once, under its hash', async () => {
    const first = await storeMedia(join(samples, 'cat.jpg'), at('project'))
    const second = await storeMedia(join(samples, 'cat.jpg'), at('project'), 'other name.jpg')
    expect(second).toEqual({ ...first, fileName: 'other name.jpg' })
    expect(await readdir(at('project/media'))).toEqual([`${first.sha256}.jpg`])
    expect(first.bytes).toBe((await readFile(join(samples, 'cat.jpg'))).length)
  })

  it('leaves nothing behind for a file it refuses', async () => {
    await writeFile(at('text.jpg'), 'text')
    await expect(storeMedia(at('text.jpg'), at('empty'))).rejects.toMatchObject({ code: 'bad-media' })
    await expect(storeMedia(at('gone.jpg'), at('empty'))).rejects.toMatchObject({ code: 'bad-media' })
    expect(await readdir(at('empty/media'))).toEqual([])
  })
})

describe('makeThumbnail', () => {
  it('fits an image into 320 × 320 and leaves a small one as large as it is', async () => {
    await makeThumbnail(join(samples, 'motorcycle.jpg'), at('thumbs/large.webp'))
    expect(await sharp(at('thumbs/large.webp')).metadata()).toMatchObject({ format: 'webp', width: 320, height: 216 })
    await sharp(join(samples, 'cat.jpg')).resize(40, 20).png().toFile(at('small.png'))
    await makeThumbnail(at('small.png'), at('thumbs/small.webp'))
    expect(await sharp(at('thumbs/small.webp')).metadata()).toMatchObject({ width: 40, height: 20 })
    expect(await readdir(at('thumbs'))).toHaveLength(2)
  })

  it('turns it upright and keeps transparency', async () => {
    await sharp({ create: { width: 60, height: 30, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .withMetadata({ orientation: 6 })
      .png()
      .toFile(at('turned.png'))
    await makeThumbnail(at('turned.png'), at('turned.webp'))
    expect(await sharp(at('turned.webp')).metadata()).toMatchObject({ width: 30, height: 60, hasAlpha: true })
  })

  it('makes a TIFF visible in a browser at full size', async () => {
    await sharp(join(samples, 'motorcycle.jpg')).tiff().toFile(at('scan.tif'))
    await makeDisplayImage(at('scan.tif'), at('scan.webp'))
    expect(await sharp(at('scan.webp')).metadata()).toMatchObject({ format: 'webp', width: 741, height: 500 })
  })

  it.each(['no such file.jpg'])('refuses %s and writes nothing', async (name) => {
    await mkdir(at('refused'), { recursive: true })
    await expect(makeThumbnail(join(samples, name), at('refused/thumb.webp'))).rejects.toMatchObject({ name: 'Problem', item: name })
    expect(await readdir(at('refused'))).toEqual([])
  })
})
