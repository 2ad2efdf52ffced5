import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runCommandLine } from '../../../src/main/commands/run'
import { closeProject, mediaDirectory } from '../../../src/main/project/project'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'

async function exemplar(directory: string, ...args: string[]) {
  const out: string[] = []
  const errors: string[] = []
  const code = await runCommandLine(args, {
    directory,
    environment: {},
    out: (line) => out.push(line),
    error: (line) => errors.push(line),
    signal: new AbortController().signal,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

function newProject(): string {
  const project = temporaryProject()
  const items = ['cat', 'dog', 'owl'].map((name) => addItem(project.db, name))
  draftPairs(project.db, [{ itemId: items[0] ?? 0, pairs: [pair('a')] }])
  closeProject(project)
  return project.directory
}

test('items are excluded, deleted and included again, and their files stay', async () => {
  const directory = newProject()
  fs.writeFileSync(path.join(mediaDirectory(directory), 'kept.jpg'), 'x')
  expect(await exemplar(directory, 'items', 'exclude', directory, 'cat', 'dog')).toMatchObject({ code: 0, out: 'excluded 2 items' })
  expect(await exemplar(directory, 'items', 'delete', directory, 'owl')).toMatchObject({ code: 0, out: 'deleted 1 item' })
  expect((await exemplar(directory, 'items', 'list', directory)).out).toBe(
    'cat\texcluded\t1 pair\t1 pending\t\ndog\texcluded\t0 pairs\t0 pending\t',
  )
  const deleted = await exemplar(directory, 'items', 'list', directory, '--state', 'deleted', '--json')
  expect(JSON.parse(deleted.out)).toEqual([{ id: 'owl', standing: 'deleted', media: [], pairs: 0, pending: 0, approved: 0 }])
  expect((await exemplar(directory, 'list', directory, '--candidates')).out).toBe('')
  const refused = await exemplar(directory, 'generate', directory, '--items', 'cat')
  expect(refused.code).toBe(2)
  expect(refused.errors).toContain('cat is excluded or deleted.')

  fs.writeFileSync(path.join(directory, 'ids.txt'), 'dog\n\nowl\n')
  expect(await exemplar(directory, 'items', 'include', directory, 'cat', '--file', 'ids.txt')).toMatchObject({ out: 'included 3 items' })
  expect((await exemplar(directory, 'items', 'list', directory)).out.match(/included/g)).toHaveLength(3)
  expect(fs.existsSync(path.join(mediaDirectory(directory), 'kept.jpg'))).toBe(true)
})

test('an unknown id is named, and nothing changes', async () => {
  const directory = newProject()
  const refused = await exemplar(directory, 'items', 'delete', directory, 'cat', 'cow')
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.errors).toContain('There is no item cow.')
  expect((await exemplar(directory, 'items', 'list', directory, '--state', 'deleted')).out).toBe('')
  expect((await exemplar(directory, 'items', 'exclude', directory)).code).toBe(2)
})
