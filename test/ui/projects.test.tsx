import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { App } from '../../src/renderer/src/App'
import { Problem } from '../../src/shared/problem'
import { aProject } from './fakeProject'
import { renderWindow } from './render'

const noProject = { 'project.current': () => null }

test('a first start offers the sample project and opens it', async () => {
  const { user } = renderWindow(<App />, noProject)
  await user.click(await screen.findByRole('button', { name: 'Open the sample project' }))
  expect(await screen.findByRole('button', { name: 'Project Sample' })).toBeVisible()
})

test('a new project is made from a name, the folder of the documents and a recipe', async () => {
  const { user, bridge } = renderWindow(<App />, noProject)
  await user.click(await screen.findByRole('button', { name: 'New project…' }))
  const dialog = await screen.findByRole('dialog', { name: 'New project' })
  await user.type(within(dialog).getByRole('textbox', { name: /Name/ }), ' Street scenes ')
  expect(within(dialog).getByText('The project becomes /home/ada/Documents/Street scenes.exemplar')).toBeVisible()
  await user.click(within(dialog).getByRole('radio', { name: 'Custom' }))
  await user.click(within(dialog).getByRole('button', { name: 'Create the project' }))
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
  await user.click(screen.getByRole('button', { name: 'Forget Gone' }))
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
