import { expect, test, type Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import { launch, temporaryUserData } from './launch'
import { answerDialog, draftAll, goTo, pairReady, photograph } from './screens'

const instruction = (page: Page) => page.getByRole('region', { name: 'Pair', exact: true })
const queue = (page: Page) => page.getByRole('region', { name: 'Queue' })

/** The command line on the same project, as a second witness. */
function commandLine(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'tools/cli.mjs'), ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

test('a newcomer goes from the sample project to an exported, validated data set, with a restart on the way', async () => {
  const userData = temporaryUserData()
  const project = path.join(userData, 'Exemplar sample.exemplar')
  const stats = () => JSON.parse(commandLine('stats', project, '--json')) as Record<string, number>

  let app = await launch(userData)
  let page = await app.firstWindow()
  await expect(page.getByRole('heading', { name: 'Try the sample project' })).toBeVisible()
  await photograph(page, 'projects', userData)

  // Sample project: eight real images, no drafts yet.
  await page.getByRole('button', { name: 'Open sample project' }).click()
  await expect(page.getByText('8 items', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^astronaut.jpg/ }).click()
  await expect(page.getByText('A smiling astronaut in an orange suit poses for a portrait.')).toBeVisible()
  await photograph(page, 'library')

  // Draft with the demo generator.
  await draftAll(page)
  await expect(page.getByText('Run 1')).toBeVisible()
  await expect(page.getByText('8 of 8 items')).toBeVisible()
  await photograph(page, 'runs')

  // Review by keyboard alone.
  await goTo(page, 'Review')
  await expect(queue(page)).toContainText('1 / 24')
  await pairReady(page)
  const first = await instruction(page).innerText()
  await page.keyboard.press('a')
  await expect(queue(page)).toContainText('2 / 24')
  await expect(instruction(page)).not.toHaveText(first)
  await pairReady(page)
  await page.keyboard.press('e')
  await page.keyboard.press('End')
  await page.keyboard.type(' It looks at something beside the camera.')
  await photograph(page, 'edit')
  await page.keyboard.press('Control+Enter')
  await expect(queue(page)).toContainText(/1 ?edited/)
  await pairReady(page)
  await page.keyboard.press('x')
  await expect(page.getByText('Why reject this pair?')).toBeVisible()
  await page.keyboard.press('3')
  await expect(queue(page)).toContainText(/1 ?rejected/)
  await pairReady(page)
  await page.keyboard.press('a')
  await expect(queue(page)).toContainText(/2 ?accepted/)
  await pairReady(page)
  await page.keyboard.press('i')
  await expect(queue(page)).toContainText(/2 ?accepted/)
  await expect(queue(page)).toContainText(/1 ?ignored/)
  await photograph(page, 'review')
  expect(stats()).toMatchObject({ accepted: 2, edited: 1, rejected: 1, ignored: 1, pending: 19 })

  // Undo twice, redo once: it goes on to the next pair, as when it was decided.
  await page.keyboard.press('Control+z')
  await expect(queue(page)).toContainText(/0 ?ignored/)
  await page.keyboard.press('Control+z')
  await expect(queue(page)).toContainText(/1 ?accepted/)
  await page.keyboard.press('Control+Shift+Z')
  await expect(queue(page)).toContainText(/2 ?accepted/)

  // A draft in the making on the first pending pair, then a restart.
  await expect(queue(page)).toContainText('5 / 24')
  await pairReady(page)
  await page.keyboard.press('e')
  await page.keyboard.type('Half a thought')
  await expect(page.getByText('Your unsaved changes are kept.')).toBeVisible()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await app.close()

  app = await launch(userData)
  page = await app.firstWindow()
  await page.getByRole('button', { name: /Open Exemplar sample/ }).click()
  await goTo(page, 'Review')
  await expect(queue(page)).toContainText(/2 ?accepted/)
  await expect(page.getByText('Unsaved changes restored.')).toBeVisible()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await page.keyboard.press('Escape')

  // Undo reaches back beyond the restart, and redo forward again.
  await page.keyboard.press('Control+z')
  await expect(queue(page)).toContainText(/1 ?accepted/)
  await page.keyboard.press('Control+Shift+Z')
  await expect(queue(page)).toContainText(/2 ?accepted/)

  // The approved pairs become exemplars: pin one, see it in the exact prompt, draft again.
  await goTo(page, 'Exemplars')
  await expect(page.getByText('3 approved pairs can serve as exemplars')).toBeVisible()
  await page
    .getByRole('button', { name: /^Pin the exemplar/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: /^Unpin the exemplar/ })).toBeVisible()
  await photograph(page, 'exemplars')
  await goTo(page, 'Prompt')
  await expect(page.getByText('Prompt preview')).toBeVisible()
  await photograph(page, 'prompt')
  await goTo(page, 'Runs')
  await page.getByRole('radio', { name: /All items/ }).click()
  await page.getByRole('button', { name: 'Start drafting' }).click()
  await expect(page.getByText('Run 2')).toBeVisible()
  await expect.poll(() => stats().candidates).toBe(48)
  const listed = JSON.parse(commandLine('list', project, '--candidates', '--json')) as { run: number; item: string; exemplars: number[] }[]
  const again = listed.filter(({ run }) => run === 2)
  expect(again).toHaveLength(24)
  expect(again.every(({ exemplars }) => exemplars.length > 0)).toBe(true)

  // Export, and look at the files with the validator's own eyes.
  await goTo(page, 'Export')
  const out = path.join(userData, 'out')
  fs.mkdirSync(out)
  await answerDialog(app, out)
  await page.getByRole('button', { name: /choose/i }).click()
  await page.getByRole('button', { name: 'Export', exact: true }).last().click()
  await expect(page.getByText(/Files verified: \d+ checks, no error/)).toBeVisible()
  await photograph(page, 'export', userData)
  expect(fs.readdirSync(out).toSorted()).toEqual([
    'LA.parquet',
    'LA.yaml',
    'LA_instructions.json',
    'LA_train.json',
    'TRAINING.md',
    'train_otter.sh',
  ])
  const { meta, data } = JSON.parse(fs.readFileSync(path.join(out, 'LA_instructions.json'), 'utf8')) as {
    meta: { demo: boolean }
    data: Record<string, { answer: string }>
  }
  expect(meta.demo).toBe(true)
  expect(
    Object.values(data)
      .map(({ answer }) => answer)
      .join('\n'),
  ).toContain('It looks at something beside the camera.')
  await app.close()
  expect(commandLine('doctor', project)).toMatch(/^healthy/)
})
