import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { App } from '../../src/renderer/src/app/App'
import { ColdStartPanel } from '../../src/renderer/src/features/coldStart/ColdStartPanel'
import { LibraryScreen } from '../../src/renderer/src/features/library/LibraryScreen'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { ColdStartState } from '../../src/shared/contract'
import { defaultColdStartRule, type Candidate, type ColdStart, type Stats } from '../../src/shared/domain'
import { aCandidate, aColdStart, aProject, aRunProgress, someStats } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => shell.reset())

const onTheWay: Partial<ColdStartState> = { accepted: 4, items: 3, recent: 15, recentAccepted: 12 }
const panel = <ColdStartPanel />

test('it shows the rule, how far each part of it is, and what to do next', async () => {
  renderWindow(panel, {
    'coldStart.get': () => aColdStart(onTheWay),
    'project.stats': () => someStats({ candidates: 20, accepted: 4, pending: 2 }),
  })
  const phase = within(await screen.findByRole('region', { name: 'Cold start' }))
  expect(await phase.findByText('2 drafts are waiting for your review.')).toBeVisible()
  expect(phase.getByText('4 of 6 accepted').closest('li')).toContainElement(phase.getAllByRole('img', { name: 'not yet' })[0] ?? null)
  expect(within(phase.getByText('3 of 3 items').closest('li') ?? document.body).getByRole('img', { name: 'reached' })).toBeVisible()
  expect(phase.getByText('12 of the last 15 accepted unedited (80% needed)')).toBeVisible()
  expect(within(phase.getByRole('list', { name: 'Cold start steps' })).getByRole('listitem', { current: 'step' })).toHaveTextContent(
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
      bridge.emit('data.changed', { topics: ['pairs'] })
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
  act(() => bridge.emit('data.changed', { topics: ['pairs'] }))
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
  await user.click(await screen.findByRole('button', { name: 'Close cold start' }))
  await user.click(await screen.findByRole('button', { name: 'Reopen' }))
  expect(await screen.findByRole('button', { name: 'Close cold start' })).toBeVisible()
  expect(bridge.inputsOf('coldStart.save')).toEqual([
    { rule: defaultColdStartRule, closed: true },
    { rule: defaultColdStartRule, closed: false },
  ])
})

test('the rule can be adjusted, and the phase stays open', async () => {
  const { user, bridge } = renderWindow(panel, { 'coldStart.get': () => aColdStart(onTheWay) })
  await user.click(await screen.findByRole('button', { name: 'Edit criteria' }))
  const share = await screen.findByRole('textbox', { name: 'Accepted unedited (%)' })
  await user.clear(share)
  await user.type(share, '65')
  await user.click(screen.getByRole('button', { name: 'Save criteria' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  expect(bridge.inputsOf('coldStart.save')).toEqual([{ rule: { ...defaultColdStartRule, share: 0.65 }, closed: false }])
})

test("the library shows the open phase in brief with its one next step, and the project's next step once it is closed", async () => {
  const library = <LibraryScreen project={aProject()} />
  const first = renderWindow(library, { 'coldStart.get': () => aColdStart() })
  const phase = within(await screen.findByRole('region', { name: 'Cold start' }))
  expect(phase.getByText('no decisions yet (80% of the last 20 accepted unedited needed)')).toBeVisible()
  expect(await phase.findByText(/Uses the demo generator\.$/)).toBeVisible()
  expect(phase.queryByRole('figure')).toBeNull()
  expect(screen.getAllByRole('button', { name: /^Draft/ }).map((button) => button.textContent)).toEqual(['Draft for 1 item'])
  first.unmount()
  renderWindow(library, { 'coldStart.get': () => aColdStart({ coldStart: { rule: defaultColdStartRule, closedAt: 1 } }) })
  expect(await screen.findByRole('button', { name: 'Draft pairs with the demo generator' })).toBeVisible()
  expect(screen.queryByText('Cold start')).toBeNull()
})

describe('in the review', () => {
  /** A review of these candidates, whose cold start counts what is decided there. */
  function reviewRound(start: readonly Candidate[], part: () => Partial<ColdStartState> = () => ({})) {
    loadImages()
    const project = reviewProject(start)
    const all = () => [...project.candidates.values()]
    const window = renderWindow(<ReviewScreen project={aProject()} />, {
      ...project.handlers,
      'coldStart.get': () => {
        const accepted = all().filter(({ state }) => state === 'accepted')
        const items = new Set(accepted.map(({ itemId }) => itemId)).size
        return aColdStart({ accepted: accepted.length, items, recent: accepted.length, recentAccepted: accepted.length, ...part() })
      },
      'project.stats': () => someStats({ items: 40, candidates: all().length, ...project.handlers['candidate.counts']() }),
      'item.page': () => ({ items: [], total: 0 }),
      'exemplar.list': () => [{ candidate: aCandidate({ pinned: true }), used: 0, accepted: 0, decided: 0 }],
    })
    const ready = () => waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
    return { ...window, ...project, ready }
  }

  beforeEach(() => shell.set({ screen: 'review' }))

  test('it says in a word how far the rule is, and tells the whole rule when asked', async () => {
    const { user } = reviewRound(candidatesOf(3), () => ({ accepted: 3, items: 3, recent: 4, recentAccepted: 2 }))
    await user.click(await screen.findByRole('button', { name: 'Cold start: 1 of 3 checks' }))
    expect(await screen.findByText('2 of the last 4 accepted unedited (80% needed)')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Review' })).toBeNull()
  })

  test('it shows nothing of it once it is closed', async () => {
    const { ready } = reviewRound(candidatesOf(1), () => ({ coldStart: { rule: defaultColdStartRule, closedAt: 1 } }))
    await ready()
    expect(screen.queryByText(/Cold start/)).toBeNull()
  })

  test('after the last verdict it offers the next round, whose drafts appear by themselves', async () => {
    const { user, bridge, candidates, ready } = reviewRound(candidatesOf(2))
    await ready()
    await user.keyboard('a')
    await ready()
    await user.keyboard('a')
    const round = within(await screen.findByRole('region', { name: 'Cold start' }))
    expect(await round.findByText('2 of 6 accepted')).toBeVisible()
    await user.click(await round.findByRole('button', { name: 'Draft for 5 items' }))
    await expect.poll(() => bridge.inputsOf('run.start')).toEqual([{ limit: 5 }])
    expect(shell.get().screen).toBe('review')

    candidates.set(3, candidatesOf(3)[2]!)
    act(() => bridge.emit('run.progress', aRunProgress({ done: 5, items: 5 }, { active: false })))
    expect(await screen.findByText('Question 3?')).toBeVisible()
  })
})
