import { expect, test, type Page } from '@playwright/test'
import { temporaryUserData } from './launch'
import { openSample, readMain } from './projects'
import { draftAll, goTo, pairReady, photograph } from './screens'

/** A command of the palette by its words. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search screens and actions…').waitFor()
  await page.keyboard.type(words)
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('button', { name: words }).first()).toBeVisible()
  await page.keyboard.press('Enter')
}

async function draftedSample(userData: string) {
  const opened = await openSample(userData)
  await draftAll(opened.page)
  await expect(opened.page.getByText('finished', { exact: false }).first()).toBeVisible({ timeout: 30_000 })
  return opened
}

test('a pair is looked at twice, a disagreement is decided, and each reviewer sees their own figures, by keyboard alone', async () => {
  const userData = temporaryUserData()
  const { app, page } = await draftedSample(userData)
  await readMain(page, 'app.saveSettings', { reviewer: 'Ada' })

  await command(page, 'Settings')
  await page.getByRole('tab', { name: 'Review' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Second review (% of reviewed pairs)' }).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('100')
  await expect.poll(async () => (await readMain(page, 'quality.settings', {})).secondLook.share).toBe(1)
  await photograph(page, 'qualitySettings', userData)
  await page.keyboard.press('Escape')

  await goTo(page, 'Review')
  for (const key of ['a', 'a']) {
    await pairReady(page)
    await page.keyboard.press(key)
  }
  await expect.poll(async () => (await readMain(page, 'candidate.counts', {})).accepted).toBe(2)

  await readMain(page, 'app.saveSettings', { reviewer: 'Bo' })
  await command(page, 'Second review')
  await expect(page.getByRole('region', { name: 'Second review' })).toContainText('Your decision is saved next to theirs.')
  await pairReady(page)
  await page.getByRole('button', { name: /^Queue/ }).click()
  await expect(page.getByRole('button', { name: 'Second review 2' })).toBeVisible()
  await page.keyboard.press('Escape')
  await photograph(page, 'secondLook', userData)
  const first = await page.locator('[data-candidate]').getAttribute('data-candidate')
  await page.keyboard.press('a')
  await expect(page.locator('[data-candidate]')).not.toHaveAttribute('data-candidate', first ?? '')
  await pairReady(page)
  await page.keyboard.press('x')
  await page.keyboard.press('2')
  await expect.poll(() => readMain(page, 'quality.counts', {})).toMatchObject({ second: 0, disagreements: 1, heldBack: 1 })
  expect(await readMain(page, 'candidate.counts', {})).toMatchObject({ accepted: 2, rejected: 0 })

  await command(page, 'Disagreements')
  const look = page.getByRole('region', { name: 'Second review' })
  await expect(look).toContainText('First · Ada')
  await expect(look).toContainText('Second · Bo')
  await pairReady(page)
  await photograph(page, 'disagreement', userData)
  await page.keyboard.press('a')
  await expect.poll(() => readMain(page, 'quality.counts', {})).toMatchObject({ disagreements: 0, heldBack: 0 })
  await page.keyboard.press('Control+z')
  await expect.poll(() => readMain(page, 'quality.counts', {})).toMatchObject({ disagreements: 1 })

  await page.keyboard.press('Alt+i')
  const figures = page.getByRole('dialog', { name: 'My statistics' })
  await expect(figures).toContainText('50% of 2 pairs')
  await photograph(page, 'ownFigures', userData)
  await page.keyboard.press('Escape')
  await expect(figures).toHaveCount(0)
  await app.close()
})

test('an attention check that is accepted is reported, and the way back leads to the pair itself', async () => {
  const userData = temporaryUserData()
  const { app, page } = await draftedSample(userData)
  const settings = await readMain(page, 'quality.settings', {})
  await readMain(page, 'quality.saveSettings', { ...settings, checks: { share: 0.5, seed: 1 } })
  const { candidates, accepted } = await readMain(page, 'project.stats', {})
  await goTo(page, 'Review')
  const told = page.getByText(/This was an attention check/)
  for (let pairs = 0; pairs < candidates && (await told.count()) === 0; pairs++) {
    await pairReady(page)
    const before = await readMain(page, 'quality.ownFigures', {})
    await page.keyboard.press('a')
    // An attention check counts like any other pair: the figures do not give it away.
    await expect.poll(async () => (await readMain(page, 'quality.ownFigures', {})).accepted).toBe(before.accepted + 1)
    if ((await readMain(page, 'quality.ownFigures', {})).checks.missed > 0) await expect(told).toBeVisible()
  }
  await expect(told).toBeVisible()
  await photograph(page, 'attentionCheck', userData)
  const stats = await readMain(page, 'project.stats', {})
  const { accepted: mine, checks } = await readMain(page, 'quality.ownFigures', {})
  expect(stats).toMatchObject({ candidates, accepted: accepted + mine - checks.missed })

  await page.keyboard.press('Control+z')
  await expect(told).toHaveCount(0)
  await pairReady(page)
  const id = Number(await page.locator('[data-candidate]').getAttribute('data-candidate'))
  const { candidate } = await readMain(page, 'candidate.get', { id })
  expect(candidate.state).toBe('pending')
  await expect(page.locator('[data-part=response]')).toHaveText(candidate.response)
  expect(await readMain(page, 'project.stats', {})).toEqual(stats)
  await app.close()
})
