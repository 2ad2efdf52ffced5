import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { startModelServer, type Behaviour } from '../support/modelServer'
import { launch, temporaryUserData } from './launch'
import { callMain, openSample, setServer } from './projects'
import { answerDialog, draftAll, goTo, photograph } from './screens'

const alert = (page: Page) => page.getByRole('alert')
const failures = (page: Page) => page.getByRole('region', { name: 'Failures of run 1' })

/** Drafts against a server that misbehaves, and opens the list of failures. */
async function draftAgainst(behaviour: Behaviour) {
  const server = await startModelServer({ behaviour, retryAfter: '0' })
  const userData = temporaryUserData()
  setServer(userData, server.url)
  const { app, page } = await openSample(userData, { OPENAI_API_KEY: 'sk-x' })
  await draftAll(page)
  return { server, app, page }
}

for (const [behaviour, title, remedy] of [
  ['wrong-key', 'The API key was rejected', 'Check the API key in the settings'],
  ['unknown-model', 'Unknown model', 'Check the model name'],
  ['prose', 'The reply is not JSON', 'use a model that supports JSON schemas'],
] as const)
  test(`a ${behaviour} answer is told with its item, the server’s words and what to do`, async () => {
    const { server, app, page } = await draftAgainst(behaviour)
    await expect(failures(page)).toContainText(title)
    await expect(failures(page)).toContainText(remedy)
    await failures(page).getByRole('button', { name: title }).click()
    await expect(failures(page).getByRole('row').nth(1)).toContainText('1')
    if (behaviour === 'wrong-key') {
      await photograph(page, 'failures')
      expect(server.requests).toHaveLength(1) // a refused key ends the run: the other seven are not asked in vain
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
    }
    await app.close()
    await server.close()
  })

test('a run can be cancelled while the server hangs, and resumed when it answers', async () => {
  const hanging = await startModelServer({ behaviour: 'hang' })
  const userData = temporaryUserData()
  setServer(userData, hanging.url)
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Cancelled')).toBeVisible()
  await hanging.close()
  const good = await startModelServer({ port: Number(new URL(hanging.url).port) })
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('8 of 8 items')).toBeVisible()
  expect(good.requests).toHaveLength(8)
  await app.close()
  await good.close()
})

test('a damaged, a newer and a missing project are told apart, and none is replaced', async () => {
  const userData = temporaryUserData()
  const { app, page, project } = await openSample(userData)
  await app.close()
  const file = path.join(project, 'project.sqlite')
  const sound = fs.readFileSync(file)
  const open = async (): Promise<string> => {
    const again = await launch(userData)
    const window = await again.firstWindow()
    const button = window.getByRole('button', { name: 'Open…' })
    await expect(button).toBeVisible()
    await answerDialog(again, project)
    await button.click()
    const text = await alert(window).first().innerText()
    await again.close()
    return text
  }
  expect(page).toBeTruthy()

  const newer = Buffer.from(sound)
  newer.writeUInt32BE(999, 60) // user_version in SQLite's header
  fs.writeFileSync(file, newer)
  expect(await open()).toMatch(/newer version of Exemplar[\s\S]*Nothing was changed/)
  expect(fs.readFileSync(file).equals(newer)).toBe(true)

  fs.writeFileSync(file, 'no database')
  expect(await open()).toMatch(/The project file is damaged[\s\S]*it is no database/)
  expect(fs.readFileSync(file, 'utf8')).toBe('no database')
})

test('a damaged project is opened again with what was recovered, or with the backup, as the person chooses', async () => {
  const userData = temporaryUserData()
  const { app, project } = await openSample(userData)
  await app.close()
  expect(fs.readdirSync(project).filter((name) => name.startsWith('project.sqlite'))).toEqual(['project.sqlite'])
  const file = path.join(project, 'project.sqlite')
  const bytes = fs.readFileSync(file)
  bytes.fill(0, 0, 4096) // the first page, where the list of tables begins
  fs.writeFileSync(file, bytes)

  const again = await launch(userData)
  const page = await again.firstWindow()
  await page.getByRole('button', { name: /^Open Exemplar sample/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Recover a damaged project' })
  await expect(dialog.getByRole('row', { name: /^Items 8/ })).toBeVisible()
  await expect(dialog.getByRole('columnheader', { name: 'No usable backup' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Use backup' })).toBeDisabled()
  expect(fs.readFileSync(file).equals(bytes)).toBe(true)
  await photograph(page, 'recover', userData)
  await dialog.getByRole('button', { name: 'Use recovered data' }).click()
  await expect(page.getByText('8 items', { exact: true })).toBeVisible()
  const kept = fs.readdirSync(project).find((name) => name.startsWith('project.sqlite.damaged-')) ?? ''
  expect(fs.readFileSync(path.join(project, kept)).equals(bytes)).toBe(true)

  // Moved away while it is open: the window notices, and says that nothing more is stored.
  fs.renameSync(file, `${file}.moved`)
  await expect(alert(page).first()).toContainText('was moved, deleted or replaced')
  await expect(page.getByText('Try the sample project')).toBeVisible()
  await again.close()
})

test('a bulk step that could not be backed up before is done, and the window says why there is no backup', async () => {
  const { app, page, project } = await openSample(temporaryUserData())
  const backups = path.join(project, 'backups')
  await expect
    .poll(() => (fs.existsSync(backups) ? fs.readdirSync(backups).filter((name) => name.endsWith('.sqlite')) : []))
    .toHaveLength(1)
  fs.renameSync(backups, `${backups}.kept`)
  fs.symlinkSync(`${backups}.kept`, backups, 'junction')
  const answer = await callMain(page, 'bulk.decide', { target: { filter: {} }, verdict: 'accept' })
  expect(answer).toMatchObject({ ok: true })
  await expect(alert(page).first()).toContainText(/backups is a symbolic link, so Exemplar does not read or write there/)
  await app.close()
})

test('an import names its bad rows and keeps the good ones', async () => {
  const userData = temporaryUserData()
  const folder = path.join(userData, 'incoming')
  fs.mkdirSync(folder)
  fs.copyFileSync(path.join('resources/sample/media/cat.jpg'), path.join(folder, 'cat.jpg'))
  fs.writeFileSync(path.join(folder, 'broken.jpg'), 'no image')
  const lines = [
    '{"id": "good", "media": "cat.jpg", "context": {"captions": ["<b>A cat</b>"]}}',
    '{"id": "broken", "media": "broken.jpg", "context": {}}',
    '{"id": "escape", "media": "../settings.json", "context": {}}',
    'not json',
  ]
  fs.writeFileSync(path.join(folder, 'items.jsonl'), lines.join('\n'))
  const { app, page } = await openSample(userData)
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByRole('radio', { name: /items\.jsonl/ }).click()
  const dialog = page.getByRole('dialog')
  await answerDialog(app, path.join(folder, 'items.jsonl'))
  await dialog
    .getByRole('button', { name: /choose/i })
    .first()
    .click()
  await answerDialog(app, folder)
  await dialog
    .getByRole('button', { name: /choose/i })
    .last()
    .click()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText('1 item added.')).toBeVisible()
  await expect(dialog.getByRole('table')).toContainText('broken.jpg')
  await expect(dialog.getByRole('table')).toContainText('outside the media folder')
  await expect(dialog.getByRole('table')).toContainText('line 4')
  await photograph(page, 'importProblems', userData)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('9 items', { exact: true })).toBeVisible()
  await goTo(page, 'Library')
  await page.locator('[data-item]').filter({ hasText: 'good' }).click()
  await expect(page.getByText('<b>A cat</b>')).toBeVisible()
  await app.close()
})
