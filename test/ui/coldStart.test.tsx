import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { App } from '../../src/renderer/src/App'
import { ColdStartPanel } from '../../src/renderer/src/features/coldStart/ColdStartPanel'
import { shell } from '../../src/renderer/src/state/shell'
import type { ColdStartState } from '../../src/shared/contract'
import { defaultColdStartRule, type ColdStart, type Stats } from '../../src/shared/domain'
import { aCandidate, aColdStart, someStats } from './fakeProject'
import { renderWindow } from './render'

beforeEach(() => shell.reset())

const onTheWay: Partial<ColdStartState> = { accepted: 4, items: 3, recent: 15, recentAccepted: 12 }
const panel = <ColdStartPanel />

test('it shows the rule, how far each part of it is, and what to do next', async () => {
  renderWindow(panel, {
    'coldStart.get': () => aColdStart(onTheWay),
    'project.stats': () => someStats({ candidates: 20, accepted: 4, pending: 2 }),
  })
  const phase = within(await screen.findByRole('region', { name: 'Cold start' }))
  expect(await phase.findByText('2 drafts wait for your verdict.')).toBeVisible()
  expect(phase.getByText('4 of 6 accepted').closest('li')).toContainElement(phase.getAllByRole('img', { name: 'not yet' })[0] ?? null)
  expect(within(phase.getByText('3 of 3 items').closest('li') ?? document.body).getByRole('img', { name: 'reached' })).toBeVisible()
  expect(phase.getByText('12 of the last 15 accepted unedited (80% needed)')).toBeVisible()
  expect(within(phase.getByRole('list', { name: 'Steps of the cold start' })).getByRole('listitem', { current: 'step' })).toHaveTextContent(
    'Review',
  )
})

test('it leads from drafts for a few items over the review to pinned exemplars, and to drafts again', async () => {
  let stats = someStats({ items: 40 })
  let pinned = false
  const { user, bridge } = renderWindow(<App />, {
    'coldStart.get': () => aColdStart(),
    'project.stats': () => stats,
    'item.page': () => ({ items: [], total: 40 }),
    'exemplar.list': () => [{ candidate: aCandidate({ pinned, state: 'accepted' }), used: 0, accepted: 0, decided: 0 }],
  })
  const phase = async () => within(await screen.findByRole('region', { name: 'Cold start' }))
  const backWith = (part: Partial<Stats>) => {
    stats = someStats({ items: 40, ...part })
    act(() => {
      shell.set({ screen: 'library' })
      bridge.emit('data.changed', { what: 'candidates' })
    })
  }
  await user.click(await (await phase()).findByRole('button', { name: 'Draft for 5 items' }))
  expect(bridge.inputsOf('run.start')).toEqual([{ limit: 5, onlyUndrafted: true }])
  expect(shell.get().screen).toBe('runs')

  backWith({ candidates: 3, pending: 3 })
  await user.click(await (await phase()).findByRole('button', { name: 'Review' }))
  expect(shell.get()).toMatchObject({ screen: 'review', reviewFilter: { states: ['pending'] } })

  backWith({ candidates: 3, accepted: 3 })
  await user.click(await (await phase()).findByRole('button', { name: 'Choose exemplars' }))
  expect(shell.get().screen).toBe('exemplars')

  pinned = true
  backWith({ candidates: 3, accepted: 3 })
  expect(await (await phase()).findByText(/Draft again with these exemplars/)).toBeVisible()
  expect((await phase()).queryByRole('button', { name: 'Choose exemplars' })).toBeNull()
})

test('the bars of acceptance by prompt version move with the data, and are told in words', async () => {
  let state = aColdStart({ byVersion: [{ promptVersionId: 1, accepted: 1, edited: 2, rejected: 1, drafts: 6 }] })
  const { bridge } = renderWindow(<App />, { 'coldStart.get': () => state })
  await screen.findByRole('navigation')
  act(() => shell.set({ screen: 'exemplars' }))
  expect(await screen.findByRole('img', { name: /Version 1: 1 of 4 accepted unedited, 25%\. 80% needed\.$/ })).toBeVisible()
  state = aColdStart({ byVersion: [...state.byVersion, { promptVersionId: 2, accepted: 3, edited: 0, rejected: 0, drafts: 3 }] })
  act(() => bridge.emit('data.changed', { what: 'candidates' }))
  expect(await screen.findByRole('img', { name: /25%\. Version 2: 3 of 3 accepted unedited, 100%\./ })).toBeVisible()
})

test('once the rule holds it can be closed, and opened again', async () => {
  let coldStart: ColdStart = { rule: defaultColdStartRule, closedAt: null }
  const state = () => aColdStart({ ...onTheWay, accepted: 6, recentAccepted: 14, met: true, coldStart })
  const { user, bridge } = renderWindow(panel, {
    'coldStart.get': state,
    'coldStart.save': ({ rule, closed }) => {
      coldStart = { rule, closedAt: closed ? 1 : null }
      return state()
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Close the cold start' }))
  await user.click(await screen.findByRole('button', { name: 'Open it again' }))
  expect(await screen.findByRole('button', { name: 'Close the cold start' })).toBeVisible()
  expect(bridge.inputsOf('coldStart.save')).toEqual([
    { rule: defaultColdStartRule, closed: true },
    { rule: defaultColdStartRule, closed: false },
  ])
})

test('the rule can be adjusted, and the phase stays open', async () => {
  const { user, bridge } = renderWindow(panel, { 'coldStart.get': () => aColdStart(onTheWay) })
  await user.click(await screen.findByRole('button', { name: 'Adjust the rule' }))
  const share = await screen.findByRole('textbox', { name: 'Accepted without edit (%)' })
  await user.clear(share)
  await user.type(share, '65')
  await user.click(screen.getByRole('button', { name: 'Save the rule' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  expect(bridge.inputsOf('coldStart.save')).toEqual([{ rule: { ...defaultColdStartRule, share: 0.65 }, closed: false }])
})

test('the library shows the open phase in brief, and none once it is closed', async () => {
  const first = renderWindow(<ColdStartPanel brief />, { 'coldStart.get': () => aColdStart() })
  expect(await screen.findByText('nothing decided yet (80% of the last 20 accepted unedited needed)')).toBeVisible()
  expect(screen.queryByRole('figure')).toBeNull()
  first.unmount()
  const { bridge, container } = renderWindow(<ColdStartPanel brief />, {
    'coldStart.get': () => aColdStart({ coldStart: { rule: defaultColdStartRule, closedAt: 1 } }),
  })
  await expect.poll(() => bridge.inputsOf('coldStart.get')).toHaveLength(1)
  expect(within(container).queryByText('Cold start')).toBeNull()
})
