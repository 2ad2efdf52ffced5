import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { keepColumns, readColumns, withDefaultWidth } from '../../src/renderer/src/features/table/columns'
import { tableState } from '../../src/renderer/src/features/table/tableState'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { TableRow } from '../../src/shared/table'
import type { Handlers } from './fakeBridge'
import { aProject, aTableRow } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  tableState.reset()
  localStorage.clear()
  shell.set({ screen: 'review' })
  loadImages()
})

const rowsOf = (project: ReturnType<typeof reviewProject>): TableRow[] =>
  [...project.candidates.values()].map((candidate) => aTableRow(candidate))

async function openTable(handlers: Partial<Handlers> = {}, count = 250) {
  const project = reviewProject(candidatesOf(count))
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, {
    ...project.handlers,
    'candidate.found': () => ({ count, more: false }),
    'table.rows': ({ from, limit }) => rowsOf(project).slice(from, from + limit),
    'table.ids': ({ from, limit }) =>
      rowsOf(project)
        .slice(from, from + limit)
        .map((row) => row.candidate.id),
    'table.key': ({ from }) => {
      const candidate = rowsOf(project)[from]?.candidate
      return candidate ? { itemId: candidate.itemId, id: candidate.id } : null
    },
    ...handlers,
  })
  await waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
  await drawn.user.keyboard('t')
  await waitFor(() => expect(screen.getByRole('grid', { name: 'All pairs' })).toHaveTextContent('Question 1?'))
  return { ...drawn, press: (keys: string) => drawn.user.keyboard(keys), grid: screen.getByRole('grid', { name: 'All pairs' }) }
}

describe('the table of all pairs', () => {
  it('is opened by key, says how many rows it has, draws a few of them, and takes the focus', async () => {
    const { grid } = await openTable()
    expect(grid).toHaveFocus()
    expect(grid).toHaveAttribute('aria-rowcount', '251')
    expect(within(grid).getAllByRole('row').length).toBeLessThan(80)
    const row = within(grid).getByText('Question 1?').closest('[role=row]')
    expect(row).toHaveAttribute('aria-rowindex', '2')
    expect(grid).toHaveAttribute('aria-activedescendant', row?.id)
  })

  it('draws no rows while they fly past, reads none of them, and draws those where the scroll ends', async () => {
    const read: number[] = []
    const rows = rowsOf(reviewProject(candidatesOf(2000)))
    const { grid } = await openTable({ 'table.rows': ({ from, limit }) => (read.push(from), rows.slice(from, from + limit)) }, 2000)
    Object.defineProperty(grid, 'clientHeight', { value: 600 })
    const scrollTo = (top: number) => {
      grid.scrollTop = top
      fireEvent.scroll(grid)
    }
    const indexes = () =>
      within(grid)
        .getAllByRole('row')
        .flatMap((row) => Number(row.getAttribute('aria-rowindex') ?? 0) || [])
    scrollTo(250)
    scrollTo(520)
    expect(Math.min(...indexes().slice(1))).toBeGreaterThan(5) // slow enough to read
    read.length = 0
    scrollTo(20_000)
    expect(indexes().length).toBeGreaterThan(10) // a single jump, as by the scroll bar
    scrollTo(40_000)
    scrollTo(60_000)
    scrollTo(80_000)
    expect(within(grid).queryAllByText(/^Question/)).toHaveLength(0)
    await waitFor(() => expect(within(grid).getAllByText(/^Question 15\d\d\?/).length).toBeGreaterThan(5))
    expect(Math.max(...read)).toBe(1500)
    expect(read).not.toContain(700)
    expect(read).not.toContain(1100)
  })

  it('shows a pin where the pair is approved alone', async () => {
    keepColumns(withDefaultWidth(['state', 'instruction', 'exemplar']))
    const states = ['accepted', 'pending', 'rejected', 'edited'] as const
    const project = reviewProject(candidatesOf(4, (id) => ({ pinned: true, state: states[id - 1] ?? 'pending' })))
    const { grid } = await openTable({ 'table.rows': () => rowsOf(project) }, 4)
    const pinnedRows = within(grid)
      .getAllByRole('img', { name: 'Pinned' })
      .map((pin) => pin.closest('[role=row]')?.getAttribute('aria-rowindex'))
    expect(pinnedRows).toEqual(['2', '5'])
  })

  it('opens a pair in the desk, and the queue goes on behind it', async () => {
    const { press, bridge } = await openTable()
    await press('{ArrowDown}{ArrowDown}{Enter}')
    await waitFor(() => expect(document.querySelector('[data-candidate="3"]')).not.toBeNull())
    expect(await screen.findByText('3 / 250')).toBeVisible()
    await waitFor(() => expect(bridge.inputsOf('candidate.page').at(-1)).toMatchObject({ after: { id: expect.any(Number) } }))
    await press('{ArrowRight}')
    await waitFor(() => expect(document.querySelector('[data-candidate="4"]')).not.toBeNull())
  })

  it('is sorted by the head of a column, says so, and a pair that is opened from it goes on in that order', async () => {
    const project = reviewProject(candidatesOf(250))
    const backwards = ({ sort, from, limit }: { sort?: unknown; from: number; limit: number }) =>
      (sort ? rowsOf(project).toReversed() : rowsOf(project)).slice(from, from + limit)
    const { user, press, bridge, grid } = await openTable({
      'table.rows': backwards,
      'table.key': () => ({ queue: 3, at: 2 }),
      'candidate.queue': ({ after, limit }) => {
        const [from, ids] = [after?.at ?? 0, [...project.candidates.values()].toReversed()]
        const at = Math.min(ids.length, from + limit)
        return { candidates: ids.slice(from, at), next: at < ids.length ? { queue: 3, at } : null, total: ids.length }
      },
    })
    await user.click(within(grid).getByRole('button', { name: 'Status' }))
    expect(within(grid).getByRole('columnheader', { name: 'Status' })).toHaveAttribute('aria-sort', 'ascending')
    expect(await within(grid).findByText('Question 250?')).toBeVisible()
    expect(bridge.inputsOf('table.rows').at(-1)).toMatchObject({ sort: { kind: 'column', column: 'state', descending: false } })
    await press('{Enter}')
    expect(within(grid).getByRole('columnheader', { name: 'Status' })).toHaveAttribute('aria-sort', 'descending')
    grid.focus()
    await press('{ArrowDown}{Enter}')
    await waitFor(() => expect(document.querySelector('[data-candidate="249"]')).not.toBeNull())
    expect(await screen.findByText('2 / 250')).toBeVisible()
    await waitFor(() =>
      expect(bridge.inputsOf('candidate.queue').at(0)).toMatchObject({
        order: { column: 'state', descending: true },
        after: { queue: 3, at: 2 },
      }),
    )
    await press('{ArrowRight}')
    await waitFor(() => expect(document.querySelector('[data-candidate="248"]')).not.toBeNull())
    await press('t')
    expect(await screen.findByRole('columnheader', { name: 'Status' })).toHaveAttribute('aria-sort', 'descending')
    await user.click(screen.getByRole('button', { name: 'Status' }))
    expect(screen.getByRole('columnheader', { name: 'Status' })).toHaveAttribute('aria-sort', 'none')
    expect(await screen.findByText('Question 1?')).toBeVisible()
  })

  it('selects by Space and Shift, and rejects the selected pairs in one call with their count', async () => {
    const counts = { pending: 247, accepted: 0, edited: 0, rejected: 3, ignored: 0 }
    const { press, bridge, grid } = await openTable({ 'bulk.decide': () => ({ changed: 3, counts }) })
    await press('{ArrowDown}{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(await screen.findByText('3 pairs selected')).toBeVisible()
    expect(within(grid).getByText('Question 3?').closest('[role=row]')).toHaveAttribute('aria-selected', 'true')
    await press('x')
    expect(await screen.findByRole('dialog', { name: 'Why do you reject these 3 pairs?' })).toBeVisible()
    await press('3')
    await waitFor(() =>
      expect(bridge.inputsOf('bulk.decide')).toEqual([{ target: { ids: [2, 3, 4] }, verdict: 'reject', reason: 'trivial' }]),
    )
    await waitFor(() => expect(grid).toHaveFocus())
    expect(screen.queryByText('3 pairs selected')).toBeNull()
  })

  it('decides at once on the row that is pointed at, by the way of the desk', async () => {
    const { press, bridge, grid } = await openTable()
    await press('{ArrowDown}a')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 2, verdict: 'accept' }]))
    expect(bridge.inputsOf('bulk.decide')).toEqual([])
    await waitFor(() => expect(within(grid).getByText('Question 2?').closest('[role=row]')).toHaveTextContent('accepted'))
  })

  it('offers the actions for a selection as buttons with their keys', async () => {
    const { press, bridge, user } = await openTable({ 'bulk.tag': () => ({ changed: 1 }) })
    await press(' ')
    const bar = await screen.findByRole('toolbar', { name: 'Actions for the selected pairs' })
    for (const name of [/^Accept/, /^Reject/, /^Ignore/, /^Flag/, 'Tag…', 'Reopen', /^Clear/])
      expect(within(bar).getByRole('button', { name })).toBeEnabled()
    await user.click(within(bar).getByRole('button', { name: 'Tag…' }))
    await press('dark{Enter}')
    await waitFor(() => expect(bridge.inputsOf('bulk.tag')).toEqual([{ target: { ids: [1] }, tag: 'dark', tagged: true }]))
    await press('{Escape}')
    expect(screen.queryByRole('toolbar', { name: 'Actions for the selected pairs' })).toBeNull()
  })

  it('moves and resizes columns by key, and keeps them so', async () => {
    const { grid, press } = await openTable()
    const names = () =>
      within(grid)
        .getAllByRole('columnheader')
        .map((head) => head.textContent)
    expect(names()).toEqual(['Media', 'Status', 'Instruction', 'Response', 'Item', 'Reviewer', 'Reviewed'])
    within(grid).getByRole('button', { name: 'Response' }).focus()
    await press('{Alt>}{ArrowLeft}{/Alt}')
    expect(names().slice(0, 4)).toEqual(['Media', 'Status', 'Response', 'Instruction'])
    within(grid).getByRole('button', { name: 'Response' }).focus()
    await press('{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}')
    expect(readColumns()[2]).toEqual({ name: 'response', width: 1296 }) // every element of the tests is 1280 wide
  })

  it('selects from the row that is pointed at, also where the table opened in its middle', async () => {
    const { press, grid } = await openTable()
    await press('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}')
    await waitFor(() => expect(document.querySelector('[data-candidate="4"]')).not.toBeNull())
    await press('t')
    const again = await screen.findByRole('grid', { name: 'All pairs' })
    await waitFor(() => expect(within(again).getByText('Question 4?').closest('[role=row]')).toHaveAttribute('data-active', 'true'))
    await press(' {Shift>}{ArrowDown}{/Shift}')
    expect(await screen.findByText('2 pairs selected')).toBeVisible()
    expect(grid).not.toBe(again)
  })

  it('rejects for several reasons, with a note for another one', async () => {
    const { press, bridge } = await openTable()
    await press(' x{Shift>}3{/Shift}8')
    await press('blurred {Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'reject', reason: 'trivial\nother: blurred' }]),
    )
  })

  it('gives the keys back to the table where a step is left with Escape', async () => {
    const { press, grid } = await openTable()
    await press(' x')
    expect(await screen.findByRole('dialog', { name: 'Why reject this pair?' })).toBeVisible()
    await press('{Escape}')
    await waitFor(() => expect(grid).toHaveFocus())
    expect(screen.queryByRole('dialog', { name: 'Why reject this pair?' })).toBeNull()
    expect(screen.getByText('1 pair selected')).toBeVisible()
  })

  it('says what to do where the filter finds nothing, and offers no step before its count is known', async () => {
    const { press, bridge, grid } = await openTable({
      'candidate.found': () => ({ count: 200, more: true }),
      'candidate.count': () => new Promise<number>(() => undefined),
    })
    expect(grid).toHaveAttribute('aria-rowcount', '-1')
    await press('{Control>}a{/Control}a')
    expect(await screen.findByRole('button', { name: /^Accept/ })).toBeDisabled()
    bridge.answer('candidate.found', () => ({ count: 0, more: false }))
    await press('{Escape}')
    expect(bridge.inputsOf('bulk.decide')).toEqual([])
  })

  it('selects all that the filter finds as a query', async () => {
    const counts = { pending: 0, accepted: 250, edited: 0, rejected: 0, ignored: 0 }
    const { press, bridge } = await openTable({ 'bulk.decide': () => ({ changed: 250, counts }) })
    await press('{Control>}a{/Control}')
    expect(await screen.findByText('All 250 matching pairs selected')).toBeVisible()
    await press('a')
    await waitFor(() =>
      expect(bridge.inputsOf('bulk.decide')).toEqual([{ target: { filter: { states: ['pending'] } }, verdict: 'accept' }]),
    )
  })

  it('shows the pairs similar to one by key, and what was shown before when the chip is taken off', async () => {
    const { press, user } = await openTable()
    await press('{ArrowDown}m')
    await waitFor(() => expect(shell.get().reviewFilter).toEqual({ similarTo: 2 }))
    await user.click(await screen.findByRole('button', { name: 'Remove filter: Similar to #2' }))
    expect(shell.get().reviewFilter).toEqual({ states: ['pending'] })
  })

  it('leaves similar pairs by Escape, back to the row they were asked for', async () => {
    const { press, grid } = await openTable()
    await press('{ArrowDown}{ArrowDown}m')
    await waitFor(() => expect(shell.get().reviewFilter).toEqual({ similarTo: 3 }))
    await waitFor(() => expect(document.querySelector('[data-table]')).toHaveFocus())
    await press('{Escape}')
    await waitFor(() => expect(shell.get().reviewFilter).toEqual({ states: ['pending'] }))
    const back = await screen.findByRole('grid')
    await waitFor(() => expect(back).toHaveFocus())
    expect(grid).not.toBe(back)
    expect(back.getAttribute('aria-activedescendant')).toMatch(/2$/)
  })

  it('marks what was searched for, as text', async () => {
    shell.set({ reviewFilter: { query: 'Question' } })
    const { grid } = await openTable({}, 3)
    expect(within(grid).getAllByText('Question', { selector: 'mark' })).toHaveLength(3)
  })
})
