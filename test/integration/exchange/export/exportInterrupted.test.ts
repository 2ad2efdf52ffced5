import { open, mkdir, readdir, readFile, writeFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ExportFormat } from '../../../../src/shared/domain'
import {
  accept,
  addApproved,
  addItem,
  draft,
  newExportProject,
  paint,
  sampleMedia,
  somePairs,
  type TestProject,
} from '../../../support/exportProject'
import { exportPairs, validateMimicIt } from '../../../support/inEnglish'

let project: TestProject
beforeEach(async () => {
  project = await newExportProject()
  for (const name of ['cat.jpg', 'coffee.jpg', 'flower.jpg'])
    addApproved(project, await addItem(project, name, [path.join(sampleMedia, name)]), somePairs(2))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await project.remove()
})

const exportSet = (format: ExportFormat = 'mimic-it', options?: Parameters<typeof exportPairs>[2]) =>
  exportPairs(project, { format, directory: project.out }, options)

async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(project.out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const files = names.map(({ parentPath, name }) => path.join(parentPath, name))
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [path.relative(project.out, file), await readFile(file, 'base64')])),
  )
}

/** Lets the `nth` write to a file fail as the system would. */
async function failWrites(code: string, nth = 1): Promise<void> {
  const probe = await open(path.join(project.root, 'probe'), 'w')
  const prototype = Object.getPrototypeOf(probe) as FileHandle
  await probe.close()
  const write = prototype.appendFile
  let count = 0
  vi.spyOn(prototype, 'appendFile').mockImplementation(function (this: FileHandle, ...args) {
    count += 1
    return count >= nth ? Promise.reject(Object.assign(new Error(`${code}: no luck`), { code })) : write.apply(this, args)
  })
}

describe('an export that cannot be finished', () => {
  it.each(['mimic-it', 'jsonl'] as const)('leaves the older %s files as they were, and nothing else', async (format) => {
    await exportSet(format)
    const before = await contents()
    addApproved(project, await addItem(project, 'new', [await paint(project, 'new.png', 5)]), somePairs(1))
    await failWrites('ENOSPC', 2)
    await expect(exportSet(format)).rejects.toMatchObject({
      code: 'disk-full',
      item: expect.stringMatching(/\.(parquet|json|jsonl|part)$/),
    })
    expect(await contents()).toEqual(before)
    expect((await readdir(project.out)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('names the file that must not be written', async () => {
    await failWrites('EACCES')
    await expect(exportSet('jsonl')).rejects.toMatchObject({ code: 'read-only', item: 'Space-day.jsonl' })
    expect(await readdir(project.out)).toEqual([])
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const cancel = new AbortController()
    const onProgress = ({ done }: { done: number }) => {
      if (done >= 2) cancel.abort()
    }
    await expect(exportSet('mimic-it', { signal: cancel.signal, onProgress })).rejects.toMatchObject({ name: 'AbortError' })
    expect(await readdir(project.out)).toEqual([])
  })

  it('changes nothing when what was written does not validate', async () => {
    await exportSet()
    const before = await contents()
    addApproved(project, await addItem(project, 'new', [await paint(project, 'new.png', 5)]), somePairs(1))
    const stringify = JSON.stringify
    vi.spyOn(JSON, 'stringify').mockImplementation((value, ...rest) =>
      stringify(
        typeof value === 'object' && value !== null && 'image_ids' in value ? { ...value, image_ids: ['LA_IMG_x'] } : value,
        ...(rest as []),
      ),
    )
    const failed = exportSet()
    await expect(failed).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('LA_IMG_x is not in any image file') })
    vi.restoreAllMocks()
    expect(await contents()).toEqual(before)
  })
})

describe('an export after one that was killed', () => {
  it('removes what that one left, and only that', async () => {
    // no process has the id 2 ** 30: Linux and macOS give smaller ones
    for (const folder of [
      '.exemplar-tmp-1073741824-abc',
      `.exemplar-tmp-${process.pid}-abc`,
      `.exemplar-tmp-${process.ppid}-abc`,
      '.exemplar-notes',
    ]) {
      await mkdir(path.join(project.out, folder), { recursive: true })
      await writeFile(path.join(project.out, folder, 'LA.parquet'), 'half')
    }
    await exportSet()
    const hidden = (await readdir(project.out)).filter((name) => name.startsWith('.'))
    expect(hidden.toSorted()).toEqual(['.exemplar-notes', `.exemplar-tmp-${process.ppid}-abc`])
    expect((await validateMimicIt(project.out)).issues).toEqual([])
  })

  it('can run beside another into the same folder', async () => {
    await Promise.all([exportSet('mimic-it'), exportSet('jsonl')])
    expect((await readdir(project.out)).toSorted()).toEqual(
      ['LA.parquet', 'LA.yaml', 'LA_instructions.json', 'LA_train.json', 'Space-day.jsonl', 'Space-day.meta.json', 'TRAINING.md', 'media', 'train_otter.sh'].toSorted(), // prettier-ignore
    )
  })
})

describe('an export that makes no sense', () => {
  it('is refused without approved pairs, and makes no folder', async () => {
    const empty = await newExportProject()
    try {
      draft(empty, await addItem(empty, 'cat', [path.join(sampleMedia, 'cat.jpg')]), somePairs(2))
      const failed = exportPairs(empty, { format: 'mimic-it', directory: empty.out })
      await expect(failed).rejects.toMatchObject({
        code: 'wrong-use',
        message: 'There are no approved pairs to export.',
        remedy: expect.stringMatching(/\S/),
      })
      expect(await readdir(empty.root)).not.toContain('out')
    } finally {
      await empty.remove()
    }
  })

  it('is refused into the project itself, and into a file', async () => {
    for (const directory of [project.directory, path.join(project.directory, 'media')])
      await expect(exportPairs(project, { format: 'jsonl', directory })).rejects.toMatchObject({ code: 'wrong-use', item: directory })
    const file = await paint(project, 'file.png', 1)
    await expect(exportPairs(project, { format: 'jsonl', directory: file })).rejects.toMatchObject({ code: 'wrong-use', item: file })
  })

  it('makes folders that are missing', async () => {
    const directory = path.join(project.root, 'a', 'b c', 'ü')
    accept(project, ...draft(project, await addItem(project, 'rocket', [path.join(sampleMedia, 'rocket.jpg')]), somePairs(1)))
    await exportPairs(project, { format: 'mimic-it', directory })
    expect(await readdir(directory)).toContain('LA_instructions.json')
  })
})
