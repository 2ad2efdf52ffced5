import { screen, waitFor } from '@testing-library/react'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { createSpeller } from '../../src/renderer/src/features/spelling/speller'
import type { SpellingRequest } from '../../src/renderer/src/features/spelling/spellingMessages'
import { shell } from '../../src/renderer/src/app/state/shell'
import { defaultReviewSettings } from '../../src/shared/review'
import type { Handlers } from './fakeBridge'
import { aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

const folder = path.dirname(createRequire(import.meta.url).resolve('dictionary-en'))
const speller = createSpeller(
  fs.readFileSync(path.join(folder, 'index.aff'), 'utf8'),
  fs.readFileSync(path.join(folder, 'index.dic'), 'utf8'),
)

/** The worker with its real dictionary, in the test's own thread: jsdom has no others. */
class WorkerHere extends EventTarget {
  postMessage(request: SpellingRequest) {
    const words = request.kind === 'check' ? request.words.filter((word) => !speller.isRight(word)) : speller.suggest(request.word)
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: { id: request.id, words } })))
  }
}
vi.stubGlobal('Worker', WorkerHere)

beforeEach(() => {
  shell.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const wrongWords = () => [...document.querySelectorAll('[data-wrong]')].map(({ textContent }) => textContent)

/** Edits the response of the first pair, which has become this text. */
async function edit(text: string, handlers: Partial<Handlers> = {}) {
  const project = reviewProject(candidatesOf(2))
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, { ...project.handlers, ...handlers })
  await waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
  await drawn.user.keyboard('e')
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Response' })
  await drawn.user.clear(field)
  await drawn.user.type(field, text)
  return { ...drawn, field }
}

it('wrong words are underlined, the one that is being typed only once it is left', async () => {
  const { user, field } = await edit('The rockit is on teh')
  await waitFor(() => expect(wrongWords()).toEqual(['rockit']))
  await user.type(field, ' pad')
  await waitFor(() => expect(wrongWords()).toEqual(['rockit', 'teh']))
})

it('names of the item and words of the project are right', async () => {
  await edit('Sojus lifts off Baikonor wiht smoke.', {
    'spelling.words': () => ['Sojus'],
    'item.get': async ({ id }) => {
      const item = await reviewProject([]).handlers['item.get']({ id })
      return { ...item, context: { captions: ['A launch at Baikonor.'] } }
    },
  })
  await waitFor(() => expect(wrongWords()).toEqual(['wiht']))
})

it('a key suggests for the next wrong word, and what is chosen stands in its place', async () => {
  const { bridge, user, field } = await edit('A rockit on the pad.')
  field.setSelectionRange(0, 0)
  await user.keyboard('{Alt>}.{/Alt}')
  expect(await screen.findByRole('menu', { name: 'Replace “rockit”' })).toBeVisible()
  await user.keyboard('{ArrowDown}')
  const first = screen.getByRole('menuitem', { name: 'rocket' })
  await waitFor(() => expect(first).toHaveFocus())
  await user.keyboard('a') // a key of the desk, dead in the menu
  first.focus()
  await user.keyboard('{Enter}')
  expect(field).toHaveValue('A rocket on the pad.')
  expect(field).toHaveFocus()
  expect(bridge.inputsOf('decision.add')).toEqual([])
})

it('a word can be added to those of the project, and is right from then on', async () => {
  const words: string[] = []
  const { bridge, user } = await edit('A zorbulator here.', {
    'spelling.words': () => words,
    'spelling.addWord': ({ word }) => [word],
  })
  await waitFor(() => expect(wrongWords()).toEqual(['zorbulator']))
  await user.keyboard('{Alt>}.{/Alt}')
  await user.click(await screen.findByRole('menuitem', { name: 'Add to project dictionary' }))
  await waitFor(() => expect(wrongWords()).toEqual([]))
  expect(bridge.inputsOf('spelling.addWord')).toEqual([{ word: 'zorbulator' }])
})

it('where the project wants no check, nothing is underlined and the dictionary is not asked', async () => {
  const asked = vi.spyOn(WorkerHere.prototype, 'postMessage')
  const { user, field } = await edit('A rockit here.', { 'review.settings': () => ({ ...defaultReviewSettings, spelling: false }) })
  await user.keyboard('{Alt>}.{/Alt}')
  expect(field).toHaveFocus()
  expect(screen.queryByRole('menu')).toBeNull()
  expect(asked).not.toHaveBeenCalled()
})
