import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { startModelServer } from '../support/modelServer'
import { launch, temporaryUserData } from './launch'
import { openSample, readMain } from './projects'
import { chooseOption } from './recipeSteps'
import { answerDialog, goTo, pairReady, photograph } from './screens'

const annotation = { role: 'user', content: 'A dog runs over a meadow.' }
const pairs = { role: 'assistant', content: [{ Question: 'What does the dog do?', Answer: 'It runs over a meadow.' }] }
const other = { role: 'user', content: 'Two cats sleep on a sofa.' }
const otherPairs = { role: 'assistant', content: [{ Question: 'How many cats are there?', Answer: 'There are two.' }] }

/** With the faults that the published files have: an exemplar twice, a comma too many, an assistant turn without its user turn. */
const promptFile = `{
 "system_message": "You write about images of animals.",
 "in_context": ${JSON.stringify([annotation, pairs, annotation, pairs, other, otherPairs, pairs])},
}`

test('the prompt studio tries a prompt, tells versions apart, and repairs the prompt file that it takes', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await goTo(page, 'Prompt')

  // A trial with the text as it stands: raw and parsed, and nothing of it is kept.
  await page.getByRole('button', { name: 'Try on this item' }).click()
  const trial = page.getByRole('region', { name: 'Trial' })
  await expect(trial).toContainText('3 pairs found')
  await expect(trial).toContainText('{"pairs":[')
  await photograph(page, 'promptTrial')
  expect(await readMain(page, 'candidate.counts', {})).toMatchObject({ pending: 0 })
  await page.getByRole('button', { name: 'Close trial' }).click()

  // A new version, and what sets it apart from the first.
  const message = page.getByRole('textbox', { name: 'System message' })
  await message.fill((await message.inputValue()).replace('You are a visual assistant', 'You are a patient teacher'))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Version 2' })).toBeVisible()
  await page.getByRole('button', { name: 'Versions' }).click()
  await page.getByRole('tab', { name: 'Difference' }).click()
  const difference = page.getByRole('region', { name: 'System message' })
  await expect(difference.locator('del').first()).toContainText('visual')
  await expect(difference.locator('ins').first()).toContainText('patient')
  await photograph(page, 'promptDifference')
  await page.keyboard.press('Escape')

  // A file as Syphus published them, named faults and all.
  const file = path.join(userData, 'animals.json')
  fs.writeFileSync(file, promptFile)
  await answerDialog(app, file)
  await page.getByRole('button', { name: 'Prompt file' }).click()
  await page.getByRole('menuitem', { name: 'Import prompt file…' }).click()
  const dialog = page.getByRole('dialog')
  for (const kind of ['Invalid JSON', 'Duplicate exemplars', 'User turn missing']) await expect(dialog).toContainText(kind)
  await expect(dialog).toContainText('The file contains 2 exemplars.')
  await photograph(page, 'promptFile', userData)
  await dialog.getByRole('button', { name: 'Import repaired' }).click()
  await expect(page.getByRole('heading', { name: 'Version 3' })).toBeVisible()
  await expect(message).toHaveValue('You write about images of animals.')
  const preview = page.getByRole('region', { name: 'Prompt preview' })
  await expect(preview).toContainText('Exemplar 1, from the prompt file')
  await expect(preview).toContainText('A dog runs over a meadow.')

  // The most similar exemplars, as is chosen here.
  await chooseOption(page, 'Other exemplars', 'Most similar to the item')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(async () => (await readMain(page, 'prompt.get', {})).settings.exemplars.fill).toBe('similar')
  await app.close()
})

test('the cold start leads from a few drafts to its rule, and moves with every verdict', async () => {
  const { app, page } = await openSample(temporaryUserData())
  await goTo(page, 'Exemplars')
  const phase = page.getByRole('region', { name: 'Cold start' })
  await expect(phase).toContainText('0 of 6 accepted')
  await phase.getByRole('button', { name: /^Draft for \d items/ }).click()
  await expect(page.getByText('Finished')).toBeVisible()
  await goTo(page, 'Exemplars')
  await phase.getByRole('button', { name: 'Review' }).click()
  for (let accepted = 1; accepted <= 5; accepted++) {
    await pairReady(page)
    await page.keyboard.press('a')
    await expect(page.getByRole('region', { name: 'Queue' }).locator('[data-state=accepted]')).toHaveText(
      new RegExp(`^${accepted} ?accepted$`),
    )
  }
  await pairReady(page)
  await page.keyboard.press('x')
  await page.keyboard.press('3')
  await goTo(page, 'Exemplars')
  await expect(phase).toContainText('5 of 6 accepted')
  await expect(phase).toContainText('5 of the last 6 accepted unedited (80% needed)')
  await photograph(page, 'coldStart')
  await goTo(page, 'Review')
  await pairReady(page)
  await page.keyboard.press('a')
  await goTo(page, 'Exemplars')
  await expect(phase).toContainText('6 of 6 accepted')
  await phase.getByRole('button', { name: 'Edit criteria' }).click()
  await page.getByRole('textbox', { name: 'Minimum number of items' }).fill('2')
  await page.getByRole('button', { name: 'Save criteria' }).click()
  await expect(phase).toContainText('3 items (2 needed)')
  await phase.getByRole('button', { name: 'Close cold start' }).click()
  await expect(phase).toContainText('You closed the cold start on')
  await phase.getByRole('button', { name: 'Reopen' }).click()
  await expect(phase).toContainText('6 of 6 accepted')
  await app.close()
})

/** The toolbar of the prompt screen is one row: its controls overlap nowhere, and no text of them is cut. */
async function measureToolbar(page: Page): Promise<{ cut: string[]; overlaps: string[]; rows: number }> {
  return page.locator('[data-prompt-toolbar]').evaluate((bar) => {
    const controls = [...bar.querySelectorAll<HTMLElement>('button, [role=radiogroup], h2, .mantine-Badge-root')].filter(
      (one) => one.getClientRects().length > 0,
    )
    const cut = controls
      .flatMap((one) => (one.matches('h2') ? [] : [...one.querySelectorAll<HTMLElement>('.mantine-Button-label, .mantine-Badge-label')]))
      .filter((label) => label.scrollWidth > label.clientWidth + 1 && !label.closest('[title]'))
      .map((label) => label.textContent)
    const boxes = controls.map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
    const overlaps = boxes.flatMap(({ name, box }, at) =>
      boxes
        .slice(at + 1)
        .filter(
          ({ box: next }) =>
            box.left < next.right - 1 && next.left < box.right - 1 && box.top < next.bottom - 1 && next.top < box.bottom - 1,
        )
        .map((second) => `${name} × ${second.name}`),
    )
    const middles = new Set(boxes.map(({ box }) => Math.round((box.top + box.bottom) / 6)))
    if (bar.scrollWidth > bar.clientWidth + 1) cut.push('the toolbar')
    return { cut, overlaps, rows: middles.size }
  })
}

test('two versions are compared on a local server that was found, and the comparison is there after a restart', async () => {
  const server = await startModelServer({ models: ['gemma3:4b', 'nomic-embed-text'] })
  const userData = temporaryUserData()
  const environment = { EXEMPLAR_LOCAL_PORTS: `ollama=${new URL(server.url).port}` }
  const { app, page, project } = await openSample(userData, environment)

  // A profile of the server, in one click; its models are offered.
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Find local servers' }).click()
  await page.getByRole('button', { name: 'Use Ollama' }).click()
  const model = page.getByRole('combobox', { name: 'Model', exact: true })
  await expect(model).toHaveValue('gemma3:4b')
  await model.click()
  await expect(page.getByText('2 models on the server.')).toBeVisible()
  await photograph(page, 'providerProfiles')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await goTo(page, 'Prompt')
  const message = page.getByRole('textbox', { name: 'System message' })
  await message.fill(`${await message.inputValue()} Be brief.`)
  for (const [width, height] of [
    [960, 700],
    [1280, 800],
    [1920, 1080],
  ] as const)
    for (const textSize of [100, 150]) {
      await page.setViewportSize({ width, height })
      await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), textSize)
      expect([width, textSize, await measureToolbar(page)]).toEqual([width, textSize, { cut: [], overlaps: [], rows: 1 }])
      await page.screenshot({ path: `test-results/screens/promptToolbar-${width}-${textSize}.png` })
    }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Version 2' })).toBeVisible()
  await page.getByRole('button', { name: 'Versions' }).click()
  await page.getByRole('button', { name: /^Version 2,/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).last().fill('Short')
  await page.getByRole('textbox', { name: 'Note' }).last().fill('Asks for fewer words.')
  await photograph(page, 'promptVersions')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Version 2 · Short' })).toBeVisible()

  // What it takes is told before; then the pairs of both stand beside each other.
  await page.getByText('Compare', { exact: true }).click()
  await expect(page.getByText('10 requests')).toBeVisible()
  await photograph(page, 'promptCompareSetup')
  expect(server.requests).toHaveLength(0)
  await page.getByRole('button', { name: 'Start comparison' }).click()
  await expect(page.getByRole('heading', { name: 'Version 1 and Version 2 · Short' })).toBeVisible()
  await expect(page.getByText('5 items without a vote')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Pairs' }).getByRole('article')).toHaveCount(6)
  await photograph(page, 'promptCompareBlind')
  for (const key of ['1', '2', '0', '1', '2']) {
    await page.keyboard.press(key)
    await expect(page.getByRole('button', { pressed: true })).toHaveCount(1)
    await page.keyboard.press('ArrowRight')
  }
  await expect(page.getByText('All items have a vote.')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Totals' })).toContainText('15')
  await photograph(page, 'promptCompare')
  for (const [width, height] of [
    [960, 700],
    [1280, 800],
    [1920, 1080],
  ] as const)
    for (const textSize of [100, 150]) {
      await page.setViewportSize({ width, height })
      await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), textSize)
      await page.screenshot({ path: `test-results/screens/promptCompare-${width}-${textSize}.png` })
    }
  expect(await readMain(page, 'candidate.counts', {})).toMatchObject({ pending: 0 })
  expect(server.requests).toHaveLength(10)
  await app.close()

  const again = await launch(userData, environment)
  const window = await again.firstWindow()
  await window
    .getByRole('button', { name: path.basename(project, '.exemplar') })
    .first()
    .click()
  await goTo(window, 'Prompt')
  await window.getByText('Compare', { exact: true }).click()
  await expect(window.getByText('10 replies are kept already')).toBeVisible()
  await window.getByRole('button', { name: /Version 1 and Version 2 · Short/ }).click()
  await expect(window.getByText('All items have a vote.')).toBeVisible()
  expect(server.requests).toHaveLength(10)
  await again.close()
  await server.close()
})
