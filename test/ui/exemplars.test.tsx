import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { ExemplarsScreen } from '../../src/renderer/src/features/exemplars/ExemplarsScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { Exemplar } from '../../src/shared/contract'
import { defaultGenerationSettings } from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'
import { aCandidate, aProject } from './fakeProject'
import { renderWindow } from './render'

beforeEach(() => shell.reset())

const exemplars = <ExemplarsScreen project={aProject()} />

test('without approved pairs it says where exemplars come from and leads to the review', async () => {
  const { user } = renderWindow(exemplars)
  await user.click(await screen.findByRole('button', { name: 'Review pairs' }))
  expect(shell.get()).toMatchObject({ screen: 'review', reviewFilter: { states: ['pending'] } })
})

test('each exemplar tells how the drafts fared that had it, and can be pinned and unpinned', async () => {
  let pinned = false
  const list = (): Exemplar[] => [
    { candidate: aCandidate({ id: 5, state: 'accepted', pinned, itemSourceId: 'cat' }), used: 6, accepted: 3, decided: 4 },
    {
      candidate: aCandidate({ id: 6, state: 'edited', itemSourceId: 'moon', instruction: '<b>What</b> is it?' }),
      used: 0,
      accepted: 0,
      decided: 0,
    },
  ]
  const { user, bridge } = renderWindow(exemplars, {
    'exemplar.list': list,
    'exemplar.pin': (input) => {
      pinned = input.pinned
      return aCandidate({ id: input.candidateId, pinned })
    },
    'candidate.counts': () => ({ pending: 0, accepted: 1, edited: 1, rejected: 0, ignored: 0 }),
  })
  expect(await screen.findByText('2 approved pairs can serve as exemplars')).toBeVisible()
  const [cat, moon] = screen.getAllByRole('listitem').map((row) => within(row))
  expect(cat?.getByText('Used for 6 drafts; 3 of 4 reviewed were accepted (75%)')).toBeVisible()
  expect(moon?.getByText('Not used in a prompt yet')).toBeVisible()
  expect(moon?.getByText('<b>What</b> is it?')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Pin the exemplar from cat' }))
  await user.click(await screen.findByRole('button', { name: 'Unpin the exemplar from cat' }))
  expect(await screen.findByRole('button', { name: 'Pin the exemplar from cat' })).toBeVisible()
  expect(bridge.inputsOf('exemplar.pin')).toEqual([
    { candidateId: 5, pinned: true },
    { candidateId: 5, pinned: false },
  ])
})

test('the policy is told in words and leads to the prompt screen', async () => {
  const { user } = renderWindow(exemplars, {
    'exemplar.list': () => [{ candidate: aCandidate({ state: 'accepted' }), used: 0, accepted: 0, decided: 0 }],
  })
  expect(await screen.findByText(/Each prompt shows up to 6 exemplars: pinned first, then the most recent\./)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Change in Prompt' }))
  expect(shell.get().screen).toBe('prompt')
})

/** Three pinned exemplars and one that is not, kept in the order that they are set to. */
function pinnedHandlers() {
  let list: Exemplar[] = ['cat', 'moon', 'road', 'tree'].map((item, index) => ({
    candidate: aCandidate({ id: index + 1, itemSourceId: item, provider: 'openai', state: 'accepted', pinned: item !== 'tree' }),
    used: 0,
    accepted: 0,
    decided: 0,
  }))
  return {
    'exemplar.list': () => list,
    'exemplar.order': ({ candidateIds }) => {
      const placeOf = ({ candidate: { id } }: Exemplar) => (candidateIds.includes(id) ? candidateIds.indexOf(id) : candidateIds.length)
      list = list.toSorted((a, b) => placeOf(a) - placeOf(b))
      return null
    },
  } satisfies Partial<Handlers>
}
const order = () => screen.getAllByTitle(/^Item /).map(({ title }) => title)

test('pinned exemplars are put in order by their arrows, and the arrow keeps the focus', async () => {
  const { user, bridge } = renderWindow(exemplars, pinnedHandlers())
  expect(await screen.findByRole('button', { name: 'Move the exemplar from cat up' })).toBeDisabled()
  expect(screen.queryByRole('button', { name: 'Move the exemplar from tree up' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Move the exemplar from road up' }))
  expect(order().slice(0, 3)).toEqual(['Item cat', 'Item road', 'Item moon'])
  expect(screen.getByRole('button', { name: 'Move the exemplar from road up' })).toHaveFocus()
  expect(screen.getByText('The exemplar from road is now 2 of 3.')).toBeInTheDocument()
  await user.keyboard('{Enter}')
  expect(screen.getByRole('button', { name: 'Move the exemplar from road down' })).toHaveFocus()
  expect(bridge.inputsOf('exemplar.order').map(({ candidateIds }) => candidateIds)).toEqual([
    [1, 3, 2],
    [3, 1, 2],
  ])
})

test('Alt and an arrow key move the exemplar that has the focus', async () => {
  const { user, bridge } = renderWindow(exemplars, pinnedHandlers())
  const unpin = await screen.findByRole('button', { name: 'Unpin the exemplar from cat' })
  act(() => unpin.focus())
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(bridge.inputsOf('exemplar.order')).toEqual([{ candidateIds: [2, 1, 3] }])
  await expect.poll(() => order().slice(0, 2)).toEqual(['Item moon', 'Item cat'])
})

test('an order that cannot be stored is told, and the list shows what is stored', async () => {
  const { user } = renderWindow(exemplars, {
    ...pinnedHandlers(),
    'exemplar.order': () => {
      throw new Problem('read-only', 'Writing is not allowed here.', 'Choose another folder.')
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Move the exemplar from moon up' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Writing is not allowed here.')
  await expect.poll(() => order().slice(0, 2)).toEqual(['Item cat', 'Item moon'])
})

test('the policy in words covers similar and diverse exemplars and the budget of tokens', async () => {
  renderWindow(exemplars, {
    ...pinnedHandlers(),
    'prompt.get': () => {
      const text = { id: 1, createdAt: 0, outputForm: 'pairs' as const, systemMessage: 'Look.', contextTemplate: '' }
      const settings = {
        ...defaultGenerationSettings,
        exemplars: { count: 4, fill: 'similar' as const, seed: 1, tokenBudget: 1500 },
      }
      return { current: text, versions: [text], recipeText: text, settings, fileExemplars: 0 }
    },
  })
  expect(await screen.findByText(/pinned first, then the most similar to the item\. Limit: 1,500 tokens in total/)).toBeVisible()
})
