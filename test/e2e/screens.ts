import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { root } from '../../tools/runtime/paths.mjs'

export type Screen = 'Library' | 'Prompt' | 'Runs' | 'Review' | 'Exemplars' | 'Export'
export const themes = ['dark', 'light'] as const

export async function goTo(page: Page, screen: Screen): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click()
  // Else the tooltip of the rail stays.
  await page.mouse.move(640, 1)
}

/** Drafts for all items that have no drafts, whatever the cold start would do next. */
export async function draftAll(page: Page): Promise<void> {
  await goTo(page, 'Runs')
  await page.getByRole('button', { name: 'Start drafting' }).click()
}

/** The pair on the screen can be decided on: keys that decide are dead before. */
export const pairReady = (page: Page) => expect(page.locator('[data-ready=true]')).toBeVisible()

/** Shows the window in a theme, with its transitions over. */
export async function showTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), theme)
  await animationsOver(page)
}

/** The images of the README and the guide; `npm run guide` puts them in docs/guide, all others stay with the test's results. */
const guide: ReadonlySet<string> = new Set(
  [
    'projects newProject library import importProblems prompt runs failures review edit exemplars export settings keys',
    'recipe-la recipe-cgd recipe-sd recipe-vst recipe-dc recipe-tvc recipe-sn recipe-e4d customRecipe difference',
    'promptTrial promptDifference promptFile coldStart',
  ].flatMap((names) => names.split(' ')),
)

/** Screenshots of all views are kept on request only; they take minutes. */
export const keepsScreens = Boolean(process.env.EXEMPLAR_SCREENS)
const isForGuide = (name: string) => Boolean(process.env.EXEMPLAR_GUIDE) && guide.has(name)
const folderOf = (name: string) => path.join(root, isForGuide(name) ? 'docs/guide' : 'test-results/screens')

/** The test's own folder as a person's would be called, in texts and fields */
const showPathsAs = (page: Page, from: string, to: string) =>
  page.evaluate(
    ([before, after]) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const { currentNode: node } = walker
        if (node.nodeValue?.includes(before)) node.nodeValue = node.nodeValue.replaceAll(before, after)
      }
      for (const field of document.querySelectorAll('input'))
        if (field.value.includes(before)) field.value = field.value.replaceAll(before, after)
    },
    [from, to] as const,
  )

/** Takes the window at 1280 × 800 in the light and in the dark theme, if its screenshot is kept. `home` is a folder to show as `/home/ada`. */
export async function photograph(page: Page, name: string, home?: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 })
  if (!isForGuide(name) && !keepsScreens) return
  const folder = folderOf(name)
  fs.mkdirSync(folder, { recursive: true })
  if (home) await showPathsAs(page, home, '/home/ada')
  // A video that is still being read shows a wheel, which fades a while after.
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLVideoElement>('video[preload=auto]')].every((video) => video.readyState === 4 || video.error),
  )
  if (isForGuide(name) && (await page.locator('video[preload=auto]').count()) > 0) await page.waitForTimeout(1000)
  for (const theme of themes) {
    await showTheme(page, theme)
    await imagesShown(page)
    const image = await page.screenshot({ animations: 'disabled' })
    const file = path.join(folder, `${name}${theme === 'dark' ? '-dark' : ''}.png`)
    // A palette makes a third of it, and nobody sees the difference; it takes a while, so only what is kept gets one.
    if (isForGuide(name)) await sharp(image).png({ palette: true, quality: 90, effort: 8 }).toFile(file)
    else fs.writeFileSync(file, image)
  }
  if (home) await showPathsAs(page, '/home/ada', home)
}

/** Waits for the images in sight; one that is read when it is scrolled to, or leaves the page meanwhile, is never decoded. */
const imagesShown = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const inSight = [...document.images].filter((image) => {
      const { top, bottom } = image.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })
    await Promise.race([
      Promise.all(inSight.map((image) => image.decode().catch(() => undefined))),
      new Promise((resolve) => setTimeout(resolve, 5000)),
    ])
  })

/** The system's dialog cannot be operated from a test: this answers the next one. */
export async function answerDialog(app: ElectronApplication, chosen: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, chosen)
}

/** Waits for what moves to have come to its end; what never ends is not waited for. */
export const animationsOver = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter(({ effect, playState }) => effect?.getComputedTiming().endTime !== Infinity && playState === 'running')
    await Promise.race([
      Promise.all(passing.map((animation) => animation.finished.catch(() => undefined))),
      new Promise((resolve) => setTimeout(resolve, 1000)),
    ])
  })
