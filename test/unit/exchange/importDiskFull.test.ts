import type FileSystem from 'node:fs/promises'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../support/importProject'
import { importFiles } from '../../support/inEnglish'

/** How many copies into a project still fit; then the disk is full half way through the next one. */
const disk = vi.hoisted(() => {
  vi.resetModules() // other files of this process have imported what is mocked here
  return { copiesLeft: Infinity }
})
afterAll(() => vi.resetModules())

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof FileSystem>()
  const open: typeof original.open = async (path, ...rest) => {
    const handle = await original.open(path, ...rest)
    if (!String(path).includes('.incoming-') || rest[0] !== 'wx' || disk.copiesLeft-- > 0) return handle
    return Object.assign(Object.create(handle), {
      write: () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })),
      close: () => handle.close(),
    })
  }
  return { ...original, open }
})

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
})
afterEach(() => project.remove())

it('a disk that fills up while media are copied ends the import and names the file; the items before it stay', async () => {
  const names = ['cat.jpg', 'coffee.jpg', 'flower.jpg']
  for (const name of names) await put(project, name, await readFile(join(samples, 'media', name)))
  const file = await put(project, 'items.jsonl', names.map((name) => JSON.stringify({ id: name, media: name })).join('\n'))
  const run = () => importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox })

  disk.copiesLeft = 2
  await expect(run()).rejects.toMatchObject({
    name: 'Problem',
    code: 'disk-full',
    item: expect.stringMatching(/cat|coffee|flower/),
    remedy: expect.stringContaining('Free up some space'),
  })
  expect(itemsBySourceId(project.db).size).toBe(2)
  expect(await readdir(join(project.directory, 'media'))).toHaveLength(2)

  disk.copiesLeft = Infinity
  expect(await run()).toMatchObject({ added: 1, unchanged: 2, problems: [] })
})
