import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { tableState } from '../../src/renderer/src/features/table/tableState'
import { shell } from '../../src/renderer/src/app/state/shell'
import { defaultDesk, type Desk } from '../../src/shared/review'
import type { Candidate } from '../../src/shared/domain'
import type { FakeBridge, Handlers } from './fakeBridge'
import { appSettings, aProject, aTableRow } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  tableState.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const instruction = () => document.querySelector('[data-part="instruction"]')?.textContent
const ready = () => waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
const shows = async (id: number) => {
  await waitFor(() => expect(instruction()).toBe(`Question ${id}?`))
  await ready()
}
const said = () => document.querySelector('output')?.textContent
const strip = () => screen.getByRole('region', { name: 'Queue' })

/** Two pages of an order by chance; what is decided by then is left out. */
const byChance = (ids: readonly number[], candidates: ReadonlyMap<number, Candidate>): Handlers['candidate.queue'] => {
  return ({ filter, after }) => {
    const at = after?.at ?? 0
    const found = ids.slice(at, at + 4).flatMap((id) => candidates.get(id) ?? [])
    return {
      candidates: found.filter(({ state }) => !filter.states?.length || filter.states.includes(state)),
      next: at + 4 < ids.length ? { queue: 1, at: at + 4 } : null,
      total: ids.length,
    }
  }
}

async function review({
  count = 6,
  desk = {},
  handlers = {},
  first = 1,
}: { count?: number; desk?: Partial<Desk>; handlers?: Partial<Handlers>; first?: number } = {}) {
  const project = reviewProject(candidatesOf(count))
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, {
    ...project.handlers,
    'desk.get': () => ({ ...defaultDesk, ...desk }),
    'candidate.queue': byChance([5, 1, 9, 3, 8, 2, 7, 4, 6], project.candidates),
    ...handlers,
  })
  await shows(first)
  return { ...drawn, ...project, press: (keys: string) => drawn.user.keyboard(keys) }
}
const chance: Partial<Desk> = { order: { kind: 'random', seed: 7 } }
const undo = '{Control>}z{/Control}'

describe('the order of the queue', () => {
  it('is chosen in the strip, with a seed where it is by chance, and is remembered', async () => {
    const { user, bridge, press } = await review({ count: 9 })
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    await user.click(await screen.findByRole('combobox', { name: 'Order' }))
    await user.click(await screen.findByRole('option', { name: 'Random', hidden: true }))
    await shows(5)
    expect(bridge.inputsOf('desk.save')).toEqual([{ ...defaultDesk, order: { kind: 'random', seed: 1 } }])
    expect(strip()).toHaveTextContent('1 / 9')
    expect(strip()).toHaveTextContent('9 left')
    await user.clear(screen.getByRole('textbox', { name: 'Seed' }))
    await user.type(screen.getByRole('textbox', { name: 'Seed' }), '12')
    await waitFor(() => expect(bridge.inputsOf('candidate.queue').at(-1)?.order).toEqual({ kind: 'random', seed: 12 }))
    await press('{Escape}')
    await shows(5)
    await press('a')
    await shows(1)
    expect(strip()).toHaveTextContent('2 / 9')
    expect(strip()).toHaveTextContent('8 left')
  })

  it('undoes to the pair wherever it came up, and goes on from there', async () => {
    const { press, candidates } = await review({ count: 9, desk: chance, first: 5 })
    await press('a')
    await shows(1)
    await press('i')
    await shows(9)
    await press('{ArrowRight}{ArrowRight}')
    await press(undo)
    await shows(1)
    await press(undo)
    await shows(5)
    expect([...candidates.values()].every(({ state }) => state === 'pending')).toBe(true)
    await press('a')
    await shows(1)
  })

  it('is read again when somebody else has decided on much of it', async () => {
    const { bridge, candidates, press } = await review({ count: 9, desk: chance, first: 5 })
    for (const id of [1, 9, 3, 8, 2, 7]) candidates.set(id, { ...candidates.get(id)!, state: 'rejected' })
    bridge.emit('data.changed', { topics: ['pairs'] })
    await waitFor(() => expect(strip()).toHaveTextContent('1 / 3'))
    await press('a')
    await shows(4)
    await press('a')
    await shows(6)
  })
})

describe('skipping', () => {
  it('puts a pair aside until the last pending one has been passed, and browsing puts none aside', async () => {
    const { bridge, press } = await review({ count: 4 })
    await press('s')
    await shows(2)
    expect(said()).toContain('Postponed.')
    expect(strip()).toHaveTextContent('1 postponed')
    expect(strip()).toHaveTextContent('1 / 4')
    await press('s')
    await shows(3)
    expect(strip()).toHaveTextContent('2 postponed')
    await press('{ArrowRight}')
    await shows(4)
    await press('{ArrowLeft}')
    await shows(3)
    await press('a')
    await shows(4)
    await press('a')
    await shows(1)
    expect(strip()).toHaveTextContent('3 / 4')
    expect(strip()).not.toHaveTextContent('skipped')
    await press('a')
    await shows(2)
    await press('a')
    await screen.findByText('All pairs are reviewed')
    expect(bridge.inputsOf('decision.add').map(({ candidateId }) => candidateId)).toEqual([3, 4, 1, 2])
  })

  it('is of pending pairs alone, and undo goes to the last decision, not to what was skipped', async () => {
    const { press } = await review({ count: 4 })
    await press('a')
    await shows(2)
    await press('s')
    await shows(3)
    await press(undo)
    await shows(1)
    await press('a')
    await shows(3)
    await press('{ArrowLeft}')
    await shows(1)
    await press('s')
    expect(said()).toContain('You can only postpone pending pairs')
    expect(instruction()).toBe('Question 1?')
  })
})

describe('all pairs of an item at a time', () => {
  const list = () => screen.findByRole('list', { name: 'All pairs of the item' })

  it('are listed with their state, gone through with the arrows, and decided on before the next item comes', async () => {
    const { bridge, press, candidates } = await review()
    candidates.set(3, { ...candidates.get(3)!, state: 'rejected', reason: 'trivial' })
    await press('v')
    expect(within(await list()).getAllByRole('listitem')).toHaveLength(3)
    expect(within(await list()).getByRole('button', { name: /rejected.*Question 3\?/ })).toBeVisible()
    expect(bridge.inputsOf('desk.save')).toEqual([{ ...defaultDesk, wholeItem: true }])
    await press('{ArrowDown}')
    await shows(2)
    await press('{ArrowDown}')
    await shows(3)
    expect(said()).toContain('Pair 3 of 3 for this item')
    await press('{ArrowUp}')
    await shows(2)
    await press('e!{Control>}{Enter}{/Control}')
    await shows(1)
    await press('a')
    await shows(4)
    expect(bridge.inputsOf('decision.add')).toMatchObject([
      { candidateId: 2, verdict: 'edit' },
      { candidateId: 1, verdict: 'accept' },
    ])
    await press('{ArrowLeft}')
    await shows(1)
    await press('{ArrowRight}')
    await shows(4)
    await press('v')
    await waitFor(() => expect(screen.queryByRole('list', { name: 'All pairs of the item' })).toBeNull())
    await press('a')
    await shows(5)
  })

  it('come together in an order by chance, each once, and undo goes back through them', async () => {
    const { bridge, press } = await review({ count: 9, desk: { ...chance, wholeItem: true }, first: 5 })
    await list()
    for (const next of [6, 4, 1, 2, 3, 9]) {
      await press('a')
      await shows(next)
    }
    expect(strip()).toHaveTextContent('7 / 9')
    expect(strip()).toHaveTextContent('3 left')
    for (const before of [3, 2, 1, 4]) {
      await press(undo)
      await shows(before)
    }
    for (const next of [2, 3, 1, 9, 7, 8]) {
      await press('a')
      await shows(next)
    }
    await press('a')
    await screen.findByText('All pairs are reviewed')
    expect(new Set(bridge.inputsOf('decision.add').map(({ candidateId }) => candidateId)).size).toBe(9)
  })

  it('are decided on in one step, after which the next item comes', async () => {
    const { candidates, press } = await review({
      desk: { wholeItem: true },
      handlers: {
        'candidate.count': () => 3,
        'item.decide': ({ itemId }) => {
          const decided = [...candidates.values()]
            .filter((pair) => pair.itemId === itemId)
            .map((pair) => ({ ...pair, state: 'accepted' as const }))
          for (const pair of decided) candidates.set(pair.id, pair)
          return { candidates: decided, counts: { pending: 3, accepted: 3, edited: 0, rejected: 0, ignored: 0 } }
        },
      },
    })
    await list()
    await press('{Alt>}a{/Alt}')
    await screen.findByText('Accept all 3 pending pairs of this item?')
    await press('{Enter}')
    await shows(4)
    await press('{ArrowLeft}')
    await shows(1)
    expect(within(await list()).getAllByRole('button', { name: /accepted/ })).toHaveLength(2)
  })

  it('make room for a pair of one’s own while it is typed', async () => {
    const { press } = await review({ desk: { wholeItem: true } })
    await list()
    await press('{Alt>}n{/Alt}')
    await screen.findByText('New pair for item 1')
    expect(screen.queryByRole('list', { name: 'All pairs of the item' })).toBeNull()
    await press('{Escape}')
    await list()
  })

  it('skips a pair of the item to the end', async () => {
    const { press } = await review({ desk: { wholeItem: true } })
    await list()
    await press('s')
    await shows(2)
    await press('a')
    await shows(3)
    await press('a')
    await shows(4)
    for (const next of [5, 6, 1]) {
      await press('a')
      await shows(next)
    }
    await press('s')
    await shows(1)
  })

  it('has the pairs and the detail of the next item before it comes', async () => {
    const { bridge } = await review({ desk: { wholeItem: true } })
    await list()
    await waitFor(() => expect(bridge.inputsOf('candidate.page').some(({ filter }) => filter.itemId === 2)).toBe(true))
    await waitFor(() => expect(bridge.inputsOf('candidate.get').map(({ id }) => id)).toEqual(expect.arrayContaining([2, 3, 4])))
    expect(bridge.inputsOf('item.get').map(({ id }) => id)).toContain(2)
  })

  it('falls back to one pair after the other where they cannot be read', async () => {
    const { press } = await review({
      desk: { wholeItem: true },
      handlers: {
        'candidate.page': ({ filter }) => {
          if (filter.itemId !== undefined) throw new Error('the disk is gone')
          return { candidates: candidatesOf(6), next: null }
        },
      },
    })
    await press('a')
    await shows(2)
  })
})

describe('beside the table', () => {
  function answerTable(bridge: FakeBridge, candidates: ReadonlyMap<number, Candidate>) {
    bridge.answer('candidate.found', () => ({ count: candidates.size, more: false }))
    bridge.answer('table.rows', ({ from, limit }) =>
      [...candidates.values()].slice(from, from + limit).map((candidate) => aTableRow(candidate)),
    )
    bridge.answer('table.key', ({ from }) => {
      const candidate = [...candidates.values()][from]
      return candidate ? { itemId: candidate.itemId, id: candidate.id } : null
    })
  }

  it('the keys of the pair rest, and a pair that was put aside opens as any other; coming back to the desk keeps the place', async () => {
    const { press, bridge, candidates } = await review({ count: 9, desk: chance, first: 5 })
    answerTable(bridge, candidates)
    await press('s')
    await shows(1)
    await press('t')
    const grid = await screen.findByRole('grid', { name: 'All pairs' })
    await within(grid).findByText('Question 5?')
    expect(screen.queryByRole('button', { name: /Skip/ })).toBeNull()
    await press('sv{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}')
    await shows(5)
    expect(bridge.inputsOf('desk.save')).toEqual([])
    expect(strip()).toHaveTextContent('5 / 9')
    await press('a')
    await shows(6)
  })
})

describe('sessions', () => {
  it('begin with the first decision; while one is paused no key decides, and P or Enter goes on', async () => {
    const { bridge, press } = await review()
    expect(screen.getByRole('button', { name: /^Start/ })).toBeVisible()
    await press('a')
    await shows(2)
    await press('p')
    const cover = await screen.findByRole('dialog', { name: 'Paused' })
    expect(cover).toHaveTextContent('Pairs in this session1')
    await waitFor(() => expect(bridge.inputsOf('session.start')).toMatchObject([{ decisions: 1 }]))
    await press(`aif${undo}`)
    expect(instruction()).toBe('Question 2?')
    expect(bridge.inputsOf('decision.add')).toHaveLength(1)
    expect(bridge.inputsOf('decision.undo')).toHaveLength(0)
    await press('p')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await ready()
    await press('p')
    await screen.findByRole('dialog', { name: 'Paused' })
    await press('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await ready()
    await press('a')
    await shows(3)
  })

  it('count the pairs that a step decided, and its undo takes as many back', async () => {
    const counts = { pending: 3, accepted: 3, edited: 0, rejected: 0, ignored: 0 }
    const { press } = await review({
      handlers: {
        'app.settings': () => appSettings({ dailyGoal: 9 }),
        'candidate.count': () => 3,
        'item.decide': () => ({ candidates: candidatesOf(3, () => ({ state: 'accepted' })), counts, decided: 3 }),
        'decision.undo': () => ({ candidate: candidatesOf(1)[0]!, counts, pairs: 4, decided: 3 }),
      },
    })
    await press('{Alt>}a{/Alt}')
    await screen.findByText('Accept all 3 pending pairs of this item?')
    await press('{Enter}')
    await waitFor(() => expect(strip()).toHaveTextContent('3 of 9 today'))
    await press(undo)
    await waitFor(() => expect(strip()).toHaveTextContent('0 of 9 today'))
  })

  it('show how far today’s goal is, with what was decided before, and say quietly when it is reached', async () => {
    const { press } = await review({
      handlers: { 'app.settings': () => appSettings({ dailyGoal: 5 }), 'session.sum': () => ({ decisions: 3, activeMs: 9 }) },
    })
    await waitFor(() => expect(strip()).toHaveTextContent('3 of 5 today'))
    await press('a')
    await shows(2)
    expect(strip()).toHaveTextContent('4 of 5 today')
    await press('a')
    await shows(3)
    expect(strip()).toHaveTextContent('Goal reached: 5 of 5')
    expect(within(strip()).getByText('You reached today’s goal.')).toBeInTheDocument()
    await press(undo)
    await waitFor(() => expect(strip()).toHaveTextContent('4 of 5 today'))
  })
})
