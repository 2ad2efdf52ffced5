import { act, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { App } from '../../src/renderer/src/app/App'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'
import { anItem, aProject } from './fakeProject'
import { renderWindow } from './render'

const noProject = { 'project.current': () => null }

test('a first start offers the sample project and opens it', async () => {
  const { user } = renderWindow(<App />, noProject)
  await user.click(await screen.findByRole('button', { name: 'Open sample project' }))
  expect(await screen.findByRole('button', { name: 'Project Sample' })).toBeVisible()
})

test('a new project is made from a name, the folder of the documents and a recipe', async () => {
  const { user, bridge } = renderWindow(<App />, noProject)
  await user.click(await screen.findByRole('button', { name: 'New project…' }))
  const dialog = await screen.findByRole('dialog', { name: 'New project' })
  await user.type(within(dialog).getByRole('textbox', { name: /Name/ }), ' Street scenes ')
  expect(within(dialog).getByText('The project is created at /home/ada/Documents/Street scenes.exemplar')).toBeVisible()
  await user.click(within(dialog).getByRole('radio', { name: 'Custom: your own recipe' }))
  await user.click(within(dialog).getByRole('button', { name: 'Create project' }))
  expect(await screen.findByRole('button', { name: 'Project Street scenes' })).toBeVisible()
  expect(bridge.inputsOf('project.create')).toEqual([{ name: 'Street scenes', folder: '/home/ada/Documents', recipe: 'custom' }])
})

test('a project that cannot be made keeps the dialog and says what to do', async () => {
  const { user } = renderWindow(<App />, {
    ...noProject,
    'project.create': () => {
      throw new Problem('exists', 'There is a project of this name.', 'Choose another name.')
    },
  })
  await user.click(await screen.findByRole('button', { name: 'New project…' }))
  const dialog = await screen.findByRole('dialog', { name: 'New project' })
  await user.type(within(dialog).getByRole('textbox', { name: /Name/ }), 'Twice{Enter}')
  const alert = await within(dialog).findByRole('alert')
  expect(alert).toHaveTextContent('There is a project of this name.')
  expect(alert).toHaveTextContent('Choose another name.')
  expect(within(dialog).getByRole('textbox', { name: /Name/ })).toHaveValue('Twice')
})

test('recent projects open by a click; a missing one is marked and can be forgotten', async () => {
  const here = { path: '/a/Here.exemplar', name: 'Here', openedAt: 2, exists: true }
  const gone = { path: '/a/Gone.exemplar', name: 'Gone', openedAt: 1, exists: false }
  const { user, bridge } = renderWindow(<App />, {
    ...noProject,
    'project.recent': () => [here, gone],
    'project.forget': () => [here],
    'project.open': ({ path }) => aProject({ path, name: 'Here' }),
  })
  expect(await screen.findByRole('button', { name: /Open Gone/ })).toBeDisabled()
  expect(screen.getByText('not found')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Remove Gone from list' }))
  expect(screen.queryByText('Gone')).not.toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: /Open Here/ }))
  expect(await screen.findByRole('button', { name: 'Project Here' })).toBeVisible()
  expect(bridge.inputsOf('project.open')).toEqual([{ path: '/a/Here.exemplar' }])
})

test('a project that cannot be read is told with its remedy, and the list stays', async () => {
  const { user } = renderWindow(<App />, {
    ...noProject,
    'app.chooseFolder': () => '/a/New.exemplar',
    'project.open': () => {
      throw new Problem('newer-project', 'The project was made by a newer version.', 'Install the newest version.')
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Open…' }))
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('The project was made by a newer version.')
  expect(alert).toHaveTextContent('Install the newest version.')
  expect(screen.getByRole('button', { name: 'New project…' })).toBeVisible()
})

test('the gallery shows nine recipes with an image and what each makes, and is gone through by arrow keys', async () => {
  const { user } = renderWindow(<App />, noProject)
  await user.click(await screen.findByRole('button', { name: 'New project…' }))
  const gallery = within(await screen.findByRole('radiogroup', { name: 'Recipe' }))
  const cards = gallery.getAllByRole('radio')
  expect(cards).toHaveLength(9)
  for (const card of cards) {
    expect(card.querySelector('svg')).not.toBeNull()
    expect(card).toHaveAccessibleDescription(/\. .*\.$/) // two sentences
  }
  act(() => cards[0]?.focus())
  await user.keyboard('{ArrowRight}{ArrowRight}')
  expect(gallery.getByRole('radio', { name: 'SD: spot the difference' })).toBeChecked()
})

const customProject = {
  ...noProject,
  'item.get': () => anItem({ context: { title: 'Fair', 'shot size': 'wide' } }),
} satisfies Partial<Handlers>

async function makeCustomProject(handlers: Partial<Handlers> = {}) {
  const window = renderWindow(<App />, { ...customProject, ...handlers })
  await window.user.click(await screen.findByRole('button', { name: 'New project…' }))
  await window.user.type(within(await screen.findByRole('dialog', { name: 'New project' })).getByRole('textbox', { name: /Name/ }), 'Mine')
  await window.user.click(screen.getByRole('radio', { name: /Custom/ }))
  await window.user.click(screen.getByRole('button', { name: 'Create project' }))
  return { ...window, dialog: within(await screen.findByRole('dialog', { name: 'Custom recipe' })) }
}

test('a custom recipe is made of fields, output, relation and prefix; its template follows the fields', async () => {
  const { user, bridge, dialog } = await makeCustomProject()
  await user.click(await dialog.findByRole('button', { name: 'Use the fields of the first item: title, shot size' }))
  const template = dialog.getByRole('textbox', { name: 'Starting template' })
  expect(template).toHaveDisplayValue(/title: \{\{ context\["title"\] \| lines \}\}[^]*shot size: \{\{ context\["shot size"\]/)
  await user.click(dialog.getByRole('combobox', { name: 'Related pairs' }))
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual([
    'None',
    'Earlier pairs of the item',
    'All other pairs of the item',
    'Similar instructions',
    'Similar images',
  ])
  await user.click(screen.getByRole('option', { name: 'Similar images' }))
  expect(dialog.getByText('The ten pairs of other items with the most similar first images.')).toBeVisible()
  const prefix = dialog.getByRole('textbox', { name: 'ID prefix' })
  await user.clear(prefix)
  expect(dialog.getByRole('button', { name: 'Save recipe' })).toBeDisabled()
  await user.type(prefix, 'fair')
  expect(dialog.getByText(/FAIR_INS_00001/)).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Save recipe' }))
  await expect.poll(() => screen.queryByRole('dialog', { name: 'Custom recipe' })).toBeNull()
  expect(bridge.inputsOf('recipe.saveCustom')).toEqual([{ prefix: 'FAIR', fields: ['title', 'shot size'], relation: 'similar-image' }])
  expect(bridge.inputsOf('prompt.save')).toMatchObject([{ outputForm: 'pairs', contextTemplate: expect.stringContaining('shot size') }])
})

test('a recipe that is saved with its fields as they were makes no new prompt version', async () => {
  const { user, bridge, dialog } = await makeCustomProject()
  await user.click(await dialog.findByRole('button', { name: 'Save recipe' }))
  await expect.poll(() => bridge.inputsOf('recipe.saveCustom')).toHaveLength(1)
  await expect.poll(() => screen.queryByRole('dialog', { name: 'Custom recipe' })).toBeNull()
  expect(bridge.inputsOf('prompt.save')).toEqual([])
})

test('a recipe that cannot be saved says why, and the dialog opens again from the menu of the project', async () => {
  const { user, dialog } = await makeCustomProject({
    'recipe.saveCustom': () => {
      throw new Problem('read-only', 'Writing is not allowed here.', 'Choose another folder.')
    },
  })
  await user.click(await dialog.findByRole('button', { name: 'Save recipe' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('Choose another folder.')
  await user.click(dialog.getByRole('button', { name: 'Cancel' }))
  await user.click(await screen.findByRole('button', { name: 'Project Mine' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Custom recipe…' }))
  expect(await screen.findByRole('dialog', { name: 'Custom recipe' })).toBeVisible()
})

test('a damaged project shows what can be saved beside the newest backup, and goes on with the one that is chosen', async () => {
  const here = { path: '/a/Here.exemplar', name: 'Here', openedAt: 2, exists: true }
  const summary = { uuid: 'here', name: 'Here', items: 8, candidates: 190, decisions: 171, runs: 3, newestDecision: Date.UTC(2026, 2, 1) }
  const { user, bridge } = renderWindow(<App />, {
    ...noProject,
    'project.recent': () => [here],
    'project.open': () => {
      throw new Problem('damaged-project', 'It is damaged.', 'Recover it.', { item: '/a/Here.exemplar/project.sqlite' })
    },
    'project.recovery': () => ({
      damage: 'page 7 is not there',
      salvaged: { summary, damagedTables: ['pair'], leftOut: 2 },
      backup: { name: 'project-20260301-100000-daily.sqlite', madeAt: Date.UTC(2026, 2, 1, 10), summary: { ...summary, decisions: 120 } },
      foreignBackups: ['project-20260302-100000-daily.sqlite'],
    }),
    'project.recover': ({ path }) => aProject({ path, name: 'Here' }),
  })
  await user.click(await screen.findByRole('button', { name: /Open Here/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Recover a damaged project' })
  expect(await within(dialog).findByText('page 7 is not there')).toBeVisible()
  expect(within(dialog).getByRole('row', { name: 'Decisions 171 120' })).toBeVisible()
  expect(within(dialog).getByText('Some data is missing from these tables: pair.')).toBeVisible()
  expect(within(dialog).getByRole('row', { name: 'Project Here Here' })).toBeVisible()
  expect(within(dialog).getByText(/another project.*project-20260302-100000-daily/)).toBeVisible()
  expect(bridge.inputsOf('project.recover')).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Use backup' }))
  expect(await screen.findByRole('button', { name: 'Project Here' })).toBeVisible()
  expect(bridge.inputsOf('project.recover')).toEqual([{ path: '/a/Here.exemplar/project.sqlite', use: 'backup' }])
})
