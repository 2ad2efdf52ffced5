import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { ExportScreen } from '../../src/renderer/src/features/export/ExportScreen'
import { FormatList } from '../../src/renderer/src/features/export/FormatList'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { ExportReport, TrainingReport } from '../../src/shared/domain'
import { message } from '../../src/shared/messages/message'
import type { SnapshotSummary } from '../../src/shared/snapshot'
import { Problem } from '../../src/shared/problem'
import { renderWindow } from './render'

beforeEach(() => shell.reset())

const approved = {
  'candidate.counts': () => ({ pending: 4, accepted: 2, edited: 1, rejected: 3, ignored: 0 }),
  'app.chooseFolder': () => '/exports',
}

const report = (part: Partial<ExportReport> = {}): ExportReport => ({
  format: 'mimic-it',
  directory: '/exports/LA',
  files: [
    { name: 'LA_train.json', bytes: 111 },
    { name: 'LA.parquet', bytes: 44_200 },
  ],
  pairs: 3,
  images: 2,
  leftOut: [],
  leftOver: [],
  validation: { checks: 97, issues: [] },
  demoPairs: 0,
  ...part,
})

const chooseFolder = async ({ user }: ReturnType<typeof renderWindow>) => {
  await user.click(await screen.findByRole('button', { name: 'Choose: Folder' }))
  await screen.findByDisplayValue('/exports')
}

test('without approved pairs it leads to the review', async () => {
  const { user } = renderWindow(<ExportScreen />)
  await user.click(await screen.findByRole('button', { name: 'Review pairs' }))
  expect(shell.get().screen).toBe('review')
})

test('approved pairs are exported into a folder, with progress, and the report tells what the files hold', async () => {
  let finish = () => {}
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'export.start': () => new Promise((resolve) => (finish = () => resolve(report()))),
  })
  const { user, bridge } = view
  expect(await screen.findByText('3 approved pairs · 2 accepted, 1 edited')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Export' })).toBeDisabled()
  await chooseFolder(view)
  await user.click(screen.getByRole('button', { name: 'Export' }))
  await act(async () => bridge.emit('export.progress', { done: 1, total: 3 }))
  expect(await screen.findByText('1 of 3 pairs')).toBeVisible()
  await act(async () => finish())
  expect(await screen.findByText('3 pairs from 2 images')).toBeVisible()
  expect(screen.getByText('Files verified: 97 checks, no errors.')).toBeVisible()
  expect(screen.getByRole('row', { name: 'LA_train.json 111 bytes' })).toBeVisible()
  expect(screen.getByRole('row', { name: 'LA.parquet 44.2 kB' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Show in folder' }))
  expect(bridge.inputsOf('export.start')).toEqual([{ format: 'mimic-it', directory: '/exports' }])
  expect(bridge.inputsOf('app.showFolder')).toEqual([{ path: '/exports/LA' }])
})

test('an export tells what it is at, and can be stopped', async () => {
  let stop = () => {}
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'export.start': () => new Promise<null>((resolve) => (stop = () => resolve(null))),
    'export.cancel': () => {
      stop()
      return null
    },
  })
  const { user, bridge } = view
  await chooseFolder(view)
  await user.click(screen.getByRole('button', { name: 'Export' }))
  await act(async () => bridge.emit('export.progress', { done: 1200, total: 5000, step: 'relations' }))
  expect(await screen.findByText('Finding related pairs: 1,200 of 5,000')).toBeVisible()
  await act(async () => bridge.emit('export.progress', { done: 0, total: 0, step: 'check' }))
  expect(await screen.findByText('Verifying the files…')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Stop' }))
  expect(await screen.findByText('You stopped the export. No files were written.')).toBeVisible()
  expect(bridge.inputsOf('export.cancel')).toEqual([{}])
})

test('left-out pairs, what the validator found, and demo pairs are told', async () => {
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'export.start': () =>
      report({
        format: 'jsonl',
        leftOut: [{ candidateId: 4, item: 'moon', reason: 'moon.jpg is missing.' }],
        leftOver: ['LA_000.parquet', 'LA_000_train.json'],
        validation: {
          checks: 90,
          issues: [
            { level: 'error', file: 'LA_train.json', id: 'LA_INS_1', message: 'It names no image.' },
            { level: 'warning', file: 'LA.yaml', id: null, message: 'The path is relative.' },
          ],
        },
        demoPairs: 3,
      }),
  })
  await chooseFolder(view)
  await view.user.click(screen.getByRole('radio', { name: /JSONL with provenance/ }))
  await view.user.click(screen.getByRole('button', { name: 'Export' }))
  expect(await screen.findByText('Files verified: 1 error.')).toBeVisible()
  expect(screen.getByText('1 warning')).toBeVisible()
  expect(screen.getByText(/2 unused files from an earlier export: LA_000\.parquet, LA_000_train\.json\./)).toBeVisible()
  expect(screen.getByText(/3 pairs come from the demo generator/)).toBeVisible()
  expect(screen.getByRole('row', { name: 'Error LA_train.json LA_INS_1 It names no image.' })).toBeVisible()
  const left = within(screen.getByRole('region', { name: '1 approved pair was not exported' }))
  expect(left.getByRole('row', { name: 'moon moon.jpg is missing.' })).toBeVisible()
  expect(view.bridge.inputsOf('export.start')[0]?.format).toBe('jsonl')
})

test('an export that fails says why and can be tried again', async () => {
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'export.start': () => {
      throw new Problem('read-only', '/exports: there is no permission to write here.', 'Choose another folder.')
    },
  })
  await chooseFolder(view)
  await view.user.click(screen.getByRole('button', { name: 'Export' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Choose another folder.')
  expect(screen.getByRole('button', { name: 'Export' })).toBeEnabled()
})

test('the plan shows what is left out and why, the first records, and whether there is room', async () => {
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'export.plan': ({ format, directory }) => ({
      pairs: 2,
      leftOut: [
        { reason: 'pending', count: 4 },
        { reason: 'missingMedia', count: 1 },
      ],
      lookedAt: null,
      preferences: [],
      records: [{ item: 'moon', text: `record as ${format}` }],
      bytes: 48_000_000,
      free: directory === null ? null : 1_000_000,
    }),
  })
  expect(await screen.findByText('Pending: not decided yet')).toBeVisible()
  expect(screen.getByText('Approved, but media are missing')).toBeVisible()
  expect(screen.getByRole('region', { name: 'Record 1: moon' })).toHaveTextContent('record as mimic-it')
  expect(screen.getByText('Needs at least 48 MB')).toBeVisible()
  await chooseFolder(view)
  expect(await screen.findByRole('alert')).toHaveTextContent('Not enough space: needs at least 48 MB, 1 MB free')
  await view.user.click(screen.getByRole('radio', { name: /JSONL with provenance/ }))
  expect(await screen.findByText('record as jsonl')).toBeVisible()
})

test('earlier exports are listed; the last one’s format and folder are chosen, and one is made again', async () => {
  const at = Date.UTC(2026, 0, 15, 12)
  const record = { at, format: 'jsonl' as const, directory: '/home/ada/sets/space', pairs: 3, leftOut: 1, warnings: 0, problem: null }
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'export.history': () => [
      { ...record, result: 'done', exists: true },
      { ...record, at: at - 1, format: 'mimic-it', directory: '/gone', result: 'failed', problem: 'The disk is full.', exists: false },
    ],
    'export.start': () => report({}),
  })
  expect(await screen.findByDisplayValue('space — /home/ada/sets')).toBeVisible()
  expect(screen.getByRole('radio', { name: /JSONL with provenance/ })).toBeChecked()
  const table = within(screen.getAllByRole('region', { name: 'Export history' })[0] ?? document.body)
  expect(table.getByRole('row', { name: /JSONL with provenance 3 …\/sets\/space Done, 1 left out/ })).toBeVisible()
  expect(table.getByRole('row', { name: /Failed.*The disk is full\./ })).toBeVisible()
  await view.user.click(screen.getByRole('button', { name: 'Show /home/ada/sets/space in folder' }))
  await view.user.click(screen.getByRole('button', { name: 'Show /gone in folder' }))
  expect(view.bridge.inputsOf('app.showFolder')).toEqual([{ path: '/home/ada/sets/space' }])
  await view.user.click(screen.getByRole('button', { name: 'Export again to /gone' }))
  expect(view.bridge.inputsOf('export.start')).toEqual([{ format: 'mimic-it', directory: '/gone' }])
  expect(screen.getByDisplayValue('/gone')).toBeVisible()
})

const trainingReport = (part: Partial<TrainingReport> = {}): TrainingReport => ({
  ...{
    format: 'llamafactory',
    kind: 'dpo',
    directory: '/exports',
    files: [],
    pairs: 1,
    records: 1,
    itemRows: 0,
    media: 1,
    leftOver: [],
    demoPairs: 0,
  },
  leftOut: [{ reason: message('training.leftOut.typos'), count: 2, items: ['moon', 'sun'] }],
  changed: [],
  software: 'LLaMA-Factory (dataset_dir: this folder)',
  validation: { checks: 12, issues: [] },
  ...part,
})

test('a training format has its choices, shows preferences with what changed, and reports reasons with their counts', async () => {
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'export.plan': ({ choices }) => ({
      ...{ pairs: 1, lookedAt: 20_000, records: [], bytes: 1, free: null },
      leftOut: [{ reason: message('training.leftOut.notEdited'), count: 3 }],
      preferences:
        choices?.kind === 'dpo'
          ? [{ candidateId: 4, item: 'moon', instruction: 'What is it?', chosen: 'A pale moon.', rejected: 'A red moon.' }]
          : [],
    }),
    'export.start': () => trainingReport(),
  })
  const { user, bridge } = view
  await chooseFolder(view)
  await user.click(screen.getByRole('radio', { name: 'LLaMA-Factory' }))
  expect(screen.getByText(/Read by: LLaMA-Factory\./)).toBeVisible()
  await user.click(screen.getByRole('radio', { name: 'DPO' }))
  expect(await screen.findByText('The first example, as a model will learn it.')).toBeVisible()
  expect(screen.getByText('red').tagName).toBe('DEL')
  expect(screen.getByText('pale').tagName).toBe('INS')
  expect(screen.getByText(/Counted among the first 20,000 pairs/)).toBeVisible()
  await user.click(screen.getByRole('switch', { name: 'Write as frames' }))
  await user.type(screen.getByRole('textbox', { name: 'System text' }), 'Be brief.')
  await user.click(screen.getByRole('button', { name: 'Export' }))
  expect(await screen.findByText('1 row with 1 pair')).toBeVisible()
  expect(screen.getByText(/2 left out:/)).toHaveTextContent('The edit only corrected typing errors, capitals or punctuation. (moon, sun)')
  expect(bridge.inputsOf('export.start')).toEqual([
    { format: 'llamafactory', choices: { kind: 'dpo', boxes: null, frames: 8, system: 'Be brief.' }, directory: '/exports' },
  ])
  // A format without preference data goes back to answers.
  await user.click(screen.getByRole('radio', { name: 'LLaVA' }))
  await user.click(screen.getByRole('button', { name: 'Export' }))
  expect(bridge.inputsOf('export.start')[1]).toMatchObject({ format: 'llava', choices: { kind: 'sft' } })
})

const summary = (part: Partial<SnapshotSummary>): SnapshotSummary => {
  const size = { pairs: 3, items: 2, media: 2 }
  return {
    ...{ id: 1, name: 'June', filter: {}, shares: { train: 80, validation: 10, test: 10 }, seed: 1, createdAt: 0, createdBy: 'ada' },
    contentHash: 'a'.repeat(64),
    counts: { ...size, accepted: 2, edited: 1, demo: 0, human: 0, rejected: 0, splits: { train: size, validation: size, test: size } },
    ...part,
  }
}

test('a snapshot is created from what its filter finds, is chosen, and is exported', async () => {
  let made: SnapshotSummary[] = []
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'snapshot.list': () => made,
    'snapshot.preview': ({ filter }) => ({ pairs: filter.rating ? 2 : 3, items: 2, heldBack: 1 }),
    'snapshot.create': ({ name, filter, shares, seed }) => {
      const { counts, ...one } = summary({ id: 7, name, filter, shares, seed })
      made = [summary({ id: 7, name, filter, shares, seed })]
      return { ...one, facts: { counts, promptVersions: [], models: [], reviewers: [], languages: [], licences: [], sources: [] } }
    },
    'export.start': () => report(),
  })
  const { user, bridge } = view
  await chooseFolder(view)
  await user.click(screen.getByRole('button', { name: 'New snapshot…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New snapshot' }))
  expect(await dialog.findByText(/3 pairs of 2 items\. 1 more waits for a second review\./)).toBeVisible()
  await user.click(dialog.getByRole('combobox', { name: 'Rating' }))
  await user.click(await screen.findByRole('option', { name: '4 or more' }))
  expect(await dialog.findByText(/2 pairs of 2 items/)).toBeVisible()
  expect(dialog.getByRole('button', { name: 'Create snapshot' })).toBeDisabled()
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'July')
  await user.clear(dialog.getByRole('textbox', { name: 'Train' }))
  await user.type(dialog.getByRole('textbox', { name: 'Train' }), '80')
  expect(dialog.getByRole('alert')).toHaveTextContent('The three shares must add up to 100 %.')
  await user.clear(dialog.getByRole('textbox', { name: 'Test' }))
  await user.type(dialog.getByRole('textbox', { name: 'Test' }), '20')
  await user.click(dialog.getByRole('button', { name: 'Create snapshot' }))
  expect(await screen.findByText(/3 train, 3 validation, 3 test/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Export' }))
  expect(bridge.inputsOf('snapshot.create')).toEqual([
    { name: 'July', filter: { rating: 4 }, shares: { train: 80, validation: 0, test: 20 }, seed: 1 },
  ])
  expect(bridge.inputsOf('export.start')).toEqual([{ format: 'mimic-it', snapshotId: 7, directory: '/exports' }])
})

test('the card of a snapshot is written around its generated parts, and saved', async () => {
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'snapshot.list': () => [summary({ id: 1, name: 'June' })],
    'snapshot.card': () => ({ text: 'Counted.\n', savedBy: 'ada', savedAt: 0 }),
  })
  await view.user.click(await screen.findByRole('combobox', { name: 'Pairs' }))
  await view.user.click(await screen.findByRole('option', { name: 'June (3 pairs)' }))
  await view.user.click(await screen.findByRole('button', { name: 'Card…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Card of “June”' }))
  const text = await dialog.findByRole('textbox', { name: 'Card of “June”' })
  expect(dialog.getByText(/Saved .* by ada/)).toBeVisible()
  expect(dialog.getByRole('button', { name: 'Save card' })).toBeDisabled()
  await view.user.type(text, 'Written by hand.')
  await view.user.click(dialog.getByRole('button', { name: 'Save card' }))
  expect(view.bridge.inputsOf('snapshot.saveCard')).toEqual([{ id: 1, text: 'Counted.\nWritten by hand.' }])
  // Escape keeps what was typed too.
  await view.user.type(text, '!')
  await view.user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(view.bridge.inputsOf('snapshot.saveCard')).toHaveLength(2)
})

test('the creation of a snapshot is stopped while its pairs are saved', async () => {
  let stop = () => {}
  const { user, bridge } = renderWindow(<ExportScreen />, {
    ...approved,
    'snapshot.create': () => new Promise((resolve) => (stop = () => resolve(null))),
    'snapshot.cancel': () => {
      stop()
      return null
    },
  })
  await user.click(await screen.findByRole('button', { name: 'New snapshot…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New snapshot' }))
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'July')
  await user.click(dialog.getByRole('button', { name: 'Create snapshot' }))
  await act(async () => bridge.emit('snapshot.progress', { step: 'save', done: 0, total: 0 }))
  expect(await dialog.findByText('Saving the pairs…')).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Stop' }))
  expect(await dialog.findByText('You stopped it. No snapshot was created.')).toBeVisible()
  expect(bridge.inputsOf('snapshot.cancel')).toEqual([{}])
})

test('a snapshot is deleted once it is confirmed, and the pairs as they are now are exported', async () => {
  let made = [summary({ id: 1, name: 'June' })]
  const exported = {
    ...({ at: 5, format: 'mimic-it', snapshotId: 1, directory: '/exports', result: 'done', pairs: 3, leftOut: 0 } as const),
    ...{ warnings: 0, problem: null, exists: true },
  }
  const { user, bridge } = renderWindow(<ExportScreen />, {
    ...approved,
    'export.history': () => [exported],
    'snapshot.list': () => made,
    'snapshot.delete': () => {
      made = []
      return null
    },
    'export.start': () => report(),
  })
  const table = within((await screen.findAllByRole('region', { name: 'Export history' }))[0] ?? document.body)
  expect(await table.findByRole('row', { name: /MIMIC-IT June 3/ })).toBeVisible()
  await user.click(await screen.findByRole('button', { name: 'Delete…' }))
  const ask = async () => within(await screen.findByRole('dialog', { name: 'Delete snapshot “June”?' }))
  expect((await ask()).getByText(/1 export of it in the history stays on disk, but cannot be made again\./)).toBeVisible()
  await user.click((await ask()).getByRole('button', { name: 'Cancel' }))
  expect(bridge.inputsOf('snapshot.delete')).toEqual([])
  await user.click(await screen.findByRole('button', { name: 'Delete…' }))
  await user.click((await ask()).getByRole('button', { name: 'Delete snapshot' }))
  expect(await screen.findByText('Snapshot “June” was deleted.')).toBeVisible()
  expect(bridge.inputsOf('snapshot.delete')).toEqual([{ id: 1 }])
  expect(screen.getByRole('combobox', { name: 'Pairs' })).toHaveValue('All approved pairs')
  expect(await table.findByRole('row', { name: /MIMIC-IT Snapshot was deleted 3/ })).toBeVisible()
  const again = screen.getByRole('button', { name: 'Export again to /exports' })
  expect(again).toHaveAttribute('aria-disabled', 'true')
  await user.click(again)
  expect(bridge.inputsOf('export.start')).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Export' }))
  expect(bridge.inputsOf('export.start')).toEqual([{ format: 'mimic-it', directory: '/exports' }])
})

test('after the snapshot of the last export was deleted, the pairs as they are now are chosen', async () => {
  const { bridge } = renderWindow(<ExportScreen />, {
    ...approved,
    'export.history': () => [
      {
        at: 5,
        format: 'jsonl',
        snapshotId: 1,
        directory: '/exports',
        result: 'done',
        pairs: 3,
        leftOut: 0,
        warnings: 0,
        problem: null,
        exists: true,
      },
    ],
  })
  expect(await screen.findByRole('combobox', { name: 'Pairs' })).toHaveValue('All approved pairs')
  await waitFor(() => expect(bridge.inputsOf('export.plan')).toContainEqual({ format: 'jsonl', directory: '/exports' }))
  expect(bridge.inputsOf('export.plan').every((input) => !('snapshotId' in input))).toBe(true)
})

test('two snapshots are compared, with the texts that changed', async () => {
  const side = { state: 'accepted' as const, split: 'train' as const, reviewer: 'ada', media: [], instruction: 'What is it?' }
  const view = renderWindow(<ExportScreen />, {
    ...approved,
    'snapshot.list': () => [summary({ id: 2, name: 'July' }), summary({ id: 1, name: 'June' })],
    'snapshot.diff': () => ({
      added: 1,
      removed: 0,
      changed: 1,
      unchanged: 8,
      changes: { text: 1, media: 0, context: 0, split: 0, decision: 1 },
    }),
    'snapshot.diffPage': ({ cursor }) =>
      cursor
        ? {
            entries: [{ candidateId: 9, item: 'sun', kind: 'added', changes: [], before: null, after: { ...side, response: 'The sun.' } }],
            next: null,
          }
        : {
            entries: [
              {
                ...{ candidateId: 4, item: 'moon', kind: 'changed', changes: ['text', 'decision'] },
                before: { ...side, response: 'A red moon.' },
                after: { ...side, response: 'A pale moon.' },
              },
            ],
            next: { itemId: 1, id: 4 },
          },
  })
  await view.user.click(await screen.findByRole('button', { name: 'Compare…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Compare snapshots' }))
  expect(await dialog.findByText('1 added, 0 removed, 1 changed, 8 the same')).toBeVisible()
  expect(await dialog.findByText(/Changed: text, decision/)).toBeVisible()
  expect(dialog.getByText('red').tagName).toBe('DEL')
  await view.user.click(dialog.getByRole('button', { name: 'Show more' }))
  expect(await dialog.findByText('The sun.')).toBeVisible()
  expect(view.bridge.inputsOf('snapshot.diff')).toEqual([{ before: 1, after: 2 }])
})

test('the formats are listed by what they are for', () => {
  renderWindow(<FormatList format="mimic-it" onChoose={() => undefined} />)
  const listed = screen.getAllByRole('group').map((group) =>
    within(group)
      .getAllByRole('radio')
      .map((radio) => radio.getAttribute('value')),
  )
  expect(listed).toEqual([
    ['mimic-it', 'jsonl', 'csv', 'syphus'],
    ['llava', 'qwen', 'internvl', 'llamafactory', 'ms-swift', 'trl', 'axolotl', 'alpaca', 'chat'],
    ['hugging-face', 'webdataset'],
  ])
})
