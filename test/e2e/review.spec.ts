import { expect, test, type Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../scripts/runtime/paths.mjs'
import { launch, temporaryUserData } from './launch'
import { callMain, openSample } from './projects'
import { draftAll, goTo, pairReady } from './screens'

const pair = (page: Page) => page.getByRole('region', { name: 'Pair', exact: true })
const queue = (page: Page) => page.getByRole('region', { name: 'Queue' })
const details = (page: Page) => page.getByRole('region', { name: 'About the pair' })
const boxes = (page: Page) => page.getByRole('region', { name: 'Media', exact: true }).locator('svg rect')
const zoomOf = (page: Page) =>
  page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-transform-component') ?? document.body).transform).a)

/** Presses a key that decides, once it is heard. */
async function decide(page: Page, key: string): Promise<void> {
  await pairReady(page)
  await page.keyboard.press(key)
}

/** The sample project with 24 pending pairs, on the review screen. */
async function openReview() {
  const userData = temporaryUserData()
  const { app, page, project } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible()
  await goTo(page, 'Review')
  await expect(queue(page)).toContainText('1 of 24')
  await pairReady(page)
  return { app, page, project, userData }
}

test('while one types no key decides, zooms or browses, and what is typed is text', async () => {
  const { app, page } = await openReview()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('axi fbh/?+-0')
  await expect(page.getByRole('textbox', { name: 'Response' })).toHaveValue('axi fbh/?+-0')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await expect(queue(page)).toContainText('1 of 24')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: 'Response' })).toHaveCount(0)
  await expect(page.getByText('Your changes are kept as a draft.')).toBeVisible()
  expect(await callMain(page, 'candidate.counts', {})).toMatchObject({ value: { pending: 24 } })

  // In the search field they are words too, and Escape gives the keys back.
  await page.keyboard.press('/')
  await page.keyboard.type('cat')
  await expect(queue(page)).toContainText('1 of 4')
  expect(await callMain(page, 'candidate.counts', {})).toMatchObject({ value: { pending: 24 } })
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(queue(page)).toContainText('of 24')
  await page.keyboard.press('Escape')
  await decide(page, 'i')
  await expect(queue(page)).toContainText(/1 ?ignored/)
  await app.close()
})

test('the picture is zoomed and its boxes are hidden by key', async () => {
  const { app, page } = await openReview()
  expect(await zoomOf(page)).toBe(1)
  await page.keyboard.press('+')
  await page.keyboard.press('=')
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.5)
  const near = await zoomOf(page)
  await page.keyboard.press('-')
  await expect.poll(() => zoomOf(page)).toBeLessThan(near)
  await page.keyboard.press('0')
  await expect.poll(() => zoomOf(page)).toBe(1)
  const shown = await boxes(page).count()
  expect(shown).toBeGreaterThan(0)
  await page.keyboard.press('b')
  await expect(boxes(page)).toHaveCount(0)
  await page.keyboard.press('b')
  await expect(boxes(page)).toHaveCount(shown)
  await app.close()
})

test('guidelines, help and commands open by key, and below a dialog keys are dead', async () => {
  const { app, page } = await openReview()
  await page.keyboard.press('h')
  await expect(details(page).getByText('Accept only what can be seen in the media', { exact: false })).toBeVisible()
  await page.keyboard.press('h')
  await expect(details(page).getByText('Accept only what can be seen in the media', { exact: false })).toHaveCount(0)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await expect(help).toContainText('Undo a decision')
  await page.keyboard.press('a')
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Go to a screen or do something…').fill('dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Go to a screen or do something…').fill('light')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await expect(queue(page)).toContainText('1 of 24')
  await expect(queue(page)).toContainText(/0 ?accepted/)
  await app.close()
})

test('browsing decides nothing; a pending pair becomes a pinned exemplar by one key', async () => {
  const { app, page } = await openReview()
  for (const place of [2, 3, 4]) {
    await page.keyboard.press('ArrowRight')
    await expect(queue(page)).toContainText(`${place} of 24`)
  }
  await page.keyboard.press('ArrowLeft')
  await expect(queue(page)).toContainText('3 of 24')
  expect(await callMain(page, 'candidate.counts', {})).toMatchObject({ value: { pending: 24 } })
  await decide(page, 'f')
  await expect(queue(page)).toContainText(/1 ?accepted/)
  await page.keyboard.press('ArrowLeft')
  await expect(pair(page)).toContainText('Pinned exemplar')
  await decide(page, 'f')
  await expect(pair(page)).not.toContainText('Pinned exemplar')
  await expect(pair(page)).toContainText(/accepted/i)
  await app.close()
})

test('a rejection may carry a note; the note and every decision stand in the history', async () => {
  const { app, page } = await openReview()
  await decide(page, 'x')
  await page.keyboard.press('8')
  await page.keyboard.type('asks about the frame')
  await page.keyboard.press('Enter')
  await expect(queue(page)).toContainText(/1 ?rejected/)
  await page.keyboard.press('ArrowLeft')
  await expect(pair(page)).toContainText('Reason: other: asks about the frame')
  await page.getByRole('button', { name: /^Decisions/ }).click()
  await expect(details(page)).toContainText('rejected')
  await expect(details(page)).toContainText('other: asks about the frame')

  await decide(page, 'x')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Why is it rejected?')).toHaveCount(0)
  await expect(pair(page)).toBeFocused()
  await app.close()
})

test('undo of an edit brings the former text back, redo the new one', async () => {
  const { app, page } = await openReview()
  const former = (await pair(page).locator('[data-part=response]').innerText()).trim()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' And more.')
  await page.keyboard.press('Control+Enter')
  await expect(queue(page)).toContainText(/1 ?edited/)
  await pairReady(page)
  await page.keyboard.press('Control+z')
  await expect(queue(page)).toContainText('1 of 24')
  await expect(pair(page).locator('[data-part=response]')).toHaveText(former)
  await page.keyboard.press('Control+Shift+Z')
  await expect(pair(page).locator('[data-part=response]')).toHaveText(`${former} And more.`)
  await app.close()
})

test('a filter shows the decided pairs, and a restart keeps the queue', async () => {
  const { app, page, project, userData } = await openReview()
  await decide(page, 'a')
  await expect(queue(page)).toContainText(/1 ?accepted/)
  await decide(page, 'i')
  await expect(queue(page)).toContainText(/1 ?ignored/)
  await page.getByRole('combobox', { name: 'Show' }).click()
  await page.getByRole('option', { name: 'Accepted' }).click()
  await expect(queue(page)).toContainText('1 of 1')
  await app.close()
  expect(fs.existsSync(project)).toBe(true)

  const again = await launch(userData)
  const next = await again.firstWindow()
  await next.getByRole('button', { name: new RegExp(`^Open ${path.basename(project, '.exemplar')}`) }).click()
  await goTo(next, 'Review')
  await expect(queue(next)).toContainText(/1 ?accepted/)
  await expect(queue(next)).toContainText('1 of 22')

  // Drafted again, a pair names the exemplars it was drafted with.
  await goTo(next, 'Runs')
  await next.getByRole('radio', { name: /All items/ }).click()
  await next.getByRole('button', { name: 'Start drafting' }).click()
  await expect(next.getByText('Run 2')).toBeVisible()
  await expect(next.getByText('8 of 8 items')).toHaveCount(2)
  await next.getByRole('button', { name: 'Review its pairs' }).first().click()
  await expect(queue(next)).toContainText('Run 2')
  for (let presses = 0; presses < 3; presses++) await next.keyboard.press('ArrowRight') // beyond the item that the exemplar is from
  await pairReady(next)
  await next.getByRole('button', { name: /^Exemplars used/ }).click()
  await expect(details(next)).toContainText('Item 1')
  await again.close()
})

test('a prompt that was typed and not saved is there again after a restart', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await goTo(page, 'Prompt')
  await page.getByRole('textbox', { name: 'System message' }).fill('Half a thought')
  await app.close()
  const again = await launch(userData)
  const next = await again.firstWindow()
  await next.getByRole('button', { name: /^Open Exemplar sample/ }).click()
  await expect(next.getByText('Prompt not saved')).toBeVisible()
  await goTo(next, 'Prompt')
  await expect(next.getByRole('textbox', { name: 'System message' })).toHaveValue('Half a thought')
  await again.close()
})

test('what the command line decides meanwhile leaves the queue, and the pair on the screen stays', async () => {
  const { app, page, project, userData } = await openReview()
  const shown = await pair(page).innerText()
  const file = path.join(userData, 'decisions.jsonl')
  fs.writeFileSync(file, [2, 3].map((candidate) => JSON.stringify({ candidate, verdict: 'reject', reviewer: 'Grace' })).join('\n'))
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/cli.mjs'), 'decide', project, '--file', file])
  expect(status).toBe(0)
  await expect(queue(page)).toContainText('1 of 22')
  await expect(queue(page)).toContainText(/2 ?rejected/)
  expect(await pair(page).innerText()).toBe(shown)
  await app.close()
})
