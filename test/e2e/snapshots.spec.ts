import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import { temporaryUserData } from './launch'
import { callMain, openSample } from './projects'
import { answerDialog, draftAll, goTo } from './screens'

test('a lead makes a snapshot, exports it in three formats, and finds all of them in the history', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible()
  const ids = (
    (await callMain(page, 'candidate.page', { filter: {}, after: null, limit: 50 })) as { value: { candidates: { id: number }[] } }
  ).value.candidates
  for (const [at, { id }] of ids.entries()) {
    const verdict = at % 6 === 5 ? 'reject' : at % 3 === 1 ? 'edit' : 'accept'
    const pair = {
      instruction: `What stands out in picture ${at}?`,
      response: `The light falls from the left, and ${at} things lie in it.`,
    }
    await callMain(page, 'decision.add', {
      ...{ candidateId: id, verdict },
      ...(verdict === 'edit' && { pair }),
      ...(verdict === 'reject' && { reason: 'trivial' }),
    })
  }
  await goTo(page, 'Export')
  await page.getByRole('button', { name: 'New snapshot…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New snapshot' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('First release')
  await dialog.getByRole('textbox', { name: 'Train' }).fill('60')
  await dialog.getByRole('textbox', { name: 'Validation' }).fill('20')
  await dialog.getByRole('textbox', { name: 'Test' }).fill('20')
  await dialog.getByRole('button', { name: 'Create snapshot' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/\d+ train, \d+ validation, \d+ test/)).toBeVisible()

  for (const { format, name, kind } of [
    { format: 'llamafactory', name: 'LLaMA-Factory', kind: 'DPO' },
    { format: 'hugging-face', name: 'Hugging Face dataset', kind: null },
    { format: 'mimic-it', name: 'MIMIC-IT', kind: null },
  ] as const) {
    const directory = path.join(userData, format)
    fs.mkdirSync(directory)
    await answerDialog(app, directory)
    await page.getByRole('button', { name: 'Choose: Folder' }).click()
    await page.getByRole('radio', { name, exact: true }).check()
    if (kind !== null) {
      await page.getByRole('radio', { name: kind }).check()
      await expect(page.getByRole('heading', { name: 'Preferences' })).toBeVisible()
      await expect(page.locator('del').first()).toBeVisible()
    }
    await page.getByRole('button', { name: 'Export', exact: true }).last().click()
    await expect(page.getByText(/Files verified: \d+ checks, no errors\./)).toBeVisible()
    const { stdout } = spawnSync(process.execPath, [path.join(root, 'tools/cli.mjs'), 'validate', directory], { encoding: 'utf8' })
    expect(stdout).toContain(' 0 errors')
  }
  const history = page.getByRole('region', { name: 'Export history' }).last()
  await expect(history.getByRole('row')).toHaveCount(4)
  await expect(history.getByRole('row', { name: /LLaMA-Factory \(DPO\)/ })).toContainText('Done')

  // Another decision makes the next snapshot differ from the first, which stays as it was.
  await callMain(page, 'decision.add', { candidateId: ids[0]?.id, verdict: 'reject', reason: 'wrong' })
  await callMain(page, 'snapshot.create', { name: 'Second release', filter: {} })
  await goTo(page, 'Library')
  await goTo(page, 'Export')
  await page.getByRole('button', { name: 'Compare…' }).click()
  await expect(page.getByRole('dialog', { name: 'Compare snapshots' }).getByRole('status')).toContainText('0 added, 1 removed')
  await app.close()
})
