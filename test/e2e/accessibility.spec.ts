import { expect, test, type Page } from '@playwright/test'
import type axe from 'axe-core'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import { startModelServer } from '../support/modelServer'
import { launch, temporaryUserData } from './launch'
import { openSample, setServer } from './projects'
import { createProject, importItems } from './recipeSteps'
import { animationsOver, answerDialog, draftAll, goTo, pairReady, photograph, showTheme, themes } from './screens'

// Four analyses of each view take minutes on a busy machine.
test.setTimeout(300_000)

/** Checks the window with axe: all rules in the dark theme, and the contrast of texts in both themes and in high contrast over both. */
async function check(page: Page, where: string): Promise<void> {
  await page.mouse.move(640, 1)
  for (const theme of themes) {
    await showTheme(page, theme)
    // Themes differ in colors alone.
    await expectNothing(page, theme === themes[0] ? {} : { runOnly: ['color-contrast'] }, `${where}, ${theme}`)
    await setContrast(page, true)
    await expectNothing(page, { runOnly: ['color-contrast', 'color-contrast-enhanced'] }, `${where}, high contrast, ${theme}`)
    await setContrast(page, false)
  }
}

async function setContrast(page: Page, on: boolean): Promise<void> {
  await page.evaluate((value) => {
    if (value) document.documentElement.dataset.contrast = 'more'
    else delete document.documentElement.dataset.contrast
  }, on)
  await animationsOver(page)
}

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type WindowWithAxe = typeof globalThis & { readonly axe?: typeof axe }

async function expectNothing(page: Page, options: axe.RunOptions, where: string): Promise<void> {
  if (await page.evaluate(() => !(globalThis as WindowWithAxe).axe)) await page.evaluate(axeSource)
  const violations = await page.evaluate(async (chosen) => {
    const { axe } = globalThis as WindowWithAxe
    if (!axe) throw new Error('axe is not loaded')
    return (await axe.run({ ...chosen, resultTypes: ['violations'] })).violations
  }, options)
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n    ${nodes.map(({ html, any }) => `${html.slice(0, 200)} ${any[0]?.message ?? ''}`).join('\n    ')}`,
  )
  expect.soft(found, where).toEqual([])
}

async function look(page: Page, name: string, home?: string): Promise<void> {
  await photograph(page, name, home)
  await check(page, name)
}

const closeDialog = async (page: Page) => {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('projects, a new project and the settings answer to axe', async () => {
  const userData = temporaryUserData()
  setServer(userData, 'http://localhost:11434/v1', { model: 'llava', concurrency: 4, timeoutMs: 120_000 })
  const app = await launch(userData)
  const page = await app.firstWindow()
  await expect(page.getByRole('button', { name: 'Open sample project' })).toBeVisible()
  await check(page, 'projects')
  await page.getByRole('button', { name: 'New project…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Street scenes')
  await look(page, 'newProject', userData)
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(page.getByRole('heading', { name: 'No items yet' })).toBeVisible()
  await look(page, 'libraryEmpty')
  for (const screen of ['Prompt', 'Runs', 'Review', 'Exemplars', 'Export'] as const) {
    await goTo(page, screen)
    await expect(page.getByRole('main', { name: screen })).toBeVisible()
    await look(page, `${screen.toLowerCase()}Empty`)
  }
  await page.getByRole('button', { name: 'Settings' }).click()
  for (const [tab, name] of [
    ['General', 'settingsGeneral'],
    ['Appearance', 'settingsAppearance'],
    ['Shortcuts', 'settingsKeys'],
    ['Drafting', 'settings'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click()
    await look(page, name)
  }
  await closeDialog(page)
  await page.getByRole('button', { name: 'Project Street scenes' }).click()
  await look(page, 'projectMenu')
  await page.getByRole('menuitem', { name: 'Close project' }).click()
  await expect(page.getByRole('button', { name: /^Open Street scenes/ })).toBeVisible()
  await look(page, 'projectsRecent', userData)
  await app.close()
})

test('library, import and prompt answer to axe', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await page.getByRole('button', { name: /^astronaut.jpg/ }).click()
  await expect(page.getByText('A smiling astronaut in an orange suit poses for a portrait.')).toBeVisible()
  await check(page, 'library with the inspector')

  // A table with a bad row.
  const folder = path.join(userData, 'own')
  fs.cpSync(path.join(root, 'resources/sample/media'), folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'items.csv'), 'file,caption\nnot-there.jpg,Nothing\nhubble.jpg,Stars\n')
  await page.getByRole('button', { name: 'Import…' }).click()
  await look(page, 'import')
  await page.getByRole('radio', { name: /CSV table/ }).click()
  await answerDialog(app, path.join(folder, 'items.csv'))
  await page.getByRole('button', { name: /Choose: CSV file/ }).click()
  await look(page, 'importCsv', userData)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('2 items added.')).toBeVisible()
  await look(page, 'importReport', userData)
  await closeDialog(page)
  await page.getByRole('searchbox', { name: 'Search items' }).fill('unicorn')
  await expect(page.getByText('No items found')).toBeVisible()
  await look(page, 'libraryNothing')

  await goTo(page, 'Prompt')
  await expect(page.getByText('Prompt preview')).toBeVisible()
  await page.getByRole('textbox', { name: 'System message' }).fill('Write about the image.')
  await look(page, 'promptUnsaved')
  await page.getByRole('button', { name: 'Versions' }).click()
  await look(page, 'versions')
  await closeDialog(page)
  await page.getByRole('textbox', { name: 'Context template' }).fill('{% for')
  await expect(page.getByRole('alert').first()).toBeVisible()
  await look(page, 'promptWrong')
  await app.close()
})

test('an item with a video answers to axe', async () => {
  const userData = temporaryUserData()
  const app = await launch(userData)
  const page = await app.firstWindow()
  await createProject(page, 'dc', 'Videos')
  const table = path.join(userData, 'videos.csv')
  fs.writeFileSync(table, 'file,caption\ncoffee_pov.webm,A cup\n')
  await importItems(app, page, { format: 'csv', files: { 'CSV file': table }, items: 1 })
  await page.getByRole('button', { name: /coffee_pov/ }).click()
  await look(page, 'libraryVideo')
  await app.close()
})

test('a run with failures answers to axe', async () => {
  const server = await startModelServer({ behaviour: 'prose' })
  const userData = temporaryUserData()
  setServer(userData, server.url)
  const { app, page } = await openSample(userData, { OPENAI_API_KEY: 'sk-x' })
  await draftAll(page)
  await expect(page.getByText('Finished with failures')).toBeVisible()
  await look(page, 'runsFailed')
  await app.close()
  await server.close()
})

test('review, exemplars, export, keys and commands answer to axe', async () => {
  test.slow() // axe looks at fifteen screens, twice each
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible()
  await look(page, 'runsFinished')
  await goTo(page, 'Review')
  await pairReady(page)
  await check(page, 'review')
  await page.keyboard.press('h')
  await look(page, 'reviewGuidelines')
  await page.keyboard.press('h')
  await page.keyboard.press('e')
  await page.keyboard.type(' More.')
  await look(page, 'reviewEditing')
  await page.keyboard.press('Control+Enter')
  await pairReady(page)
  await page.keyboard.press('x')
  await expect(page.getByText('Why reject this pair?')).toBeVisible()
  await look(page, 'reviewReasons')
  await page.keyboard.press('8')
  await look(page, 'reviewNote')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await pairReady(page)
  await page.keyboard.press('?')
  await expect(page.getByRole('region', { name: 'Shortcuts' })).toBeVisible()
  await look(page, 'keys')
  await closeDialog(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByPlaceholder('Search screens and actions…')).toBeVisible()
  await look(page, 'palette')
  await closeDialog(page)
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('region', { name: 'Queue' })).toContainText('1 / 24')
  await pairReady(page)
  await page.getByRole('switch', { name: 'Changes from the draft' }).click()
  await look(page, 'reviewDifference')

  // The end of the queue, after everything was decided.
  decideAll(path.join(userData, 'Exemplar sample.exemplar'))
  await goTo(page, 'Library')
  await goTo(page, 'Review')
  for (let presses = 0; presses < 24; presses++) await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: 'Go to Export' })).toBeVisible()
  await look(page, 'reviewEnd')
  await goTo(page, 'Exemplars')
  await expect(page.getByRole('button', { name: /^Pin/ }).first()).toBeVisible()
  await look(page, 'exemplarsMany')
  await goTo(page, 'Export')
  const out = path.join(userData, 'Documents', 'space')
  fs.mkdirSync(out, { recursive: true })
  await answerDialog(app, out)
  await page.getByRole('button', { name: /choose/i }).click()
  await page.getByRole('button', { name: 'Export', exact: true }).last().click()
  await expect(page.getByText(/Files verified/)).toBeVisible()
  await look(page, 'exportDone', userData)
  await page.getByRole('button', { name: 'New snapshot…' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('First release')
  await look(page, 'snapshot')
  await page.getByRole('button', { name: 'Create snapshot' }).click()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await look(page, 'snapshotDelete')
  await closeDialog(page)
  await app.close()
})

test('filters, marks, settings and the tour of the review desk answer to axe', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Review')
  await pairReady(page)
  await page.keyboard.press('g')
  await expect(page.getByRole('button', { name: 'Flagged', exact: true })).toBeVisible()
  await page.keyboard.press('n')
  await page.keyboard.type('Is the third lamp on?')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('list', { name: 'Comments' })).toContainText('Is the third lamp on?')
  await check(page, 'marks')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Queue/ }).click()
  await page.getByRole('combobox', { name: 'Add filter' }).click()
  await page.getByRole('option', { name: 'Flag', exact: true }).click()
  await page.getByRole('combobox', { name: 'Flag', exact: true }).click()
  await check(page, 'filters, with a list open')
  await page.getByRole('option', { name: 'Flagged by me' }).click()
  await page.getByRole('combobox', { name: 'Bulk actions' }).click()
  await page.getByRole('option', { name: 'Reject', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Reject 1 pair' })).toBeVisible()
  await check(page, 'bulk')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await check(page, 'chips')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Review' }).click()
  await expect(page.getByText('Rejection reasons')).toBeVisible()
  await look(page, 'settingsReview')
  await closeDialog(page)
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Take the tour' }).click()
  await expect(page.getByRole('dialog', { name: 'Screens' })).toBeVisible()
  await check(page, 'tour')
  await closeDialog(page)
  await app.close()
})

/** Accepts all that is pending, from outside the window. */
function decideAll(project: string): void {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'tools/cli.mjs'), ...args], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return stdout
  }
  const listed = JSON.parse(run('list', project, '--candidates', '--json')) as { id: number; state: string }[]
  const file = path.join(path.dirname(project), 'decisions.jsonl')
  const lines = listed
    .filter(({ state }) => state === 'pending')
    .map(({ id }) => JSON.stringify({ candidate: id, verdict: 'accept', reviewer: 'Ada' }))
  fs.writeFileSync(file, lines.join('\n'))
  run('decide', project, '--file', file)
}
