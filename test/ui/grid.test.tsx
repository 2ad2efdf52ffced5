import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { gridState } from '../../src/renderer/src/features/grid/gridState'
import { tableState } from '../../src/renderer/src/features/table/tableState'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { Handlers } from './fakeBridge'
import { aProject, aTableRow } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  tableState.reset()
  gridState.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

async function openGrid(handlers: Partial<Handlers> = {}, count = 12) {
  const project = reviewProject(candidatesOf(count))
  const all = () => [...project.candidates.values()]
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, {
    ...project.handlers,
    'candidate.found': () => ({ count, more: false }),
    'candidate.list': ({ ids }) => ids.flatMap((id) => project.candidates.get(id) ?? []),
    'grid.open': ({ candidateId }) => ({ queue: 7, total: count, place: candidateId === null ? null : candidateId - 1 }),
    'grid.rows': ({ from, limit }) => {
      const shown = all().slice(from, from + limit)
      return { ids: shown.map(({ id }) => id), rows: shown.map((candidate) => aTableRow(candidate)) }
    },
    ...handlers,
  })
  await waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
  await drawn.user.keyboard('o')
  const grid = await screen.findByRole('grid', { name: 'Contact sheet' })
  await within(grid).findByText('Question 1?')
  const card = (id: number) => within(grid).getByText(`Question ${id}?`).closest('[role=gridcell]')
  const pointsAt = (id: number) => waitFor(() => expect(card(id)).toHaveAttribute('data-pointed', 'true'))
  return { ...drawn, project, press: (keys: string) => drawn.user.keyboard(keys), grid, card, pointsAt }
}

describe('the grid of pairs', () => {
  it('is opened by key at the pair on the desk, and takes the focus', async () => {
    const { grid, card, pointsAt } = await openGrid()
    expect(grid).toHaveFocus()
    await pointsAt(1)
    expect(grid).toHaveAttribute('aria-activedescendant', card(1)?.id)
    expect(within(grid).getAllByRole('gridcell')).toHaveLength(12)
  })

  it('shows a verdict at once in its place, before it is stored, and goes on to the next that waits', async () => {
    const { press, card, pointsAt, bridge } = await openGrid({ 'decision.add': () => new Promise<never>(() => undefined) })
    await press('ai')
    expect(card(1)).toHaveTextContent('Accepted')
    expect(card(2)).toHaveTextContent('Ignored')
    await pointsAt(3)
    expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'accept' }])
  })

  it('takes back a verdict that could not be stored', async () => {
    const { press, card } = await openGrid({
      'decision.add': () => {
        throw new Error('disk full')
      },
    })
    await press('a')
    await waitFor(() => expect(card(1)).toHaveTextContent('Pending'))
    expect(await screen.findByText(/disk full/)).toBeVisible()
  })

  it('asks why a pair is rejected, and undo leads back to its card', async () => {
    const { press, card, pointsAt, bridge } = await openGrid()
    await press('{ArrowRight}x3')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 2, verdict: 'reject', reason: 'trivial' }]))
    expect(card(2)).toHaveTextContent('Rejected')
    await pointsAt(3)
    await press('{Control>}z{/Control}')
    await waitFor(() => expect(card(2)).toHaveTextContent('Pending'))
    await pointsAt(2)
  })

  it('decides on a selection in one step, and shows it at once', async () => {
    const { press, card, bridge, project } = await openGrid({
      'bulk.decide': ({ target }) => {
        for (const id of 'ids' in target ? target.ids : [])
          project.candidates.set(id, { ...project.candidates.get(id)!, state: 'accepted' })
        return { changed: 3, counts: { pending: 9, accepted: 3, edited: 0, rejected: 0, ignored: 0 } }
      },
    })
    await press('{Shift>}{ArrowRight}{ArrowRight}{/Shift}')
    expect(await screen.findByText('3 pairs selected')).toBeVisible()
    await press('a')
    expect(card(3)).toHaveTextContent('Accepted')
    await waitFor(() => expect(bridge.inputsOf('bulk.decide')).toEqual([{ target: { ids: [1, 2, 3] }, verdict: 'accept' }]))
    expect(bridge.inputsOf('decision.add')).toEqual([])
    expect(card(1)).toHaveTextContent('Accepted')
    expect(screen.queryByText('3 pairs selected')).toBeNull()
  })

  it('opens a card on the desk by Space, and comes back to the pair of the desk', async () => {
    const { press } = await openGrid()
    await press('{ArrowRight}{ArrowRight} ')
    await waitFor(() => expect(document.querySelector('[data-candidate="3"]')).not.toBeNull())
    await press('{ArrowRight}')
    await waitFor(() => expect(document.querySelector('[data-candidate="4"]')).not.toBeNull())
    await press('o')
    const grid = await screen.findByRole('grid', { name: 'Contact sheet' })
    await waitFor(() => expect(grid.querySelector('[data-pointed="true"]')).toHaveTextContent('Question 4?'))
  })

  it('has two to five columns, which are kept with the desk', async () => {
    const { press, bridge, grid } = await openGrid()
    await press('----')
    await waitFor(() => expect(grid).toHaveAttribute('aria-colcount', '5'))
    await press('+')
    await waitFor(() => expect(bridge.inputsOf('desk.save').at(-1)).toMatchObject({ gridColumns: 4 }))
  })

  it('shows items with all of their pairs, and decides on those that wait', async () => {
    const counts = { pending: 9, accepted: 3, edited: 0, rejected: 0, ignored: 0 }
    const { user, grid, press, bridge } = await openGrid({
      'grid.rows': ({ cards, from, limit }) => {
        const shown = candidatesOf(12, (id) => (id === 1 ? { state: 'accepted' } : {}))
        const ids = shown.filter(({ id }) => cards === 'pairs' || id % 3 === 1).map(({ id }) => id)
        return { ids: ids.slice(from, from + limit), rows: shown.map((candidate) => aTableRow(candidate)) }
      },
      'bulk.decide': () => ({ changed: 2, counts }),
    })
    await user.click(screen.getByText('Items'))
    await within(grid).findByText(/item 1$/)
    await press('{Home}a')
    await waitFor(() => expect(bridge.inputsOf('bulk.decide')).toEqual([{ target: { ids: [2, 3] }, verdict: 'accept' }]))
  })
})
