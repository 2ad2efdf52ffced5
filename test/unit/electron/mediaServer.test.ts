import { readdirSync, rmSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDerivedImages } from '../../../src/main/electron/derivedImages'
import { createMediaServer } from '../../../src/main/electron/mediaServer'
import type { JobName } from '../../../src/main/jobs/contract'
import { runJob } from '../../../src/main/jobs/runJob'
import { mediaPath } from '../../../src/main/media/mediaPath'
import { closeProject, type Project } from '../../../src/main/project/project'
import { storeMedia } from '../../../src/main/media/storeMedia'
import { listMedia, saveMedia } from '../../../src/main/store/library/media'
import { mediaUrl } from '../../../src/shared/contract'
import { temporaryDirectory } from '../../support/temporaryProject'
import { makeVideoProject } from '../../support/videoProject'

const samples = join(import.meta.dirname, '../../../resources/sample/media')

let project: Project
let images: string
let asked: JobName[]
beforeEach(async () => {
  project = await makeVideoProject(join(temporaryDirectory(), 'videos.exemplar'), [
    join(samples, 'launch_tour.mp4'),
    join(samples, 'cat.jpg'),
  ])
  images = join(dirname(project.directory), 'images')
  asked = []
})
afterEach(() => {
  closeProject(project)
  rmSync(dirname(project.directory), { recursive: true, force: true })
})

const server = () =>
  createMediaServer({
    currentProject: () => project,
    coverOf: (sha256) => (sha256 === 'c'.repeat(64) ? join(images, 'cover.webp') : null),
    images: createDerivedImages(images, {
      run: (name, input) => {
        asked.push(name)
        return runJob(name, input, { onProgress: () => undefined, signal: new AbortController().signal })
      },
      stop: () => undefined,
    }),
  })
const small = (at: number) => new Request(mediaUrl(1, project.info.uuid, 'thumb', at))
const pixels = async (response: Response) =>
  (
    await sharp(await response.arrayBuffer())
      .resize(8, 8, { fit: 'fill' })
      .raw()
      .toBuffer()
  ).toString('hex')

it('shows an image of 16 bits as the model gets it, not as Chromium would', async () => {
  const depth = new Uint16Array(48).fill(1200).fill(4000, 0, 24)
  const file = join(dirname(project.directory), 'depth.png')
  await sharp(depth, { raw: { width: 8, height: 6, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toFile(file)
  const medium = saveMedia(project.db, await storeMedia(file, project.directory))
  const shown = await server()(new Request(mediaUrl(medium.id, project.info.uuid)))
  const { data } = await sharp(await shown.arrayBuffer())
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect([data[0], data.at(-1)]).toEqual([255, 0])
  expect(asked).toEqual(['displayImage'])
})

it('gives each clip of a video its own small image, made once', async () => {
  const serve = server()
  const [first, later] = [await pixels(await serve(small(0))), await pixels(await serve(small(5.2)))]
  expect(later).not.toBe(first)
  expect(asked).toEqual(['thumbnail', 'thumbnail'])
  expect(await pixels(await serve(small(5.2)))).toBe(later)
  expect(asked).toHaveLength(2)
  expect(readdirSync(images).filter((name) => name.endsWith('-at-5200.webp'))).toHaveLength(1)
})

it('takes a time that is no number, and the time of an image, for none', async () => {
  const serve = server()
  await serve(new Request(`media://${project.info.uuid}/1?size=thumb&at=../../x`))
  await serve(new Request(mediaUrl(2, project.info.uuid, 'thumb', 3)))
  expect(
    readdirSync(images)
      .map((name) => name.replace(/^[0-9a-f]{64}/, ''))
      .toSorted(),
  ).toEqual(['.webp', '.webp'])
})

it('tells of each answer what kind it is, and that it is of no other (nosniff)', async () => {
  const serve = server()
  for (const query of ['', '?size=thumb', '?count=2&frame=0'])
    for (const id of [1, 2]) {
      const { headers } = await serve(new Request(`media://${project.info.uuid}/${id}${query}`))
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-type')).toMatch(/^(?:image|video)\//)
    }
  expect((await serve(new Request(`media://${project.info.uuid}/99`))).headers.get('x-content-type-options')).toBe('nosniff')
})

it('refuses an image that is cut off, of which a browser would show the half', async () => {
  const serve = server()
  const cat = listMedia(project.db, 0, 10).find(({ fileName }) => fileName === 'cat.jpg')
  if (!cat) throw new Error('no cat')
  expect((await serve(new Request(mediaUrl(cat.id, project.info.uuid)))).status).toBe(200)
  truncateSync(mediaPath(project.directory, cat.storedName), cat.bytes - 1000)
  expect((await serve(new Request(mediaUrl(cat.id, project.info.uuid)))).status).toBe(404)
})
