import { expect, test } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { launch, temporaryUserData } from './launch'
import { openSample } from './projects'
import { answerDialog, photograph } from './screens'
import { importFormatSchema } from '../../src/shared/domain'

test('every format of the import dialog can be read, and its fields and buttons are in sight in a small window', async () => {
  const app = await launch(temporaryUserData())
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Open sample project' }).click()
  await page.getByRole('button', { name: 'Import…' }).first().click({ timeout: 60_000 })
  await page.setViewportSize({ width: 960, height: 700 })
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeInViewport({ ratio: 1 })
  // The fields of the chosen format, wherever its list is scrolled to.
  const radios = dialog.getByRole('radio')
  await expect(radios).toHaveCount(importFormatSchema.options.length)
  await expect(radios.first()).toBeInViewport({ ratio: 1 })
  await radios.last().scrollIntoViewIfNeeded()
  await expect(radios.last()).toBeInViewport({ ratio: 1 })
  await expect(dialog.getByRole('textbox', { name: 'Media folder', exact: true })).toBeInViewport({ ratio: 1 })
  await expect(dialog.getByText('Update existing items', { exact: true })).toBeInViewport({ ratio: 1 })
  const boxes = await dialog.locator('label').evaluateAll((elements) =>
    elements.map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect()
      return { text: element.textContent, left, top, right, bottom }
    }),
  )
  expect(boxes.length).toBeGreaterThan(22)
  const overlaps = boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      .map((b) => [a.text, b.text]),
  )
  expect(overlaps).toEqual([])
  await photograph(page, 'importFormats')
  await app.close()
})

test('pairs of a training file come in as accepted candidates, and one undo takes that back', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  const folder = path.join(userData, 'data')
  fs.mkdirSync(folder)
  fs.copyFileSync(path.join(import.meta.dirname, '../../resources/sample/media/flower.jpg'), path.join(folder, 'flower.jpg'))
  const turns = ['<image>\nWhich flower is it?', 'A pink one.'].map((value, at) => ({ from: at === 0 ? 'human' : 'gpt', value }))
  fs.writeFileSync(path.join(folder, 'chat.json'), JSON.stringify([{ image: 'flower.jpg', conversations: turns }]))
  await page.getByRole('button', { name: 'Import…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'ShareGPT' }).click()
  await answerDialog(app, path.join(folder, 'chat.json'))
  await dialog.getByRole('button', { name: 'Choose: Data file or folder of the export' }).click()
  await expect(dialog.getByRole('combobox', { name: 'Pairs in the file' })).toHaveValue('Candidates to review')
  await dialog.getByRole('combobox', { name: 'Pairs in the file' }).click()
  await page.getByRole('option', { name: 'Accepted candidates' }).click()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('1 item added. 1 pair added. 1 accepted, 0 rejected.')
  await dialog.getByRole('button', { name: 'Done' }).click()
  const counts = () => page.evaluate(() => window.exemplar.call('project.stats', {}))
  expect(await counts()).toMatchObject({ value: { accepted: 1, pending: 0 } })
  await page.evaluate(() => window.exemplar.call('decision.undo', {}))
  expect(await counts()).toMatchObject({ value: { accepted: 0, pending: 1 } })
  await app.close()
})
