import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { root } from '../../tools/runtime/paths.mjs'
import type { CallInput } from '../../src/shared/contract'
import type { RecipeId } from '../../src/shared/domain'
import { launch, temporaryUserData } from './launch'
import { callMain, chooseInDialog, readMain } from './projects'
import { goTo, pairReady, photograph } from './screens'

const sample = path.join(root, 'resources/sample')
const annotation = (name: string) => path.join(sample, 'annotations', name)
const said = (page: Page) => page.getByTestId('viewer-said')

/** A project of a recipe with these items, drafted by the demo generator, in a window at its review. */
async function review(recipe: RecipeId, request: CallInput<'import.start'>, userData = temporaryUserData()) {
  const app = await launch(userData)
  const page = await app.firstWindow()
  await callMain(page, 'project.create', { folder: userData, name: 'Media', recipe })
  const { file, mediaDirectory } = request
  await chooseInDialog({ app, page }, mediaDirectory, ...(file === undefined ? [] : [file]))
  await readMain(page, 'import.start', request)
  await callMain(page, 'run.start', {})
  await expect.poll(async () => JSON.stringify(await callMain(page, 'run.list', {})), { timeout: 60_000 }).toContain('"state":"finished"')
  await page.reload()
  const recent = page.getByRole('button', { name: /^Media/ }).first()
  if (await recent.isVisible()) await recent.click()
  await goTo(page, 'Review')
  await pairReady(page)
  return { app, page, project: path.join(userData, 'Media.exemplar') }
}

test('an image is turned, lit, zoomed and walked box by box, by keyboard alone; a broken one says why and is mended', async () => {
  const userData = temporaryUserData()
  const folder = path.join(userData, 'media')
  fs.cpSync(path.join(sample, 'media'), folder, { recursive: true })
  // Large as a camera's: 3,840 × 2,557.
  const large = await sharp(path.join(folder, 'rocket.jpg')).resize(3840).jpeg().toBuffer()
  fs.writeFileSync(path.join(folder, 'large.jpg'), large)
  const file = path.join(userData, 'items.jsonl')
  const rocket = { label: 'rocket', x: 1800, y: 120, width: 360, height: 1980 }
  const rows = [
    { id: 'large', media: 'large.jpg', context: { captions: ['Rockets are launched from a pad.'], boxes: [rocket] } },
    { id: 'cat', media: 'cat.jpg', context: { captions: ['A tabby.'] } },
  ]
  fs.writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
  const { app, page, project } = await review('la', { format: 'jsonl', file, mediaDirectory: folder }, userData)
  const image = page.getByAltText('Image large.jpg')

  await page.keyboard.press('Alt+b')
  await expect(said(page)).toContainText('Box 1 of 1: rocket.')
  await expect(page.locator('[data-lit=true]').first()).toBeVisible()
  await page.keyboard.press('w')
  await expect(page.getByTestId('boxes')).toHaveAttribute('data-labels', 'false')
  await page.keyboard.press('w')
  await photograph(page, 'mediaBox', userData)

  const whole = await image.boundingBox()
  await page.keyboard.press('r')
  await expect(said(page)).toHaveText('Rotated 90 degrees.')
  const lying = await image.boundingBox()
  expect((lying?.height ?? 0) / (lying?.width ?? 1)).toBeCloseTo((whole?.width ?? 0) / (whole?.height ?? 1), 1)
  await page.keyboard.press(']')
  await expect(said(page)).toHaveText('Brightness 110 %.')
  await photograph(page, 'mediaTurned', userData)
  await page.keyboard.press('r')
  await page.keyboard.press('r')
  await page.keyboard.press('r')

  // The point below the cursor stays where it is, however large the image.
  const { x, y, width, height } = (await image.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 }
  const at = { x: x + width * 0.4, y: y + height * 0.6 }
  await page.mouse.move(at.x, at.y)
  // Each notch zooms by 15 %, at every scale.
  let last = width
  for (let notch = 0; notch < 3; notch++) {
    await page.mouse.wheel(0, -100)
    const wanted = last * 1.15
    await expect.poll(async () => Math.abs(((await image.boundingBox())?.width ?? 0) / wanted - 1)).toBeLessThan(0.01)
    last = (await image.boundingBox())?.width ?? 0
  }
  for (let turn = 0; turn < 2; turn++) await page.mouse.wheel(0, -240)
  await expect.poll(async () => ((await image.boundingBox())?.width ?? 0) / width).toBeGreaterThan(1.5)
  const near = await image.boundingBox()
  expect((at.x - (near?.x ?? 0)) / (near?.width ?? 1)).toBeCloseTo(0.4, 2)
  expect((at.y - (near?.y ?? 0)) / (near?.height ?? 1)).toBeCloseTo(0.6, 2)
  // It stays so for the next pair of the item, and fits again with 0.
  await page.keyboard.press('ArrowRight')
  await pairReady(page)
  expect((await image.boundingBox())?.width).toBeCloseTo(near?.width ?? 0, 0)
  await page.keyboard.press('0')
  await expect.poll(async () => (await image.boundingBox())?.width).toBeCloseTo(width, 0)

  // The next item's file is gone: it says so, the pair can be judged, and the file that is put back is shown.
  const cat = (await readMain(page, 'item.get', { id: 2 })).media[0]
  const stored = path.join(project, 'media', cat?.storedName ?? '')
  fs.rmSync(stored)
  await page.reload()
  await goTo(page, 'Review')
  await pairReady(page)
  while (await image.isVisible()) {
    await page.keyboard.press('ArrowRight')
    await pairReady(page)
  }
  await expect(page.getByText('cat.jpg: the file is missing from the project.', { exact: false })).toBeVisible()
  await expect(page.getByText('Cannot display a media file of item cat.')).toBeVisible()
  await photograph(page, 'mediaBroken', userData)
  fs.copyFileSync(path.join(folder, 'cat.jpg'), stored)
  await page.getByRole('button', { name: 'Try again' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByAltText('Image cat.jpg')).toBeVisible()
  const before = (await readMain(page, 'candidate.counts', {})).accepted
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await expect.poll(async () => (await readMain(page, 'candidate.counts', {})).accepted).toBe(before + 1)
  await app.close()
})

test('a video is followed by its sentences, sent to one, and played at another speed, by keyboard alone', async () => {
  const { app, page } = await review('dc', {
    format: 'activitynet',
    file: annotation('dense_captions/train.json'),
    mediaDirectory: path.join(sample, 'media'),
  })
  const video = page.locator('video[preload=auto]')
  await page.keyboard.press('>')
  await expect(page.getByTestId('speed')).toHaveText('1.25×')
  expect(await video.evaluate((element: HTMLVideoElement) => element.playbackRate)).toBe(1.25)
  const go = page.getByRole('button', { name: /^Go to / }).last()
  await go.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(1)
  await expect(page.locator('li[aria-current=time]').last()).toBeVisible()
  await photograph(page, 'mediaVideo')
  await page.keyboard.press('r')
  await expect(page.getByRole('slider', { name: 'Position in the video' })).toBeVisible()
  await photograph(page, 'mediaVideoTurned')
  await app.close()
})
