import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findMediaFault, storeMedia } from '../../../src/main/media/storeMedia'
import { mediaPath } from '../../../src/main/media/mediaPath'
import type { Media } from '../../../src/shared/domain'
import { inEnglish } from '../../support/inEnglish'

const samples = join(import.meta.dirname, '../../../resources/sample/media')

let directory: string
let cat: Media
let file: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-fault-'))
  cat = { id: 1, ...(await storeMedia(join(samples, 'cat.jpg'), directory)) }
  file = mediaPath(directory, cat.storedName)
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const remedy = () => `Copy cat.jpg to ${join('media', cat.storedName)} in the project again.`

it('a medium that is as it was imported has no fault', async () => expect(await findMediaFault(directory, cat)).toBeNull())

it('a file that is gone is told, and where it belongs', async () => {
  await rm(file)
  expect(inEnglish((await findMediaFault(directory, cat))?.toData())).toMatchObject({
    code: 'bad-media',
    message: 'cat.jpg: the file is missing from the project.',
    remedy: remedy(),
    item: 'cat.jpg',
  })
})

it('so is one that is cut off, or has grown', async () => {
  await writeFile(file, (await readFile(file)).subarray(0, 1000))
  expect(await findMediaFault(directory, cat)).toMatchObject({
    message: `cat.jpg: the file is damaged: it has 1000 bytes, but had ${cat.bytes} when it was imported.`,
    remedy: remedy(),
  })
  await appendFile(file, Buffer.alloc(cat.bytes))
  expect(await findMediaFault(directory, cat)).toMatchObject({ message: expect.stringContaining('the file is damaged') })
})

it('and one of the same size whose content is another', async () => {
  const bytes = await readFile(file)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 255
  await writeFile(file, bytes)
  expect(await findMediaFault(directory, cat)).toMatchObject({
    message: 'cat.jpg: the file is damaged: its content has changed since the import.',
    remedy: remedy(),
  })
})

it('a video that nothing here decodes says so with its codec, and what to do', async () => {
  const video = { id: 2, ...(await storeMedia(join(import.meta.dirname, '../../fixtures/video/mpeg4Part2.mp4'), directory)) }
  expect(await findMediaFault(directory, video)).toMatchObject({
    message: 'mpeg4Part2.mp4: MPEG-4 Part 2 video is not supported on this system. Re-encode it as an H.264 MP4 file and import that file.',
  })
})
