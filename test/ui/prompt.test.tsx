import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { promptDraft } from '../../src/renderer/src/features/prompt/promptDraft'
import { PromptScreen } from '../../src/renderer/src/features/prompt/PromptScreen'
import { shell } from '../../src/renderer/src/app/state/shell'
import { defaultGenerationSettings, type Message, type PromptText } from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'
import { aProject } from './fakeProject'
import { renderWindow } from './render'

beforeEach(() => {
  shell.reset()
  promptDraft.reset()
})

const promptScreen = <PromptScreen project={aProject()} />
const text = (role: Message['role'], words: string): Message => ({ role, content: [{ type: 'text', text: words }] })

/** Keeps versions as main does, and previews the system message as it stands. */
function promptHandlers(): Partial<Handlers> {
  const recipeText: PromptText = { outputForm: 'pairs', systemMessage: 'Look closely.', contextTemplate: '{{ captions }}' }
  const versions = [{ id: 1, createdAt: 0, ...recipeText }]
  let settings = defaultGenerationSettings
  const state = () => ({
    current: versions.at(-1) ?? { id: 1, createdAt: 0, ...recipeText },
    versions,
    recipeText,
    settings,
    fileExemplars: 0,
  })
  return {
    'prompt.get': state,
    'prompt.save': (saved) => {
      versions.push({ id: versions.length + 1, createdAt: 0, ...saved })
      return state()
    },
    'prompt.saveSettings': (saved) => {
      settings = saved
      return state()
    },
    'prompt.preview': ({ text: shown }) => {
      if (shown.contextTemplate.includes('{{ broken'))
        throw new Problem('bad-template', 'The context template has an error at line 2, column 4: not closed.', 'Correct the template.')
      return {
        tokens: 1234,
        price: 0.0021,
        byWords: false,
        exemplars: [
          { candidateId: 7, itemSourceId: 'cat', instruction: 'Who is it?', response: 'A cat.' },
          { candidateId: 8, itemSourceId: 'cat', instruction: 'Where?', response: 'Here.' },
        ],
        messages: [
          text('system', shown.systemMessage),
          text('user', 'a cat'),
          text('assistant', '{"pairs": []}'),
          text('user', 'a <i>rocket</i>'),
        ],
      }
    },
  }
}

const messages = async () => within(await screen.findByRole('region', { name: 'Prompt preview' })).findAllByRole('listitem')

test('the exact messages of the first item are shown with roles, exemplar turns and tokens', async () => {
  const { bridge } = renderWindow(promptScreen, promptHandlers())
  const [system, user, assistant, item] = await messages()
  expect(system).toHaveTextContent('SystemLook closely.')
  expect(user).toHaveTextContent('UserExemplar 1, from cat')
  expect(assistant).toHaveTextContent('AssistantExemplar 1, from cat')
  expect(item).toHaveTextContent('UserThis itema <i>rocket</i>')
  expect(screen.getByText('1,234 tokens')).toBeVisible()
  expect(bridge.inputsOf('prompt.preview')[0]?.itemId).toBe(1)
})

test('the preview follows what is typed, before it is saved', async () => {
  const { user, bridge } = renderWindow(promptScreen, promptHandlers())
  await messages()
  const field = screen.getByRole('textbox', { name: 'System message' })
  await user.clear(field)
  await user.type(field, 'Be brief.')
  await expect.poll(async () => (await messages())[0]?.textContent).toBe('SystemBe brief.')
  expect(screen.getByText('Not saved')).toBeVisible()
  expect(bridge.inputsOf('prompt.save')).toEqual([])
})

test('a template that cannot be used says where, beside the template', async () => {
  const { user } = renderWindow(promptScreen, promptHandlers())
  const field = await screen.findByRole('textbox', { name: 'Context template' })
  await user.click(field)
  await user.paste('\n{{ broken')
  expect(await screen.findByRole('alert')).toHaveTextContent('line 2, column 4: not closed.')
  expect(field).toBeInvalid()
})

test('unsaved text is still there after another screen was shown', async () => {
  const handlers = promptHandlers()
  const first = renderWindow(promptScreen, handlers)
  await first.user.type(await screen.findByRole('textbox', { name: 'System message' }), ' Twice.')
  first.unmount()
  renderWindow(promptScreen, handlers)
  expect(await screen.findByRole('textbox', { name: 'System message' })).toHaveValue('Look closely. Twice.')
})

test('saving makes a new version; an old text can be put back in the fields', async () => {
  const { user, bridge } = renderWindow(promptScreen, promptHandlers())
  await user.type(await screen.findByRole('textbox', { name: 'System message' }), ' Twice.')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('heading', { name: 'Version 2' })).toBeVisible()
  expect(screen.queryByText('Not saved')).not.toBeInTheDocument()
  expect(bridge.inputsOf('prompt.save')).toEqual([
    { outputForm: 'pairs', systemMessage: 'Look closely. Twice.', contextTemplate: '{{ captions }}' },
  ])
  expect(bridge.inputsOf('prompt.saveSettings')).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Versions' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Versions' }))
  await user.click(dialog.getByRole('button', { name: /Version 1,/ }))
  await user.click(dialog.getAllByRole('button', { name: 'Restore this text' }).at(-1) ?? document.body)
  expect(screen.getByRole('textbox', { name: 'System message' })).toHaveValue('Look closely.')
  expect(screen.getByText('Not saved')).toBeVisible()
})

test('changes can be discarded', async () => {
  const { user } = renderWindow(promptScreen, promptHandlers())
  const field = await screen.findByRole('textbox', { name: 'System message' })
  await user.type(field, ' Oops')
  await user.click(screen.getByRole('button', { name: 'Discard changes' }))
  expect(field).toHaveValue('Look closely.')
  expect(screen.queryByText('Not saved')).not.toBeInTheDocument()
})

test('only settings within their bounds are taken, and they are saved without a new version', async () => {
  const { user, bridge } = renderWindow(promptScreen, promptHandlers())
  const pairs = await screen.findByRole('textbox', { name: 'Pairs per item' })
  await user.clear(pairs)
  await user.type(pairs, '50')
  await user.tab()
  expect(promptDraft.get().settings?.pairsPerItem ?? 3).toBeLessThanOrEqual(20)
  await user.clear(pairs)
  await user.type(pairs, '7')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => bridge.inputsOf('prompt.saveSettings')).toEqual([{ ...defaultGenerationSettings, pairsPerItem: 7 }])
  expect(bridge.inputsOf('prompt.save')).toEqual([])
})

test('without items it says what to do first', async () => {
  renderWindow(promptScreen, { ...promptHandlers(), 'item.page': () => ({ items: [], total: 0 }) })
  expect(await screen.findByRole('button', { name: 'Go to Library' })).toBeVisible()
})
