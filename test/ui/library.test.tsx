import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { LibraryScreen } from '../../src/renderer/src/features/library/LibraryScreen'
import { ImportDialog } from '../../src/renderer/src/features/library/ImportDialog'
import { dialogs } from '../../src/renderer/src/app/state/dialogs'
import { shell } from '../../src/renderer/src/app/state/shell'
import { getRecipe } from '../../src/main/recipes/registry'
import { nativeFormats } from '../../src/renderer/src/features/library/importFields'
import { defaultColdStartRule, recipeIdSchema } from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import { aColdStart, aProject, anItem, anItemSummary, aRun, someStats } from './fakeProject'
import type { ItemFilter, ItemSummary } from '../../src/shared/contract'
import type { Handlers } from './fakeBridge'
import { renderWindow } from './render'

beforeEach(() => {
  shell.reset()
  dialogs.reset()
})

const library = <LibraryScreen project={aProject()} />
const rocket = anItemSummary()
/** The calls of a library with these items, of which a filter finds some. */
const withItems = (items: readonly ItemSummary[], isFound: (item: ItemSummary, filter: ItemFilter) => boolean = () => true) =>
  ({
    'item.page': ({ filter, limit }) => {
      const found = items.filter((item) => isFound(item, filter))
      return { items: found.slice(0, limit), total: found.length }
    },
    'item.ids': ({ filter }) => ({
      ids: items.filter((item) => isFound(item, filter)).map(({ id }) => id),
      counts: { all: items.length, undrafted: 0, pending: 1, reviewed: 0, excluded: 0, deleted: 0 },
    }),
    'item.list': ({ ids }) => items.filter(({ id }) => ids.includes(id)),
  }) satisfies Partial<Handlers>
const closedColdStart = () => aColdStart({ coldStart: { rule: defaultColdStartRule, closedAt: 1 } })
const cat = anItemSummary({
  id: 2,
  sourceId: 'cat',
  media: [{ id: 2, kind: 'image', fileName: 'cat.jpg' }],
  excerpt: 'A tabby cat.',
  candidates: 3,
  pending: 2,
})

test('an empty library says what an item is and opens the import', async () => {
  const { user } = renderWindow(library, { 'project.stats': () => someStats({ items: 0 }) })
  await screen.findByText('No items yet')
  await user.click(screen.getByRole('button', { name: 'Import…' }))
  expect(dialogs.get().import).toBe(true)
})

test('items are listed with how far their pairs are; the chosen one shows its media and context', async () => {
  const { user } = renderWindow(library, {
    ...withItems([rocket, cat]),
    'item.get': () =>
      anItem({ id: 2, sourceId: 'cat', context: { captions: ['A tabby <b>cat</b>.'], mood: 'calm', tags: ['pet', 'fur'] } }),
  })
  expect(await screen.findByText('2 items')).toBeVisible()
  expect(screen.getByRole('button', { name: /rocket/ })).toHaveTextContent('no drafts')
  const tile = screen.getByRole('button', { name: /cat/ })
  expect(tile).toHaveTextContent('3 pairs')
  expect(tile).toHaveTextContent('2 pending')
  await user.click(tile)
  const inspector = within(screen.getByRole('complementary', { name: 'Item' }))
  expect(await inspector.findByText('A tabby <b>cat</b>.')).toBeVisible()
  expect(inspector.getByText('calm')).toBeVisible()
  expect(inspector.getByText('pet').closest('ul')).toHaveTextContent(/^petfur$/)
  expect(inspector.getByRole('img', { name: 'rocket.jpg' })).toHaveAttribute('src', `media://${aProject().uuid}/1`)
})

test('filter and search are asked of main, and an empty answer leads back', async () => {
  const { user, bridge } = renderWindow(
    library,
    withItems([rocket], (_, filter) => filter.state === 'all'),
  )
  await screen.findByRole('button', { name: /rocket/ })
  await user.click(screen.getByRole('combobox', { name: 'Show items' }))
  await user.click(await screen.findByRole('option', { name: 'With pending pairs (1)', hidden: true }))
  await user.type(screen.getByRole('searchbox', { name: 'Search items' }), ' moon ')
  expect(await screen.findByText('No items found')).toBeVisible()
  await expect.poll(() => bridge.inputsOf('item.ids').at(-1)?.filter).toEqual({ state: 'pending', query: 'moon' })
  await user.click(screen.getByRole('button', { name: 'Show all items' }))
  expect(await screen.findByRole('button', { name: /rocket/ })).toBeVisible()
})

test('of a hundred thousand items, only those in view and near it are read', async () => {
  const many = Array.from({ length: 100_000 }, (_, index) => index + 1)
  const { bridge } = renderWindow(library, {
    'item.page': ({ limit }) => ({
      items: many.slice(0, limit).map((id) => anItemSummary({ id, sourceId: `item ${id}` })),
      total: many.length,
    }),
    'item.ids': () => ({ ids: many, counts: { all: many.length, undrafted: 0, pending: 0, reviewed: 0, excluded: 0, deleted: 0 } }),
  })
  await screen.findByText('100,000 items')
  await expect.poll(() => document.querySelectorAll('[data-item]').length).toBeGreaterThan(0)
  expect(document.querySelectorAll('[data-item]').length).toBeLessThan(120)
  expect(bridge.inputsOf('item.list').flatMap(({ ids }) => ids).length).toBeLessThanOrEqual(120)
})

test('several items are selected by click, Ctrl and Shift, and drafted, excluded and deleted together', async () => {
  const items = ['ant', 'bee', 'cow', 'dog'].map((name, index) =>
    anItemSummary({ id: index + 1, sourceId: name, media: [{ id: index + 1, kind: 'image', fileName: `${name}.jpg` }] }),
  )
  const { user, bridge } = renderWindow(library, withItems(items))
  const tile = (name: string) => screen.getByRole('button', { name: new RegExp(name) })
  await user.click(await screen.findByRole('button', { name: /ant/ }))
  await user.keyboard('{Shift>}')
  await user.click(tile('cow'))
  await user.keyboard('{/Shift}{Control>}')
  await user.click(tile('bee'))
  await user.keyboard('{/Control}')
  expect(screen.getByText('2 selected')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Draft' }))
  await expect.poll(() => bridge.inputsOf('run.start')).toEqual([{ itemIds: [1, 3] }])
  await user.keyboard('{Control>}a{/Control}')
  expect(screen.getByText('4 selected')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Exclude' }))
  await expect.poll(() => bridge.inputsOf('item.setStanding')).toEqual([{ ids: [1, 2, 3, 4], standing: 'excluded' }])
  await user.keyboard('{Escape}')
  expect(screen.queryByText(/selected/)).toBeNull()
  await user.click(tile('dog'))
  await user.keyboard('{Delete}')
  await expect.poll(() => bridge.inputsOf('item.setStanding').at(-1)).toEqual({ ids: [4], standing: 'deleted' })
  expect(await screen.findByText('1 item deleted. The “Deleted” filter keeps it.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await expect.poll(() => bridge.inputsOf('item.undo')).toHaveLength(1)
  await user.keyboard('{Control>}z{/Control}')
  await expect.poll(() => bridge.inputsOf('item.undo')).toHaveLength(2)
})

test('the order and size of the items are remembered', async () => {
  const { user, bridge } = renderWindow(library, withItems([rocket, cat]))
  await user.click(await screen.findByRole('button', { name: 'Import order' }))
  await user.click(await screen.findByRole('menuitemradio', { name: 'Most pending' }))
  await expect.poll(() => bridge.inputsOf('app.saveSettings')).toEqual([{ librarySort: 'pending' }])
  await expect.poll(() => bridge.inputsOf('item.ids').at(-1)?.sort).toBe('pending')
  await user.click(await screen.findByRole('button', { name: 'Most pending' }))
  await user.click(await screen.findByRole('menuitemradio', { name: 'Large' }))
  await expect.poll(() => bridge.inputsOf('app.saveSettings').at(-1)).toEqual({ librarySize: 'large' })
})

test('items without drafts lead to drafting', async () => {
  const { user, bridge } = renderWindow(library, {
    'coldStart.get': closedColdStart,
    'run.start': () => ({ ...aRun({ state: 'running' }), leftOut: [] }),
  })
  await user.click(await screen.findByRole('button', { name: 'Draft pairs with the demo generator' }))
  await expect.poll(() => bridge.inputsOf('run.start')).toEqual([{ onlyUndrafted: true }])
  await expect.poll(() => shell.get().screen).toBe('runs')
})

test('a pending pair leads to the review', async () => {
  const { user } = renderWindow(library, {
    'coldStart.get': closedColdStart,
    'project.stats': () => someStats({ candidates: 9, pending: 1, accepted: 8 }),
  })
  expect(await screen.findByText('1 pair is waiting for your review.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Review' }))
  expect(shell.get()).toMatchObject({ screen: 'review', reviewFilter: { states: ['pending'] } })
})

test('a chosen item can be drafted alone', async () => {
  const { user, bridge } = renderWindow(library)
  await user.click(await screen.findByRole('button', { name: /rocket/ }))
  await user.click(await screen.findByRole('button', { name: 'Draft pairs for this item' }))
  await expect.poll(() => bridge.inputsOf('run.start')).toEqual([{ itemIds: [1] }])
})

test('a list that cannot be read says why and tries again', async () => {
  const { user, bridge } = renderWindow(library, {
    'item.ids': () => {
      throw new Problem('busy', 'Another program is writing.', 'Wait and try again.')
    },
  })
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('Another program is writing.')
  bridge.answer('item.ids', withItems([rocket])['item.ids'])
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('button', { name: /rocket/ })).toBeVisible()
})

test('an import shows its progress and then every row that failed, with line and reason', async () => {
  let finish = () => {}
  const { user, bridge } = renderWindow(<ImportDialog recipe="la" />, {
    'app.chooseFile': () => '/data/items.jsonl',
    'import.start': () =>
      new Promise((resolve) => {
        finish = () =>
          resolve({
            added: 2,
            unchanged: 1,
            mediaAdded: 2,
            linked: 0,
            updated: 0,
            problems: [{ file: 'items.jsonl', line: 3, item: 'moon', reason: 'moon.jpg is not an image.' }],
            notes: [{ file: 'items.jsonl', line: 1, item: 'sun', reason: 'the key “caption” is not read.' }],
            moreProblems: 4,
            cancelled: false,
          })
      }),
  })
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  await user.click(dialog.getByRole('radio', { name: /items.jsonl/ }))
  await user.click(dialog.getByRole('button', { name: 'Choose: JSONL file' }))
  // The folder of the file is taken for the media until another is chosen.
  expect(await dialog.findByDisplayValue('/data')).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Import' }))
  await act(async () => bridge.emit('import.progress', { done: 3, total: 8, problems: 1 }))
  expect(await dialog.findByText('3 of 8 done, 1 problem')).toBeVisible()
  await act(async () => finish())
  expect(await dialog.findByText(/2 items added. 1 already existed./)).toBeVisible()
  const row = dialog.getByRole('row', { name: /moon/ })
  expect(row).toHaveTextContent('items.jsonl, line 3')
  expect(row).toHaveTextContent('moon.jpg is not an image.')
  expect(dialog.getByText('and 4 more')).toBeVisible()
  expect(dialog.getByRole('row', { name: /sun/ })).toHaveTextContent('the key “caption” is not read.')
  expect(bridge.inputsOf('import.start')).toEqual([{ format: 'jsonl', file: '/data/items.jsonl', mediaDirectory: '/data' }])
})

test('pairs are context, or candidates that are pending or accepted; a format of pairs alone has no context', async () => {
  const { user, bridge } = renderWindow(<ImportDialog recipe="la" />, {
    'app.chooseFile': () => '/data/one.json',
    'import.start': () => ({
      ...{ added: 1, unchanged: 0, mediaAdded: 1, linked: 0, updated: 0, problems: [], notes: [], moreProblems: 0, cancelled: false },
      pairs: { added: 3, known: 2, accepted: 2, rejected: 1 },
    }),
  })
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  await user.click(dialog.getByRole('radio', { name: 'COCO annotations' }))
  expect(dialog.queryByRole('combobox', { name: 'Pairs in the file' })).toBeNull()
  await user.click(dialog.getByRole('radio', { name: 'LLaVA-Instruct' }))
  expect(dialog.getByRole('combobox', { name: 'Pairs in the file' })).toHaveValue('Context of the items')
  await user.click(dialog.getByRole('radio', { name: 'Qwen-VL' }))
  expect(dialog.getByRole('combobox', { name: 'Pairs in the file' })).toHaveValue('Candidates to review')
  await user.click(dialog.getByRole('combobox', { name: 'Pairs in the file' }))
  await user.click(await screen.findByRole('option', { name: 'Accepted candidates' }))
  expect(dialog.getByText('One undo takes back what was accepted.')).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Choose: Data file or folder of the export' }))
  await user.click(dialog.getByRole('button', { name: 'Import' }))
  expect(await dialog.findByText('1 item added. 3 pairs added. 2 accepted, 1 rejected. 2 pairs were already there.')).toBeVisible()
  expect(bridge.inputsOf('import.start')).toEqual([{ format: 'qwen', file: '/data/one.json', mediaDirectory: '/data', pairs: 'accepted' }])
})

test.each(['labelme', 'Pascal VOC', 'YOLO', 'Label Studio', 'VGG Image Annotator (VIA)', 'MIMIC-IT'])(
  '%s can be a folder of files, which is taken for the media too until another is chosen',
  async (title) => {
    const { user, bridge } = renderWindow(<ImportDialog recipe="la" />, {
      'app.chooseFolder': () => '/data/labels',
      'app.chooseFile': () => '/data/one.json',
      'import.start': () => ({
        added: 1,
        unchanged: 0,
        mediaAdded: 1,
        linked: 0,
        updated: 0,
        problems: [],
        notes: [],
        moreProblems: 0,
        cancelled: false,
      }),
    })
    act(() => dialogs.set({ import: true }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
    await user.click(dialog.getByRole('radio', { name: title }))
    await user.click(dialog.getByRole('button', { name: 'Choose: Annotation file' }))
    expect(await dialog.findByDisplayValue('one.json — /data')).toBeVisible()
    expect(dialog.getByDisplayValue('/data')).toBeVisible()
    await user.click(dialog.getByRole('button', { name: 'Choose folder: Annotation file' }))
    expect(await dialog.findByDisplayValue('labels — /data')).toBeVisible()
    await user.click(dialog.getByRole('button', { name: 'Import' }))
    expect(await dialog.findByText('1 item added.')).toBeVisible()
    expect(bridge.inputsOf('import.start')).toMatchObject([{ file: '/data/labels', mediaDirectory: '/data' }])
  },
)

test('an import replaces what is known of items that are there where it is asked to, and says how many', async () => {
  const { user, bridge } = renderWindow(<ImportDialog recipe="custom" />, {
    'app.chooseFolder': () => '/images',
    'import.start': () => ({
      ...{ added: 0, unchanged: 1, mediaAdded: 0, linked: 0, updated: 2, notes: [], moreProblems: 0, cancelled: false },
      problems: [{ file: 'images', line: null, item: 'moon', reason: 'moon.jpg is not an image.' }],
    }),
  })
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  await user.click(dialog.getByRole('radio', { name: 'Folder of media' }))
  await user.click(dialog.getByRole('button', { name: 'Choose: Media folder' }))
  await user.click(dialog.getByRole('switch', { name: /Update existing items/ }))
  await user.click(await dialog.findByRole('button', { name: 'Import' }))
  expect(await dialog.findByText('0 items added. 1 already existed. 2 were replaced.')).toBeVisible()
  expect(dialog.getByText(/import again with “Update existing items”/)).toBeVisible()
  expect(bridge.inputsOf('import.start')).toEqual([{ format: 'folder', mediaDirectory: '/images', update: true }])
})

test('an import says what links a medium that was not found, and of replacing items only where that helps', async () => {
  const missing = { file: 'a.csv', line: 2, item: 'moon', reason: 'imported without “moon.jpg”.', remedy: 'link' as const }
  const wrong = { file: 'a.csv', line: 3, item: 'sun', reason: 'the row has 2 columns.' }
  const reports = [[missing], [missing, wrong]].map((problems) => ({
    ...{ added: 1, unchanged: 0, mediaAdded: 0, linked: 0, updated: 0, notes: [], moreProblems: 0, cancelled: false },
    problems,
  }))
  const { user } = renderWindow(<ImportDialog recipe="custom" />, {
    'app.chooseFolder': () => '/images',
    'import.start': () => reports.shift() ?? Promise.reject(new Error('asked too often')),
  })
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  const importFolder = async () => {
    await user.click(await dialog.findByRole('radio', { name: 'Folder of media' }))
    await user.click(dialog.getByRole('button', { name: 'Choose: Media folder' }))
    await user.click(await dialog.findByRole('button', { name: 'Import' }))
  }
  const ofLinks = /import the same file again with the folder that contains them. You do not need “Update existing items”/
  await importFolder()
  expect(await dialog.findByText(ofLinks)).toBeVisible()
  expect(dialog.queryByText(/To replace existing items with corrected rows/)).toBeNull()

  await user.click(dialog.getByRole('button', { name: 'Import more' }))
  await importFolder()
  expect(await dialog.findByText(/To replace existing items with corrected rows/)).toBeVisible()
  expect(dialog.getByText(ofLinks)).toBeVisible()
})

test('formats that name one medium an item are not offered where an item is two images', async () => {
  renderWindow(<ImportDialog recipe="sd" />)
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  const offered = dialog.getAllByRole('radio').map((radio) => radio.getAttribute('value'))
  expect(offered).toEqual(expect.arrayContaining(['spot-the-diff', 'jsonl']))
  for (const format of ['csv', 'folder', 'coco', 'tvc']) expect(offered).not.toContain(format)
})

test('the inspector is empty while the search hides the chosen item, and shows it again after', async () => {
  const { user } = renderWindow(library, {
    ...withItems([rocket, cat], ({ sourceId }, { query = '' }) => sourceId.includes(query)),
    'item.get': ({ id }) => {
      const name = id === 1 ? 'rocket' : 'cat'
      return anItem({ id, sourceId: name, media: anItem().media.map((medium) => ({ ...medium, fileName: `${name}.jpg` })) })
    },
  })
  const inspector = within(await screen.findByRole('complementary', { name: 'Item' }))
  await user.click(await screen.findByRole('button', { name: /cat/ }))
  expect(await inspector.findByRole('heading', { name: 'cat.jpg' })).toBeVisible()
  expect(inspector.getByText('Item cat')).toBeVisible()
  const search = screen.getByRole('searchbox', { name: 'Search items' })
  await user.type(search, 'rocket')
  expect(await inspector.findByText('The selected item does not match the search or the filter.')).toBeVisible()
  expect(inspector.queryByRole('heading', { name: 'cat.jpg' })).toBeNull()
  await user.clear(search)
  expect(await inspector.findByRole('heading', { name: 'cat.jpg' })).toBeVisible()
  await user.type(search, 'ca')
  expect(await screen.findByText('1 item')).toBeVisible()
  expect(inspector.getByRole('heading', { name: 'cat.jpg' })).toBeVisible()
  await user.type(search, 'x')
  await user.click(await inspector.findByRole('button', { name: 'Show all items' }))
  expect(await inspector.findByRole('heading', { name: 'cat.jpg' })).toBeVisible()
})

test('an import that cannot begin keeps what was chosen', async () => {
  const { user } = renderWindow(<ImportDialog recipe="custom" />, {
    'app.chooseFolder': () => '/images',
    'import.start': () => {
      throw new Problem('disk-full', 'The disk is full.', 'Free some space.')
    },
  })
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  await user.click(dialog.getByRole('radio', { name: 'Folder of media' }))
  expect(dialog.getByRole('button', { name: 'Import' })).toBeDisabled()
  await user.click(dialog.getByRole('button', { name: 'Choose: Media folder' }))
  await user.click(await dialog.findByRole('button', { name: 'Import' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('The disk is full.')
  expect(dialog.getByDisplayValue('/images')).toBeVisible()
})

test('an import begins with the format of the project’s recipe, and asks for its files', async () => {
  renderWindow(<ImportDialog recipe="sn" />)
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  expect(dialog.getByRole('radio', { name: 'Scene descriptions (ScanRefer)' })).toBeChecked()
  for (const field of ['Annotation file', 'Activities file, one per line (optional)', 'File map: JSON from IDs to file names (optional)'])
    expect(dialog.getByRole('textbox', { name: field })).toBeVisible()
  for (const recipe of recipeIdSchema.options) expect(nativeFormats[recipe]).toBe(getRecipe(recipe).formats[0])
})

test('an import asks for the encoding of texts where they may have another, and otherwise finds it out', async () => {
  dialogs.set({ import: true })
  const paths = ['/data/table.csv', '/data/other.csv']
  const { user, bridge } = renderWindow(<ImportDialog recipe="la" />, { 'app.chooseFile': () => paths.shift() ?? null })
  expect(screen.queryByRole('combobox', { name: 'Text encoding' })).toBeNull()
  await user.click(await screen.findByRole('radio', { name: /CSV table/ }))
  await user.click(screen.getByRole('button', { name: /CSV file/ }))
  await user.click(screen.getByRole('combobox', { name: 'Text encoding' }))
  await user.click(await screen.findByRole('option', { name: 'Japanese (Shift JIS)', hidden: true }))
  await user.click(screen.getByRole('button', { name: 'Import' }))
  await expect
    .poll(() => bridge.inputsOf('import.start'))
    .toEqual([{ format: 'csv', file: '/data/table.csv', mediaDirectory: '/data', encoding: 'shift_jis' }])
})

test('the stories of VIST may be read as they were written; other formats do not ask', async () => {
  const report = {
    added: 1,
    unchanged: 0,
    mediaAdded: 0,
    linked: 0,
    updated: 0,
    problems: [],
    notes: [],
    moreProblems: 0,
    cancelled: false,
  }
  const { user, bridge } = renderWindow(<ImportDialog recipe="vst" />, {
    'app.chooseFile': () => '/data/train.json',
    'import.start': () => report,
  })
  act(() => dialogs.set({ import: true }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import items' }))
  await user.click(dialog.getByRole('button', { name: 'Choose: Annotation file' }))
  await user.click(dialog.getByRole('switch', { name: /Use the original story text/ }))
  await user.click(dialog.getByRole('button', { name: 'Import' }))
  expect(await dialog.findByText('1 item added.')).toBeVisible()
  expect(bridge.inputsOf('import.start')).toEqual([{ format: 'vist', file: '/data/train.json', mediaDirectory: '/data', text: 'original' }])
  await user.click(dialog.getByRole('button', { name: 'Import more' }))
  await user.click(dialog.getByRole('radio', { name: 'LLaVA-Instruct' }))
  expect(dialog.queryByRole('switch', { name: /Use the original story text/ })).toBeNull()
})
