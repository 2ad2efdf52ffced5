import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { ReviewSettingsForm } from '../../src/renderer/src/features/settings/ReviewSettingsForm'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { Candidate } from '../../src/shared/domain'
import type { FixRule } from '../../src/shared/editing'
import { defaultReviewSettings } from '../../src/shared/review'
import type { Handlers } from './fakeBridge'
import { aCandidate, aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const ready = () => waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
const counts = { pending: 1, accepted: 2, edited: 0, rejected: 0, ignored: 0 }

async function review(handlers: Partial<Handlers> = {}, part: (id: number) => Partial<Candidate> = () => ({})) {
  const project = reviewProject(candidatesOf(4, part))
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, { ...project.handlers, ...handlers })
  await ready()
  return { ...drawn, project, press: (keys: string) => drawn.user.keyboard(keys) }
}

const rule = (part: Partial<FixRule> = {}): FixRule => ({
  name: 'No digits',
  pattern: ' \\d+',
  flags: '',
  replacement: '',
  part: 'both',
  on: true,
  ...part,
})

describe('find and fix', () => {
  const settings = { ...defaultReviewSettings, fixes: [rule(), rule({ name: 'Tone', pattern: 'Answer', replacement: 'Reply' })] }

  it('offers what the rules find with its difference, and Y takes all of it into the edit', async () => {
    const { bridge, press } = await review({ 'review.settings': () => settings })
    const fixes = await screen.findByRole('list', { name: 'Suggested fixes' })
    expect(within(fixes).getByText('Fix: No digits')).toBeVisible()
    expect(within(fixes).getByLabelText('added: Reply')).toBeVisible()
    await press('y')
    await waitFor(() =>
      expect(bridge.inputsOf('draft.save').at(-1)).toEqual({ candidateId: 1, instruction: 'Question?', response: 'Reply.' }),
    )
    expect(screen.queryByRole('list', { name: 'Suggested fixes' })).toBeNull()
    expect(screen.queryByRole('textbox', { name: 'Response' })).toBeNull()
    await press('a')
    await waitFor(() =>
      expect(bridge.inputsOf('decision.add')).toMatchObject([{ verdict: 'edit', pair: { instruction: 'Question?', response: 'Reply.' } }]),
    )
  })

  it('takes one alone by its button', async () => {
    const { bridge, user } = await review({ 'review.settings': () => settings })
    await user.click(await screen.findByRole('button', { name: 'Apply the fix Tone' }))
    await waitFor(() => expect(bridge.inputsOf('draft.save').at(-1)).toMatchObject({ response: 'Reply 1.' }))
  })

  it('is written in the settings, refused while it is no pattern, and shows what it would change', async () => {
    const example = { candidateId: 7, itemSourceId: 'rocket', part: 'response', before: 'Grey cat.', after: 'Gray cat.' } as const
    const { bridge, user } = renderWindow(<ReviewSettingsForm settings={defaultReviewSettings} />, {
      'fix.preview': ({ rules }) => ({
        looked: 10,
        complete: true,
        rules: rules.map(() => ({ fault: null, changes: 4, examples: [example] })),
      }),
    })
    await user.click(screen.getByRole('button', { name: 'New rule' }))
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Spelling')
    await user.type(screen.getByRole('textbox', { name: 'Find' }), 'Gr(ey')
    expect(await screen.findByText(/Invalid pattern: missing closing/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Save rule' })).toBeDisabled()
    await user.clear(screen.getByRole('textbox', { name: 'Find' }))
    await user.type(screen.getByRole('textbox', { name: 'Find' }), 'Grey')
    await user.type(screen.getByRole('textbox', { name: 'Replace with' }), 'Gray{Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('review.saveSettings')).toMatchObject([
        { fixes: [{ name: 'Spelling', pattern: 'Grey', replacement: 'Gray' }] },
      ]),
    )
  })

  it('shows how many pending pairs a rule would change, and the first of them', async () => {
    const example = { candidateId: 7, itemSourceId: 'rocket', part: 'response', before: 'Grey cat.', after: 'Gray cat.' } as const
    renderWindow(<ReviewSettingsForm settings={settings} />, {
      'fix.preview': ({ rules }) => ({
        looked: 10,
        complete: true,
        rules: rules.map((_, at) => ({ fault: null, changes: 4 + at, examples: at === 0 ? [example] : [] })),
      }),
    })
    expect(await screen.findByText('changes 4 pending pairs')).toBeVisible()
    expect(screen.getByText('changes 5 pending pairs')).toBeVisible()
    expect(screen.getByLabelText('removed: Grey')).toBeVisible()
  })
})

describe('a pair split in two', () => {
  it('is prefilled from the place of the cursor, sent in one step, and the queue goes on', async () => {
    const second = aCandidate({ id: 9, author: 'Ada', state: 'accepted', splitFrom: 1 })
    const { bridge, press } = await review({
      'pair.split': ({ candidateId }) => ({ candidates: [aCandidate({ id: candidateId, state: 'edited' }), second], counts }),
    })
    await press('e')
    const response = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Response' })
    response.setSelectionRange(6, 6)
    await press('{Alt>}s{/Alt}')
    expect(await screen.findByRole('textbox', { name: 'Response of pair 1' })).toHaveValue('Answer')
    expect(screen.getByRole('textbox', { name: 'Response of pair 2' })).toHaveValue('1.')
    expect(screen.getByRole('textbox', { name: 'Instruction of pair 2' })).toHaveValue('Question 1?')
    await press('!{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(bridge.inputsOf('pair.split')).toMatchObject([
        { candidateId: 1, first: { instruction: '!Question 1?', response: 'Answer' }, second: { response: '1.' } },
      ]),
    )
    expect(await screen.findByText('Question 2?')).toBeVisible()
    expect(bridge.inputsOf('pair.saveTyped')).toMatchObject([{ form: 'split', subjectId: 1 }])
  })
})

describe('a pair of one’s own', () => {
  it('is stored while it is typed, closed without loss, and added beside the pair', async () => {
    const own = aCandidate({ id: 9, author: 'Ada', state: 'accepted', runId: null, callId: null })
    let typed: { instruction: string; response: string }[] | null = null
    const { bridge, press } = await review({
      'pair.typed': ({ form }) => (form === 'own' ? typed : null),
      'pair.saveTyped': ({ pairs }) => {
        typed = pairs
        return null
      },
      'pair.write': () => ({ candidates: [own], counts }),
    })
    await press('{Alt>}n{/Alt}')
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Instruction' })).toHaveFocus())
    await press('Why?{Escape}')
    expect(await screen.findByText(/You have an unfinished pair/)).toBeVisible()
    await press('{Alt>}n{/Alt}')
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Instruction' })).toHaveValue('Why?'))
    await press('{Tab}So.{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(bridge.inputsOf('pair.write')).toMatchObject([{ itemId: 1, besideId: 1, pair: { instruction: 'Why?', response: 'So.' } }]),
    )
    expect(await screen.findByText('Question 1?')).toBeVisible()
    expect(bridge.inputsOf('decision.add')).toEqual([])
  })

  it('says who wrote it in the place of the model', async () => {
    await review({}, () => ({ author: 'Ada', provider: null, model: null, promptVersionId: null, runId: null, callId: null }))
    expect(screen.getByText('Written by Ada')).toBeVisible()
    expect(screen.queryByText(/Prompt version/)).toBeNull()
  })
})

describe('turns of a conversation', () => {
  it('stand beside the pair and change places by key', async () => {
    const turns = candidatesOf(2, (id) => ({ conversation: 0, turn: id - 1 }))
    const { bridge, press } = await review(
      { 'turn.list': () => turns, 'turn.move': () => ({ candidates: [{ ...turns[0]!, turn: 1 }], counts }) },
      (id) => ({ conversation: 0, turn: id - 1 }),
    )
    const list = await screen.findByRole('list', { name: 'Conversation turns' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(2)
    await press('{Alt>}{ArrowDown}{/Alt}')
    await waitFor(() => expect(bridge.inputsOf('turn.move')).toEqual([{ candidateId: 1, by: 1 }]))
    expect((await screen.findAllByText(/Moved to turn 2 of 2/)).length).toBeGreaterThan(0)
  })
})

describe('all pending pairs of the item', () => {
  const decided = candidatesOf(3, () => ({ state: 'accepted' }))

  it('are accepted after their number is said, and the queue goes on to the next item', async () => {
    const { bridge, press } = await review({ 'candidate.count': () => 3, 'item.decide': () => ({ candidates: decided, counts }) })
    await press('{Alt>}a{/Alt}')
    expect(await screen.findByText('Accept all 3 pending pairs of this item?')).toBeVisible()
    expect(bridge.inputsOf('item.decide')).toEqual([])
    await press('{Enter}')
    await waitFor(() => expect(bridge.inputsOf('item.decide')).toMatchObject([{ itemId: 1, verdict: 'accept' }]))
    expect(await screen.findByText('Question 4?')).toBeVisible()
  })

  it('are rejected for several reasons, and Escape goes back', async () => {
    const { bridge, press } = await review({ 'candidate.count': () => 3, 'item.decide': () => ({ candidates: decided, counts }) })
    await press('{Alt>}x{/Alt}')
    expect(await screen.findByText(/Why reject all 3 pending pairs/)).toBeVisible()
    await press('{Escape}')
    expect(screen.queryByText(/Why reject all 3 pending pairs/)).toBeNull()
    await press('{Alt>}x{/Alt}')
    await screen.findByText(/Why reject all 3 pending pairs/)
    await press('{Shift>}[Digit3]{/Shift}2')
    await waitFor(() => expect(bridge.inputsOf('item.decide')).toMatchObject([{ verdict: 'reject', reason: 'wrong fact\ntrivial' }]))
  })
})
