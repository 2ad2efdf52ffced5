import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SettingsScreen } from '../../src/renderer/src/features/settings/SettingsScreen'
import { withKey } from '../../src/renderer/src/features/settings/changeKeys'
import { defaultProviderSettings } from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import { defaultReviewSettings } from '../../src/shared/review'
import { renderWindow } from './render'

const settings = <SettingsScreen />
const openAi = { ...defaultProviderSettings, kind: 'openai' as const }

test('the reviewer’s name is kept when its field is left, and never empty', async () => {
  const { user, bridge } = renderWindow(settings)
  await user.click(await screen.findByRole('tab', { name: 'General' }))
  const name = screen.getByRole('textbox', { name: 'Your name' })
  await user.clear(name)
  await user.tab()
  expect(name).toBeInvalid()
  expect(bridge.inputsOf('app.saveSettings')).toEqual([])
  await user.type(name, 'Grace')
  await user.tab()
  expect(bridge.inputsOf('app.saveSettings')).toEqual([{ reviewer: 'Grace' }])
})

test('the licenses of what the program is made of are shown', async () => {
  const { user } = renderWindow(settings)
  await user.click(await screen.findByRole('tab', { name: 'General' }))
  await user.click(screen.getByRole('button', { name: 'Open-source licenses' }))
  expect(await screen.findByText(/Electron 45\.4\.1/)).toBeVisible()
})

test('another address is entered, checked, kept and tested', async () => {
  const { user, bridge } = renderWindow(settings, { 'app.testProvider': () => ({ model: 'gemma', milliseconds: 41.7 }) })
  await user.click(await screen.findByRole('radio', { name: 'Custom endpoint' }))
  const address = await screen.findByRole('textbox', { name: 'Base URL' })
  await user.clear(address)
  await user.type(address, 'localhost{Enter}')
  expect(address).toBeInvalid()
  await user.clear(address)
  await user.type(address, 'http://127.0.0.1:11434/v1{Enter}')
  await expect
    .poll(() => bridge.inputsOf('app.saveSettings').at(-1))
    .toEqual({ provider: { ...openAi, baseUrl: 'http://127.0.0.1:11434/v1' } })
  await user.click(screen.getByRole('button', { name: 'Test connection' }))
  expect(await screen.findByText('gemma replied in 42 ms.')).toBeVisible()
  expect(bridge.inputsOf('app.testProvider')).toEqual([{ ...openAi, baseUrl: 'http://127.0.0.1:11434/v1' }])
})

test('what was typed last is what is tested, however slowly it is stored', async () => {
  const { user, bridge } = renderWindow(settings, {
    'app.saveSettings': () => new Promise(() => undefined),
    'app.testProvider': ({ model }) => ({ model, milliseconds: 1 }),
  })
  await user.click(await screen.findByRole('radio', { name: 'Custom endpoint' }))
  const fill = async (name: string, text: string) => {
    await user.clear(await screen.findByRole(name === 'Model' ? 'combobox' : 'textbox', { name }))
    await user.type(screen.getByRole(name === 'Model' ? 'combobox' : 'textbox', { name }), text)
  }
  await fill('Base URL', 'http://127.0.0.1:11434/v1')
  await fill('Model', 'gemma')
  await user.click(screen.getByRole('button', { name: 'Test connection' }))
  const wanted = { ...openAi, baseUrl: 'http://127.0.0.1:11434/v1', model: 'gemma' }
  await expect.poll(() => bridge.inputsOf('app.testProvider')).toEqual([wanted])
  expect(bridge.inputsOf('app.saveSettings').at(-1)).toEqual({ provider: wanted })
})

test('settings that could not be stored are shown as they were', async () => {
  const { user } = renderWindow(settings, {
    'app.saveSettings': () => {
      throw new Problem('disk-full', 'The disk is full.', 'Make room.')
    },
  })
  await user.click(await screen.findByRole('radio', { name: 'OpenAI' }))
  const model = await screen.findByRole('combobox', { name: 'Model' })
  await user.clear(model)
  await user.type(model, 'gemma{Enter}')
  await expect.poll(() => model).toHaveValue(defaultProviderSettings.model)
})

test('a connection that fails shows the true error and the remedy', async () => {
  const { user } = renderWindow(settings, {
    'app.testProvider': () => {
      throw new Problem('provider', '401 Incorrect API key provided.', 'Check the key.')
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Test connection' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('401 Incorrect API key provided.Check the key.')
})

test('a key can be given and forgotten, is never shown again, and its place is told', async () => {
  const { user, bridge } = renderWindow(settings, {
    'app.keyStatus': () => ({ present: 'none', storage: 'memory' }),
    'app.saveKey': () => ({ present: 'memory', storage: 'memory' }),
  })
  await user.click(await screen.findByRole('radio', { name: 'OpenAI' }))
  expect(await screen.findByText(/No API key saved\. This system has no keychain/)).toBeVisible()
  const field = screen.getByLabelText('API key')
  expect(field).toHaveAttribute('type', 'password')
  await user.type(field, ' sk-secret ')
  await user.click(screen.getByRole('button', { name: 'Save key' }))
  expect(await screen.findByText(/stays in memory until you close the window/)).toBeVisible()
  expect(field).toHaveValue('')
  expect(bridge.inputsOf('app.saveKey')).toEqual([{ key: 'sk-secret' }])
  await user.click(screen.getByRole('button', { name: 'Remove key' }))
  expect(await screen.findByText(/No API key saved/)).toBeVisible()
})

test('a key is changed by pressing another; a clash is shown, and a reset takes it back', async () => {
  const { user, bridge } = renderWindow(settings)
  await user.click(await screen.findByRole('tab', { name: 'Shortcuts' }))
  const row = (name: string) => within(screen.getByRole('row', { name: new RegExp(`^${name} (?![a-z])`) }))
  await user.click(row('Edit').getByRole('button', { name: 'Change E for Edit' }))
  expect(row('Edit').getByRole('button', { name: 'Press keys…' })).toHaveFocus()
  await user.keyboard('a')
  expect(await row('Edit').findByRole('alert')).toHaveTextContent('Also used for: Accept')
  expect(row('Accept').getByRole('alert')).toHaveTextContent('Also used for: Edit')
  expect(bridge.inputsOf('app.saveSettings')).toEqual([{ keys: { edit: ['A'] } }])
  await user.click(row('Edit').getByRole('button', { name: 'Reset shortcuts for Edit' }))
  expect(await row('Edit').findByRole('button', { name: 'Change E for Edit' })).toBeVisible()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('Escape leaves a key as it is and the settings open', async () => {
  const { user, bridge } = renderWindow(settings)
  await user.click(await screen.findByRole('tab', { name: 'Shortcuts' }))
  await user.click(screen.getByRole('button', { name: 'Change A for Accept' }))
  await user.keyboard('{Escape}')
  expect(await screen.findByRole('button', { name: 'Change A for Accept' })).toBeVisible()
  expect(bridge.inputsOf('app.saveSettings')).toEqual([])
})

test('keys with modifiers are written as the keymap writes them', async () => {
  const { user, bridge } = renderWindow(settings)
  await user.click(await screen.findByRole('tab', { name: 'Shortcuts' }))
  await user.click(screen.getByRole('button', { name: 'Add a shortcut for Redo decision' }))
  await user.keyboard('{Control>}y{/Control}')
  await expect.poll(() => bridge.inputsOf('app.saveSettings')).toEqual([{ keys: { redo: ['Mod+Shift+Z', 'Mod+Y'] } }])
})

test('keys that are the standard again are no override', () => {
  expect(withKey({ accept: ['Q'] }, 'accept', 'Q', 'A')).toEqual({})
  expect(withKey({}, 'zoomIn', '=', null)).toEqual({ zoomIn: ['+'] })
  expect(withKey({}, 'accept', null, 'A')).toEqual({})
})

test('an embedding model is kept, and none where its field is empty again', async () => {
  const { user, bridge } = renderWindow(settings)
  await user.click(await screen.findByRole('radio', { name: 'OpenAI' }))
  const field = await screen.findByRole('combobox', { name: 'Embedding model (optional)' })
  await user.type(field, 'text-embedding-3-small{Enter}')
  await user.clear(field)
  await user.tab()
  const saved = bridge
    .inputsOf('app.saveSettings')
    .flatMap(({ provider }) => (provider && 'embeddingModel' in provider ? [provider.embeddingModel] : []))
  expect(saved.slice(-2)).toEqual(['text-embedding-3-small', null])
})

test('the reasons of a rejection are the project’s: added in order, at most nine, and set back', async () => {
  let kept = defaultReviewSettings
  const { user, bridge } = renderWindow(settings, { 'review.settings': () => kept, 'review.saveSettings': (changed) => (kept = changed) })
  await user.click(await screen.findByRole('tab', { name: 'Review' }))
  await user.type(await screen.findByRole('combobox', { name: 'Rejection reasons' }), 'off topic{Enter}')
  expect(bridge.inputsOf('review.saveSettings').at(-1)?.reasons).toEqual([...defaultReviewSettings.reasons, 'off topic'])
  await user.click(await screen.findByRole('button', { name: 'Use default reasons' }))
  await waitFor(() => expect(kept).toEqual(defaultReviewSettings))
  await user.click(screen.getByRole('switch', { name: /Ask for ratings/ }))
  expect(bridge.inputsOf('review.saveSettings').at(-1)).toMatchObject({ ratings: true })
})

test('the surround of media is chosen beside the theme, and the screen says that it is saved', async () => {
  const { user, bridge } = renderWindow(settings)
  expect(await screen.findByText('Changes are saved immediately.')).toBeVisible()
  await user.click(await screen.findByRole('tab', { name: 'Appearance' }))
  await user.click(within(screen.getByRole('radiogroup', { name: 'Surround of media' })).getByRole('radio', { name: 'Light' }))
  expect(bridge.inputsOf('app.saveSettings')).toEqual([{ surround: 'light' }])
  expect(await screen.findByText('Saved')).toBeVisible()
})

test('the search finds settings of every section by name and text, and leads to the one that is chosen', async () => {
  const { user } = renderWindow(settings)
  const field = await screen.findByRole('searchbox', { name: /^Search settings/ })
  fireEvent.change(field, { target: { value: 'surround of media' } })
  const found = within(await screen.findByRole('region', { name: 'Settings found' }))
  await user.click(await found.findByRole('button', { name: /Surround of media.*Appearance/ }))
  expect(await screen.findByRole('tab', { name: 'Appearance', selected: true })).toBeVisible()
  const group = screen.getByRole('radiogroup', { name: 'Surround of media' })
  expect(group.closest('[data-highlighted]')).toBeVisible()
  expect(group).toContainElement(document.activeElement as HTMLElement)
  // By Enter, in the provider's own form and in the table of keys.
  for (const [query, name] of [
    ['pause after', 'Drafting'],
    ['undo decision', 'Shortcuts'],
    ['dictionary', 'Review'],
    ['daily goal', 'General'],
  ] as const) {
    fireEvent.change(field, { target: { value: query } })
    await screen.findByText('1 setting found')
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(screen.getByRole('tab', { name, selected: true })).toBeVisible()
    expect(field).toHaveValue('')
  }
  // By words that mean the same.
  for (const [query, name] of [
    ['dark', /^Theme.*Appearance/],
    ['font', /^Text size.*Appearance/],
    ['API key', /^Model provider.*Drafting/],
  ] as const) {
    fireEvent.change(field, { target: { value: query } })
    expect(await within(await screen.findByRole('region', { name: 'Settings found' })).findByRole('button', { name })).toBeVisible()
  }
})

test('a search without a hit says so, and Escape clears it', async () => {
  const { user } = renderWindow(settings)
  const field = await screen.findByRole('searchbox', { name: /^Search settings/ })
  await user.click(field)
  fireEvent.change(field, { target: { value: 'quux' } })
  expect(await screen.findByText('0 settings found')).toBeVisible()
  await user.keyboard('{Escape}')
  expect(field).toHaveValue('')
  expect(screen.getByRole('tabpanel', { name: 'Drafting' })).toBeVisible()
})
