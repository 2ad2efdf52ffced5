import { expect, test, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import { launch, temporaryUserData } from './launch'
import { readMain } from './projects'
import { answerDialog, draftAll, goTo, pairReady } from './screens'

const sample = path.join(root, 'resources', 'sample')
const coco = ['captions.json', 'instances.json'].map((name) => path.join(sample, 'annotations', 'coco', name))

/** Drags files over the window and lets them fall, with the paths that they have. */
async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', multiple: true, id: 'dropped-files', hidden: true })
    document.body.append(input)
  })
  await page.locator('#dropped-files').setInputFiles([...files])
  const drag = (type: string) =>
    page.evaluate((name) => {
      const input = document.querySelector<HTMLInputElement>('#dropped-files')
      const dataTransfer = new DataTransfer()
      for (const file of input?.files ?? []) dataTransfer.items.add(file)
      window.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }))
    }, type)
  await drag('dragenter')
  await expect(page.getByText('Drop to import')).toBeVisible()
  await drag('drop')
  await page.evaluate(() => document.querySelector('#dropped-files')?.remove())
}

test('COCO files dropped on the start screen become a validated export in at most twelve clicks', async () => {
  const userData = temporaryUserData()
  const out = path.join(userData, 'export')
  fs.mkdirSync(out)
  const app = await launch(userData)
  const page = await app.firstWindow()
  await expect(page.getByRole('button', { name: 'Review sample pairs' })).toBeVisible()
  let clicks = 0
  const click = async (target: ReturnType<Page['getByRole']>) => {
    await target.click()
    clicks++
  }
  await dropFiles(page, coco)
  clicks++ // the drop itself
  const dialog = page.getByRole('dialog', { name: 'Import items' })
  await expect(dialog.getByText('COCO annotations')).toBeVisible()
  await expect(dialog.getByText('captions.json')).toBeVisible()
  await expect(dialog.getByText('instances.json')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: /Name/ })).toHaveValue('media')
  await click(dialog.getByRole('button', { name: 'Create project and import' }))
  await expect(dialog.getByText(/8 items added/)).toBeVisible({ timeout: 60_000 })
  await click(dialog.getByRole('button', { name: 'Done' }))
  await expect(page.getByText('8 items', { exact: true })).toBeVisible()
  await draftAll(page)
  clicks += 2
  await expect(page.getByText('finished', { exact: false }).first()).toBeVisible({ timeout: 60_000 })
  await click(page.getByRole('navigation').getByRole('button', { name: 'Review', exact: true }))
  await pairReady(page)
  await click(page.getByRole('button', { name: /^Accept/ }).first())
  await pairReady(page)
  await goTo(page, 'Export')
  clicks++
  await answerDialog(app, out)
  await click(page.getByRole('button', { name: /^Choose: / }))
  await click(page.getByRole('button', { name: 'Export', exact: true }).last())
  await expect.poll(() => fs.readdirSync(out).length, { timeout: 60_000 }).toBeGreaterThan(1)
  await expect(page.getByText(/no errors|valid/i).first()).toBeVisible()
  expect(clicks).toBeLessThanOrEqual(12)
  await app.close()
})

test('files dropped on a screen of a project are imported into it, and what cannot be read is named with a remedy', async () => {
  const userData = temporaryUserData()
  const notes = path.join(userData, 'notes.docx')
  fs.writeFileSync(notes, 'no annotations')
  const app = await launch(userData)
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Open sample project' }).click()
  await expect(page.getByText('8 items', { exact: true })).toBeVisible({ timeout: 60_000 })
  await goTo(page, 'Runs')
  await page.setViewportSize({ width: 960, height: 700 })
  await dropFiles(page, [...coco, notes])
  const dialog = page.getByRole('dialog', { name: 'Import items' })
  await expect(dialog.getByText('notes.docx is in no format that can be imported.')).toBeVisible()
  await expect(dialog.getByText('See the formats under Import…, or convert it to items.jsonl or CSV.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeInViewport({ ratio: 1 })
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText(/8 already existed/)).toBeVisible({ timeout: 60_000 })
  await dialog.getByRole('button', { name: 'Done' }).click()
  expect((await readMain(page, 'project.stats', {})).items).toBe(8)
  await app.close()
})

test('the page itself cannot have paths taken as dropped', async () => {
  const app = await launch(temporaryUserData())
  const page = await app.firstWindow()
  await expect(page.getByRole('button', { name: 'Review sample pairs' })).toBeVisible()
  const refused = await page.evaluate(async () => {
    const named = await window.exemplar.call('import.drop', { paths: ['/etc'] }).then(
      () => 'taken',
      () => 'refused',
    )
    const made = await window.exemplar.drop([new File(['x'], '/etc/passwd')])
    const asked = await window.exemplar.call('import.inspect', { paths: ['/etc/passwd'] })
    return { named, made: made.ok ? made.value : null, asked: asked.ok }
  })
  expect(refused).toEqual({ named: 'refused', made: [], asked: false })
  await app.close()
})
