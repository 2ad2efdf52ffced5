import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { ExemplarsScreen } from '../../src/renderer/src/features/exemplars/ExemplarsScreen'
import { shell } from '../../src/renderer/src/state/shell'
import type { Exemplar } from '../../src/shared/contract'
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
  expect(cat?.getByText('In the prompts of 6 drafts; 3 of 4 decided were accepted (75%)')).toBeVisible()
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
  expect(await screen.findByText(/Each prompt shows up to 6: pinned ones first, then the latest./)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Change on the prompt screen' }))
  expect(shell.get().screen).toBe('prompt')
})
