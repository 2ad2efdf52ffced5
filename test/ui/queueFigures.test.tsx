import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { CandidateFilter } from '../../src/shared/review'
import type { Handlers } from './fakeBridge'
import { aColdStart, aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const ready = () => waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
const strip = () => within(screen.getByRole('region', { name: 'Queue' }))
/** What is drawn, to a tenth of a percent; screen readers announce whole ones. */
function bar() {
  const section = strip().getByRole('progressbar')
  const drawn = Number.parseFloat(section.style.getPropertyValue('--progress-section-size'))
  expect([section.getAttribute('aria-valuenow'), section.getAttribute('aria-valuetext')]).toEqual([
    String(Math.floor(drawn)),
    `${Math.floor(drawn)}%`,
  ])
  return Math.round(10 * drawn) / 10
}

/** 400 pairs, the first 4 accepted; every second one is about a cat. More than are read ahead, so that the size must come from counts. */
async function review(filter: CandidateFilter, handlers: Partial<Handlers> = {}) {
  const project = reviewProject(
    candidatesOf(400, (id) => ({
      ...(id <= 4 && { state: 'accepted' as const }),
      instruction: id % 2 === 0 ? `Cat ${id}?` : `Question ${id}?`,
    })),
  )
  const found = ({ filter: { states, query = '' } }: { filter: CandidateFilter }) =>
    [...project.candidates.values()].filter(
      ({ state, instruction }) => (!states?.length || states.includes(state)) && instruction.includes(query),
    ).length
  shell.set({ reviewFilter: filter })
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, {
    ...project.handlers,
    'candidate.found': (asked) => ({ count: found(asked), more: false }),
    ...handlers,
  })
  await ready()
  const press = async (key: string) => {
    await ready()
    await drawn.user.keyboard(key)
  }
  return { ...drawn, project, press }
}

describe('position, bar and what is left are of the queue that is shown', () => {
  it('of pending pairs', async () => {
    const { press } = await review({ states: ['pending'] })
    expect(await strip().findByText('1 / 396')).toBeVisible()
    expect(strip().getByText('396 left')).toBeVisible()
    expect(bar()).toBe(0)
    await press('a')
    await press('s')
    expect(await strip().findByText('395 left')).toBeVisible()
    expect(strip().getByText('2 / 396')).toBeVisible()
    expect(bar()).toBe(0.3)
    await press('{Control>}z{/Control}')
    expect(await strip().findByText('396 left')).toBeVisible()
    expect(bar()).toBe(0)
  })

  it('of a search through pending pairs', async () => {
    const { press } = await review({ states: ['pending'], query: 'Cat' })
    expect(await strip().findByText('1 / 198')).toBeVisible()
    expect(await strip().findByText('198 left')).toBeVisible()
    await press('a')
    expect(await strip().findByText('197 left')).toBeVisible()
    expect(strip().getByText('2 / 198')).toBeVisible()
    expect(bar()).toBe(0.5)
  })

  it('of a search through all pairs, decided ones among them', async () => {
    const { press } = await review({ query: 'Cat' })
    expect(await strip().findByText('1 / 200')).toBeVisible()
    expect(await strip().findByText('198 left')).toBeVisible()
    expect(bar()).toBe(1)
    for (let pair = 0; pair < 2; pair++) await press('{ArrowRight}')
    await press('i')
    expect(await strip().findByText('197 left')).toBeVisible()
    expect(strip().getByText('4 / 200')).toBeVisible()
    expect(bar()).toBe(1.5)
    await press('{Control>}z{/Control}')
    expect(await strip().findByText('198 left')).toBeVisible()
  })

  it('of decided pairs, where the bar is the position', async () => {
    const { press } = await review({ states: ['accepted'] })
    expect(await strip().findByText('1 / 4')).toBeVisible()
    expect(strip().queryByText(/left/)).toBeNull()
    for (let pair = 0; pair < 2; pair++) await press('{ArrowRight}')
    expect(strip().getByRole('progressbar', { name: 'Position in this queue' })).toHaveAttribute('aria-valuenow', '50')
  })

  it('of second reviews, which change no count of the project', async () => {
    const { press } = await review({ look: 'second' }, { 'candidate.found': () => ({ count: 400, more: false }) })
    for (let pair = 0; pair < 4; pair++) await press('{ArrowRight}')
    await press('a')
    await waitFor(() => expect(strip().getByText('6 / 400')).toBeVisible())
  })

  it('with the verdicts of the project beside them, or in blind review one’s own', async () => {
    const { unmount } = await review({ states: ['pending'] })
    expect(await strip().findByTitle('Decisions of all reviewers in this project')).toBeVisible()
    unmount()
    await review({ states: ['pending'] }, { 'quality.counts': () => ({ second: 0, disagreements: 0, heldBack: 0, blind: true }) })
    expect(await strip().findByTitle('Your decisions in this project')).toBeVisible()
  })
})

describe('the cold start beside the pair', () => {
  it('follows every decision and undo at once, and does not count past what is needed', async () => {
    const project = reviewProject(candidatesOf(12))
    const accepted = () => [...project.candidates.values()].filter(({ state }) => state === 'accepted').length
    const { user } = renderWindow(<ReviewScreen project={aProject()} />, {
      ...project.handlers,
      'coldStart.get': () => aColdStart({ accepted: accepted(), items: 3, recent: accepted(), recentAccepted: accepted() }),
    })
    await ready()
    for (let pair = 0; pair < 8; pair++) {
      await ready()
      await user.keyboard('a')
    }
    await user.click(await screen.findByRole('button', { name: /^Cold start/ }))
    expect(await screen.findByText('8 accepted (6 needed)')).toBeVisible()
    await user.keyboard('{Escape}')
    for (let pair = 0; pair < 3; pair++) {
      await ready()
      await user.keyboard('{Control>}z{/Control}')
    }
    await user.click(await screen.findByRole('button', { name: /^Cold start/ }))
    expect(await screen.findByText('5 of 6 accepted')).toBeVisible()
  })
})
