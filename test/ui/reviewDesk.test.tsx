import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import { typedComments } from '../../src/renderer/src/app/state/typedComments'
import { defaultReviewSettings, type Marks } from '../../src/shared/review'
import type { Handlers } from './fakeBridge'
import { aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  typedComments.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const noMarks: Marks = { flaggedBy: [], tags: [], comments: [], ratings: [] }

async function review(handlers: Partial<Handlers> = {}) {
  const project = reviewProject(candidatesOf(4))
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, { ...project.handlers, ...handlers })
  await waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
  return { ...drawn, press: (keys: string) => drawn.user.keyboard(keys) }
}

describe('reasons of a rejection', () => {
  it('are several with Shift, then Enter, in the order of the list', async () => {
    const { bridge, press } = await review()
    await press('x{Shift>}[Digit3][Digit2]{/Shift}')
    expect(screen.getByRole('button', { name: /trivial/ })).toHaveAttribute('aria-pressed', 'true')
    await press('{Enter}')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ verdict: 'reject', reason: 'wrong fact\ntrivial' }]))
  })

  it('are several with one more number, and one of them may have a note', async () => {
    const { bridge, press } = await review()
    await press('x{Shift>}[Digit1]{/Shift}8')
    await press('too dark{Enter}')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ reason: 'not visible\nother: too dark' }]))
  })

  it('are those that the project has chosen, in its words', async () => {
    const { bridge, press } = await review({ 'review.settings': () => ({ ...defaultReviewSettings, reasons: ['off topic', 'duplicate'] }) })
    await press('x')
    expect(await screen.findByRole('button', { name: /off topic/ })).toBeVisible()
    expect(screen.queryByRole('button', { name: /trivial/ })).toBeNull()
    await press('1')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ reason: 'off topic' }]))
  })
})

describe('the history of a pair', () => {
  it('has its whole trace: what edits changed, both reviews, and where it comes from', async () => {
    const before = { instruction: 'Question 1?', response: 'A dog in the garden.' }
    const verdict = { reason: null, decidedAt: 2, ...before } as const
    const { user } = await review({
      'candidate.get': ({ id }) => ({
        candidate: candidatesOf(4)[id - 1] ?? candidatesOf(1)[0]!,
        exemplars: [],
        draft: null,
        decisions: [
          {
            ...{
              id: 1,
              candidateId: id,
              kind: 'decide',
              verdict: 'edit',
              reason: null,
              reviewer: 'Ada',
              before: 'pending',
              after: 'edited',
            },
            ...{ change: { before, after: { ...before, response: 'A cat in the garden.' } }, moved: null, seconds: 4 },
            ...{ guidelineVersion: 0, decidedAt: 1 },
          },
        ],
      }),
      'quality.look': () => ({
        state: 'disagreement',
        verdicts: [
          { reviewer: 'Ada', state: 'edited', ...verdict },
          { reviewer: 'Bo', state: 'rejected', ...verdict },
        ],
      }),
      'candidate.origin': () => ({
        media: [{ fileName: 'cat.jpg', kind: 'image', sha256: 'ab'.repeat(32) }],
        source: { license: 'CC BY 4.0', licenseUrl: null, url: 'https://example.org/cat', credit: 'Kim' },
        call: {
          ...{ id: 7, runId: 3, provider: 'openai', model: 'gpt-test', server: 'http://localhost/v1', calledAt: 1 },
          ...{ promptVersion: { id: 2, name: 'short' }, replyHash: 'cd'.repeat(32), reply: '{"pairs": "<b>raw</b>"}' },
          unusedFields: [{ name: 'quality', count: 2, value: 'bad' }],
        },
      }),
    })
    await user.click(screen.getByRole('tab', { name: /History/ }))
    const decisions = within(await screen.findByRole('region', { name: 'Decisions' }))
    expect(decisions.getByText('dog').tagName).toBe('DEL')
    expect(decisions.getByText('cat').tagName).toBe('INS')
    const second = within(await screen.findByRole('region', { name: 'First and second review' }))
    expect(second.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Ada'),
      expect.stringMatching(/rejected.*Bo/i),
    ])
    const origin = within(screen.getByRole('region', { name: 'Origin' }))
    for (const text of ['cat.jpg', 'CC BY 4.0', 'https://example.org/cat', 'Kim', 'gpt-test', '2 · short'])
      expect(await origin.findByText(text)).toBeVisible()
    expect(origin.getByText(`SHA-256 ${'ab'.repeat(32)}`)).toBeVisible()
    expect(within(origin.getByRole('list', { name: 'Fields that are not used' })).getByText('quality (2): bad')).toBeVisible()
    expect(origin.getByLabelText('Reply')).not.toBeVisible()
    await user.click(origin.getByText('Show reply'))
    expect(origin.getByText('{"pairs": "<b>raw</b>"}')).toBeVisible()
  })

  it('says that a reply is hidden', async () => {
    const { user } = await review({
      'candidate.origin': () => ({
        ...{ media: [], source: null },
        call: {
          ...{ id: 7, runId: 3, provider: 'openai', model: 'gpt-test', server: 'http://localhost/v1', calledAt: 1 },
          ...{ promptVersion: null, replyHash: null, reply: null, unusedFields: [] },
        },
      }),
    })
    await user.click(screen.getByRole('tab', { name: /History/ }))
    expect(await screen.findByText('Hidden by blind review or attention checks')).toBeVisible()
    expect(screen.queryByText('Show reply')).toBeNull()
  })
})

describe('marks on a pair', () => {
  it('a flag is put on and taken off by key', async () => {
    let marks = noMarks
    const { bridge, press } = await review({
      'marks.get': () => marks,
      'marks.flag': ({ flagged }) => (marks = { ...noMarks, flaggedBy: flagged ? ['Ada'] : [] }),
    })
    await press('g')
    expect(await screen.findByRole('button', { name: /^Flagged/ })).toHaveAttribute('aria-pressed', 'true')
    await press('g')
    expect(await screen.findByRole('button', { name: 'Flag' })).toHaveAttribute('aria-pressed', 'false')
    expect(bridge.inputsOf('marks.flag')).toEqual([
      { candidateId: 1, flagged: true },
      { candidateId: 1, flagged: false },
    ])
  })

  it('a comment is written without leaving the keys, shown as text, and does not decide', async () => {
    let marks = noMarks
    const { bridge, press } = await review({
      'marks.get': () => marks,
      'marks.comment': ({ body }) => (marks = { ...noMarks, comments: [{ id: 1, reviewer: 'Ada', body, writtenAt: 0 }] }),
    })
    await press('n')
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveFocus())
    await press('<b>axi</b>{Control>}{Enter}{/Control}')
    expect(await within(screen.getByRole('list', { name: 'Comments' })).findByText('<b>axi</b>')).toBeVisible()
    expect(bridge.inputsOf('decision.add')).toEqual([])
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('')
  })

  it('a comment being typed is there again on the way back to its pair and from another screen, and gone once it is sent', async () => {
    const { bridge, press, unmount } = await review()
    await press('n')
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveFocus())
    await press('too dark{Escape}{ArrowRight}')
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue(''))
    await press('{ArrowLeft}')
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('too dark'))
    unmount()
    const again = await review()
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('too dark')
    await again.user.click(screen.getByRole('button', { name: 'Add comment' }))
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue(''))
    expect(again.bridge.inputsOf('marks.comment')).toEqual([{ candidateId: 1, body: 'too dark' }])
    expect(bridge.inputsOf('marks.comment')).toEqual([])
  })

  it('tags are added and removed', async () => {
    let marks = noMarks
    const { user, bridge } = await review({
      'marks.get': () => marks,
      'marks.tag': ({ tag, tagged }) =>
        (marks = { ...marks, tags: tagged ? [...marks.tags, tag] : marks.tags.filter((one) => one !== tag) }),
    })
    await user.click(screen.getByRole('tab', { name: /Notes/ }))
    await user.type(screen.getByRole('combobox', { name: 'Tags' }), 'dark{Enter}')
    await screen.findByText('dark')
    await user.type(screen.getByRole('combobox', { name: 'Tags' }), '{Backspace}')
    await waitFor(() =>
      expect(bridge.inputsOf('marks.tag')).toEqual([
        { candidateId: 1, tag: 'dark', tagged: true },
        { candidateId: 1, tag: 'dark', tagged: false },
      ]),
    )
  })

  it('ratings are asked for where the project wants them', async () => {
    const { user, bridge } = await review({ 'review.settings': () => ({ ...defaultReviewSettings, ratings: true }) })
    await user.click(within(await screen.findByRole('radiogroup', { name: 'Correct' })).getByRole('radio', { name: '4' }))
    await waitFor(() => expect(bridge.inputsOf('marks.rate')).toEqual([{ candidateId: 1, quality: 'correct', value: 4 }]))
  })

  it('a rating is taken off by choosing it again, with the mouse and by key', async () => {
    let marks = noMarks
    const { user, bridge } = await review({
      'review.settings': () => ({ ...defaultReviewSettings, ratings: true }),
      'marks.get': () => marks,
      'marks.rate': ({ quality, value }) => (marks = { ...noMarks, ratings: value === null ? [] : [{ quality, value }] }),
    })
    const group = await screen.findByRole('radiogroup', { name: 'Correct' })
    const four = within(group).getByRole('radio', { name: '4' })
    for (const takeOff of [() => user.click(four), () => user.keyboard(' ')]) {
      await user.click(four)
      await waitFor(() => expect(four).toBeChecked())
      expect(group).toHaveAccessibleDescription('Select 4 again to clear the rating')
      await takeOff()
      await waitFor(() => expect(four).not.toBeChecked())
      expect(group).not.toHaveAccessibleDescription()
    }
    expect(bridge.inputsOf('marks.rate').map(({ value }) => value)).toEqual([4, null, 4, null])
  })
})

describe('filters', () => {
  it('combine, are counted, stand as chips, and are taken off one by one', async () => {
    const { user, bridge } = await review({ 'candidate.count': ({ filter }) => Object.keys(filter).length, 'marks.tags': () => ['dark'] })
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    expect(await screen.findByText('1 pair')).toBeVisible()
    const add = async (name: string) => {
      await user.click(screen.getByRole('combobox', { name: 'Add filter' }))
      await user.click(await screen.findByRole('option', { name }))
    }
    await add('Flag')
    await user.click(await screen.findByRole('combobox', { name: 'Flag' }))
    await user.click(await screen.findByRole('option', { name: 'Flagged by me' }))
    await add('Tag')
    await user.click(await screen.findByRole('combobox', { name: 'Tag' }))
    await user.click(await screen.findByRole('option', { name: 'dark' }))
    expect(await screen.findByText('3 pairs')).toBeVisible()
    expect(shell.get().reviewFilter).toEqual({ states: ['pending'], flagged: 'mine', tag: 'dark' })
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Remove filter: Flagged by me' }))
    expect(shell.get().reviewFilter).toEqual({ states: ['pending'], tag: 'dark' })
    expect(bridge.inputsOf('candidate.page').at(-1)).toMatchObject({ filter: { states: ['pending'], tag: 'dark' } })
  })

  it('are kept as a view under a name', async () => {
    const { user, bridge } = await review()
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    await user.type(await screen.findByRole('textbox', { name: 'Save this filter as' }), 'mine{Enter}')
    await waitFor(() => expect(bridge.inputsOf('view.save')).toEqual([{ name: 'mine', filter: { states: ['pending'] } }]))
  })

  it('a step over all that they find says how many before, and is one call', async () => {
    const counts = { pending: 0, accepted: 0, edited: 0, rejected: 1234, ignored: 0 }
    const { user, bridge } = await review({ 'candidate.count': () => 1234, 'bulk.decide': () => ({ changed: 1234, counts }) })
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    await user.click(await screen.findByRole('combobox', { name: 'Bulk actions' }))
    await user.click(await screen.findByRole('option', { name: 'Reject' }))
    await user.click(await screen.findByRole('button', { name: 'Reject 1,234 pairs' }))
    await waitFor(() =>
      expect(bridge.inputsOf('bulk.decide')).toEqual([{ target: { filter: { states: ['pending'] } }, verdict: 'reject' }]),
    )
    expect(await screen.findByText('1,234 pairs reviewed. Undo reverts all of them.')).toBeVisible()
  })
})
