import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import type { Language } from '../../src/shared/comfort'
import { en } from '../../src/shared/messages/en'
import { nl } from '../../src/shared/messages/nl'
import { launch, temporaryUserData } from './launch'
import { measureLayout } from './measureLayout'
import { callMain } from './projects'
import { animationsOver, keepsScreens, pairReady, showTheme } from './screens'

const catalogues = { en, nl } as const
const sizes = [
  [960, 700],
  [1280, 800],
  [1920, 1080],
] as const
const looks = ['light', 'dark', 'contrast'] as const
const textSizes = [100, 150] as const

/** Shows a view and, once it has been measured, leaves it. */
interface View {
  readonly name: string
  readonly show: (page: Page) => Promise<void>
  readonly leave?: (page: Page) => Promise<void>
}

const key = (keys: string) => (page: Page) => page.keyboard.press(keys)
const escape = key('Escape')

/** What every language calls by the same key. */
function viewsOf(language: Language): readonly View[] {
  const words = catalogues[language]
  const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click()
  const tab = (name: string) => (page: Page) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  const review = async (page: Page) => {
    await page.keyboard.press('Control+4')
    await pairReady(page)
  }
  return [
    { name: 'library', show: key('Control+1') },
    { name: 'prompt', show: key('Control+2') },
    { name: 'runs', show: key('Control+3') },
    { name: 'exemplars', show: key('Control+5') },
    { name: 'export', show: key('Control+6') },
    { name: 'review', show: review },
    ...(['notes', 'history', 'exemplars', 'guidelines', 'context'] as const).map((name) => ({
      name: `review-${name}`,
      show: tab(words.review.tabs[name]),
    })),
    { name: 'review-reject', show: key('x'), leave: escape },
    { name: 'review-edit', show: key('e'), leave: escape },
    {
      name: 'review-queue',
      show: (page) => page.getByRole('button', { name: new RegExp(`^${words.review.strip}`) }).click(),
      leave: escape,
    },
    { name: 'review-more', show: button(words.review.morePair), leave: escape },
    { name: 'review-wholeItem', show: key('v'), leave: key('v') },
    { name: 'review-focus', show: key('Shift+F'), leave: key('Shift+F') },
    { name: 'review-grid', show: key('o'), leave: key('q') },
    { name: 'review-table', show: key('t'), leave: key('q') },
    { name: 'commands', show: key('Control+k'), leave: escape },
    { name: 'figures', show: key('Alt+i'), leave: escape },
    { name: 'keys', show: key('?'), leave: escape },
    { name: 'settings', show: key('Control+7'), leave: escape },
  ]
}

async function setTextSize(page: Page, size: (typeof textSizes)[number]): Promise<void> {
  const shown = () => page.evaluate(() => Math.round(Number.parseFloat(getComputedStyle(document.documentElement).fontSize)))
  await page.keyboard.press('Control+0')
  await expect.poll(shown).toBe(16)
  for (let next = 110; next <= size; next += 10) {
    await page.keyboard.press('Control++')
    await expect.poll(shown).toBe(Math.round((16 * next) / 100))
  }
}

async function showLook(page: Page, look: (typeof looks)[number]): Promise<void> {
  await page.evaluate((contrast) => {
    if (contrast) document.documentElement.dataset.contrast = 'more'
    else delete document.documentElement.dataset.contrast
  }, look === 'contrast')
  await showTheme(page, look === 'dark' ? 'dark' : 'light')
}

/** Waits until the view is loaded, observers of its size have run and animations are over: a loader has no layout to measure. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0)
  await page.evaluate(async () => {
    for (let frame = 0; frame < 5; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
  await animationsOver(page)
}

/**
 * Measures the window at all sizes; in the other looks at one, since only lines and colours differ. The other language, whose words are longer,
 * is measured in the light look alone.
 */
async function measureView(page: Page, language: Language, name: string, text: number, found: Map<string, string[]>): Promise<void> {
  const folder = path.join(root, 'test-results/screens/layout')
  fs.mkdirSync(folder, { recursive: true })
  for (const look of language === 'en' ? looks : (['light'] as const)) {
    await showLook(page, look)
    for (const [width, height] of sizes) {
      if ((look !== 'light' && width !== 1280) || (language !== 'en' && width === 1920)) continue
      await page.setViewportSize({ width, height })
      await settled(page)
      const faults = await measureLayout(page, text / 100)
      for (const fault of faults) found.set(fault, [...(found.get(fault) ?? []), `${name} ${width}×${height} ${look} ${text} %`])
      if (keepsScreens && look !== 'contrast')
        await page.screenshot({ path: path.join(folder, `${language}-${name}-${width}-${text}-${look}.png`) })
    }
  }
}

const report = (found: ReadonlyMap<string, readonly string[]>) =>
  [...found].map(([fault, where]) => `${fault}  (${where.length}: ${where.slice(0, 3).join(', ')})`)

/** Opens the sample project, drafts for all of it and goes to the first pair. */
async function draftSample(page: Page, language: Language): Promise<void> {
  await page.getByRole('button', { name: catalogues[language].projects.sample }).click()
  await page.getByRole('navigation').waitFor()
  expect(await callMain(page, 'run.start', {})).toMatchObject({ ok: true })
  await expect.poll(async () => JSON.stringify(await callMain(page, 'run.list', {})), { timeout: 30_000 }).toContain('"state":"finished"')
  await page.keyboard.press('Control+4')
  await pairReady(page)
}

/** Starts the window in a language, without a project. */
async function openWindow(language: Language) {
  const userData = temporaryUserData()
  fs.writeFileSync(path.join(userData, 'settings.json'), JSON.stringify({ language, theme: 'light', reviewer: 'Ada' }))
  const app = await launch(userData)
  const page = await app.firstWindow()
  return { app, page }
}

for (const language of ['en', 'nl'] as const) {
  test(`nothing is cut, covered or out of line in any view (${language})`, async () => {
    test.setTimeout(600_000)
    const { page } = await openWindow(language)
    const found = new Map<string, string[]>()
    const words = catalogues[language]
    await page.getByRole('button', { name: words.projects.sample }).waitFor()
    for (const text of textSizes) {
      await setTextSize(page, text)
      await measureView(page, language, 'start', text, found)
      await page.getByRole('button', { name: words.projects.create }).first().click()
      await measureView(page, language, 'newProject', text, found)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    await setTextSize(page, 100)
    await draftSample(page, language)
    for (const verdict of ['a', 'i', 'a']) {
      await page.keyboard.press(verdict)
      await pairReady(page)
    }
    for (const text of textSizes) {
      await setTextSize(page, text)
      for (const view of viewsOf(language)) {
        await page.setViewportSize({ width: 1280, height: 800 })
        await view.show(page)
        await measureView(page, language, view.name, text, found)
        await view.leave?.(page)
        if (view.leave) await expect(page.getByRole('dialog')).toHaveCount(0)
      }
    }
    expect(report(found)).toEqual([])
  })
}

test('a broken padding is found', async () => {
  const { page } = await openWindow('en')
  await draftSample(page, 'en')
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(await measureLayout(page, 1)).toEqual([])
  await page.evaluate(() => {
    const [first] = document.querySelector('[class*="_toolbar_"]')?.children ?? []
    if (first instanceof HTMLElement) first.style.paddingTop = '12px'
  })
  expect(await measureLayout(page, 1)).not.toEqual([])
})

test('pointing at a box changes no pixel inside it', async () => {
  const { page } = await openWindow('en')
  await draftSample(page, 'en')
  await page.setViewportSize({ width: 1280, height: 800 })
  const box = await page.locator('[data-testid="boxes"] rect').nth(1).boundingBox()
  if (!box) throw new Error('no box is shown')
  const clip = { x: box.x + 0.25 * box.width, y: box.y + 0.25 * box.height, width: 0.5 * box.width, height: 0.5 * box.height }
  await page.mouse.move(1, 1)
  await animationsOver(page)
  const before = await page.screenshot({ clip })
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await expect(page.locator('[data-testid="boxes"] [data-highlighted="true"]')).toHaveCount(1)
  await animationsOver(page)
  expect(before.equals(await page.screenshot({ clip }))).toBe(true)
})
