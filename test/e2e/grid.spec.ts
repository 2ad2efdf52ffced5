import { expect, test } from '@playwright/test'
import { temporaryUserData } from './launch'
import { openSample, readMain } from './projects'
import { draftAll, goTo, pairReady, photograph } from './screens'

test('twelve pairs are culled in the grid with at most fourteen keys, one is taken back, and the grid shows the same when it is opened again', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Review')
  await pairReady(page)
  await page.keyboard.press('o')
  const grid = page.getByRole('grid', { name: 'Contact sheet' })
  await expect(grid.locator('[data-verdict="pending"]').first()).toBeVisible()
  for (const key of ['a', 'a', 'i', 'a', 'a', 'x', '3', 'a', 'i', 'a', 'a', 'a', 'a']) await page.keyboard.press(key)
  await expect.poll(() => readMain(page, 'candidate.counts', {})).toMatchObject({ accepted: 9, ignored: 2, rejected: 1, pending: 12 })
  await photograph(page, 'grid', userData)

  await page.keyboard.press('Control+z')
  await expect.poll(() => readMain(page, 'candidate.counts', {})).toMatchObject({ accepted: 8, pending: 13 })
  await expect(grid.locator('[data-pointed="true"]')).toHaveAttribute('data-place', '11')
  // The rows around the pointer; how many others are drawn depends on the way that led there.
  const verdicts = () =>
    Promise.all([6, 7, 8, 9, 10, 11].map((place) => grid.locator(`[data-place="${place}"]`).getAttribute('data-verdict')))
  const before = await verdicts()
  await page.keyboard.press('q')
  await pairReady(page)
  await page.keyboard.press('o')
  await expect(grid.locator('[data-pointed="true"]')).toHaveAttribute('data-place', '11')
  expect(await verdicts()).toEqual(before)
  await app.close()
})
