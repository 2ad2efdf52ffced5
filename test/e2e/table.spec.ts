import { expect, test } from '@playwright/test'
import { temporaryUserData } from './launch'
import { openSample, readMain } from './projects'
import { draftAll, goTo, pairReady, photograph } from './screens'

test('all pairs stand in a table; some are chosen and rejected in one step, one is opened, and similar ones are found, by keyboard alone', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Review')
  await pairReady(page)

  await page.keyboard.press('t')
  const grid = page.getByRole('grid', { name: 'All pairs' })
  await expect(grid).toHaveAttribute('aria-rowcount', '25') // with its head
  await expect(grid.getByRole('row')).not.toHaveCount(0)
  await photograph(page, 'table', userData)
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(grid.locator('[aria-selected=true]')).toHaveCount(2)
  await photograph(page, 'tableChosen', userData)

  // The heads of the columns come after the grid; each sorts.
  const response = grid.getByRole('columnheader', { name: 'Response' })
  for (const _ of ['Media', 'Status', 'Instruction', 'Response']) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(response).toHaveAttribute('aria-sort', 'descending')
  const responses = () => grid.getByRole('row').locator('[aria-colindex="4"]').allTextContents()
  await expect
    .poll(async () => {
      const [, ...shown] = await responses()
      return shown.length > 5 && shown.every((text, at) => at === 0 || text.toLowerCase() <= shown[at - 1]!.toLowerCase())
    })
    .toBe(true)
  await photograph(page, 'tableSorted', userData)
  for (const _ of ['Response', 'Instruction', 'Status', 'Media']) await page.keyboard.press('Shift+Tab')
  await expect(grid).toBeFocused()
  const second = (await responses())[2]
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await pairReady(page)
  await expect(grid).toHaveCount(0)
  await expect(page.locator('[data-pair]')).toContainText(second!)
  await expect(page.getByText('2 / 24')).toBeVisible()

  await page.keyboard.press('m')
  await expect(page.getByText(/Similar to #/).first()).toBeVisible()
  await photograph(page, 'tableSimilar', userData)
  expect(await readMain(page, 'candidate.counts', {})).toMatchObject({ pending: 24 })
  await app.close()
})
