import fs from 'node:fs'
import path from 'node:path'
import { act, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { adjust, asItCame, useAdjustment } from '../../src/renderer/src/components/MediaViewer/image/adjustments'
import { viewerSettings } from '../../src/renderer/src/components/MediaViewer/viewerSettings'
import { guidelinesDraft } from '../../src/renderer/src/features/guidelines/guidelinesDraft'
import { promptDraft } from '../../src/renderer/src/features/prompt/promptDraft'
import { namePrompt } from '../../src/renderer/src/features/review/session/reviewerNamePrompt'
import { useEnterProject } from '../../src/renderer/src/app/projectCalls'
import { compareState } from '../../src/renderer/src/features/prompt/compare/compareState'
import { gridState } from '../../src/renderer/src/features/grid/gridState'
import { tableState } from '../../src/renderer/src/features/table/tableState'
import { dialogs } from '../../src/renderer/src/app/state/dialogs'
import { shell } from '../../src/renderer/src/app/state/shell'
import { typeComment, typedComments } from '../../src/renderer/src/app/state/typedComments'
import { aProject } from './fakeProject'
import { renderWindow } from './render'

const source = path.resolve(import.meta.dirname, '../../src/renderer/src')

/** Every store of the window's code and what it belongs to. */
const storesIn = (folder: string): string[] =>
  fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    if (!/\.tsx?$/.test(name) || name.endsWith('createStore.ts')) return []
    const text = fs.readFileSync(path.join(folder, name), 'utf8')
    return [...text.matchAll(/const (\w+) = createStore[\s\S]*?\(\s*'(\w+)'/g)].map(([, store, scope]) => `${scope} ${store}`)
  })

function Enter() {
  const enter = useEnterProject()
  const { turns } = useAdjustment('1')
  return <button onClick={() => enter(aProject({ path: '/projects/Other.exemplar' }))}>turned {turns}</button>
}

it('nothing of a project is left in the next one', async () => {
  const { user } = renderWindow(<Enter />)
  const stores = { shell, tableState, gridState, compareState, dialogs, promptDraft, guidelinesDraft, typedComments, namePrompt }
  const initial = Object.values(stores).map((store) => store.get())
  act(() => {
    shell.set({ screen: 'review', reviewFilter: { states: ['rejected'] }, itemId: 7 })
    tableState.set({ view: 'table', place: 4, sort: { kind: 'column', column: 'item', descending: true } })
    dialogs.set({ import: true })
    promptDraft.set({ text: { outputForm: 'pairs', systemMessage: 'x', contextTemplate: 'y' } })
    guidelinesDraft.set({ text: 'Half a rule' })
    typeComment(1, 'Half a thought')
    namePrompt.set({ decide: () => undefined })
    viewerSettings.set({ labels: false })
    adjust('1', () => ({ turns: 1 }))
  })
  await user.click(screen.getByRole('button', { name: 'turned 1' }))
  expect(Object.values(stores).map((store) => store.get())).toEqual(initial)
  expect(screen.getByRole('button')).toHaveTextContent(`turned ${asItCame.turns}`)
  expect(viewerSettings.get().labels).toBe(false)
  viewerSettings.reset()
  const ofProject = storesIn(source).filter((store) => store.startsWith('project'))
  expect(ofProject.map((store) => store.slice('project '.length)).toSorted()).toEqual([...Object.keys(stores), 'kept'].toSorted())
})
