import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { parse } from 'yaml'
import { root } from '../../tools/runtime/paths.mjs'
import type { Candidate, OutputForm, RecipeId } from '../../src/shared/domain'
import { en } from '../../src/shared/messages/en'
import type { ModelRequest, ModelServer } from '../support/modelServer'
import { readMain } from './projects'
import type { RecipeCase } from './recipeCases'
import type { ExportedPair } from './relations'
import { answerDialog, goTo, pairReady, photograph } from './screens'

export const sampleMedia = path.join(root, 'resources/sample/media')

const queue = (page: Page) => page.getByRole('region', { name: 'Queue' })
const chooseRadio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).click()

/** Chooses a path in a field of the window, whose dialog is the system's. */
async function choosePath(app: ElectronApplication, page: Page, label: string, chosen: string): Promise<void> {
  await answerDialog(app, chosen)
  await page.getByRole('button', { name: `Choose: ${label}`, exact: true }).click()
  await expect(page.getByRole('textbox', { name: label, exact: true })).toHaveAttribute('title', chosen)
}

export async function createProject(page: Page, recipe: RecipeId, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New project…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await chooseRadio(page, en.projects.recipes[recipe].title)
  await page.getByRole('button', { name: 'Create project' }).click()
}

/** Chooses in a list that opens. */
export async function chooseOption(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Imports through the dialog: format, its files, the folder of the media. */
export async function importItems(
  app: ElectronApplication,
  page: Page,
  { format, files, items }: Pick<RecipeCase, 'format' | 'files' | 'items'>,
): Promise<void> {
  await page.getByRole('button', { name: 'Import…' }).first().click()
  await chooseRadio(page, en.library.formats[format].title)
  for (const [label, file] of Object.entries(files)) await choosePath(app, page, label, file)
  await choosePath(app, page, 'Media folder', sampleMedia)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(items === 1 ? '1 item added.' : `${items} items added.`)
  await page.getByRole('button', { name: 'Done' }).click()
}

/** Every image and video within is decoded and on the screen. */
export async function expectPainted(place: Locator, count: number): Promise<void> {
  const media = place.locator('img:visible, video:visible')
  await expect(media).toHaveCount(count)
  await expect
    .poll(() =>
      media.evaluateAll((elements) =>
        elements.map((element) =>
          element instanceof HTMLVideoElement
            ? element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && element.videoWidth > 0
            : element instanceof HTMLImageElement && element.complete && element.naturalWidth > 0,
        ),
      ),
    )
    .toEqual(Array.from({ length: count }, () => true))
  // One colour alone would be the ground, or a video that stays black.
  const { channels } = await sharp(await media.first().screenshot()).stats()
  expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(10)
}

/** The messages of the prompt screen, each with its parts. */
export async function readMessages(page: Page, count: number): Promise<string[][]> {
  const messages = page.getByRole('region', { name: 'Prompt preview' }).locator('li[data-role]')
  await expect(messages).toHaveCount(count)
  const parts = (await messages.all()).map((message) => message.locator('.verbatim').allTextContents())
  return Promise.all(parts)
}

export const library = (page: Page) => page.getByRole('region', { name: 'Items' })
export const inspector = (page: Page) => page.getByRole('complementary', { name: 'Item' })
export const viewer = (page: Page) => page.getByRole('region', { name: 'Media', exact: true })

/** Demo or model: drafts for all items, and waits for the end. */
export async function draftAll(page: Page, run: number, items: number): Promise<void> {
  await goTo(page, 'Runs')
  await chooseRadio(page, `All items (${items})`)
  await page.getByRole('button', { name: 'Start drafting' }).click()
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Run ${run}`, exact: true }) })
  await expect(row).toContainText(`${items} of ${items} items`)
  await expect(row).toContainText('Finished')
}

/** Enters the address of a server in the settings, and tests the connection. */
export async function chooseServer(page: Page, { url }: ModelServer): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Drafting' }).click()
  await page.getByText('Custom endpoint', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(url)
  await page.getByRole('combobox', { name: 'Model', exact: true }).fill('loopback-model')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText(/^loopback-model replied in/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

const schemaShapes = {
  pairs: { pairs: [{ instruction: 'string', response: 'string' }] },
  kinds: { pairs: [{ kind: ['conversation', 'detail', 'reasoning'], instruction: 'string', response: 'string' }] },
  conversations: { conversations: [{ rounds: [{ instruction: 'string', response: 'string', reason: 'string' }] }] },
} as const satisfies Record<OutputForm, unknown>

interface Schema {
  readonly type: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly string[]
}

const shapeOf = ({ type, properties, items, enum: values }: Schema): unknown => {
  if (properties) return Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, shapeOf(schema)]))
  return items ? [shapeOf(items)] : (values ?? type)
}

/** The request holds the prompt, and its schema is that of the recipe's output form. */
export function expectRequest({ body, prompt }: ModelRequest, form: OutputForm, annotation: string): void {
  const format = body['response_format'] as { type: string; json_schema: { strict: boolean; schema: Schema } }
  expect(format).toMatchObject({ type: 'json_schema', json_schema: { strict: true } })
  expect(shapeOf(format.json_schema.schema)).toEqual(schemaShapes[form])
  expect(prompt).toBe(`${annotation}\n\n${requested(form)}`)
  expect(body.messages[0]?.role).toBe('system')
}

export const requested = (form: OutputForm) =>
  form === 'conversations' ? 'Write 3 conversations of 3 rounds each about this item.' : 'Write 3 pairs about this item.'

/** What only some media can show: what differs in a pair, a frame after the other and what is said of a video. */
export const lookClosely: Partial<Record<RecipeId, (page: Page) => Promise<void>>> = {
  sd: async (page) => {
    await page.keyboard.press('d')
    const difference = viewer(page).getByRole('img', { name: /^Difference between/ })
    const brightest = async () => Math.max(...(await sharp(await difference.screenshot()).stats()).channels.map(({ max }) => max))
    await expect.poll(brightest).toBeGreaterThan(60) // the coins that are gone
    await photograph(page, 'difference')
    await page.keyboard.press('d')
    await expectPainted(viewer(page), 2)
  },
  dc: async (page) => {
    await expect(viewer(page)).toContainText('Frame 0')
    await page.keyboard.press('.')
    await expect(viewer(page)).toContainText('Frame 1')
    await page.keyboard.press(',')
    await expect(viewer(page)).toContainText('Frame 0')
    await viewer(page)
      .getByRole('button', { name: /^0:08 to 0:12/ })
      .click()
    await expect(page.getByTestId('subtitle')).toContainText('At the end a smiling astronaut')
    await page.locator('[data-pair]').focus()
  },
}

/** How many pairs are in which state, in the project itself. */
export const countPairs = (page: Page) => readMain(page, 'candidate.counts', {})

async function decided(page: Page, state: Candidate['state'], count: number): Promise<void> {
  await expect(queue(page).locator(`[data-state=${state}]`)).toHaveText(new RegExp(`^${count} ?${state}$`))
}

export const correction = 'A reviewer added this.'

/** Accepts one pair, edits one, rejects one: three keys and a sentence. */
export async function reviewThree(page: Page): Promise<void> {
  await pairReady(page)
  await page.keyboard.press('a')
  await decided(page, 'accepted', 1)
  await pairReady(page)
  await page.keyboard.press('e')
  await page.keyboard.press('Control+End')
  await page.keyboard.type(` ${correction}`)
  await page.keyboard.press('Control+Enter')
  await decided(page, 'edited', 1)
  await pairReady(page)
  await page.keyboard.press('x')
  await expect(page.getByText('Why reject this pair?')).toBeVisible()
  await page.keyboard.press('3')
  await decided(page, 'rejected', 1)
}

/** Accepts whatever is pending, a key a pair. */
export async function acceptPending(page: Page): Promise<void> {
  const { pending, accepted } = await countPairs(page)
  for (let pressed = 1; pressed <= pending; pressed++) {
    await pairReady(page)
    await page.keyboard.press('a')
    await decided(page, 'accepted', accepted + pressed)
  }
  await expect(page.getByRole('button', { name: 'Go to Export' })).toBeVisible()
}

interface Entry {
  readonly instruction: string
  readonly answer: string
  readonly image_ids: readonly string[]
  readonly rel_ins_ids: readonly string[]
}

export interface ExportedSet {
  readonly pairs: readonly (ExportedPair & { readonly entry: Entry; readonly train: readonly string[] | undefined })[]
  readonly total: number
  /** of the training configuration */
  readonly groups: readonly string[]
}

/** Exports as MIMIC-IT through the screen, sees the validator agree, and reads what was written. */
export async function exportSet(app: ElectronApplication, page: Page, out: string, prefix: string): Promise<ExportedSet> {
  fs.mkdirSync(out)
  await goTo(page, 'Export')
  await choosePath(app, page, 'Folder', out)
  await page.getByRole('button', { name: 'Export', exact: true }).last().click()
  await expect(page.getByText(/Files verified: [\d,]+ checks, no error/)).toBeVisible()
  const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(out, `${prefix}_${name}.json`), 'utf8'))
  const { data } = read('instructions') as { data: Record<string, Entry> }
  const train = read('train') as Record<string, readonly string[]>
  const { candidates } = await readMain(page, 'candidate.page', { filter: { states: ['accepted', 'edited'] }, after: null, limit: 200 })
  const pairs = candidates
    .toSorted((one, other) => one.itemId - other.itemId || one.id - other.id)
    .flatMap((candidate) => {
      const exportId = `${prefix}_INS_${String(candidate.id).padStart(5, '0')}`
      const entry = data[exportId]
      return entry ? [{ ...candidate, exportId, entry, train: train[exportId] }] : []
    })
  const training = parse(fs.readFileSync(path.join(out, `${prefix}.yaml`), 'utf8')) as object
  return { pairs, total: Object.keys(data).length, groups: Object.keys(training) }
}
