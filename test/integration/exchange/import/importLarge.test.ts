import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCoco } from '../../../../src/main/exchange/import/formats/coco/readCoco'
import { type ImportEntries, type ImportRow, toEntries } from '../../../../src/main/exchange/import/row/entry'
import { readFilesMap } from '../../../../src/main/exchange/import/filesMap'
import { readVist } from '../../../../src/main/exchange/import/formats/vist'
import { type ImportProject, newImportProject, put } from '../../../support/importProject'
import { canCountTemporaryFiles, countTemporaryFiles } from '../../../support/temporaryFiles'
import { importFiles } from '../../../support/inEnglish'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const megabyte = 1024 * 1024
/** What a file of this size leaves in memory is below that; its items alone, as objects, were several times as large. */
const allowed = 3 * megabyte

function heapInUse(): number {
  collect()
  return process.memoryUsage().heapUsed
}

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
})
afterEach(() => project.remove())

/** Writes a document piece by piece, so that it is never in memory as a whole. */
async function putPieces(name: string, pieces: Iterable<string>): Promise<string> {
  const file = join(project.inbox, name)
  const handle = await open(file, 'w')
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < megabyte) continue
    await handle.write(text)
    text = ''
  }
  await handle.write(text)
  await handle.close()
  return file
}

function* listOf(count: number, elementOf: (index: number) => unknown): Generator<string> {
  for (let index = 0; index < count; index++) yield `${index === 0 ? '[' : ',\n'}${JSON.stringify(elementOf(index))}`
  yield ']'
}

const images = 30_000
const annotations = 60_000
/** Goes through all images, in another order than theirs. */
const imageOf = (index: number) => (index * 7919) % images

function* cocoPieces(): Generator<string> {
  yield '{"annotations": '
  yield* listOf(annotations, (id) => ({ id, image_id: imageOf(id), caption: `Caption ${id} of an image with a long road` }))
  yield ', "images": '
  yield* listOf(images, (id) => ({ id, file_name: `image-${id}.jpg`, height: 480, width: 640 }))
  yield '}'
}

const albums = 3_000
const photos = 30_000
/** Each story tells of an album from its last photo to its first. The lists come in an order in which nothing can be used at once. */
function* vistPieces(end: string): Generator<string> {
  yield '{"annotations": '
  yield* listOf(photos, (index) => [
    {
      photo_flickr_id: `${photos - 1 - index}`,
      story_id: `${Math.floor(index / 10)}`,
      worker_arranged_photo_order: index % 10,
      text: `Sentence ${index} of a long story`,
    },
  ])
  yield ', "images": '
  yield* listOf(photos, (id) => ({ id: `${id}`, album_id: `${Math.floor(id / 10)}`, title: `Photo ${id}`, tags: 'sea, sand' }))
  yield ', "albums": '
  yield* listOf(albums, (id) => ({ id: `${id}`, title: `Album ${id}`, description: 'A day at the sea' }))
  yield end
}

/** Reads to the end; `atFirst` is called at the first row, when everything is gathered. */
async function readRows(entries: ImportEntries, atFirst: () => void, take: (row: ImportRow, number: number) => void): Promise<number> {
  let rows = 0
  for await (const some of entries)
    for (const entry of toEntries(some)) {
      if (entry.kind === 'total') continue
      if (entry.kind !== 'row') throw new Error(JSON.stringify(entry))
      if (rows === 0) atFirst()
      take(entry, rows++)
    }
  return rows
}

describe('a file of many rows', () => {
  it('of COCO is read without having all of its items in memory, and each has what belongs to it', async () => {
    const file = await putPieces('captions.json', cocoPieces())
    const before = heapInUse()
    let growth = Infinity
    const wrong: ImportRow[] = []
    const rows = await readRows(
      readCoco({ format: 'coco', captions: file, mediaDirectory: project.inbox }),
      () => (growth = heapInUse() - before),
      (row, number) => {
        const captions = row.context.captions ?? []
        const belong = captions.every((caption) => imageOf(Number(caption.split(' ')[1])) === number)
        if (row.id !== String(number) || captions.length !== 2 || !belong) wrong.push(row)
      },
    )
    expect([rows, wrong.slice(0, 3)]).toEqual([images, []])
    expect(growth).toBeLessThan(allowed)
  })

  it('of visual storytelling too, with the photos in the order of the story', async () => {
    const file = await putPieces('stories.json', vistPieces('}'))
    const before = heapInUse()
    let growth = Infinity
    const wrong: ImportRow[] = []
    const rows = await readRows(
      readVist({ format: 'vist', file, mediaDirectory: project.inbox }),
      () => (growth = heapInUse() - before),
      (row, number) => {
        const expected = Array.from({ length: 10 }, (_, index) => `${number * 10 + 9 - index}`)
        if (row.id !== String(number) || row.mediaNames.join() !== expected.join()) wrong.push(row)
      },
    )
    expect([rows, wrong.slice(0, 3)]).toEqual([albums, []])
    expect(growth).toBeLessThan(allowed)
  })

  it('of a files map too, which still finds every id and knows which were not asked for', async () => {
    const ids = 100_000
    const pieces = function* () {
      for (let id = 0; id < ids; id++)
        yield `${id === 0 ? '{' : ',\n'}"photo ${id}": ${JSON.stringify([`folder/${id}.jpg`, `folder/${id}-b.jpg`])}`
      yield ', "photo 7": ["folder/7.jpg", "folder/7-b.jpg"]}' // twice, with the same files
    }
    const file = await putPieces('files.json', pieces())
    const before = heapInUse()
    const map = await readFilesMap(file)
    try {
      expect(heapInUse() - before).toBeLessThan(allowed)
      expect(map.unused(2)).toEqual({ count: ids, first: ['photo 0', 'photo 1'] })
      for (let id = 0; id < ids; id++) if (id % 25_000 !== 3) map.use(`photo ${id}`)
      expect(map.unused(3)).toEqual({ count: 4, first: ['photo 3', 'photo 25003', 'photo 50003'] })
      expect([map.use('photo 8'), map.use('photo 7'), map.use('photo'), map.has('photo'), map.has('photo 9')]).toEqual([
        ['folder/8.jpg', 'folder/8-b.jpg'],
        ['folder/7.jpg', 'folder/7-b.jpg'],
        undefined,
        false,
        true,
      ])
    } finally {
      map.close()
    }
  })
})

describe.runIf(canCountTemporaryFiles)('the temporary files of an import', () => {
  let before: number
  beforeEach(() => {
    before = countTemporaryFiles()
  })

  it('are gone when it is broken off', async () => {
    const file = await putPieces('captions.json', cocoPieces())
    for await (const some of readCoco({ format: 'coco', captions: file, mediaDirectory: project.inbox })) {
      if (toEntries(some)[0]?.kind !== 'row') continue
      expect(countTemporaryFiles()).toBeGreaterThan(before)
      break
    }
    expect(countTemporaryFiles()).toBe(before)
  })

  it('are gone when it is cancelled', async () => {
    const file = await putPieces('captions.json', cocoPieces())
    const controller = new AbortController()
    let seen = 0
    const onProgress = ({ done }: { readonly done: number }) => {
      if (done === 0 || controller.signal.aborted) return
      seen = countTemporaryFiles()
      controller.abort()
    }
    const request = {
      format: 'coco',
      captions: file,
      files: await put(project, 'files.json', '{"1": "a.jpg"}'),
      mediaDirectory: project.inbox,
    } as const
    const report = await importFiles(project, request, { onProgress, signal: controller.signal })
    expect(report.cancelled).toBe(true)
    expect(seen).toBeGreaterThan(before)
    expect(countTemporaryFiles()).toBe(before)
  })

  it('are gone when the file turns out to be broken', async () => {
    const file = await putPieces('stories.json', vistPieces(''))
    await expect(importFiles(project, { format: 'vist', file, mediaDirectory: project.inbox })).rejects.toMatchObject({ code: 'bad-file' })
    expect(countTemporaryFiles()).toBe(before)
  })
})
