import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ProfileSwitch } from '../../src/renderer/src/features/prompt/ProfileSwitch'
import { SettingsScreen } from '../../src/renderer/src/features/settings/SettingsScreen'
import { defaultProviderSettings } from '../../src/shared/domain'
import { message } from '../../src/shared/messages/message'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'
import { appSettings } from './fakeProject'
import { renderWindow } from './render'

const settings = <SettingsScreen />
const openAi = { ...defaultProviderSettings, kind: 'openai' as const }

/** Main with two profiles, as far as it keeps settings. */
function twoProfiles(): Partial<Handlers> {
  let now = appSettings({
    provider: { ...openAi, model: 'gpt' },
    profile: { id: 'cloud', name: 'Cloud' },
    otherProfiles: [{ ...openAi, baseUrl: 'http://127.0.0.1:1/v1', model: 'gemma', id: 'local', name: 'Local' }],
  })
  return { 'app.settings': () => now, 'app.saveSettings': (part) => (now = { ...now, ...part }) }
}

test('a profile is chosen, renamed and duplicated with its key', async () => {
  const { user, bridge } = renderWindow(settings, twoProfiles())
  await user.click(await screen.findByRole('combobox', { name: 'Provider profile' }))
  await user.click(await screen.findByRole('option', { name: 'Local' }))
  expect(await screen.findByRole('textbox', { name: 'Base URL' })).toHaveValue('http://127.0.0.1:1/v1')
  const name = screen.getByRole('textbox', { name: 'Profile name' })
  await user.clear(name)
  await user.type(name, 'Desk{Enter}')
  await waitFor(() => expect(bridge.inputsOf('app.saveSettings').at(-1)).toMatchObject({ profile: { id: 'local', name: 'Desk' } }))
  await user.click(screen.getByRole('button', { name: 'Duplicate' }))
  await waitFor(() => expect(bridge.inputsOf('app.copyKey')).toEqual([{ from: 'local' }]))
  expect(bridge.inputsOf('app.saveSettings').at(-1)).toMatchObject({
    profile: { name: 'Desk copy' },
    provider: { model: 'gemma' },
    otherProfiles: [{ name: 'Cloud' }, { name: 'Desk' }],
  })
})

test('a profile is deleted after a question, and the last one is not', async () => {
  const { user, bridge } = renderWindow(settings, twoProfiles())
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  const question = within(await screen.findByRole('dialog', { name: 'Delete profile “Cloud”?' }))
  await user.click(question.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(bridge.inputsOf('app.saveSettings')).toMatchObject([{ profile: { name: 'Local' }, otherProfiles: [] }]))
  expect(await screen.findByRole('button', { name: 'The last profile cannot be deleted.' })).toBeDisabled()
})

test('the model is one of the server’s, which are asked for when the field is opened, or any other', async () => {
  const { user, bridge } = renderWindow(settings, {
    ...twoProfiles(),
    'provider.models': () => [
      { id: 'gpt-4.1', isEmbedding: false },
      { id: 'o3', isEmbedding: false },
      { id: 'vectors-small', isEmbedding: true },
    ],
  })
  const model = await screen.findByRole('combobox', { name: 'Model' })
  expect(bridge.inputsOf('provider.models')).toEqual([])
  await user.click(model)
  expect(await screen.findByText('3 models on the server.')).toBeVisible()
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['gpt-4.1', 'o3'])
  await user.click(screen.getByRole('option', { name: 'o3' }))
  await waitFor(() => expect(bridge.inputsOf('app.saveSettings').at(-1)).toMatchObject({ provider: { model: 'o3' } }))
  await user.clear(model)
  await user.type(model, 'my-own')
  expect(screen.getByText(/lists no such model/)).toBeVisible()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(bridge.inputsOf('app.saveSettings').at(-1)).toMatchObject({ provider: { model: 'my-own' } }))
})

test('a server that is off is named beside the model, and is asked again on request', async () => {
  const { user, bridge } = renderWindow(settings, {
    ...twoProfiles(),
    'provider.models': () => {
      throw new Problem(
        'provider',
        message('provider.serverCannotBeReached', { reason: 'ECONNREFUSED' }),
        message('call.remedy.checkServer'),
      )
    },
  })
  await user.click(await screen.findByRole('combobox', { name: 'Model' }))
  expect(await screen.findByText(/could not be loaded\. The server cannot be reached \(ECONNREFUSED\)/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(bridge.inputsOf('provider.models')).toHaveLength(2))
})

test('local servers are looked for when asked to, and one click makes a profile of one', async () => {
  const server = { kind: 'ollama' as const, baseUrl: 'http://127.0.0.1:11434/v1' }
  const models = [
    { id: 'nomic-embed-text', isEmbedding: true },
    { id: 'gemma3:4b', isEmbedding: false },
  ]
  const { user, bridge } = renderWindow(settings, { ...twoProfiles(), 'provider.detect': () => [{ ...server, models }] })
  await screen.findByRole('button', { name: 'Find local servers' })
  expect(bridge.inputsOf('provider.detect')).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Find local servers' }))
  expect(await screen.findByText('127.0.0.1:11434, 2 models')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Use Ollama' }))
  await waitFor(() =>
    expect(bridge.inputsOf('app.saveSettings')).toMatchObject([
      { profile: { name: 'Ollama' }, provider: { kind: 'openai', baseUrl: server.baseUrl, model: 'gemma3:4b' } },
    ]),
  )
  // The same server again is the profile that is there.
  await user.click(screen.getByRole('button', { name: 'Use Ollama' }))
  await waitFor(() => expect(bridge.inputsOf('app.saveSettings')).toHaveLength(2))
  expect(bridge.inputsOf('app.saveSettings').at(-1)?.otherProfiles).toHaveLength(2)
})

test('no server found says what to do', async () => {
  const { user } = renderWindow(settings, twoProfiles())
  await user.click(await screen.findByRole('button', { name: 'Find local servers' }))
  expect(await screen.findByText(/No server found on this computer/)).toBeVisible()
})

test('the profile is switched from the prompt screen', async () => {
  const { user, bridge } = renderWindow(<ProfileSwitch />, twoProfiles())
  await user.click(await screen.findByRole('button', { name: 'Provider: Cloud' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Local' }))
  expect(await screen.findByRole('button', { name: 'Provider: Local' })).toBeVisible()
  expect(bridge.inputsOf('app.saveSettings')).toMatchObject([{ profile: { id: 'local' }, provider: { model: 'gemma' } }])
})
