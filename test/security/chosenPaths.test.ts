import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/calls/parts'
import { createHandlers } from '../../src/main/calls/handlers'
import { createChosenPaths } from '../../src/main/project/chosenPaths'
import { closeProject, createProject } from '../../src/main/project/project'
import { rememberProject } from '../../src/main/project/userData'
import { createSession } from '../../src/main/project/session'
import { type CallName, contract } from '../../src/shared/contract'
import { temporaryDirectory } from '../support/temporaryProject'

const unused = (): never => {
  throw new Error('it was called')
}

/** The window's handlers, with dialogs in which somebody chooses `answer`. */
function openWindow() {
  const userData = temporaryDirectory()
  const state = { answer: '', shown: [] as string[], jobs: [] as unknown[] }
  const choose = () => Promise.resolve(state.answer)
  const desktop: Desktop = {
    userData,
    documents: path.join(userData, 'documents'),
    version: '0',
    sampleDirectory: userData,
    chooseFolder: choose,
    chooseFile: choose,
    chooseSaveFile: choose,
    showFolder: async (folder) => void state.shown.push(folder),
    keyStatus: unused,
    saveKey: unused,
    forgetKey: unused,
    savedKey: () => null,
    readKey: () => null,
    readKeyForProject: () => null,
    themeChanged: unused,
    languageChanged: unused,
    runJob: (name, input) => {
      state.jobs.push([name, input])
      return Promise.reject(new Error('no job is run here'))
    },
    dataChanged: () => undefined,
  }
  const session = createSession({
    findDamage: unused,
    backUp: () => Promise.resolve(),
    beforeClose: () => Promise.resolve(),
    opened: () => undefined,
    failed: unused,
  })
  const runs = {
    drive: unused,
    requireIdle: unused,
    list: () => [],
    pause: unused,
    ended: unused,
    cancel: unused,
    interruptAll: unused,
    imageMaker: undefined,
  }
  const handlers = createHandlers(desktop, session, runs)
  const call = async (name: CallName, input: unknown) => {
    const handler = handlers[name] as (input: unknown) => unknown
    return handler(contract[name].input.parse(input))
  }
  const choosing = async (name: 'app.chooseFolder' | 'app.chooseFile' | 'app.chooseSaveFile', answer: string) => {
    state.answer = answer
    await call(name, { title: 'x', name: 'x', filters: [] })
  }
  return { call, choosing, state, userData, session }
}

describe('a path that the page names', () => {
  let view: ReturnType<typeof openWindow>
  let elsewhere: string
  let project: string
  beforeEach(() => {
    view = openWindow()
    elsewhere = temporaryDirectory()
    const made = createProject(path.join(elsewhere, 'mine'), 'la')
    project = made.directory
    closeProject(made)
    return () => view.session.close()
  })
  const refused = async (name: CallName, input: unknown) =>
    await expect(view.call(name, input)).rejects.toThrow('was not selected in this window')

  test('is refused by every call until somebody has chosen it', async () => {
    await refused('project.open', { path: project })
    await refused('project.create', { folder: elsewhere, name: 'new', recipe: 'la' })
    await refused('app.showFolder', { path: elsewhere })
    await refused('prompt.readFile', { path: path.join(elsewhere, 'prompt.json'), repair: false })
    await view.choosing('app.chooseFolder', project)
    await view.call('project.open', { path: project })
    await refused('export.start', { format: 'jsonl', directory: elsewhere })
    await refused('prompt.importFile', { path: path.join(elsewhere, 'prompt.json'), repair: true })
    await refused('prompt.writeFile', { path: path.join(elsewhere, 'prompt.json') })
    for (const key of ['file', 'captions', 'instances', 'files', 'activities'])
      await refused('import.start', { format: 'jsonl', mediaDirectory: project, [key]: path.join(elsewhere, 'a.json') })
    await refused('import.start', { format: 'folder', mediaDirectory: elsewhere })
    expect(view.state).toMatchObject({ shown: [], jobs: [] })
    expect(fs.readdirSync(elsewhere)).toEqual(['mine.exemplar'])
  })

  test('is taken once it was chosen, with what lies in it', async () => {
    await view.choosing('app.chooseFolder', elsewhere)
    await view.call('project.open', { path: project })
    await view.call('app.showFolder', { path: path.join(elsewhere, 'mine.exemplar', 'media') })
    await expect(view.call('export.start', { format: 'jsonl', directory: path.join(elsewhere, 'out') })).rejects.toThrow('no job')
    await expect(view.call('import.start', { format: 'folder', mediaDirectory: elsewhere })).rejects.toThrow('no job')
    expect(view.state.shown).toHaveLength(1)
    expect(view.state.jobs).toHaveLength(2)
    await refused('app.showFolder', { path: path.join(elsewhere, '..') })
    await refused('export.start', { format: 'jsonl', directory: `${elsewhere}-other` })
  })

  test('of a recent project, of the documents and of the open project need not be chosen', async () => {
    rememberProject(view.userData, { path: project, name: 'mine', uuid: 'x', recipe: 'la', createdAt: 0, readOnly: null })
    await view.call('project.open', { path: project })
    await view.call('app.showFolder', { path: project })
    await view.call('project.create', { folder: path.join(view.userData, 'documents'), name: 'new', recipe: 'la' })
    expect(view.state.shown).toEqual([project])
  })

  test('is no program: a file is never shown as a folder', async () => {
    const program = path.join(elsewhere, 'run.sh')
    fs.writeFileSync(program, '')
    await view.choosing('app.chooseFolder', elsewhere)
    await expect(view.call('app.showFolder', { path: program })).rejects.toThrow('does not exist')
    expect(view.state.shown).toEqual([])
  })
})

describe('paths that were chosen', () => {
  const folder = temporaryDirectory()
  const outside = temporaryDirectory()
  fs.mkdirSync(path.join(folder, 'in'))
  fs.symlinkSync(outside, path.join(folder, 'link'))

  test('do not reach beyond by a symbolic link or by dots', () => {
    const chosen = createChosenPaths()
    chosen.addFolder(folder)
    expect(chosen.requireFolder(path.join(folder, 'in', 'new'))).toBe(path.join(folder, 'in', 'new'))
    for (const place of [path.join(folder, 'link'), path.join(folder, 'link', 'new'), `${folder}/in/../..`, '/', ''])
      expect(() => chosen.requireFolder(place)).toThrow('was not selected in this window')
  })

  test('to read are not to be written, and the other way round', () => {
    const chosen = createChosenPaths()
    chosen.addFile(path.join(folder, 'a.json'))
    chosen.addTarget(path.join(outside, 'b.json'))
    expect(chosen.requireSource(path.join(folder, 'a.json'))).toBeTruthy()
    expect(chosen.requireSource(folder)).toBe(folder) // of the media beside it
    expect(() => chosen.requireSource(path.join(folder, 'b.json'))).toThrow('was not selected in this window')
    expect(() => chosen.requireTarget(path.join(folder, 'a.json'))).toThrow('was not selected in this window')
    expect(() => chosen.requireSource(path.join(outside, 'b.json'))).toThrow('was not selected in this window')
    expect(() => chosen.requireFolder(folder)).toThrow('was not selected in this window')
    expect(chosen.requireTarget(path.join(outside, 'b.json'))).toBeTruthy()
  })

  test('are none where a dialog was closed', () => {
    const chosen = createChosenPaths()
    expect([chosen.addFolder(null), chosen.addFile(null), chosen.addTarget(null)]).toEqual([null, null, null])
    expect(() => chosen.requireSource('/')).toThrow('was not selected in this window')
  })
})
