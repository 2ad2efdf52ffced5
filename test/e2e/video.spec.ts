import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { root } from '../../tools/runtime/paths.mjs'
import { defaultGenerationSettings } from '../../src/shared/domain'
import { startModelServer, type ModelRequest } from '../support/modelServer'
import { readNumber } from '../support/readNumber'
import { launch, temporaryUserData } from './launch'
import { callMain, chooseInDialog, setServer } from './projects'
import { goTo, pairReady, photograph } from './screens'

const fixtures = path.join(root, 'test/fixtures/video')
const tour = path.join(root, 'resources/sample/media/launch_tour.mp4')

/** Imports videos in the window into a project for dense captions, and drafts pairs with a server that is sent their frames. */
async function draftVideos(files: readonly string[]) {
  const server = await startModelServer()
  const userData = temporaryUserData()
  setServer(userData, server.url, { timeoutMs: 20_000 })
  const folder = path.join(userData, 'media')
  fs.mkdirSync(folder)
  for (const file of files) fs.copyFileSync(file, path.join(folder, path.basename(file)))
  const app = await launch(userData, { OPENAI_API_KEY: 'sk-x' })
  const page = await app.firstWindow()
  await callMain(page, 'project.create', { folder: userData, name: 'Videos', recipe: 'dc' })
  await chooseInDialog({ app, page }, folder)
  const report = await callMain(page, 'import.start', { format: 'folder', mediaDirectory: folder })
  await callMain(page, 'prompt.saveSettings', { ...defaultGenerationSettings, attachImage: true })
  expect(await callMain(page, 'run.start', {})).toMatchObject({ ok: true })
  await expect.poll(async () => JSON.stringify(await callMain(page, 'run.list', {})), { timeout: 30_000 }).toContain('"state":"finished"')
  await page.reload()
  const recent = page.getByRole('button', { name: /^Videos/ }).first()
  if (await recent.isVisible()) await recent.click()
  return { server, app, page, report }
}

/** The images of a request, decoded. */
function imagesOf({ body }: ModelRequest) {
  const urls = JSON.stringify(body.messages.at(-1)?.content).match(/data:image\/jpeg;base64,[^"\\]+/g) ?? []
  return Promise.all(urls.map((url) => sharp(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')).metadata()))
}

const frame = (page: Page) => page.getByTestId('frame')

/** The number that the drawn frame carries. */
async function drawnNumber(page: Page): Promise<number> {
  const { width, height, pixels } = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('figure[data-drawn="true"] canvas')
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return { width: canvas?.width ?? 0, height: canvas?.height ?? 0, pixels: Array.from(data).filter((_, index) => index % 4 === 1) }
  })
  return width * height === 0 ? -1 : readNumber({ width, pixels: Uint8Array.from(pixels) })
}

test('a run in the window sends the frames of a video', async () => {
  const { server, app, report } = await draftVideos([tour, path.join(fixtures, 'mpeg4Part2.mp4')])
  expect(report).toMatchObject({ ok: true, value: { added: 2 } })
  expect(JSON.stringify(report)).toContain('{"code":"video.problem.unknownCodec","values":{"codec":"MPEG-4 Part 2"}}')
  const sent = await Promise.all(server.requests.map(imagesOf))
  expect(sent.map((images) => images.length).toSorted()).toEqual([0, 12]) // one a second; none of what does not decode
  expect(sent.flat()).toEqual(Array.from({ length: 12 }, () => expect.objectContaining({ format: 'jpeg', width: 640, height: 360 })))
  await app.close()
  await server.close()
})

test('a video is stepped frame by frame, to the very frame that is told', async () => {
  const { server, app, page } = await draftVideos([path.join(fixtures, 'numbered.mp4')])
  await goTo(page, 'Review')
  await pairReady(page)
  await expect(frame(page)).toHaveText('Frame 0')
  for (let number = 1; number <= 8; number++) {
    await page.keyboard.press('.')
    await expect(frame(page)).toHaveText(`Frame ${number}`)
    await expect.poll(() => drawnNumber(page)).toBe(number)
  }
  await page.keyboard.press(',')
  await expect(frame(page)).toHaveText('Frame 7')
  await expect.poll(() => drawnNumber(page)).toBe(7)
  await photograph(page, 'frameStep')

  // The video goes on from there, and shows itself again.
  const video = page.locator('video')
  await video.evaluate((element: HTMLVideoElement) => element.play())
  await expect(page.locator('figure[data-drawn="false"] video')).toBeVisible()
  await video.evaluate((element: HTMLVideoElement) => element.pause())
  expect(await video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.25)
  await app.close()
  await server.close()
})

test('a video whose codec nothing here decodes says so with the remedy', async () => {
  const { server, app, page, report } = await draftVideos([path.join(fixtures, 'hevc.mp4')])
  expect(JSON.stringify(report)).toContain('{"code":"video.problem.unknownCodec","values":{"codec":"HEVC"}}')
  await goTo(page, 'Review')
  const plays = await page.evaluate(() => document.createElement('video').canPlayType('video/mp4; codecs="hvc1.1.6.L93.B0"') !== '')
  test.skip(plays, 'this window plays HEVC itself')
  await expect(page.getByText(/HEVC video is not supported on this system\. Re-encode it/)).toBeVisible()
  await app.close()
  await server.close()
})
