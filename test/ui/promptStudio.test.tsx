import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { promptDraft } from '../../src/renderer/src/features/prompt/promptDraft'
import { PromptScreen } from '../../src/renderer/src/features/prompt/PromptScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { PromptPreview, PromptState, PromptTrial } from '../../src/shared/contract'
import { defaultGenerationSettings, defaultProviderSettings, type PromptText } from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'
import { aProject, appSettings } from './fakeProject'
import { renderWindow } from './render'

beforeEach(() => {
  shell.reset()
  promptDraft.reset()
})

const promptScreen = <PromptScreen project={aProject()} />
const aText = (part: Partial<PromptText> = {}): PromptText => ({
  outputForm: 'pairs',
  systemMessage: 'Look closely.',
  contextTemplate: '{{ captions }}',
  ...part,
})
const versionsOf = (texts: readonly PromptText[], part: Partial<PromptState> = {}): PromptState => {
  const versions = texts.map((text, index) => ({ id: index + 1, createdAt: index, ...text }))
  const current = versions.at(-1) ?? { id: 1, createdAt: 0, ...aText() }
  return { current, versions, recipeText: aText(), settings: defaultGenerationSettings, fileExemplars: 0, ...part }
}
const withModel = { 'app.settings': () => appSettings({ provider: { ...defaultProviderSettings, kind: 'openai', model: 'a-model' } }) }
const preview = (part: Partial<PromptPreview>) => () => ({
  messages: [],
  exemplars: [],
  tokens: 1200,
  price: null,
  byWords: false,
  ...part,
})
const trialOf = (part: Partial<PromptTrial>): PromptTrial => ({
  model: 'a-model',
  reply: null,
  pairs: [],
  unusedFields: [],
  error: null,
  promptTokens: 800,
  completionTokens: 60,
  milliseconds: 1500,
  ...part,
})

test('the price stands beside the tokens, with the model that it is for', async () => {
  renderWindow(promptScreen, { ...withModel, 'prompt.preview': preview({ price: 0.00213 }) })
  expect(await screen.findByText(/\$0\.0021 with a-model/)).toBeVisible()
})

test('a price that nobody knows is not made up, and the demo generator costs nothing', async () => {
  const first = renderWindow(promptScreen, { ...withModel, 'prompt.preview': preview({}) })
  expect(await screen.findByText(/price unknown for a-model/)).toBeVisible()
  first.unmount()
  renderWindow(promptScreen, { 'prompt.preview': preview({}) })
  expect(await screen.findByText(/free with the demo generator/)).toBeVisible()
})

test('the output form is part of the text and is saved as a new version', async () => {
  const { user, bridge } = renderWindow(promptScreen)
  await user.click(await screen.findByRole('combobox', { name: 'Output format' }))
  await user.click(await screen.findByRole('option', { name: 'Conversations' }))
  expect(screen.getByText('Not saved')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => bridge.inputsOf('prompt.save')).toMatchObject([{ outputForm: 'conversations' }])
})

test('a trial shows the reply as text and the pairs in it, for the text as it stands', async () => {
  const reply = '{"conversations": [["<b>Why</b>", "Because."]]}'
  const { user, bridge } = renderWindow(promptScreen, {
    'prompt.try': () =>
      trialOf({
        reply,
        pairs: [{ instruction: '<b>Why</b>?', response: 'Because.', kind: null, conversation: 0, turn: 1, rationale: 'It is said.' }],
      }),
  })
  await user.type(await screen.findByRole('textbox', { name: 'System message' }), ' Now.')
  await user.click(screen.getByRole('button', { name: 'Try on this item' }))
  expect(await screen.findByRole('region', { name: 'Raw reply' })).toHaveTextContent(reply)
  const pair = within(screen.getByRole('list', { name: '1 pair found' }))
  expect(pair.getByText('<b>Why</b>?')).toBeVisible()
  expect(pair.getByText('Conversation 1, turn 2')).toBeVisible()
  expect(pair.getByText('Rationale: It is said.')).toBeVisible()
  expect(screen.getByText('a-model, 1.5 s · 800 tokens in, 60 out')).toBeVisible()
  expect(bridge.inputsOf('prompt.try')[0]?.text.systemMessage).toMatch(/ Now\.$/)
  await user.type(screen.getByRole('textbox', { name: 'System message' }), ' Later.')
  expect(screen.getByText('The prompt has changed since this trial.')).toBeVisible()
})

test('a trial whose reply cannot be read says what happened and what to do, beside the reply', async () => {
  const { user } = renderWindow(promptScreen, {
    'prompt.try': () => trialOf({ reply: 'Sure! Here', error: { code: 'cut-off', message: 'It ends after 16 tokens.', status: null } }),
  })
  await user.click(await screen.findByRole('button', { name: 'Try on this item' }))
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('The reply was cut off: It ends after 16 tokens.')
  expect(alert).toHaveTextContent('Allow more tokens')
  expect(screen.getByRole('region', { name: 'Raw reply' })).toHaveTextContent('Sure! Here')
})

test('a trial that could not be made is told in its place', async () => {
  const { user } = renderWindow(promptScreen, {
    'prompt.try': () => {
      throw new Problem('no-key', 'API key missing.', 'Enter one in the settings.')
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Try on this item' }))
  expect(await within(screen.getByRole('region', { name: 'Trial' })).findByRole('alert')).toHaveTextContent('Enter one in the settings.')
})

test('any two versions are compared word by word', async () => {
  const texts = [aText(), aText({ systemMessage: 'Look twice.' }), aText({ systemMessage: 'Look twice, slowly.' })]
  const { user } = renderWindow(promptScreen, { 'prompt.get': () => versionsOf(texts) })
  await user.click(await screen.findByRole('button', { name: 'Versions' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Versions' }))
  await user.click(dialog.getByRole('tab', { name: 'Difference' }))
  const message = () => within(dialog.getByRole('region', { name: 'System message' }))
  expect(
    message()
      .getByText(/slowly/)
      .closest('ins'),
  ).not.toBeNull()
  await user.click(dialog.getByRole('combobox', { name: 'From' }))
  await user.click(await screen.findByRole('option', { name: /Version 1,/ }))
  expect(message().getByText('closely').closest('del')).not.toBeNull()
  expect(within(dialog.getByRole('region', { name: 'Context template' })).getByText('No differences.')).toBeVisible()
})

const promptFile: Partial<Handlers> = {
  'app.chooseFile': () => '/prompts/dc.json',
  'prompt.readFile': () => ({
    text: aText({ systemMessage: 'From a file.' }),
    exemplars: 2,
    findings: [
      { kind: 'identical-exemplars', at: 2, message: 'Turns 1 and 3 are the same.', repair: 'The second is left out.' },
      { kind: 'invalid-json', at: 7, message: 'A comma too many.', repair: null },
    ],
  }),
}

test('a prompt file is read first, its issues are listed with their repair, then it is imported repaired', async () => {
  const { user, bridge } = renderWindow(promptScreen, {
    ...promptFile,
    'prompt.importFile': () => versionsOf([aText(), aText({ systemMessage: 'From a file.' })], { fileExemplars: 2 }),
  })
  await user.click(await screen.findByRole('button', { name: 'Prompt file' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Import prompt file…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import prompt file' }))
  const [twice, comma] = await dialog.findAllByRole('listitem')
  expect(twice).toHaveTextContent('Duplicate exemplars, turn 2Turns 1 and 3 are the same.Repair: The second is left out.')
  expect(comma).toHaveTextContent('Invalid JSON, line 7A comma too many.Exemplar cannot repair this.')
  expect(bridge.inputsOf('prompt.importFile')).toEqual([])
  await user.click(dialog.getByRole('button', { name: 'Import repaired' }))
  expect(await screen.findByRole('heading', { name: 'Version 2' })).toBeVisible()
  expect(bridge.inputsOf('prompt.importFile')).toEqual([{ path: '/prompts/dc.json', repair: true }])
  expect(screen.getByRole('textbox', { name: 'System message' })).toHaveValue('From a file.')
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  expect(bridge.inputsOf('prompt.save')).toMatchObject([{ systemMessage: 'From a file.', dropFileExemplars: true }])
})

test('a prompt file can be imported as it is, and what then comes with it is shown before', async () => {
  const { user, bridge } = renderWindow(promptScreen, {
    ...promptFile,
    'prompt.readFile': ({ repair }) => ({
      text: aText({ systemMessage: 'From a file.' }),
      exemplars: repair ? 3 : 2,
      findings: [{ kind: 'identical-exemplars', at: 2, message: 'Turns 1 and 3 are the same.', repair: 'The second is left out.' }],
    }),
    'prompt.importFile': () => versionsOf([aText(), aText({ systemMessage: 'From a file.' })], { fileExemplars: 2 }),
  })
  await user.click(await screen.findByRole('button', { name: 'Prompt file' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Import prompt file…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import prompt file' }))
  expect(await dialog.findByText('The file contains 3 exemplars.')).toBeVisible()
  await user.click(dialog.getByRole('switch', { name: /^Repair issues/ }))
  expect(await dialog.findByText('The file contains 2 exemplars.')).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Import unchanged' }))
  await expect.poll(() => bridge.inputsOf('prompt.importFile')).toEqual([{ path: '/prompts/dc.json', repair: false }])
})

test('a prompt file whose JSON must be repaired first says so where it is not to be', async () => {
  const { user } = renderWindow(promptScreen, {
    ...promptFile,
    'prompt.readFile': ({ repair }) => ({
      text: repair ? aText() : null,
      exemplars: 0,
      findings: [{ kind: 'invalid-json', at: 1, message: 'A comma too many.', repair: 'Fix the punctuation.' }],
    }),
  })
  await user.click(await screen.findByRole('button', { name: 'Prompt file' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Import prompt file…' }))
  await user.click(await screen.findByRole('switch', { name: /^Repair issues/ }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Without repair, this file contains nothing usable.')
  expect(screen.queryByRole('button', { name: /^Import/ })).toBeNull()
})

test('a prompt file that cannot be used at all is not imported', async () => {
  const { user } = renderWindow(promptScreen, {
    ...promptFile,
    'prompt.readFile': () => ({
      text: null,
      exemplars: 0,
      findings: [{ kind: 'invalid-json', at: 1, message: 'No JSON at all.', repair: null }],
    }),
  })
  await user.click(await screen.findByRole('button', { name: 'Prompt file' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Import prompt file…' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('This file contains nothing usable.')
  expect(screen.queryByRole('button', { name: /^Import/ })).toBeNull()
})

test('the prompt is written to a file whose name tells project and version', async () => {
  const { user, bridge } = renderWindow(promptScreen, { 'app.chooseSaveFile': ({ name }) => `/out/${name}` })
  await user.click(await screen.findByRole('button', { name: 'Prompt file' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Export prompt file…' }))
  expect(await screen.findByText('Exported to /out/Space day prompt 1.json.')).toBeVisible()
  expect(bridge.inputsOf('prompt.writeFile')).toEqual([{ path: '/out/Space day prompt 1.json' }])
})

test('nothing is written when no file is chosen', async () => {
  const { user, bridge } = renderWindow(promptScreen)
  await user.click(await screen.findByRole('button', { name: 'Prompt file' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Export prompt file…' }))
  await expect.poll(() => bridge.inputsOf('app.chooseSaveFile')).toMatchObject([{ name: 'Space day prompt 1.json' }])
  expect(bridge.inputsOf('prompt.writeFile')).toEqual([])
})

test('exemplars can be the most similar or diverse, within a budget of tokens', async () => {
  const { user, bridge } = renderWindow(promptScreen)
  await user.click(await screen.findByRole('combobox', { name: 'Other exemplars' }))
  await user.click(await screen.findByRole('option', { name: 'Most diverse' }))
  await user.click(screen.getByRole('switch', { name: 'Limit exemplar tokens' }))
  const budget = screen.getByRole('textbox', { name: 'Maximum exemplar tokens' })
  await user.clear(budget)
  await user.type(budget, '900')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => bridge.inputsOf('prompt.saveSettings')[0]?.exemplars).toMatchObject({ fill: 'diverse', tokenBudget: 900 })
})

test('where the embedding model has not seen the item, the choice by words is told', async () => {
  const first = renderWindow(promptScreen, { ...withModel, 'prompt.preview': preview({ byWords: true }) })
  expect(await screen.findByText(/this item has no embedding yet/)).toBeVisible()
  first.unmount()
  renderWindow(promptScreen, { ...withModel, 'prompt.preview': preview({}) })
  expect(await screen.findByText(/price unknown/)).toBeVisible()
  expect(screen.queryByText(/no embedding yet/)).not.toBeInTheDocument()
})

test('exemplars of a prompt file are told, and how they count', async () => {
  const settings = { ...defaultGenerationSettings, exemplars: { ...defaultGenerationSettings.exemplars, tokenBudget: 500 } }
  renderWindow(promptScreen, { 'prompt.get': () => versionsOf([aText()], { fileExemplars: 2, settings }) })
  expect(await screen.findByText('Prompts start with 2 exemplars from a prompt file.')).toBeVisible()
  expect(screen.getByText(/In addition to “Exemplars per prompt”/)).toBeVisible()
  expect(screen.getByLabelText('Maximum exemplar tokens')).toHaveAccessibleDescription(/Exemplars from a prompt file count too/)
})
