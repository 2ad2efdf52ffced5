import { defaultComfort } from '../../src/shared/comfort'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import { Problem } from '../../src/shared/problem'
import { defaultColdStartRule, defaultProviderSettings, type Candidate } from '../../src/shared/domain'
import type { Handlers } from './fakeBridge'
import { aColdStart, anItem, aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const instruction = () => document.querySelector('[data-part="instruction"]')?.textContent
const response = () => document.querySelector('[data-part="response"]')?.textContent
const ready = () => waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
const shows = (id: number) => waitFor(() => expect(instruction()).toBe(`Question ${id}?`))
const said = () => document.querySelector('output')?.textContent

async function review(start: readonly Candidate[] = candidatesOf(6), handlers: Partial<Handlers> = {}) {
  const project = reviewProject(start)
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, { ...project.handlers, ...handlers })
  if (start.some(({ state }) => state === 'pending')) await ready()
  const press = async (keys: string) => {
    await drawn.user.keyboard(keys)
  }
  return { ...drawn, ...project, press }
}

describe('deciding by key', () => {
  it('accepts with A, shows the next pair in the same tick and stores behind', async () => {
    const { bridge } = await review()
    fireEvent.keyDown(document.body, { key: 'a' })
    expect(instruction()).toBe('Question 2?')
    expect(said()).toBe('Accepted. 2 of 6.')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'accept' }]))
    expect(bridge.inputsOf('decision.add')[0]?.seconds).toBeGreaterThanOrEqual(0)
  })

  it('ignores with I', async () => {
    const { bridge, press } = await review()
    await press('i')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'ignore' }]))
    expect(instruction()).toBe('Question 2?')
  })

  it('rejects with X and the number of a reason', async () => {
    const { bridge, press } = await review()
    await press('x')
    expect(screen.getByRole('dialog', { name: 'Why reject this pair?' })).toHaveFocus()
    await press('2')
    await waitFor(() =>
      expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'reject', reason: 'wrong fact' }]),
    )
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(instruction()).toBe('Question 2?')
  })

  it('rejects without a reason with X and Enter', async () => {
    const { bridge, press } = await review()
    await press('x{Enter}')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toHaveLength(1))
    expect(bridge.inputsOf('decision.add')[0]).not.toHaveProperty('reason')
  })

  it('asks for a note when the reason is another one', async () => {
    const { bridge, press } = await review()
    await press('x8')
    expect(screen.getByRole('textbox', { name: 'What is wrong with this pair?' })).toHaveFocus()
    await press('too long, a bit{Enter}')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ verdict: 'reject', reason: 'other: too long, a bit' }]))
  })

  it('keeps every reason where a note is asked for, whichever was chosen first', async () => {
    const { bridge, press, user } = await review()
    await press('x{Shift>}8{/Shift}3')
    await user.type(await screen.findByRole('textbox', { name: 'What is wrong with this pair?' }), 'twice{Enter}')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ verdict: 'reject', reason: 'trivial\nother: twice' }]))
  })

  it('rejects nothing when the reasons are left with Escape', async () => {
    const { bridge, press } = await review()
    await press('x{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(bridge.inputsOf('decision.add')).toHaveLength(0)
    expect(instruction()).toBe('Question 1?')
    await press('a')
    expect(instruction()).toBe('Question 2?')
  })

  it('decides once however long the key is held', async () => {
    const { bridge } = await review()
    fireEvent.keyDown(document.body, { key: 'a' })
    for (let repeat = 0; repeat < 5; repeat++) fireEvent.keyDown(document.body, { key: 'a', repeat: true })
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toHaveLength(1))
    expect(instruction()).toBe('Question 2?')
  })

  it('stores quick decisions in the order in which they were made', async () => {
    let release = () => {}
    const project = reviewProject(candidatesOf(6))
    const first = new Promise<void>((resolve) => (release = resolve))
    const { bridge, press } = await review(candidatesOf(6), {
      'decision.add': async (input) => {
        if (input.candidateId === 1) await first
        return project.handlers['decision.add'](input)
      },
    })
    await press('a')
    await ready()
    await press('i')
    await ready()
    await press('a')
    expect(instruction()).toBe('Question 4?')
    expect(bridge.inputsOf('decision.add')).toHaveLength(1)
    release()
    await waitFor(() => expect(bridge.inputsOf('decision.add').map(({ candidateId }) => candidateId)).toEqual([1, 2, 3]))
  })

  it('takes the keys of the settings', async () => {
    const { bridge, press } = await review(candidatesOf(3), {
      'app.settings': () => ({
        ...defaultComfort,
        reviewer: 'Ada',
        reviewerNamed: true,
        keys: { accept: ['J'] },
        provider: defaultProviderSettings,
      }),
    })
    await screen.findByText('J')
    await press('a')
    expect(bridge.inputsOf('decision.add')).toHaveLength(0)
    await press('j')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toHaveLength(1))
  })
})

describe('keys that rest', () => {
  it('does nothing in a text field but type', async () => {
    const { bridge, press } = await review()
    await press('/')
    expect(screen.getByRole('textbox', { name: 'Search' })).toHaveFocus()
    await press('axif')
    expect(screen.getByRole('textbox', { name: 'Search' })).toHaveValue('axif')
    await press('{Control>}{Enter}{/Control}')
    expect(bridge.inputsOf('decision.add')).toHaveLength(0)
    expect(bridge.inputsOf('exemplar.pin')).toHaveLength(0)
  })

  it('decides nothing until the image of the pair is there', async () => {
    vi.mocked(vi.spyOn(HTMLImageElement.prototype, 'complete', 'get')).mockReturnValue(false)
    const project = reviewProject(candidatesOf(3))
    const { bridge, user } = renderWindow(<ReviewScreen project={aProject()} />, project.handlers)
    const image = await screen.findByRole('img', { name: 'Image rocket.jpg' })
    await user.keyboard('axi')
    expect(bridge.inputsOf('decision.add')).toHaveLength(0)
    fireEvent.load(image)
    await ready()
    await user.keyboard('a')
    expect(instruction()).toBe('Question 2?')
  })

  it('judges a pair whose image cannot be shown', async () => {
    vi.spyOn(HTMLImageElement.prototype, 'complete', 'get').mockReturnValue(false)
    const { user } = renderWindow(<ReviewScreen project={aProject()} />, reviewProject(candidatesOf(3)).handlers)
    fireEvent.error(await screen.findByRole('img', { name: 'Image rocket.jpg' }))
    expect(await screen.findByText(/Cannot decode rocket\.jpg/)).toBeVisible()
    await ready()
    await user.keyboard('a')
    expect(instruction()).toBe('Question 2?')
  })
})

describe('editing in place', () => {
  it('opens the response with E, keeps a draft while typing, and saves and accepts with Ctrl+Enter', async () => {
    const { bridge, press, drafts } = await review()
    await press('e')
    const field = screen.getByRole('textbox', { name: 'Response' })
    expect(field).toHaveFocus()
    await press(' Really.')
    await waitFor(() => expect(drafts.get(1)).toMatchObject({ instruction: 'Question 1?', response: 'Answer 1. Really.' }))
    await press('{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(bridge.inputsOf('decision.add')).toMatchObject([
        { candidateId: 1, verdict: 'edit', pair: { instruction: 'Question 1?', response: 'Answer 1. Really.' } },
      ]),
    )
    expect(instruction()).toBe('Question 2?')
    expect(drafts.size).toBe(0)
  })

  it('counts unchanged text as accepted', async () => {
    const { bridge, press } = await review()
    await press('e{Control>}{Enter}{/Control}')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'accept' }]))
  })

  it('leaves the field with Escape, keeps the draft and lets the keys work again', async () => {
    const { bridge, press, drafts } = await review()
    await press('e!{Escape}')
    expect(screen.queryByRole('textbox', { name: 'Response' })).toBeNull()
    expect(response()).toBe('Answer 1.!')
    await waitFor(() => expect(drafts.get(1)?.response).toBe('Answer 1.!'))
    await press('{ArrowRight}')
    expect(instruction()).toBe('Question 2?')
    await press('{ArrowLeft}')
    expect(response()).toBe('Answer 1.!')
    expect(screen.getByText('Unsaved changes restored.')).toBeVisible()
    expect(bridge.inputsOf('decision.add')).toHaveLength(0)
  })

  it('brings what was typed back with the undo of a rejection, together with the pair', async () => {
    const { handlers, drafts } = reviewProject(candidatesOf(3))
    const { user } = renderWindow(<ReviewScreen project={aProject()} />, {
      ...handlers,
      'candidate.get': async (input) => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        return handlers['candidate.get'](input)
      },
    })
    await ready()
    await user.keyboard('e!{Escape}')
    await waitFor(() => expect(drafts.get(1)?.response).toBe('Answer 1.!'))
    await user.keyboard('x2')
    await shows(2)
    await user.keyboard('{Control>}z{/Control}')
    await shows(1)
    expect(response()).toBe('Answer 1.!')
    expect(screen.getByText('Unsaved changes restored.')).toBeVisible()
  })

  it('shows a draft of an earlier day again, accepts what is on the screen, and can discard it', async () => {
    const start = candidatesOf(3)
    const project = reviewProject(start)
    project.drafts.set(1, { instruction: 'Question 1?', response: 'My own words.', savedAt: 1 })
    const { bridge, user } = renderWindow(<ReviewScreen project={aProject()} />, project.handlers)
    await ready()
    expect(response()).toBe('My own words.')
    expect(screen.getByText('Unsaved changes restored.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Discard changes' }))
    expect(response()).toBe('Answer 1.')
    await waitFor(() => expect(bridge.inputsOf('draft.discard')).toEqual([{ candidateId: 1 }]))
  })

  it('does not accept blank text', async () => {
    const { bridge, press, user } = await review()
    await press('e')
    await user.clear(screen.getByRole('textbox', { name: 'Response' }))
    await press('{Control>}{Enter}{/Control}')
    expect(said()).toContain('Enter an instruction and a response.')
    expect(screen.getByRole('textbox', { name: 'Response' })).toBeInTheDocument()
    expect(bridge.inputsOf('decision.add')).toHaveLength(0)
  })

  it('shows the difference to the draft of an edited pair, word by word', async () => {
    shell.set({ reviewFilter: { states: ['edited'] } })
    const { user } = await review(
      candidatesOf(1, () => ({
        state: 'edited',
        response: 'Two red lamps.',
        draft: { instruction: 'Question 1?', response: 'Two lamps.' },
      })),
    )
    await user.click(await screen.findByRole('switch', { name: 'Changes from the draft' }))
    expect(document.querySelector('ins')?.textContent?.trim()).toBe('red')
  })
})

describe('undo and redo', () => {
  it('goes back to the pair whose decision it undoes, and on from it again: twice each ends where it began', async () => {
    const { press, candidates } = await review()
    await press('a')
    await ready()
    await press('i')
    await shows(3)
    await ready()
    await press('{Control>}z{/Control}')
    await shows(2)
    expect(candidates.get(2)?.state).toBe('pending')
    await press('{Control>}z{/Control}')
    await shows(1)
    await press('{Control>}{Shift>}z{/Shift}{/Control}')
    await shows(2)
    expect(candidates.get(1)?.state).toBe('accepted')
    await press('{Control>}{Shift>}z{/Shift}{/Control}')
    await shows(3)
    expect(candidates.get(2)?.state).toBe('ignored')
    expect(said()).toContain('Decision redone.')
  })

  it('goes on behind all pairs of a step that is done again', async () => {
    const decidedTogether = (id: number) => (id <= 3 ? { state: 'accepted' as const } : {})
    const { press, candidates } = await review(candidatesOf(5), {
      'decision.redo': () => {
        const after = candidatesOf(5, decidedTogether)
        for (const candidate of after) candidates.set(candidate.id, candidate)
        return { candidate: after[0]!, counts: { pending: 2, accepted: 3, edited: 0, rejected: 0, ignored: 0 }, pairs: 3 }
      },
      'candidate.list': ({ ids }) => ids.flatMap((id) => candidates.get(id) ?? []),
    })
    await press('{Control>}{Shift>}z{/Shift}{/Control}')
    await shows(4)
  })

  it('undoes a decision of an earlier session, though the pair is in no page', async () => {
    const { press } = await review(
      candidatesOf(5, (id) => (id === 2 ? { state: 'accepted' } : {})),
      {
        'decision.undo': () => ({
          candidate: candidatesOf(2)[1]!,
          counts: { pending: 5, accepted: 0, edited: 0, rejected: 0, ignored: 0 },
        }),
      },
    )
    await press('{Control>}z{/Control}')
    await shows(2)
    await press('{ArrowRight}')
    await shows(1)
  })

  it('says so when there is nothing to undo', async () => {
    const { press } = await review()
    await press('{Control>}z{/Control}')
    await waitFor(() => expect(said()).toContain('Nothing to undo.'))
  })
})

describe('a decision that cannot be stored', () => {
  const diskFull = () => {
    throw new Problem('disk-full', 'project.sqlite: the disk is full.', 'Free some space and try again.')
  }

  it('comes back as it was, with the focus and the remedy', async () => {
    const { press } = await review(candidatesOf(6), { 'decision.add': diskFull })
    await press('a')
    await shows(1)
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('the disk is full')
    expect(alert).toHaveTextContent('Free some space and try again.')
    expect(document.querySelector('[data-pair]')).toHaveFocus()
    expect(within(screen.getByRole('region', { name: 'Pair' })).getByText('pending')).toBeVisible()
    expect(screen.getByText('1 / 6')).toBeVisible()
  })

  it('keeps edited text as a draft', async () => {
    const { press } = await review(candidatesOf(6), { 'decision.add': diskFull })
    await press('e better{Control>}{Enter}{/Control}')
    await screen.findByRole('alert')
    await shows(1)
    expect(response()).toBe('Answer 1. better')
  })

  it('does not take the screen away from somebody who types', async () => {
    let fail: (reason: unknown) => void = () => {}
    const { press, user } = await review(candidatesOf(6), { 'decision.add': () => new Promise((_, reject) => (fail = reject)) })
    await press('a')
    await ready()
    await press('e')
    fail(new Problem('disk-full', 'The disk is full.', 'Free some space.'))
    await screen.findByRole('alert')
    await press(' more')
    expect(screen.getByRole('textbox', { name: 'Response' })).toHaveValue('Answer 2. more')
    await user.click(screen.getByRole('button', { name: 'Go to the pair' }))
    await shows(1)
  })
})

describe('exemplars', () => {
  it('pins and unpins an approved pair with F', async () => {
    shell.set({ reviewFilter: { states: ['accepted'] } })
    const { press, bridge } = await review(candidatesOf(2, () => ({ state: 'accepted' })))
    await ready()
    await press('f')
    expect(screen.getByText('Pinned exemplar')).toBeVisible()
    await waitFor(() => expect(bridge.inputsOf('exemplar.pin')).toEqual([{ candidateId: 1, pinned: true }]))
    await press('f')
    await waitFor(() => expect(bridge.inputsOf('exemplar.pin').at(-1)).toEqual({ candidateId: 1, pinned: false }))
  })

  it('accepts a pending pair and pins it with F, and says so', async () => {
    const { press, bridge } = await review()
    await press('f')
    expect(said()).toContain('Accepted and pinned as an exemplar.')
    await waitFor(() => expect(bridge.inputsOf('exemplar.pin')).toEqual([{ candidateId: 1, pinned: true }]))
    expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'accept' }])
  })

  it('does not make a rejected pair an exemplar', async () => {
    shell.set({ reviewFilter: { states: ['rejected'] } })
    const { press, bridge } = await review(candidatesOf(1, () => ({ state: 'rejected' })))
    await ready()
    await press('f')
    expect(said()).toContain('Only approved pairs can be exemplars.')
    expect(bridge.inputsOf('exemplar.pin')).toHaveLength(0)
  })

  it('show a pin that outlasts an undo or a rejection once the pair is approved again, and not before', async () => {
    shell.set({ reviewFilter: {} })
    const states = ['pending', 'rejected', 'edited'] as const
    const pinned = (id: number) => ({ pinned: true, pinnedReason: 'short', state: states[id - 1] ?? 'pending' })
    const { press } = await review(candidatesOf(3, pinned))
    const button = () => screen.getByRole('button', { name: /^Exemplar(?!s)/ })
    for (const id of [1, 2]) {
      await shows(id)
      expect(screen.queryByText('Pinned exemplar')).toBeNull()
      expect(button()).toHaveAttribute('aria-pressed', 'false')
      await press('{ArrowRight}')
    }
    await shows(3)
    expect(screen.getByText('Pinned exemplar')).toBeVisible()
    expect(button()).toHaveAttribute('aria-pressed', 'true')
    await press('{ArrowLeft}{ArrowLeft}a{ArrowLeft}')
    await shows(1)
    expect(screen.getByText('Pinned exemplar')).toBeVisible()
  })

  it('shows which exemplars a pair was drafted with', async () => {
    const project = reviewProject(candidatesOf(1))
    project.exemplars.set(1, [{ candidateId: 77, itemSourceId: 'coffee', instruction: 'What is in the cup?', response: 'Coffee.' }])
    const { user } = renderWindow(<ReviewScreen project={aProject()} />, project.handlers)
    await user.click(await screen.findByRole('tab', { name: /Exemplars/ }))
    expect(screen.getByText('What is in the cup?')).toBeVisible()
  })
})

describe('the queue', () => {
  it('goes back to what was decided, with its verdict', async () => {
    const { press } = await review()
    await press('a{ArrowLeft}')
    expect(instruction()).toBe('Question 1?')
    expect(within(screen.getByRole('region', { name: 'Pair' })).getByText('accepted')).toBeVisible()
    expect(screen.getByRole('button', { name: 'item 1, Accepted, Pending, Pending' })).toHaveAttribute('aria-current', 'true')
    await press('{ArrowRight}')
    expect(instruction()).toBe('Question 2?')
  })

  it('accepts an approved pair once', async () => {
    const { press, bridge } = await review()
    await press('a{ArrowLeft}')
    await ready()
    await press('a')
    expect(instruction()).toBe('Question 2?')
    expect(bridge.inputsOf('decision.add')).toHaveLength(1)
  })

  it('reads pages of 50 ahead of the reviewer, and no more', async () => {
    const { bridge, press } = await review(candidatesOf(10_000))
    expect(await screen.findByText('1 / 10,000')).toBeVisible()
    await waitFor(() => expect(bridge.inputsOf('candidate.page')).toHaveLength(3))
    for (let step = 0; step < 130; step++) fireEvent.keyDown(document.body, { key: 'ArrowRight' })
    await shows(131)
    await press('{ArrowRight}')
    await waitFor(() => expect(bridge.inputsOf('candidate.page').length).toBeGreaterThan(4))
    for (const { limit } of bridge.inputsOf('candidate.page')) expect(limit).toBe(50)
    expect(bridge.inputsOf('candidate.page').length).toBeLessThan(8)
  })

  it('follows the filter', async () => {
    const { user, bridge } = await review(candidatesOf(4, (id) => (id === 3 ? { state: 'rejected', reason: 'unsafe' } : {})))
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    await user.click(await screen.findByRole('combobox', { name: 'Filter by status' }))
    await user.click(await screen.findByRole('option', { name: 'Rejected', hidden: true }))
    await shows(3)
    expect(screen.getByText('Reason: unsafe')).toBeVisible()
    expect(bridge.inputsOf('candidate.page').at(-1)?.filter.states).toEqual(['rejected'])
  })

  it('searches for words', async () => {
    const { press } = await review(candidatesOf(30))
    await press('/Question 17')
    await shows(17)
    await press('{Escape}')
    await ready()
    await press('a')
    await screen.findByText('End of the queue')
  })

  it('shows what a model wrote as text, whatever it is', async () => {
    await review(candidatesOf(1, () => ({ response: '<img src=x onerror="alert(1)"><b>bold</b>' })))
    expect(response()).toBe('<img src=x onerror="alert(1)"><b>bold</b>')
    expect(document.querySelector('b, img[src="x"]')).toBeNull()
  })

  it('drops what somebody else decided ahead, and shows it on the pair on the screen without moving it', async () => {
    const { bridge, candidates, press } = await review(candidatesOf(6))
    await press('a')
    await shows(2)
    for (const id of [2, 3, 5]) candidates.set(id, { ...candidates.get(id)!, state: 'rejected', reason: 'unsafe' })
    bridge.emit('data.changed', { topics: ['pairs'] })
    expect(await screen.findByText('Reason: unsafe')).toBeVisible()
    expect(instruction()).toBe('Question 2?')
    await waitFor(() => expect(screen.getByText('2 / 4')).toBeVisible())
    await press('{ArrowRight}')
    await shows(4)
    await press('{ArrowRight}')
    await shows(6)
    await press('{ArrowLeft}{ArrowLeft}{ArrowLeft}')
    await shows(1)
    expect(within(screen.getByRole('region', { name: 'Pair' })).getByText('accepted')).toBeVisible()
  })

  it('keeps what is typed when somebody else decides on the pair', async () => {
    const { bridge, candidates, press } = await review(candidatesOf(2))
    await press('e')
    await press(' more')
    candidates.set(1, { ...candidates.get(1)!, state: 'accepted' })
    bridge.emit('data.changed', { topics: ['pairs'] })
    await waitFor(() => expect(within(screen.getByRole('region', { name: 'Pair' })).getByText('accepted')).toBeVisible())
    expect(screen.getByRole('textbox', { name: 'Response' })).toHaveValue('Answer 1. more')
  })

  it('says of which kind a pair is, or which round of which conversation, and why the model thinks it right', async () => {
    const { press } = await review(
      candidatesOf(2, (id) => (id === 1 ? { kind: 'detail' } : { conversation: 0, turn: 1, rationale: 'The crate is on the shelf.' })),
    )
    expect(screen.getByText('detail')).toBeVisible()
    expect(screen.queryByText('Model rationale')).toBeNull()
    await press('{ArrowRight}')
    await shows(2)
    expect(screen.getByText('Conversation 1, turn 2')).toBeVisible()
    expect(screen.getByText('Model rationale')).toBeVisible()
    expect(screen.getByText('The crate is on the shelf.')).toBeVisible()
  })

  it('begins at the top again for who was at the end and comes back, as new pairs may belong to any item', async () => {
    const { candidates, handlers } = reviewProject(candidatesOf(3).slice(1))
    function Visits() {
      const [here, setHere] = useState(true)
      return (
        <>
          <button onClick={() => setHere(!here)}>Go or come</button>
          {here && <ReviewScreen project={aProject()} />}
        </>
      )
    }
    const { user } = renderWindow(<Visits />, handlers)
    await ready()
    await user.keyboard('a')
    await shows(3)
    await user.keyboard('i')
    await screen.findByText('All pairs are reviewed')
    await user.click(screen.getByRole('button', { name: 'Go or come' }))
    candidates.set(1, candidatesOf(1)[0]!)
    await user.click(screen.getByRole('button', { name: 'Go or come' }))
    await shows(1)
  })

  it('reads again what a run has drafted meanwhile', async () => {
    const { bridge, candidates, press } = await review(candidatesOf(1))
    await press('a')
    await screen.findByText('All pairs are reviewed')
    candidates.set(2, candidatesOf(2)[1]!)
    bridge.emit('data.changed', { topics: ['pairs'] })
    await shows(2)
  })
})

describe('media and context', () => {
  it('point to each other: a box of the list lights up in the image', async () => {
    const { user } = await review()
    await user.click(screen.getByRole('tab', { name: 'Context' }))
    const entry = screen.getAllByRole('listitem').find((item) => item.textContent?.includes('60 × 330'))!
    await user.hover(entry)
    expect(within(screen.getByTestId('boxes')).getByText('rocket').closest('g')).toHaveAttribute('data-highlighted', 'true')
    await user.unhover(entry)
    await user.hover(within(screen.getByTestId('boxes')).getByText('rocket').closest('g')!)
    expect(entry).toHaveAttribute('data-highlighted', 'true')
  })

  it('hides the boxes with B and opens the guidelines with H', async () => {
    const { press } = await review()
    await press('b')
    expect(screen.queryByTestId('boxes')).toBeNull()
    await press('b')
    expect(screen.getByTestId('boxes')).toBeInTheDocument()
    await press('h')
    expect(screen.getByRole('tab', { name: /Guidelines/ })).toHaveAttribute('aria-selected', 'true')
  })

  it('plays a video with the space bar, and says why one cannot be played', async () => {
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
    const media = [{ ...anItem().media[0]!, kind: 'video' as const, mime: 'video/mp4', fileName: 'launch.mp4' }]
    const project = reviewProject(candidatesOf(1))
    const { user } = renderWindow(<ReviewScreen project={aProject()} />, {
      ...project.handlers,
      'item.get': ({ id }) => anItem({ id, media }),
    })
    const video = await screen.findByLabelText('Video launch.mp4')
    fireEvent.loadedMetadata(video)
    await ready()
    await user.keyboard(' ')
    expect(play).toHaveBeenCalledOnce()
    fireEvent.error(video)
    expect(await screen.findByText(/Cannot play launch\.mp4/)).toBeVisible()
  })
})

describe('nothing to review', () => {
  it('sends a new project to its runs', async () => {
    const { user } = await review([], { 'coldStart.get': () => aColdStart({ coldStart: { rule: defaultColdStartRule, closedAt: 1 } }) })
    await user.click(await screen.findByRole('button', { name: 'Go to Runs' }))
    expect(shell.get().screen).toBe('runs')
  })

  it('sends on to the export when all pairs are decided', async () => {
    const { press, user } = await review(candidatesOf(1))
    await press('a')
    await screen.findByText('All pairs are reviewed')
    await user.click(screen.getByRole('button', { name: 'Go to Export' }))
    expect(shell.get().screen).toBe('export')
  })

  it('tells why the queue cannot be read', async () => {
    const { user, bridge } = await review([], {
      'candidate.page': () => {
        throw new Problem('busy', 'Another program is writing.', 'Wait and try again.')
      },
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('Wait and try again.')
    bridge.answer('candidate.page', () => ({ candidates: candidatesOf(1), next: null }))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await shows(1)
  })
})
