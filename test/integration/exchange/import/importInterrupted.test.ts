import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportProgress } from '../../../../src/main/exchange/import/importTally'
import { listItemIds } from '../../../../src/main/store/library/itemList'
import { readStats } from '../../../../src/main/store/candidates/counts'
import { type ImportProject, itemsBySourceId, newImportProject, put, samples } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
})
afterEach(() => project.remove())

const mediaFolder = () => join(project.directory, 'media')
const temporaries = async () => (await readdir(mediaFolder())).filter((name) => !/^[0-9a-f]{64}\./.test(name))

/** `count` rows, each with an image of its own. */
async function manyRows(count: number): Promise<string> {
  const rows: string[] = []
  for (let i = 0; i < count; i++) {
    const background = { r: i % 256, g: Math.floor(i / 256), b: 100 }
    await put(
      project,
      `${i}.png`,
      await sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    )
    rows.push(JSON.stringify({ id: `item ${i}`, media: `${i}.png`, context: { number: i } }))
  }
  return put(project, 'items.jsonl', rows.join('\n'))
}

const run = (file: string, options = {}) => importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox }, options)

describe('an import of several batches', () => {
  it('keeps the order of the file and reports its progress', async () => {
    const file = await manyRows(250)
    const told: ImportProgress[] = []
    expect(await run(file, { onProgress: (progress: ImportProgress) => told.push(progress) })).toMatchObject({
      added: 250,
      mediaAdded: 250,
    })
    expect([...itemsBySourceId(project.db).keys()]).toEqual(Array.from({ length: 250 }, (_, i) => `item ${i}`))
    expect(told.at(-1)).toEqual({ done: 250, total: null, problems: 0 })
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b))
  })

  it('can be cancelled: what is stored stays, whole, and the next import goes on', async () => {
    const file = await manyRows(300)
    const controller = new AbortController()
    const onProgress = ({ done }: ImportProgress) => {
      if (done > 0) controller.abort()
    }
    const report = await run(file, { signal: controller.signal, onProgress })
    expect(report.cancelled).toBe(true)
    expect(report.added).toBeGreaterThan(0)
    expect(report.added).toBeLessThan(300)
    expect(listItemIds(project.db)).toHaveLength(report.added)
    expect(await readdir(mediaFolder())).toHaveLength(report.added)

    expect(await run(file)).toMatchObject({ added: 300 - report.added, unchanged: report.added, cancelled: false })
  })

  it('does nothing when it is cancelled before it starts', async () => {
    const file = await manyRows(3)
    expect(await run(file, { signal: AbortSignal.abort() })).toMatchObject({ added: 0, cancelled: true, problems: [] })
    expect(readStats(project.db)).toMatchObject({ items: 0, media: 0 })
  })
})

describe('a project that cannot be written', () => {
  it('ends the import with the reason when the disk is full; what is stored stays', async () => {
    const file = await manyRows(400)
    const pages = Number(project.db.pragma('page_count', { simple: true }))
    project.db.pragma(`max_page_count = ${pages + 12}`)
    await expect(run(file)).rejects.toMatchObject({
      name: 'Problem',
      code: 'disk-full',
      item: expect.stringMatching(/items\.jsonl|item \d/),
    })
    const kept = listItemIds(project.db).length
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(400)
    expect(await temporaries()).toEqual([])

    project.db.pragma('max_page_count = 1000000')
    expect(await run(file)).toMatchObject({ added: 400 - kept, unchanged: kept })
  })

  it('says so when it is read-only', async () => {
    const file = await manyRows(1)
    project.db.pragma('query_only = ON')
    await expect(run(file)).rejects.toMatchObject({ name: 'Problem', code: 'read-only' })
    expect(await temporaries()).toEqual([])
  })

  it('says so when the media folder cannot be made', async () => {
    const file = await manyRows(1)
    await writeFile(mediaFolder(), 'a file where the folder should be')
    await expect(run(file)).rejects.toMatchObject({ name: 'Problem', message: expect.stringContaining('0.png') })
    expect(listItemIds(project.db)).toEqual([])
  })
})

it('removes what a killed import has left in the media folder, and leaves what another one is writing', async () => {
  await mkdir(mediaFolder())
  await writeFile(join(mediaFolder(), '.incoming-old'), 'half an image')
  await writeFile(join(mediaFolder(), '.incoming-new'), 'half an image')
  const longAgo = new Date(Date.now() - 7_200_000)
  await utimes(join(mediaFolder(), '.incoming-old'), longAgo, longAgo)
  await put(project, 'cat.jpg', await readFile(join(samples, 'media/cat.jpg')))
  await importFiles(project, { format: 'folder', mediaDirectory: project.inbox })
  expect(await temporaries()).toEqual(['.incoming-new'])
})
