import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { App } from '../../src/renderer/src/app/App'
import { promptDraft } from '../../src/renderer/src/features/prompt/promptDraft'
import { shell } from '../../src/renderer/src/app/state/shell'
import { typeComment, typedComments } from '../../src/renderer/src/app/state/typedComments'
import { beginWrite } from '../../src/renderer/src/app/state/writes'
import { aProject } from './fakeProject'
import { renderWindow } from './render'

beforeEach(() => {
  shell.reset()
  promptDraft.reset()
})

const tabs = () => within(screen.getByRole('navigation', { name: 'Screens' }))

test('the header goes to every screen and marks the one that is shown', async () => {
  const { user } = renderWindow(<App />)
  await screen.findByRole('navigation')
  for (const name of ['Prompt', 'Runs', 'Exemplars', 'Export', 'Library']) {
    await user.click(tabs().getByRole('button', { name }))
    expect(tabs().getByRole('button', { current: 'page' })).toHaveTextContent(name)
    expect(screen.getByRole('main', { name })).toBeVisible()
  }
})

test('a project that cannot be written to says so above every screen, with what to do', async () => {
  const readOnly = { message: 'It is open as read-only because its disk is full.', remedy: 'Free some space.' }
  const { user } = renderWindow(<App />, { 'project.current': () => aProject({ readOnly }) })
  const banner = await screen.findByRole('status', { name: 'Read-only' })
  expect(banner).toHaveTextContent('It is open as read-only because its disk is full. Free some space.')
  await user.click(tabs().getByRole('button', { name: 'Export' }))
  expect(banner).toBeVisible()
})

test('the command palette opens by its key and goes to a screen by its words', async () => {
  const { user } = renderWindow(<App />)
  await screen.findByRole('navigation')
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByPlaceholderText('Search screens and actions…'), 'exemp')
  await user.click(await screen.findByRole('button', { name: 'Go to Exemplars' }))
  expect(await screen.findByRole('main', { name: 'Exemplars' })).toBeVisible()
})

test('closing the project shows the projects and forgets where the person was', async () => {
  const { user, bridge } = renderWindow(<App />)
  await user.click(await screen.findByRole('button', { name: 'Runs' }))
  await user.click(screen.getByRole('button', { name: 'Project Space day' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Close project' }))
  expect(await screen.findByText('Try the sample project')).toBeVisible()
  expect(bridge.inputsOf('project.close')).toHaveLength(1)
  expect(shell.get().screen).toBe('library')
})

test('an unsaved prompt is kept before the project is closed, and is there again in the next visit', async () => {
  const { user, bridge, unmount } = renderWindow(<App />)
  await user.click(await screen.findByRole('button', { name: 'Prompt' }))
  await user.type(await screen.findByRole('textbox', { name: 'System message' }), ' Twice.')
  expect(screen.getByText('Prompt not saved')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Project Space day' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Close project' }))
  await screen.findByText('Try the sample project')
  const kept = bridge.inputsOf('prompt.saveDraft').at(-1)
  expect(kept?.text?.systemMessage).toMatch(/ Twice\.$/)
  unmount()

  const again = renderWindow(<App />, { 'prompt.draft': () => kept ?? { text: null, settings: null } })
  expect(await screen.findByText('Prompt not saved')).toBeVisible()
  await again.user.click(screen.getByRole('button', { name: 'Prompt' }))
  expect(await screen.findByRole('textbox', { name: 'System message' })).toHaveValue(kept?.text?.systemMessage ?? '')
})

test('the header says “Saved” only when nothing waits to be stored', async () => {
  renderWindow(<App />)
  expect(await screen.findByText('Saved')).toBeVisible()
  let end = () => {}
  act(() => {
    end = beginWrite()
  })
  expect(screen.getByText('Saving…')).toBeVisible()
  act(() => end())
  expect(screen.getByText('Saved')).toBeVisible()
})

test('a project that main had to close is left with the reason, and with nothing that was typed in it', async () => {
  const { bridge } = renderWindow(<App />)
  await screen.findByRole('navigation')
  typeComment(1, 'too dark')
  act(() =>
    bridge.emit('project.failed', {
      code: 'damaged-project',
      message: 'The disk was taken away.',
      remedy: 'Plug it in again.',
      item: null,
    }),
  )
  expect(await screen.findByRole('alert')).toHaveTextContent('The disk was taken away.')
  expect(await screen.findByText('Try the sample project')).toBeVisible()
  expect(typedComments.get().texts).toEqual({})
})

test('a check of the project tells each issue with its remedy', async () => {
  const { user } = renderWindow(<App />, {
    'project.doctor': () => ({
      healthy: false,
      checks: ['media'],
      findings: [{ check: 'media', message: 'cat.jpg is missing.', remedy: 'Import it again.' }],
    }),
  })
  await user.click(await screen.findByRole('button', { name: 'Project Space day' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Check project' }))
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('cat.jpg is missing.')
  expect(alert).toHaveTextContent('Import it again.')
})

test('the theme of the settings is the theme of the window', async () => {
  const { bridge } = renderWindow(<App />)
  await screen.findByRole('navigation')
  expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'light')
  act(() => bridge.emit('menu.action', { action: 'settings' }))
  const dialog = await screen.findByRole('main', { name: 'Settings' })
  ;(await within(dialog).findByRole('tab', { name: 'Appearance' })).click()
  const theme = within(await within(dialog).findByRole('radiogroup', { name: 'Theme' }))
  theme.getByRole('radio', { name: 'Dark' }).click()
  await theme.findByRole('radio', { name: 'Dark', checked: true })
  expect(bridge.inputsOf('app.saveSettings')).toEqual([{ theme: 'dark' }])
  expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark')
})
