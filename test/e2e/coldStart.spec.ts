import { expect, test } from '@playwright/test'
import { temporaryUserData } from './launch'
import { openSample } from './projects'
import { goTo, pairReady, photograph } from './screens'

test('the first exemplars are found round by round, from no exemplar to a rule that holds', async () => {
  const { app, page } = await openSample(temporaryUserData())
  const phase = page.getByRole('region', { name: 'Cold start' })
  const queue = page.getByRole('region', { name: 'Queue' })
  await expect(page.getByRole('button', { name: /^Draft/ })).toHaveCount(1)
  await photograph(page, 'coldStartLibrary')
  await phase.getByRole('button', { name: 'Draft for 5 items' }).click()
  await expect(page.getByText('5 of 5 items')).toBeVisible()

  // The first round, drafted without exemplars: one accepted and pinned, the others turned down.
  await goTo(page, 'Review')
  await expect(queue).toContainText('1 / 15')
  await pairReady(page)
  await page.keyboard.press('f')
  for (let turn = 2; turn <= 15; turn++) {
    await expect(queue).toContainText(`${turn} / 15`)
    await pairReady(page)
    await page.keyboard.press('i')
  }
  await expect(phase.getByText('1 of 6 accepted')).toBeVisible()
  await photograph(page, 'coldStartRound')

  // The next round begins where the last one ended, and its drafts come by themselves.
  await phase.getByRole('button', { name: 'Draft for 3 items' }).click()
  for (let turn = 16; turn <= 24; turn++) {
    await expect(queue).toContainText(`${turn} / `)
    await pairReady(page)
    await page.keyboard.press('a')
  }
  await page.getByRole('button', { name: 'Cold start: criteria met' }).click()
  await photograph(page, 'coldStartMark')
  await page.keyboard.press('Escape')
  await phase.getByRole('button', { name: 'Close cold start' }).click()
  await expect(page.getByRole('button', { name: 'Go to Export' })).toBeVisible()
  await expect(page.getByText(/Cold start/)).toHaveCount(0)
  await app.close()
})
