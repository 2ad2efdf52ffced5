import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { ExportScreen } from '../../src/renderer/src/features/export/ExportScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { ExportReport } from '../../src/shared/domain'
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
    'export.start': ({ format }) =>
      report({
        format,
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
      records: [{ candidateId: 4, item: 'moon', text: `record as ${format}` }],
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
    'export.start': ({ format }) => report({ format }),
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
