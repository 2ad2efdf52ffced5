import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SecondReviewSwitch } from '../../src/renderer/src/features/quality/SecondReviewSwitch'
import { OwnFiguresDialog } from '../../src/renderer/src/features/quality/OwnFiguresDialog'
import { QualitySettingsForm } from '../../src/renderer/src/features/quality/QualitySettingsForm'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { dialogs } from '../../src/renderer/src/app/state/dialogs'
import { shell } from '../../src/renderer/src/app/state/shell'
import { Problem } from '../../src/shared/problem'
import { defaultQualitySettings } from '../../src/shared/quality'
import type { Handlers } from './fakeBridge'
import { aProject, someFigures } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  dialogs.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const ready = () => waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())

async function review(handlers: Partial<Handlers> = {}, count = 14) {
  const project = reviewProject(candidatesOf(count))
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, { ...project.handlers, ...handlers })
  await ready()
  const press = async (key: string) => {
    await ready()
    await drawn.user.keyboard(key)
  }
  return { ...drawn, project, press }
}
const currentPair = () => document.querySelector('[data-candidate]')?.getAttribute('data-candidate')

describe('ten accepted in a row in less than two seconds each', () => {
  const warning = /You accepted ten pairs in a row/

  it('are warned of quietly, until the next slower decision', async () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const { press, bridge } = await review()
    for (let pair = 0; pair < 10; pair++) {
      expect(screen.queryByText(warning)).toBeNull()
      now += 1500
      await press('a')
    }
    expect(screen.getByText(warning).closest('[aria-live="polite"]')).not.toBeNull()
    expect(currentPair()).toBe('11')
    now += 5000
    await press('a')
    await waitFor(() => expect(screen.queryByText(warning)).toBeNull())
    expect(bridge.inputsOf('decision.add')).toHaveLength(11)
  })

  it('are not in a row with a rejection between them', async () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const { press } = await review()
    for (let pair = 0; pair < 9; pair++) {
      now += 100
      await press('a')
    }
    await press('x1')
    await press('a')
    expect(screen.queryByText(warning)).toBeNull()
  })
})

describe('an attention check that was missed', () => {
  it('is told without stopping the work, with the way back to the pair, which is as it was drafted', async () => {
    const project = reviewProject(candidatesOf(4))
    const real = { ...candidatesOf(1)[0]!, response: 'What the model wrote.' }
    const { press, user } = await review(
      {
        'decision.add': (input) => {
          if (input.candidateId !== 1) return project.handlers['decision.add'](input)
          const counts = { pending: 4, accepted: 0, edited: 0, rejected: 0, ignored: 0 }
          return { candidate: real, counts, check: { candidateId: 1, kind: 'foreign', words: '' } }
        },
      },
      4,
    )
    await press('a')
    const told = await screen.findByText(/the response belonged to another image/)
    expect(told.closest('[aria-live="polite"]')).not.toBeNull()
    expect(currentPair()).toBe('2')
    await user.click(screen.getByRole('button', { name: 'Go to the pair' }))
    expect(currentPair()).toBe('1')
    expect(await screen.findByText('What the model wrote.')).toBeVisible()
    expect(screen.queryByText(/Attention check/)).toBeNull()
  })

  it('is no exemplar, though it was accepted as one', async () => {
    const counts = { pending: 14, accepted: 0, edited: 0, rejected: 0, ignored: 0 }
    const { press, bridge } = await review({
      'decision.add': () => ({ candidate: candidatesOf(1)[0]!, counts, check: { candidateId: 1, kind: 'colour', words: 'blue' } }),
    })
    await press('f')
    expect(await screen.findByText(/the color “blue” was wrong/)).toBeVisible()
    expect(bridge.inputsOf('exemplar.pin')).toEqual([])
  })
})

describe('second reviews and disagreements', () => {
  const counts = () => ({ second: 12, disagreements: 3, heldBack: 0, blind: false })

  it('are queues with their counts, there while something waits in them', async () => {
    const shown = vi.fn<(filter: object) => void>()
    const { user } = renderWindow(<SecondReviewSwitch look={undefined} onShow={shown} />, { 'quality.counts': counts })
    await user.click(await screen.findByRole('button', { name: 'Second review 12' }))
    await user.click(screen.getByRole('button', { name: 'Disagreements 3' }))
    expect(shown.mock.calls).toEqual([[{ look: 'second' }], [{ look: 'disagreement' }]])
  })

  it('are offered where no rule asks for them, with the way to the setting', async () => {
    const { user } = await review()
    expect(screen.queryByRole('region', { name: 'Second review' })).toBeNull()
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    await user.click(await screen.findByRole('button', { name: 'Second review' }))
    const offer = within(await screen.findByRole('dialog', { name: 'Second review' }))
    await user.click(offer.getByRole('button', { name: 'Open settings' }))
    expect(shell.get()).toMatchObject({ overlay: 'settings', settingsPlace: 'secondReview' })
  })

  it('name whom to ask where only the lead of a blind review can turn them on', async () => {
    const { user } = await review({ 'quality.settings': () => ({ ...defaultQualitySettings, blind: true, lead: 'Grace' }) })
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    await user.click(await screen.findByRole('button', { name: 'Second review' }))
    const offer = within(await screen.findByRole('dialog', { name: 'Second review' }))
    expect(offer.getByText(/Ask Grace/)).toBeVisible()
    expect(offer.queryByRole('button')).toBeNull()
  })

  it('are offered at the end of their empty queue too', async () => {
    shell.set({ reviewFilter: { look: 'second' } })
    renderWindow(<ReviewScreen project={aProject()} />, {
      ...reviewProject(candidatesOf(2)).handlers,
      'candidate.page': () => ({ candidates: [], next: null }),
    })
    expect(await screen.findByRole('heading', { name: 'Second review is off' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Open settings' })).toBeVisible()
  })

  it('have their queue where a rule asks for them, though none waits', async () => {
    const asked = { ...defaultQualitySettings.secondLook, edited: true }
    const { user } = await review({ 'quality.settings': () => ({ ...defaultQualitySettings, secondLook: asked }) })
    await user.click(screen.getByRole('button', { name: /^Queue/ }))
    expect(await screen.findByRole('button', { name: 'Second review 0' })).toBeVisible()
  })

  it('a disagreement shows both verdicts, and the decision made there is sent as the final one', async () => {
    shell.set({ reviewFilter: { look: 'disagreement' } })
    const verdict = { instruction: 'Question 1?', reason: null, decidedAt: 1 }
    const { press, bridge } = await review({
      'quality.counts': counts,
      'quality.look': () => ({
        state: 'disagreement',
        verdicts: [
          { ...verdict, reviewer: 'Bo', state: 'accepted', response: 'Answer 1.' },
          { ...verdict, reviewer: 'Cyd', state: 'rejected', response: 'Answer 1.', reason: 'trivial' },
        ],
      }),
    })
    const panel = await screen.findByRole('region', { name: 'Second review' })
    expect(await within(panel).findByText('First · Bo')).toBeVisible()
    expect(within(panel).getByText('Second · Cyd')).toBeVisible()
    expect(within(panel).getByText(/Your decision is final/)).toBeVisible()
    await press('a')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'accept', final: true }]))
  })

  it('a blind second review says that the first verdict is hidden', async () => {
    shell.set({ reviewFilter: { look: 'second' } })
    const { press, bridge } = await review({ 'quality.counts': counts, 'quality.look': () => ({ state: 'waiting', verdicts: [] }) })
    expect(await screen.findByText(/You see their decision after you decide/)).toBeVisible()
    await press('a')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toHaveLength(1))
    expect(bridge.inputsOf('decision.add')[0]).not.toHaveProperty('final')
  })
})

describe('my figures', () => {
  it('are shown of the reviewer alone', async () => {
    dialogs.set({ ownFigures: true })
    renderWindow(<OwnFiguresDialog />, {
      'quality.ownFigures': () =>
        someFigures({
          accepted: 6,
          edited: 2,
          rejected: 2,
          medianSeconds: 4.25,
          days: [
            { day: Date.UTC(2025, 0, 15), pairs: 7 },
            { day: Date.UTC(2025, 0, 14), pairs: 3 },
          ],
          checks: { caught: 3, missed: 1 },
          agreement: { pairs: 8, agreed: 6, kappa: 0.4667 },
        }),
    })
    const dialog = await screen.findByRole('dialog', { name: 'My statistics' })
    const figure = async (name: string) => (await within(dialog).findByText(name)).nextElementSibling?.textContent
    expect(await figure('Accepted')).toBe('6 (60%)')
    expect(await figure('Time per pair (median)')).toBe('4.3 s')
    expect(await figure('Pairs per day (mean of days with decisions)')).toBe('5')
    expect(await figure('Attention checks passed')).toBe('3 of 4')
    expect(await figure('Agreement with other reviewers')).toBe('75% of 8 pairs, κ 0.47')
    expect(await figure('Agreement between all reviewers')).toBe('–')
  })

  it('say what to do while there are none', async () => {
    dialogs.set({ ownFigures: true })
    renderWindow(<OwnFiguresDialog />)
    expect(await screen.findByText(/No decisions yet/)).toBeVisible()
  })
})

describe('the settings of quality', () => {
  const form = <QualitySettingsForm reasons={['wrong fact', 'trivial']} />
  const shareField = () => screen.findByRole('textbox', { name: 'Second review (% of reviewed pairs)' })

  it('are saved as they are changed, what is typed once after a pause', async () => {
    const { user, bridge } = renderWindow(form)
    const share = await shareField()
    await user.clear(share)
    await user.type(share, '12')
    expect(bridge.inputsOf('quality.saveSettings')).toEqual([])
    const withShare = { ...defaultQualitySettings, secondLook: { ...defaultQualitySettings.secondLook, share: 0.12 } }
    await waitFor(() => expect(bridge.inputsOf('quality.saveSettings')).toEqual([withShare]))
    await user.click(screen.getByRole('switch', { name: 'Edited pairs' }))
    const edited = { ...withShare, secondLook: { ...withShare.secondLook, edited: true } }
    await waitFor(() => expect(bridge.inputsOf('quality.saveSettings').slice(1)).toEqual([edited]))
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
  })

  it('are saved when the form is left before the pause is over', async () => {
    const { user, bridge, unmount } = renderWindow(form)
    await user.type(await screen.findByRole('textbox', { name: 'Pairs reviewed in less than (seconds)' }), '2.5')
    unmount()
    await waitFor(() => expect(bridge.inputsOf('quality.saveSettings')).toMatchObject([{ secondLook: { belowSeconds: 2.5 } }]))
  })

  it('go through the decided pairs once at a time; what is changed meanwhile is saved together after', async () => {
    let finish: () => void = () => undefined
    const { user, bridge } = renderWindow(form, {
      'quality.saveSettings': async (settings) => {
        await new Promise<void>((resolve) => (finish = resolve))
        return settings
      },
    })
    await user.click(await screen.findByRole('switch', { name: 'Edited pairs' }))
    await waitFor(() => expect(bridge.inputsOf('quality.saveSettings')).toHaveLength(1))
    await user.click(screen.getByRole('switch', { name: 'Flagged pairs' }))
    await user.click(screen.getByRole('switch', { name: /^Export pairs that need a second review/ }))
    expect(bridge.inputsOf('quality.saveSettings')).toHaveLength(1)
    finish()
    await waitFor(() => expect(bridge.inputsOf('quality.saveSettings')).toHaveLength(2))
    expect(bridge.inputsOf('quality.saveSettings')[1]).toMatchObject({
      secondLook: { edited: true, flagged: true },
      exportWaiting: true,
    })
    finish()
  })

  it('that cannot be saved are reported and shown as they are stored', async () => {
    const { user } = renderWindow(form, {
      'quality.saveSettings': () => {
        throw new Problem('disk-full', 'The disk is full.', 'Free some space.')
      },
    })
    const edited = await screen.findByRole('switch', { name: 'Edited pairs' })
    await user.click(edited)
    expect(await screen.findByText('The disk is full.')).toBeVisible()
    await waitFor(() => expect(edited).not.toBeChecked())
  })

  it('make the one who turns blind review on its lead, who can name another', async () => {
    const { user, bridge } = renderWindow(form)
    await user.click(await screen.findByRole('switch', { name: /^Blind review/ }))
    await waitFor(() => expect(bridge.inputsOf('quality.saveSettings')).toMatchObject([{ blind: true, lead: 'Ada' }]))
    const lead = screen.getByRole('textbox', { name: 'Project lead' })
    await user.clear(lead)
    await user.type(lead, 'Grace{Enter}')
    await waitFor(() => expect(bridge.inputsOf('quality.saveSettings').at(-1)).toMatchObject({ blind: true, lead: 'Grace' }))
    expect(bridge.inputsOf('quality.saveSettings')).toHaveLength(2)
  })

  it('are read-only for others in blind review, who see why', async () => {
    renderWindow(form, { 'quality.settings': () => ({ ...defaultQualitySettings, blind: true, lead: 'Grace' }) })
    expect(await screen.findByText(/Only the project lead can change these settings during blind review\. Ask Grace/)).toBeVisible()
    expect(await shareField()).toBeDisabled()
    for (const field of [...screen.getAllByRole('switch'), ...screen.getAllByRole('textbox')]) expect(field).toBeDisabled()
  })
})
