import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { compareState, openComparison } from '../../src/renderer/src/features/prompt/compare/compareState'
import { promptDraft } from '../../src/renderer/src/features/prompt/promptDraft'
import { PromptScreen } from '../../src/renderer/src/features/prompt/PromptScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import { leftSideOf } from '../../src/shared/comparison'
import type { ComparisonState, PromptState } from '../../src/shared/contract'
import { defaultGenerationSettings, defaultProviderSettings, type PromptText, type TrialReply } from '../../src/shared/domain'
import type { Handlers } from './fakeBridge'
import { aProject } from './fakeProject'
import { renderWindow } from './render'

beforeEach(() => {
  shell.reset()
  promptDraft.reset()
  compareState.reset()
})

const text: PromptText = { outputForm: 'pairs', systemMessage: 'Look closely.', contextTemplate: '{{ captions }}' }
const versions = [
  { id: 1, createdAt: 0, ...text, name: '', note: '' },
  { id: 2, createdAt: 1, ...text, systemMessage: 'Be brief.', name: 'Short', note: 'Fewer words.' },
]
const stored: PromptState = {
  current: { id: 2, createdAt: 1, ...text, systemMessage: 'Be brief.', name: 'Short', note: '' },
  versions,
  recipeText: text,
  settings: defaultGenerationSettings,
  fileExemplars: 0,
}
const reply = (response: string, part: Partial<TrialReply> = {}): TrialReply => ({
  model: 'gemma',
  reply: response,
  pairs: [{ instruction: 'What is it?', response, kind: null, conversation: null, turn: null, rationale: null }],
  unusedFields: [],
  error: null,
  promptTokens: 100,
  completionTokens: 20,
  milliseconds: 5,
  ...part,
})
const aComparison = (part: Partial<ComparisonState> = {}): ComparisonState => ({
  id: 4,
  first: { ...text, versionId: 1, name: '' },
  second: { ...text, versionId: 2, name: 'Short' },
  settings: { provider: { ...defaultProviderSettings, kind: 'openai', model: 'gemma' }, generation: defaultGenerationSettings },
  blind: false,
  seed: 1,
  createdAt: 2,
  items: [1, 2].map((itemId) => ({
    itemId,
    sourceId: `item-${itemId}`,
    medium: null,
    first: reply('A rocket on a launch pad.'),
    second: reply('A rocket on its launch pad.'),
    vote: null,
  })),
  active: false,
  cost: { first: 0.0021, second: null },
  ...part,
})

/** Main as far as it keeps votes. */
function kept(comparison: ComparisonState): Partial<Handlers> {
  let now = comparison
  return {
    'prompt.get': () => stored,
    'comparison.get': () => now,
    'comparison.vote': ({ itemId, vote }) => {
      now = { ...now, items: now.items.map((item) => (item.itemId === itemId ? { ...item, vote } : item)) }
      return null
    },
  }
}
function show(comparison: ComparisonState, handlers: Partial<Handlers> = {}) {
  compareState.set({ mode: 'compare' })
  openComparison(comparison.id)
  return renderWindow(<PromptScreen project={aProject()} />, { ...kept(comparison), ...handlers })
}

test('requests, tokens and price are told before anything is sent, for two versions and chosen items', async () => {
  const { user, bridge } = renderWindow(<PromptScreen project={aProject()} />, {
    'prompt.get': () => stored,
    'comparison.plan': () => ({ items: 5, calls: 8, kept: 2, promptTokens: 4000, completionTokens: 900, price: 0 }),
    'comparison.start': () => aComparison(),
    'comparison.get': () => aComparison(),
  })
  await user.click(await screen.findByText('Compare'))
  expect(await screen.findByText('8 requests')).toBeVisible()
  expect(screen.getByText(/about 4,000 tokens in, 900 out · free with the demo generator/)).toBeVisible()
  expect(screen.getByText(/2 replies are kept already and cost nothing/)).toBeVisible()
  expect(bridge.inputsOf('comparison.start')).toEqual([])
  await user.click(screen.getByText('Random items'))
  const seed = screen.getByRole('textbox', { name: 'Seed' })
  await user.clear(seed)
  await user.type(seed, '7')
  await user.click(screen.getByRole('button', { name: 'Start comparison' }))
  await screen.findByRole('heading', { name: 'Version 1 and Version 2 · Short' })
  expect(bridge.inputsOf('comparison.start')).toMatchObject([
    { first: { versionId: 1 }, second: { versionId: 2 }, items: { kind: 'random', count: 5, seed: 7 }, blind: true },
  ])
})

test('unsaved text is compared with a version, and the same version twice is not', async () => {
  promptDraft.set({ text: { ...text, systemMessage: 'Unsaved.' } })
  compareState.set({ mode: 'compare' })
  const { user, bridge } = renderWindow(<PromptScreen project={aProject()} />, { 'prompt.get': () => stored })
  await waitFor(() =>
    expect(bridge.inputsOf('comparison.plan').at(-1)).toMatchObject({
      first: { versionId: 2 },
      second: { text: { systemMessage: 'Unsaved.' } },
    }),
  )
  await user.click(screen.getByRole('combobox', { name: 'Second version' }))
  await user.click(await screen.findByRole('option', { name: 'Version 2 · Short' }))
  expect(screen.getByText('Choose two different versions.')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Start comparison' })).toBeDisabled()
})

test('both sets of pairs stand beside each other with their differences, the totals below the image', async () => {
  show(aComparison())
  const pairs = within(await screen.findByRole('region', { name: 'Pairs' }))
  expect(pairs.getAllByRole('heading').map((heading) => heading.textContent)).toEqual(['Version 1', 'Version 2 · Short'])
  expect(pairs.getAllByText(/^(a|its)$/).map((part) => part.closest('mark')?.textContent)).toEqual(['a', 'its'])
  const totals = within(screen.getByRole('table', { name: 'Totals' }))
  expect(totals.getByRole('row', { name: /Tokens in \/ out/ })).toHaveTextContent('200 / 40200 / 40')
  expect(totals.getByRole('row', { name: /Cost/ })).toHaveTextContent('$0.0021unknown')
  expect(totals.getByRole('row', { name: /Mean length/ })).toHaveTextContent('11 / 25 characters11 / 27 characters')
})

test('keys move between items and vote; a second press takes a vote back', async () => {
  const { user, bridge } = show(aComparison())
  await screen.findByText('2 items without a vote')
  await user.keyboard('1')
  expect(await screen.findByText('1 item without a vote')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Left is better' })).toHaveAttribute('aria-pressed', 'true')
  await user.keyboard('{ArrowRight}0')
  expect(await screen.findByText('All items have a vote.')).toBeVisible()
  await user.keyboard('{ArrowLeft}1')
  expect(await screen.findByText('1 item without a vote')).toBeVisible()
  expect(bridge.inputsOf('comparison.vote')).toEqual([
    { id: 4, itemId: 1, vote: 'first' },
    { id: 4, itemId: 2, vote: 'equal' },
    { id: 4, itemId: 1, vote: null },
  ])
})

test('a blind comparison shuffles the sides, and hides names and totals until there is a vote', async () => {
  const seed = [...Array(50).keys()].find((one) => leftSideOf({ blind: true, seed: one }, 1) === 'second') ?? 0
  const { user, bridge } = show(aComparison({ blind: true, seed }))
  const pairs = within(await screen.findByRole('region', { name: 'Pairs' }))
  const names = () => pairs.getAllByRole('heading').map((heading) => heading.textContent)
  expect(names()).toEqual(['Left · name hidden until you vote', 'Right · name hidden until you vote'])
  expect(pairs.getAllByText('its')[0]?.closest('article')).toBe(pairs.getAllByRole('article')[0])
  expect(screen.queryByRole('table')).not.toBeInTheDocument()
  await user.keyboard('1')
  await waitFor(() => expect(names()).toEqual(['Version 2 · Short', 'Version 1']))
  expect(bridge.inputsOf('comparison.vote')).toEqual([{ id: 4, itemId: 1, vote: 'second' }])
  await user.keyboard('{ArrowRight}2')
  expect(await screen.findByRole('table', { name: 'Totals' })).toBeVisible()
})

test('a failure is named with its remedy, is not voted on before its reply, and is retried', async () => {
  const failed = reply('', { reply: 'Sure!', pairs: [], error: { code: 'not-json', message: 'It is no JSON.', status: null } })
  const [item, other] = aComparison().items
  if (!item || !other) throw new Error('there are two items')
  const { user, bridge } = show(
    aComparison({
      items: [
        { ...item, first: failed },
        { ...other, second: null },
      ],
    }),
  )
  expect(await screen.findByRole('alert')).toHaveTextContent('It is no JSON.')
  await user.click(screen.getByRole('button', { name: 'Retry 1 failed' }))
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  await waitFor(() =>
    expect(bridge.inputsOf('comparison.resume')).toEqual([
      { id: 4, failed: true },
      { id: 4, failed: false },
    ]),
  )
  await user.keyboard('{ArrowRight}1')
  expect(screen.getByRole('button', { name: 'Left is better' })).toBeDisabled()
  expect(bridge.inputsOf('comparison.vote')).toEqual([])
})

test('one under way tells its progress and is stopped', async () => {
  const items = aComparison().items.map((item) => ({ ...item, second: null }))
  const { user, bridge } = show(aComparison({ active: true, items }))
  expect(await screen.findByText('2 of 4 requests')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Stop' }))
  await waitFor(() => expect(bridge.inputsOf('comparison.cancel')).toEqual([{ id: 4 }]))
})

test('pairs become candidates only on request; a comparison is deleted after a question', async () => {
  const { user, bridge } = show(aComparison())
  await user.click(await screen.findByRole('button', { name: 'More actions' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Pairs of Version 2 · Short' }))
  expect(await screen.findByText('Added 3 pairs to review as run 2.')).toBeVisible()
  expect(bridge.inputsOf('comparison.keep')).toEqual([{ id: 4, side: 'second' }])
  await user.click(screen.getByRole('button', { name: 'More actions' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete comparison' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete comparison' }))
  expect(await screen.findByRole('heading', { name: 'Earlier comparisons' })).toBeVisible()
  expect(bridge.inputsOf('comparison.remove')).toEqual([{ id: 4 }])
})

test('a version has a name and a note, which can be changed', async () => {
  const { user, bridge } = renderWindow(<PromptScreen project={aProject()} />, { 'prompt.get': () => stored, 'prompt.label': () => stored })
  expect(await screen.findByRole('heading', { name: 'Version 2 · Short' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Versions' }))
  await user.click(await screen.findByRole('button', { name: /Version 1,/ }))
  const panel = within(screen.getByRole('dialog', { name: 'Versions' }))
  const name = (await panel.findAllByRole('textbox', { name: 'Name' })).find((field) => (field as HTMLInputElement).value === '')
  if (!name) throw new Error('version 1 has no name yet')
  await user.type(name, 'Plain{Enter}')
  await waitFor(() => expect(bridge.inputsOf('prompt.label')).toEqual([{ id: 1, name: 'Plain', note: '' }]))
})
