import { expect, test } from '@playwright/test'
import { launch, temporaryUserData } from './launch'
import { photograph } from './screens'

test('every format of the import dialog can be read, and its fields and buttons are in sight in a small window', async () => {
  const app = await launch(temporaryUserData())
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Open sample project' }).click()
  await page.getByRole('button', { name: 'Import…' }).first().click({ timeout: 60_000 })
  await page.setViewportSize({ width: 960, height: 700 })
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeInViewport({ ratio: 1 })
  // The formats, and the fields of the chosen one.
  const radios = dialog.getByRole('radio')
  await expect(radios).toHaveCount(19)
  for (const radio of await radios.all()) await expect(radio).toBeInViewport({ ratio: 1 })
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
