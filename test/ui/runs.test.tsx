import { message, type Text } from '../../src/shared/messages/message'
import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { RunsScreen } from '../../src/renderer/src/features/runs/RunsScreen'
import { showLanguage } from '../../src/renderer/src/i18n'
import { useDataChanges } from '../../src/renderer/src/api/queries'
import { shell } from '../../src/renderer/src/app/state/shell'
import { defaultProviderSettings } from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import { aCall, anItem, anItemSummary, appSettings, aRunProgress, someStats } from './fakeProject'
import { renderWindow } from './render'

beforeEach(() => shell.reset())

function LiveRuns() {
  useDataChanges()
  return <RunsScreen />
}

const eightItems = {
  'project.stats': () => someStats({ items: 8 }),
  'item.page': () => ({ items: [anItemSummary()], total: 5 }),
}
const run = (id: number) => within(screen.getByRole('listitem', { name: `Run ${id}` }))

test('without items it leads to the library', async () => {
  const { user } = renderWindow(<LiveRuns />, { 'project.stats': () => someStats({ items: 0 }) })
  await user.click(await screen.findByRole('button', { name: 'Go to Library' }))
  expect(shell.get().screen).toBe('library')
})

test('a run is started for the chosen items, and says how many calls it makes and by whom', async () => {
  const { user, bridge } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'app.settings': () =>
      appSettings({ provider: { ...defaultProviderSettings, kind: 'openai', baseUrl: 'http://127.0.0.1:11434/v1', model: 'gemma' } }),
  })
  expect(await screen.findByText('5 requests')).toBeVisible()
  expect(await screen.findByText(/Drafted by gemma at 127.0.0.1:11434/)).toBeVisible()
  const start = screen.getByRole('button', { name: 'Start drafting' })
  await user.click(start)
  await user.click(screen.getByRole('radio', { name: 'All items (8)' }))
  expect(screen.getByText('8 requests')).toBeVisible()
  await user.click(start)
  await user.click(screen.getByRole('radio', { name: 'First items' }))
  const count = screen.getByRole('textbox', { name: 'Number of items' })
  await user.clear(count)
  await user.type(count, '3')
  await user.click(start)
  expect(bridge.inputsOf('run.start')).toEqual([{ onlyUndrafted: true }, {}, { limit: 3 }])
})

test('a run that cannot start says why', async () => {
  const { user } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.start': () => {
      throw new Problem('no-key', 'OpenAI needs a key.', 'Save one in the settings.')
    },
  })
  await screen.findByText('5 requests')
  await user.click(screen.getByRole('button', { name: 'Start drafting' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('OpenAI needs a key.Save one in the settings.')
})

test('a run is followed as it goes on, and can be cancelled', async () => {
  const going = { state: 'running', finishedAt: null, items: 8, done: 2, candidates: 6 } as const
  const { user, bridge } = renderWindow(<LiveRuns />, { ...eightItems, 'run.list': () => [aRunProgress(going, { active: true })] })
  expect(await screen.findByText('2 of 8 items')).toBeVisible()
  act(() =>
    bridge.emit('run.progress', aRunProgress({ ...going, done: 5, candidates: 15 }, { active: true, rate: 30.4, remainingMs: 6200 })),
  )
  expect(await run(1).findByText('5 of 8 items')).toBeVisible()
  expect(run(1).getByText('15 pairs')).toBeVisible()
  expect(run(1).getByText('30 items per minute')).toBeVisible()
  expect(run(1).getByText('6 s left')).toBeVisible()
  expect(run(1).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '62')
  await user.click(run(1).getByRole('button', { name: 'Cancel' }))
  expect(bridge.inputsOf('run.cancel')).toEqual([{ runId: 1 }])
})

test('a run that was paused says by what, at which item, and what to do', async () => {
  const stoppedBy = { error: { code: 'not-json', message: 'Unexpected token', status: null }, item: 'moon', failures: 10 } as const
  const { user, bridge } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.list': () => [aRunProgress({ id: 4, state: 'interrupted', items: 80, done: 2, stoppedBy })],
  })
  expect(await screen.findByRole('status')).toHaveTextContent(
    'Paused after 10 consecutive failures. The reply is not JSON. Item moon: Unexpected token Try again. If it happens again, use a model that supports JSON schemas.',
  )
  await user.click(run(4).getByRole('button', { name: 'Resume' }))
  expect(bridge.inputsOf('run.resume')).toEqual([{ runId: 4 }])
})

test('a run names the fields of its replies that are not used', async () => {
  const unused = {
    replies: 1200,
    fields: [
      { name: 'quality', count: 1 },
      { name: 'passage', count: 3600 },
    ],
  }
  renderWindow(<LiveRuns />, { ...eightItems, 'run.list': () => [aRunProgress({ unused })] })
  expect(await screen.findByText('1,200 replies had fields that are not used: passage (3600), quality (1)')).toBeVisible()
})

test('a run says when replies wait for another program, and when another window drives it', async () => {
  renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.list': () => [
      aRunProgress({ id: 2, state: 'running', items: 8, done: 2 }, { active: true, waitsForLock: true }),
      aRunProgress({ id: 1, state: 'running', items: 8, done: 2 }),
    ],
  })
  expect(await screen.findByText(/^Another program is writing to this project/)).toBeVisible()
  expect(run(1).getByText('Running in another window or process.')).toBeVisible()
  expect(run(1).queryByRole('button', { name: 'Resume' })).not.toBeInTheDocument()
})

test('items that another run has are left out of a new one, and it says so', async () => {
  const { user } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.start': () => ({ ...aRunProgress({ id: 2, state: 'running' }).run, leftOut: [{ runId: 1, items: 3 }] }),
  })
  await screen.findByText('5 requests')
  await user.click(screen.getByRole('button', { name: 'Start drafting' }))
  expect(await screen.findByText('3 items were skipped: run 1 is already drafting pairs for them.')).toBeVisible()
})

test('a paused run, and one whose process is gone, are told apart and resumed', async () => {
  const { user, bridge } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.list': () => [
      aRunProgress({ id: 4, state: 'interrupted', items: 8, done: 2 }),
      aRunProgress({ id: 3, state: 'interrupted', items: 8, done: 2, finishedAt: null }),
    ],
  })
  expect(await screen.findByText('Paused')).toBeVisible()
  expect(run(3).getByText('Interrupted')).toBeVisible()
  await user.click(run(4).getByRole('button', { name: 'Resume' }))
  expect(bridge.inputsOf('run.resume')).toEqual([{ runId: 4 }])
})

test('before a run starts, its tokens, price and time are estimated; what is not known says so', async () => {
  const estimate = { items: 5, taken: 0, promptTokens: 6100, completionTokens: 900, price: 0.0234, milliseconds: 130_000 }
  const { unmount } = renderWindow(<LiveRuns />, { ...eightItems, 'run.estimate': () => estimate })
  expect(await screen.findByText('about 6,100 tokens in, 900 out')).toBeVisible()
  expect(screen.getByText('about $0.023')).toBeVisible()
  expect(screen.getByText('about 2 min 10 s')).toBeVisible()
  unmount()
  const { bridge } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.estimate': () => ({ ...estimate, price: null, milliseconds: null, taken: 3 }),
  })
  expect(await screen.findByText('price unknown')).toBeVisible()
  expect(screen.getByText('time unknown until the first run')).toBeVisible()
  expect(screen.getByText('3 items are skipped, another run has them')).toBeVisible()
  expect(bridge.inputsOf('run.estimate').at(-1)).toEqual({ onlyUndrafted: true })
})

test('a run tells how long it took, what it cost, and how many of its pairs are accepted so far', async () => {
  const { bridge } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.list': () => [
      aRunProgress({ id: 2, candidates: 24, resumed: true }, { cost: 0.0042 }),
      aRunProgress({ id: 1, candidates: 0 }, { cost: 0 }),
    ],
    'candidate.count': () => 6,
  })
  await screen.findByRole('listitem', { name: 'Run 2' })
  expect(await run(2).findByText('6 accepted (25%)')).toBeVisible()
  expect(run(2).getByText('took 60 s with pauses')).toBeVisible()
  expect(run(2).getByText('$0.0042')).toBeVisible()
  expect(run(1).getByText('took 60 s')).toBeVisible()
  expect(run(1).getByText('no cost')).toBeVisible()
  expect(bridge.inputsOf('candidate.count')).toEqual([{ filter: { runId: 2, states: ['accepted', 'edited'] } }])
})

test('a run is paused, which is not cancelling it', async () => {
  const going = { state: 'running', finishedAt: null, items: 8, done: 2 } as const
  const { user, bridge } = renderWindow(<LiveRuns />, { ...eightItems, 'run.list': () => [aRunProgress(going, { active: true })] })
  await user.click(await screen.findByRole('button', { name: 'Pause' }))
  expect(bridge.inputsOf('run.pause')).toEqual([{ runId: 1 }])
  expect(bridge.inputsOf('run.cancel')).toEqual([])
})

test('failures are grouped by reason; a group is retried alone, and its failures keep their true error and the reply as text', async () => {
  const failure = aCall({
    id: 9,
    itemSourceId: 'moon',
    attempt: 2,
    state: 'failed',
    error: { code: 'not-json', message: 'Unexpected token < at 0', status: 200 },
    reply: '<script>alert(1)</script>',
  })
  const names = ['moon', 'hubble', 'cat', 'coins', 'rocket']
  const { user, bridge } = renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.list': () => [aRunProgress({ items: 80, done: 72, failed: 8 })],
    'run.failures': () => [
      { error: failure.error ?? neverHere(), callIds: [9, 10, 11, 12, 13, 14, 15], itemIds: [1, 2, 3, 4, 5, 6, 7], items: names },
      { error: { code: 'timeout', message: 'No reply in 2 s.', status: null }, callIds: [16], itemIds: [8], items: ['tree'] },
    ],
    'run.calls': () => [failure],
    'item.get': ({ id }) => anItem({ id, media: anItem().media.map((medium) => ({ ...medium, fileName: `IMG_${id}.jpg` })) }),
  })
  expect(await screen.findByText('Finished with failures')).toBeVisible()
  const group = within(await screen.findByRole('listitem', { name: 'The reply is not JSON' }))
  expect(group.getByText('7 items')).toBeVisible()
  expect(group.getByText('Unexpected token < at 0')).toBeVisible()
  expect(group.getByText('Try again. If it happens again, use a model that supports JSON schemas.')).toBeVisible()
  expect(await group.findByText(/IMG_1\.jpg · moon, IMG_2\.jpg · hubble, .*IMG_5\.jpg · rocket\s+and 2 more/)).toBeVisible()
  await user.click(group.getByRole('button', { name: /The reply is not JSON/, expanded: false }))
  const row = within(await screen.findByRole('row', { name: /IMG_\d+\.jpg · moon/ }))
  expect(row.getByText('HTTP 200 · attempt 2')).toBeVisible()
  expect(row.getByText('<script>alert(1)</script>')).toBeInTheDocument()
  expect(bridge.inputsOf('run.calls')).toEqual([{ runId: 1, states: ['failed'], ids: [9, 10, 11, 12, 13, 14, 15], after: 0, limit: 50 }])
  await user.click(screen.getByRole('button', { name: 'Retry: The request timed out' }))
  await user.click(screen.getByRole('button', { name: 'Retry all 8 failed items' }))
  expect(bridge.inputsOf('run.resume')).toEqual([
    { runId: 1, itemIds: [8] },
    { runId: 1, itemIds: [1, 2, 3, 4, 5, 6, 7, 8] },
  ])
  await user.click(run(1).getByRole('button', { name: '8 failed' }))
  expect(screen.queryByRole('listitem', { name: 'The reply is not JSON' })).not.toBeInTheDocument()
})

const neverHere = (): never => {
  throw new Error('the failure has an error')
}

test('the pairs of a run lead to their review', async () => {
  const { user } = renderWindow(<LiveRuns />, { ...eightItems, 'run.list': () => [aRunProgress({ id: 3 })] })
  await user.click(await screen.findByRole('button', { name: 'Review pairs' }))
  expect(shell.get()).toMatchObject({ screen: 'review', reviewFilter: { runId: 3 } })
})

test('a stored failure is shown in the language of the window, and one of an old project as it is', async () => {
  await showLanguage('nl')
  onTestFinished(() => act(() => showLanguage('en')))
  const group = (id: number, text: Text) => ({
    error: { code: 'server-error' as const, message: text, status: 500 },
    callIds: [id],
    itemIds: [id],
    items: [`item ${id}`],
  })
  renderWindow(<LiveRuns />, {
    ...eightItems,
    'run.list': () => [aRunProgress({ items: 8, done: 6, failed: 2 })],
    'run.failures': () => [group(1, message('provider.serverFailed', { status: 500, words: 'out of memory' })), group(2, 'socket hang up')],
  })
  expect(await screen.findByText('De server gaf een fout (500): out of memory')).not.toHaveAttribute('lang')
  expect(screen.getByText('socket hang up')).toHaveAttribute('lang', 'en')
})
