import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { launch, temporaryUserData } from './launch'
import { openSample } from './projects'
import { draftAll, goTo, pairReady, photograph } from './screens'

/** Settings as an earlier session left them. */
function settings(userData: string, part: object): void {
  fs.writeFileSync(path.join(userData, 'settings.json'), JSON.stringify(part))
}

/** Tabs until the focus is on what has this role and name. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true })
  await expect(wanted).toBeVisible()
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${role} “${name}”`)
}

test('the tour leads through five real parts of the window by keys alone, once, and ends at the first pair', async () => {
  const userData = temporaryUserData()
  settings(userData, { tourSeen: false, theme: 'light' })
  const app = await launch(userData)
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Open sample project' }).click()
  const steps = ['Screens', 'Exemplars and prompt', 'Media and pair', 'Editing', 'Your first pair']
  for (const [index, title] of steps.entries()) {
    const step = page.getByRole('dialog', { name: title })
    await expect(step).toBeVisible()
    // It points at something: the hole in the cover is as large as that part of the window.
    await expect(page.locator('mask rect[fill=black]')).toBeVisible()
    expect(await page.locator('mask rect[fill=black]').evaluate((hole) => hole.getBoundingClientRect().width)).toBeGreaterThan(20)
    // The focus is on the step, so that a screen reader is there too.
    await expect.poll(() => step.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await photograph(page, `tour${index + 1}`, userData)
    await page.keyboard.press('a') // decides nothing below the tour
    await page.keyboard.press(index % 2 === 0 ? 'Enter' : 'ArrowRight')
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('main', { name: 'Review' })).toBeVisible()
  await pairReady(page)
  await expect(page.getByRole('region', { name: 'Queue' })).toContainText(/0 ?accepted/)

  // Again, from the palette; Escape leaves it.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('tour')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Screens' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('a')
  await expect(page.getByRole('region', { name: 'Queue' })).toContainText(/1 ?accepted/)
  await app.close()
})

test('panes, the window, the size of the text and the language are as they were left', async () => {
  const userData = temporaryUserData()
  settings(userData, { tourSeen: true, theme: 'light' })
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Review')
  await pairReady(page)

  // Panes.
  const widthOf = (selector: string) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().width)
  const before = await widthOf('[data-pair]')
  await tabTo(page, 'separator', 'Pair pane width')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => widthOf('[data-pair]')).toBeCloseTo(before - 80, -1)
  const narrower = await widthOf('[data-pair]')

  // The palette does what a key does.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('accept')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Queue' })).toContainText(/1 ?accepted/)

  // The language, in the settings.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('settings')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Appearance' }).click()
  await page.getByText('Nederlands', { exact: true }).click()
  await expect(page.getByRole('main', { name: 'Instellingen' })).toBeVisible()
  const menuOf = (from: typeof app) => from.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
  expect(await menuOf(app)).toEqual(['Bestand', 'Bewerken', 'Beeld', 'Help'])
  await photograph(page, 'appearance', userData)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('main', { name: 'Beoordelen' })).toBeVisible()

  // The window itself.
  const place = { x: 40, y: 30, width: 1180, height: 760 }
  await app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place)
  await expect.poll(() => fs.existsSync(path.join(userData, 'window.json'))).toBe(true)
  await app.close()

  const again = await launch(userData)
  const second = await again.firstWindow()
  await expect(second.getByRole('button', { name: 'Nieuw project…' })).toBeVisible()
  await expect(second.locator('html')).toHaveAttribute('lang', 'nl')
  expect(await menuOf(again)).toEqual(['Bestand', 'Bewerken', 'Beeld', 'Help'])
  expect(await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())).toEqual(place)
  await second.setViewportSize({ width: 1280, height: 800 })
  await second.getByRole('button', { name: /^Exemplar sample openen/ }).click()
  await second.getByRole('navigation').getByRole('button', { name: 'Beoordelen' }).click()
  await pairReady(second)
  expect(await second.locator('[data-pair]').evaluate((element) => element.getBoundingClientRect().width)).toBeCloseTo(narrower, 0)
  await photograph(second, 'reviewDutch', userData)
  await again.close()
})

test('nothing is cut off in a window of 1280 × 800 with text of 150 %', async () => {
  const userData = temporaryUserData()
  settings(userData, { tourSeen: true, theme: 'light', textSize: 140, language: 'nl' })
  const app = await launch(userData)
  const page = await app.firstWindow()
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Voorbeeldproject openen' }).click()
  await expect(page.getByText('8 items', { exact: true })).toBeVisible()
  await page.keyboard.press('Control++')
  await expect(page.getByText('Tekstgrootte: 150%')).toBeAttached()
  for (const [screen, name] of [
    ['Bibliotheek', 'Library'],
    ['Prompt', 'Prompt'],
    ['Runs', 'Runs'],
    ['Beoordelen', 'Review'],
    ['Voorbeelden', 'Exemplars'],
    ['Exporteren', 'Export'],
  ] as const) {
    await page.getByRole('navigation').getByRole('button', { name: screen }).click()
    await expect(page.getByRole('main', { name: screen })).toBeVisible()
    await photograph(page, `large${name}`, userData)
    expect(await cutOff(page), screen).toEqual([])
  }
  await app.close()
})

/** Controls and texts that are wider than their place, or lie outside of the window to its sides. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, label, h1, h2, h3, p, dt, dd, [class*="label"]')]
      .filter((element) => {
        const { left, right, width, height } = element.getBoundingClientRect()
        if (width <= 1 || height <= 1 || element.closest('.skip-link, .mantine-VisuallyHidden-root')) return false
        const style = getComputedStyle(element)
        const hides = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' && style.display !== 'inline'
        return right > innerWidth + 1 || left < -1 || (hides && element.scrollWidth > element.clientWidth + 1)
      })
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 60) ?? ''}`),
  )
