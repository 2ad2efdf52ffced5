import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeProject, openProject, projectFile } from '../../../../src/main/project/project'
import { decide, undo } from '../../../../src/main/store/decisions/decisions'
import { saveDraft } from '../../../../src/main/store/candidates/drafts'
import { saveGenerationSettings } from '../../../../src/main/store/project/project'
import { readStats } from '../../../../src/main/store/candidates/counts'
import { defaultGenerationSettings } from '../../../../src/shared/domain'
import { type Problem, toProblem } from '../../../../src/shared/problem'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../../../support/temporaryProject'
import { examineProject } from '../../../support/inEnglish'
import { inEnglish } from '../../../support/inEnglish'

let copies: string
beforeEach(() => {
  copies = temporaryDirectory()
  vi.spyOn(os, 'tmpdir').mockReturnValue(copies)
})
afterEach(() => vi.restoreAllMocks())

/** A project with two drafts, the first accepted, in a folder that nobody may write to. Root may do anything, so the check is answered here. */
function lockedProject(): string {
  vi.mocked(os.tmpdir).mockRestore()
  const project = temporaryProject()
  vi.spyOn(os, 'tmpdir').mockReturnValue(copies)
  const ids = draftPairs(project.db, [{ itemId: addItem(project.db, 'cat'), pairs: [pair('one'), pair('two')] }])
  decide(project.db, { candidateId: ids[0]!, verdict: 'accept', reviewer: 'Ada' })
  closeProject(project)
  const real = fs.accessSync
  vi.spyOn(fs, 'accessSync').mockImplementation((file, mode) => {
    if (mode === fs.constants.W_OK) throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' })
    real(file, mode)
  })
  return project.directory
}

const problemOf = (work: () => unknown): Problem => {
  try {
    work()
  } catch (error) {
    return toProblem(error)
  }
  throw new Error('nothing was refused')
}

test('a project that may not be written to is refused, unless it is opened to be read', () => {
  const directory = lockedProject()
  expect(problemOf(() => openProject(directory))).toMatchObject({ code: 'read-only' })
  const project = openProject(directory, { readable: true })
  expect(inEnglish(project.info)).toMatchObject({
    path: directory,
    readOnly: {
      message: `${directory} is open as read-only because you have no permission to write there.`,
      remedy: expect.stringContaining('Copy it'),
    },
  })
  expect(readStats(project.db)).toMatchObject({ items: 1, candidates: 2, accepted: 1, pending: 1 })
  closeProject(project)
})

test('every change is refused with the reason and the remedy, and nothing of it is stored anywhere', () => {
  const directory = lockedProject()
  const before = fs.readFileSync(projectFile(directory))
  const project = openProject(directory, { readable: true })
  const { db } = project
  const told = { code: 'read-only', message: expect.stringContaining('open as read-only'), remedy: expect.stringContaining('Copy it') }
  expect(problemOf(() => decide(db, { candidateId: 2, verdict: 'accept', reviewer: 'Ada' }))).toMatchObject(told)
  expect(problemOf(() => undo(db, 'Ada'))).toMatchObject(told)
  for (const change of [
    () => saveDraft(db, 2, pair('typed')),
    () => saveGenerationSettings(db, { ...defaultGenerationSettings, temperature: 1 }),
  ])
    expect(problemOf(change)).toMatchObject({ code: 'read-only' })
  expect(readStats(db)).toMatchObject({ accepted: 1, pending: 1 })
  closeProject(project)
  expect(fs.readFileSync(projectFile(directory)).equals(before)).toBe(true)
  expect(fs.readdirSync(directory).toSorted()).toEqual(['media', 'project.sqlite'])
})

test('the doctor examines it as any other', async () => {
  const project = openProject(lockedProject(), { readable: true })
  expect(await examineProject(project)).toMatchObject({ healthy: true, findings: [] })
  expect(problemOf(() => saveDraft(project.db, 2, pair('typed')))).toMatchObject({ code: 'read-only' })
  closeProject(project)
})

test('its copy goes when it is closed, and where there is no place for one it is refused as before', () => {
  const directory = lockedProject()
  const project = openProject(directory, { readable: true })
  expect(fs.readdirSync(copies)).toHaveLength(1)
  closeProject(project)
  expect(fs.readdirSync(copies)).toEqual([])
  vi.mocked(os.tmpdir).mockReturnValue(path.join(copies, 'not-there'))
  expect(problemOf(() => openProject(directory, { readable: true }))).toMatchObject({
    code: 'read-only',
    message: expect.stringContaining(directory),
  })
})
