import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { launch, temporaryUserData } from './launch'
import { goTo, pairReady } from './screens'

const shownPair = '[data-candidate]'
/** The sample is imported and drafted first, which takes a while on a busy machine. */
const firstPair = (page: Page) => expect(page.locator('[data-ready=true]')).toBeVisible({ timeout: 30_000 })

/** Settings of somebody who has never opened the program. */
function firstStart(): string {
  const userData = temporaryUserData()
  fs.writeFileSync(path.join(userData, 'settings.json'), JSON.stringify({ tourSeen: false, reviewerNamed: false }))
  return userData
}

test('two inputs lead from the first window to the first accepted pair', async () => {
  const app = await launch(firstStart())
  const page = await app.firstWindow()
  await expect(page.getByRole('button', { name: 'Review sample pairs' })).toBeFocused()
  await page.keyboard.press('Enter')
  await firstPair(page)
  await page.keyboard.press('a')
  await expect(page.getByRole('region', { name: 'Queue' })).toContainText(/1 ?accepted/)
  await app.close()
})

test('a project opens where it was left: one input leads from the start screen to the pair', async () => {
  const userData = temporaryUserData()
  const app = await launch(userData)
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Review sample pairs' }).click()
  await firstPair(page)
  for (let times = 0; times < 3; times++) {
    await page.keyboard.press('a')
    await pairReady(page)
  }
  await page.keyboard.press('ArrowRight')
  await pairReady(page)
  const left = await page.locator(shownPair).getAttribute('data-candidate')
  await page.getByRole('button', { name: 'Project Exemplar sample' }).click()
  await page.getByRole('menuitem', { name: 'Close project' }).click()
  await expect(page.getByText('3 of 24 pairs reviewed')).toBeVisible()
  expect(await page.locator('main img').evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(320)
  await app.close()

  const again = await launch(userData)
  const window = await again.firstWindow()
  const onward = window.getByRole('button', { name: 'Continue reviewing “Exemplar sample” (21 left)' })
  await expect(onward).toBeFocused()
  await window.keyboard.press('Enter')
  await pairReady(window)
  await expect(window.locator(shownPair)).toHaveAttribute('data-candidate', left ?? '')

  await goTo(window, 'Exemplars')
  await again.close()
  const third = await launch(userData)
  const last = await third.firstWindow()
  await last.getByRole('button', { name: /^Open Exemplar sample/ }).click()
  await expect(last.getByRole('main', { name: 'Exemplars' })).toBeVisible()
  await third.close()
})
