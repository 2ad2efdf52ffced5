import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { namePrompt } from '../../src/renderer/src/features/review/session/reviewerNamePrompt'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import { storeAll } from '../../src/renderer/src/app/state/writes'
import type { AppSettings, CallName } from '../../src/shared/contract'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'
import { appSettings, aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  namePrompt.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const ready = () => waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
const currentPair = () => document.querySelector('[data-candidate]')?.getAttribute('data-candidate')

async function reviewUnnamed(handlers: Partial<Handlers> = {}) {
  let settings: AppSettings = { ...appSettings(), reviewer: 'root', reviewerNamed: false }
  const project = reviewProject(candidatesOf(4))
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, {
    ...project.handlers,
    'app.settings': () => settings,
    'app.saveSettings': (part) => (settings = { ...settings, ...part, reviewerNamed: true }),
    ...handlers,
  })
  await ready()
  const order = () =>
    drawn.bridge.calls.map(({ name }) => name).filter((name: CallName) => name === 'app.saveSettings' || name === 'decision.add')
  return { ...drawn, project, order }
}
const nameField = () => screen.findByRole('textbox', { name: 'Your name' })

describe('the name of the reviewer', () => {
  it('is asked for at the first decision, which is stored under it; by keyboard alone, and once', async () => {
    const { user, bridge, order } = await reviewUnnamed()
    await user.keyboard('a')
    expect(await nameField()).toHaveFocus()
    expect(await nameField()).toHaveValue('root')
    expect(bridge.inputsOf('decision.add')).toEqual([])
    await user.keyboard('Ada{Enter}')
    await waitFor(() => expect(order()).toEqual(['app.saveSettings', 'decision.add']))
    expect(bridge.inputsOf('app.saveSettings')).toEqual([{ reviewer: 'Ada' }])
    expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'accept' }])
    await waitFor(() => expect(currentPair()).toBe('2'))
    await ready()
    await user.keyboard('i')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toHaveLength(2))
    expect(screen.queryByRole('dialog', { name: 'Your name' })).toBeNull()
  })

  it('stays that of the account by Escape, and the decision is stored', async () => {
    const { user, bridge } = await reviewUnnamed()
    await user.keyboard('x1')
    await nameField()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'reject' }]))
    expect(bridge.inputsOf('app.saveSettings')).toEqual([{ reviewer: 'root' }])
  })

  it('is no hurdle for who closes the project or leaves the screen: the decision is stored', async () => {
    const { user, bridge } = await reviewUnnamed()
    await user.keyboard('a')
    await nameField()
    await act(storeAll)
    expect(bridge.inputsOf('decision.add')).toMatchObject([{ candidateId: 1, verdict: 'accept' }])
  })

  it('that was typed with an edit goes with the edit, which is kept', async () => {
    const { user, bridge } = await reviewUnnamed()
    await user.keyboard('e Really.{Control>}{Enter}{/Control}')
    await nameField()
    await user.keyboard('Ada{Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('decision.add')).toMatchObject([
        { candidateId: 1, verdict: 'edit', pair: { response: expect.stringContaining('Really.') as string } },
      ]),
    )
  })

  it('that cannot be stored keeps the question and the decision', async () => {
    let full = true
    const { user, bridge } = await reviewUnnamed({
      'app.saveSettings': (part) => {
        if (full) throw new Problem('disk-full', 'The disk is full.', 'Free some space.')
        return { ...appSettings(), ...part, reviewerNamed: true }
      },
    })
    await user.keyboard('a')
    await nameField()
    await user.keyboard('Ada{Enter}')
    expect(await screen.findByText('The disk is full.')).toBeVisible()
    expect(bridge.inputsOf('decision.add')).toEqual([])
    full = false
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(bridge.inputsOf('decision.add')).toHaveLength(1))
  })
})
