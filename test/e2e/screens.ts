import type { ElectronApplication, Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../scripts/runtime/paths.mjs'

export type Screen = 'Library' | 'Prompt' | 'Runs' | 'Review' | 'Exemplars' | 'Export'

export const goTo = (page: Page, screen: Screen) => page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click()

/** Pictures for the README and the guide: always taken, and put in docs/guide by `npm run guide`. */
const folder = process.env.EXEMPLAR_GUIDE ? path.join(root, 'docs/guide') : path.join(root, 'test-results/screens')

/** Takes the window in the light and in the dark theme. */
export async function photograph(page: Page, name: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true })
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), theme)
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))))
    await page.waitForTimeout(200) // transitions of the theme
    await page.screenshot({ path: path.join(folder, `${name}${theme === 'dark' ? '-dark' : ''}.png`), animations: 'disabled' })
  }
}

/** The system's dialog cannot be operated from a test: this answers the next one. */
export async function answerDialog(app: ElectronApplication, chosen: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, chosen)
}
