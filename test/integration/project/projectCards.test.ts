import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runJob } from '../../../src/main/jobs/runJob'
import { readPlace, savePlace } from '../../../src/main/project/places'
import { closeProject, openProject, projectFile } from '../../../src/main/project/project'
import { describeProject, findCard, isCover, saveCard } from '../../../src/main/project/projectCards'
import { decide } from '../../../src/main/store/decisions/decisions'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../../support/temporaryProject'

const options = { signal: new AbortController().signal, onProgress: () => undefined }
const describe = (project: string) => () => runJob('projectCard', { project, reviewer: 'Ada' }, options)

function reviewedProject(): string {
  const project = temporaryProject()
  const [first] = draftPairs(project.db, [{ itemId: addItem(project.db, 'one'), pairs: [pair('a'), pair('b'), pair('c')] }])
  decide(project.db, { candidateId: first ?? 0, verdict: 'accept', reviewer: 'Ada' })
  closeProject(project)
  return project.directory
}

test('a project that is not open is described without a change in its folder', async () => {
  const directory = reviewedProject()
  const stateOf = () => fs.readdirSync(directory).map((name) => [name, fs.statSync(path.join(directory, name)).mtimeMs])
  const before = stateOf()
  const found = await findCard(temporaryDirectory(), directory, 'Ada', describe(directory))
  expect(found?.card).toEqual({ recipe: 'custom', items: 1, pairs: 3, reviewed: 1, cover: null })
  expect(stateOf()).toEqual(before)
})

test('a card is kept until the project file changes, and is the reviewer’s own', async () => {
  const [userData, directory] = [temporaryDirectory(), reviewedProject()]
  const project = openProject(directory)
  const described = describeProject(project, 'Ada')
  closeProject(project)
  saveCard(userData, directory, 'Ada', described)
  const never = () => Promise.reject(new Error('it was read again'))
  expect((await findCard(userData, directory, 'Ada', never))?.card.reviewed).toBe(1)
  expect(await findCard(userData, directory, 'Bo', never)).toBeNull()

  const changed = openProject(directory)
  decide(changed.db, { candidateId: 2, verdict: 'reject', reason: 'trivial', reviewer: 'Ada' })
  closeProject(changed)
  expect((await findCard(userData, directory, 'Ada', describe(directory)))?.card.reviewed).toBe(2)
})

test('a project that cannot be read has no card', async () => {
  const directory = reviewedProject()
  fs.writeFileSync(projectFile(directory), 'no project')
  expect(await findCard(temporaryDirectory(), directory, 'Ada', describe(directory))).toBeNull()
  fs.rmSync(directory, { recursive: true })
  expect(await findCard(temporaryDirectory(), directory, 'Ada', describe(directory))).toBeNull()
})

test('only covers of listed projects are shown', () => {
  const userData = temporaryDirectory()
  const cover = 'a'.repeat(64)
  expect(isCover(userData, cover)).toBe(false)
  saveCard(userData, reviewedProject(), 'Ada', {
    card: { recipe: 'la', items: 1, pairs: 0, reviewed: 0, cover },
    coverFile: `/media/${cover}.jpg`,
  })
  expect(isCover(userData, cover)).toBe(true)
  expect(isCover(userData, 'b'.repeat(64))).toBe(false)
})

test('the place in a project is kept per project and person', () => {
  const userData = temporaryDirectory()
  const place = { screen: 'review' as const, filter: { states: ['pending' as const] }, candidateId: 7 }
  savePlace(userData, { project: 'one', reviewer: 'Ada' }, place)
  savePlace(userData, { project: 'one', reviewer: 'Bo' }, { ...place, candidateId: 3 })
  savePlace(userData, { project: 'one', reviewer: 'Ada' }, { ...place, candidateId: 8 })
  expect(readPlace(userData, { project: 'one', reviewer: 'Ada' })?.candidateId).toBe(8)
  expect(readPlace(userData, { project: 'one', reviewer: 'Bo' })?.candidateId).toBe(3)
  expect(readPlace(userData, { project: 'two', reviewer: 'Ada' })).toBeUndefined()
})
