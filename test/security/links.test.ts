import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { backUpProject } from '../../src/main/project/backups'
import { removeStaleTemporaries } from '../../src/main/media/storeMedia'
import { closeProject, openProject } from '../../src/main/project/project'
import { keepReplies } from '../../src/main/store/runs/keptReplies'
import { ownPath } from '../../src/main/store/sql/ownPath'
import { temporaryDirectory } from '../support/temporaryProject'
import { cocoArgs, run, samples } from '../support/terminal'

let template: string
beforeAll(async () => {
  template = temporaryDirectory()
  await run(template, ['new', 'p', '--recipe', 'la'])
  await run(template, ['import', 'p', ...cocoArgs])
  await run(template, ['new', 'v', '--recipe', 'dc'])
  await run(template, ['import', 'v', '--format', 'folder', '--media', path.join(samples, 'media')])
})

/** A project one of whose folders is a link to a folder outside that looks the same. */
function linked(name: 'p' | 'v', folder: string) {
  const directory = temporaryDirectory()
  const project = path.join(directory, `${name}.exemplar`)
  fs.cpSync(path.join(template, `${name}.exemplar`), project, { recursive: true })
  const outside = path.join(directory, 'outside')
  fs.mkdirSync(path.dirname(path.join(project, folder)), { recursive: true })
  if (fs.existsSync(path.join(project, folder))) fs.renameSync(path.join(project, folder), outside)
  else fs.mkdirSync(outside)
  const old = new Date(0)
  for (const file of ['project-20200101-000000-daily.sqlite', '.incoming-old', 'mine.txt']) {
    fs.writeFileSync(path.join(outside, file), 'mine')
    fs.utimesSync(path.join(outside, file), old, old)
  }
  for (let day = 1; day < 8; day++) fs.writeFileSync(path.join(outside, `project-2020020${day}-000000-daily.sqlite`), 'mine')
  for (const file of fs.readdirSync(outside)) fs.utimesSync(path.join(outside, file), old, old)
  fs.symlinkSync(outside, path.join(project, folder), 'junction')
  const state = () => fs.readdirSync(outside, { recursive: true, encoding: 'utf8' }).toSorted()
  return { directory, project, outside, before: state(), state }
}

const isLink = /is a symbolic link, so Exemplar does not read or write there/

describe('a project with a symbolic link in place of', () => {
  test('backups/: nothing is copied to, or removed from, where it leads', () => {
    const { project, before, state } = linked('p', 'backups')
    const opened = openProject(project)
    expect(() => backUpProject(opened.db, opened.directory)).toThrow(isLink)
    closeProject(opened)
    expect(state()).toEqual(before)
  })

  test('media/: nothing is copied to, removed from, exported or checked there', async () => {
    const { directory, project, before, state } = linked('p', 'media')
    await expect(removeStaleTemporaries(project)).rejects.toThrow(isLink)
    const imported = await run(directory, ['import', 'p', '--update', ...cocoArgs])
    expect(imported.code).toBe(3)
    expect(imported.errors.join('\n')).toMatch(isLink)
    const doctor = await run(directory, ['doctor', 'p'])
    expect(doctor.code).toBe(1)
    expect(doctor.errors.join('\n')).toMatch(isLink)
    expect(doctor.errors.join('\n')).not.toContain('mine.txt')
    expect(state()).toEqual(before)
  })

  test.each(['frames', `frames/${'0'.repeat(64)}`])('%s: no frame is written there', async (folder) => {
    const name = fs.readdirSync(path.join(template, 'v.exemplar/media')).find((each) => each.endsWith('.mp4')) ?? ''
    const { directory, before, state } = linked('v', folder.replace(/0{64}/, name.split('.')[0] ?? ''))
    const { code, errors } = await run(directory, ['frames', 'v', '--count', '1'])
    expect(code).toBe(1)
    expect(errors.join('\n')).toMatch(isLink)
    expect(state()).toEqual(before)
  })

  test('the file of unstored replies: nothing is added to what it leads to', () => {
    const { project, outside } = linked('p', 'backups')
    fs.symlinkSync(path.join(outside, 'mine.txt'), path.join(project, 'unstored-replies-run-7.jsonl'))
    const opened = openProject(project)
    fs.rmSync(path.join(project, 'unstored-replies-run-7.jsonl.unreadable'), { force: true })
    fs.symlinkSync(path.join(outside, 'mine.txt'), path.join(project, 'unstored-replies-run-8.jsonl'))
    expect(() => keepReplies(opened.db, 8, [])).toThrow(isLink)
    closeProject(opened)
    expect(fs.readFileSync(path.join(outside, 'mine.txt'), 'utf8')).toBe('mine')
  })
})

test('an export writes through no link that stands in its folder', async () => {
  const { directory, outside, before, state } = linked('p', 'backups')
  fs.mkdirSync(path.join(directory, 'out'))
  fs.symlinkSync(outside, path.join(directory, 'out', 'media'), 'junction')
  await run(directory, ['generate', 'p', '--limit', '1'])
  fs.writeFileSync(path.join(directory, 'd.jsonl'), JSON.stringify({ candidate: 1, verdict: 'accept', reviewer: 'Ada' }))
  await run(directory, ['decide', 'p', '--file', 'd.jsonl'])
  const { code, errors } = await run(directory, ['export', 'p', '--format', 'jsonl', '--out', 'out'])
  expect(code).not.toBe(0)
  expect(errors.join('\n')).toMatch(isLink)
  expect(state()).toEqual(before)
})

describe('a place below a folder', () => {
  const root = temporaryDirectory()
  fs.mkdirSync(path.join(root, 'a/b'), { recursive: true })
  fs.writeFileSync(path.join(root, 'a/file'), '')
  fs.symlinkSync(path.join(root, 'a'), path.join(root, 'link'))
  fs.symlinkSync(path.join(root, 'gone'), path.join(root, 'dangling'))
  fs.symlinkSync(path.join(root, 'a/file'), path.join(root, 'a/b/file'))

  test.each([['a'], ['a', 'b'], ['a', 'file'], ['new'], ['a', 'new', 'deeper'], ['a/b']])('%s/%s is one', (...names) => {
    expect(ownPath(root, ...names)).toBe(path.join(root, ...names))
  })
  test.each([
    ['link'],
    ['link', 'b'],
    ['dangling'],
    ['dangling', 'x'],
    ['a', 'b', 'file'],
    ['a', 'file', 'x'],
    ['..'],
    ['a', '..', 'a'],
    [''],
  ])('%s/%s/%s is none', (...names) => {
    expect(() => ownPath(root, ...names)).toThrow('so Exemplar does not read or write there')
  })
})

test.skipIf(process.platform === 'win32')(
  'a project file that is a hard link is read, and not written to: it is part of another folder as well',
  async () => {
    const directory = temporaryDirectory()
    const [original, copy] = ['a.exemplar', 'b.exemplar'].map((name) => path.join(directory, name)) as [string, string]
    fs.cpSync(path.join(template, 'p.exemplar'), original, { recursive: true })
    fs.mkdirSync(copy)
    fs.linkSync(path.join(original, 'project.sqlite'), path.join(copy, 'project.sqlite'))
    const bytes = fs.readFileSync(path.join(original, 'project.sqlite'))
    for (const project of [original, copy]) {
      const { code, errors } = await run(directory, ['generate', project, '--limit', '1'])
      expect({ code, error: errors[0] }).toEqual({ code: 3, error: expect.stringMatching(/is a hard link.* → Copy the project folder/) })
      expect((await run(directory, ['stats', project])).code).toBe(0)
    }
    expect(fs.readFileSync(path.join(original, 'project.sqlite')).equals(bytes)).toBe(true)
  },
)
