import { expect, test, type Page } from '@playwright/test'
import { launch, temporaryUserData } from './launch'
import { openSample, readMain } from './projects'
import { draftAll, goTo, pairReady, photograph, showTheme, themes } from './screens'

const queue = (page: Page) => page.getByRole('region', { name: 'Queue' })
const pair = (page: Page) => page.getByRole('region', { name: 'Pair', exact: true })
const currentPair = (page: Page) => pair(page).getAttribute('data-candidate')
const itemOf = (page: Page) => page.getByTitle(/^Item /).first()
const pending = async (page: Page) => (await readMain(page, 'candidate.counts', {})).pending

async function press(page: Page, key: string): Promise<void> {
  await pairReady(page)
  await page.keyboard.press(key)
}

/** The order is chosen by keyboard alone. */
async function chooseOrder(page: Page, downs: number): Promise<void> {
  await page.getByRole('button', { name: /^Queue/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Order' }).focus()
  await page.keyboard.press('Enter')
  for (let step = 0; step < downs; step++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

test('the queue is gone through by chance, item by item, with pairs put aside and pauses; a kill loses neither order nor session', async () => {
  const userData = temporaryUserData()
  const { app, page, project } = await openSample(userData)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'General' }).click()
  await page.getByRole('textbox', { name: 'Daily goal (pairs)' }).fill('20')
  await page.keyboard.press('Tab')
  await expect.poll(async () => (await readMain(page, 'app.settings', {})).dailyGoal).toBe(20)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Review')
  await pairReady(page)
  const first = await currentPair(page)

  // Skipped pairs are told of and return; browsing skips nothing.
  await press(page, 's')
  await expect(queue(page)).toContainText('1 postponed')
  await press(page, 'ArrowRight')
  await expect(queue(page)).toContainText('2 / 24')
  await expect(queue(page)).toContainText('1 postponed')

  // By chance: the worker makes the order, and the seed is a field.
  await chooseOrder(page, 3)
  await expect(page.getByRole('textbox', { name: 'Seed' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(queue(page)).toContainText('1 / 24')
  await press(page, 'a')
  await expect(queue(page)).toContainText('2 / 24')
  await expect(queue(page)).toContainText('23 left')

  // The whole item: all its pairs are decided on before the next one comes.
  await press(page, 'v')
  const pairs = page.getByRole('list', { name: 'All pairs of the item' })
  await expect(pairs.getByRole('listitem')).toHaveCount(3)
  const item = await itemOf(page).textContent()
  await press(page, 'ArrowDown')
  await photograph(page, 'wholeItem', userData)
  await press(page, 'ArrowUp')
  let decided = 1
  while ((await itemOf(page).textContent()) === item) {
    await press(page, 'i')
    decided++
    await expect.poll(() => pending(page)).toBe(24 - decided)
    await pairReady(page)
  }
  expect(decided).toBeLessThanOrEqual(4)
  await page.keyboard.press('Control+z')
  await expect.poll(() => pending(page)).toBe(24 - decided + 1)
  await expect(itemOf(page)).toHaveText(item ?? '')

  // Paused: keys are dead.
  await press(page, 'p')
  await expect(page.getByRole('dialog', { name: 'Paused' })).toBeVisible()
  await page.keyboard.press('a')
  await photograph(page, 'paused', userData)
  expect(await pending(page)).toBe(24 - decided + 1)
  await page.keyboard.press('p')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(queue(page)).toContainText(`${decided - 1} of 20 today`)
  for (const width of [960, 1440]) {
    await page.setViewportSize({ width, height: 800 })
    for (const theme of themes) {
      await showTheme(page, theme)
      await page.screenshot({ path: `test-results/screens/strip-${width}-${theme}.png`, animations: 'disabled' })
    }
    const overflow = await queue(page).evaluate((strip) => strip.scrollWidth - strip.clientWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  }

  await expect.poll(async () => (await readMain(page, 'session.sum', { from: 0 })).decisions).toBe(decided - 1)
  app.process().kill('SIGKILL')
  const again = await launch(userData)
  const next = await again.firstWindow()
  await next.getByText('Exemplar sample', { exact: false }).first().click()
  await goTo(next, 'Review')
  await pairReady(next)
  await expect(next.getByRole('button', { name: /^Queue/ })).toContainText('Random')
  await expect(queue(next)).toContainText(`${decided - 1} of 20 today`)
  await expect(next.getByRole('list', { name: 'All pairs of the item' })).toBeVisible()
  await next.keyboard.press('Control+z')
  await expect.poll(() => pending(next)).toBe(24 - decided + 2)
  expect(first).not.toBeNull()
  expect(project).toContain('.exemplar')
  await again.close()
})
