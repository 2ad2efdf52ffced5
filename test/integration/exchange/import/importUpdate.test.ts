import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listNearestExemplars, saveEmbeddings, withoutEmbedding } from '../../../../src/main/store/search/embeddings'
import { listItems } from '../../../../src/main/store/library/itemList'
import type { ImportFormat } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { run } from '../../../support/terminal'
import { importFiles, inspectDatabase } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
  for (const name of ['cat.jpg', 'flower.jpg', 'launch_tour.mp4']) await put(project, name, await readFile(join(samples, 'media', name)))
})
afterEach(() => project.remove())

const read = async (format: ImportFormat, content: unknown, update?: boolean) => {
  const file = await put(
    project,
    'file.json',
    format === 'jsonl' ? (content as unknown[]).map((row) => JSON.stringify(row)).join('\n') : JSON.stringify(content),
  )
  return importFiles(project, { format, file, mediaDirectory: project.inbox, update })
}
const item = (id: string) => {
  const found = itemsBySourceId(project.db).get(id)
  if (!found) throw new Error(`no item ${id}`)
  return found
}
const findItems = (query: string) =>
  listItems(project.db, { filter: { state: 'all', query }, after: 0, limit: 10 }).map(({ sourceId }) => sourceId)
const cat = { id: 'one', media: 'cat.jpg', context: { captions: ['A tabby.'] } }
const flower = { id: 'one', media: 'flower.jpg', context: { captions: ['A tulip.'] } }

describe('a row that was corrected', () => {
  it('is left out with the option that lets it in; with it the row takes the place of the old one, once', async () => {
    const video = (timestamps: unknown, sentences: unknown) => ({ launch_tour: { timestamps, sentences } })
    await read(
      'activitynet',
      video(
        [
          [0, 4],
          [8, 5],
        ],
        ['a', 'b'],
      ),
    )
    const right = video(
      [
        [0, 4],
        [5, 8],
      ],
      ['a', 'b'],
    )
    expect((await read('activitynet', right)).problems).toMatchObject([
      { reason: expect.stringContaining('import it again with --update') },
    ])
    expect(await read('activitynet', right, true)).toMatchObject({ updated: 1, added: 0, unchanged: 0, mediaAdded: 0, problems: [] })
    expect(item('launch_tour').context.sentences).toHaveLength(2)
    expect(await read('activitynet', right, true)).toMatchObject({ updated: 0, unchanged: 1, problems: [] })
    expect(await read('activitynet', right)).toMatchObject({ updated: 0, unchanged: 1, problems: [] })
  })

  it('fills a context that was empty', async () => {
    await read('jsonl', [{ id: 'one', media: 'cat.jpg' }])
    expect(await read('jsonl', [cat], true)).toMatchObject({ updated: 1, problems: [] })
    expect(item('one').context).toEqual(cat.context)
    expect(findItems('tabby')).toEqual(['one'])
  })

  it('brings other media; what no item shows any more goes, and the project stays sound', async () => {
    await read('jsonl', [cat, { ...cat, id: 'two' }])
    const { id } = item('one')
    expect(await read('jsonl', [flower], true)).toMatchObject({ updated: 1, mediaAdded: 1, problems: [] })
    expect(item('one')).toMatchObject({ id, media: [{ fileName: 'flower.jpg' }], context: flower.context })
    expect(item('two').media).toMatchObject([{ fileName: 'cat.jpg' }])
    expect([findItems('tabby'), findItems('tulip')]).toEqual([['two'], ['one']])
    await read('jsonl', [{ ...flower, id: 'two' }], true)
    expect(await readdir(join(project.directory, 'media'))).toEqual([item('one').media[0]?.storedName])
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  it('may swap the media of two items', async () => {
    const two = { ...flower, id: 'two' }
    await read('jsonl', [cat, two])
    await read(
      'jsonl',
      [
        { ...cat, media: 'flower.jpg' },
        { ...two, media: 'cat.jpg' },
      ],
      true,
    )
    expect([item('one').media[0]?.fileName, item('two').media[0]?.fileName]).toEqual(['flower.jpg', 'cat.jpg'])
    expect(await readdir(join(project.directory, 'media'))).toHaveLength(2)
  })

  it('keeps a medium that the project has and the folder has not, and names one that neither has', async () => {
    await read('jsonl', [cat])
    await rm(join(project.inbox, 'cat.jpg'))
    expect(await read('jsonl', [{ ...cat, context: {} }], true)).toMatchObject({ updated: 1, problems: [] })
    expect(item('one')).toMatchObject({ media: [{ fileName: 'cat.jpg' }], missing: [], context: {} })
    expect(await read('jsonl', [{ ...cat, media: 'tiger.jpg' }], true)).toMatchObject({
      updated: 1,
      problems: [{ item: 'one', reason: expect.stringContaining('imported without “tiger.jpg”') }],
    })
    expect(item('one')).toMatchObject({ media: [], missing: [{ position: 0, name: 'tiger.jpg' }] })
  })

  it('that is bad changes nothing', async () => {
    await read('jsonl', [cat])
    await put(project, 'broken.jpg', 'no image')
    expect(await read('jsonl', [{ ...flower, media: ['flower.jpg', 'broken.jpg'] }], true)).toMatchObject({
      updated: 0,
      problems: [{ item: 'one' }],
    })
    expect(item('one')).toMatchObject({ media: [{ fileName: 'cat.jpg' }], context: cat.context })
    expect(await readdir(join(project.directory, 'media'))).toHaveLength(1)
  })

  it('has its embedding asked for anew, and is compared by the new one', async () => {
    await read('jsonl', [cat, { ...cat, id: 'two' }])
    const itemId = item('one').id
    saveEmbeddings(project.db, 'm', [
      { itemId, vector: new Float32Array([1, 0]) },
      { itemId: item('two').id, vector: new Float32Array([1, 0]) },
    ])
    await read('jsonl', [{ ...cat, context: { captions: ['Another.'] } }], true)
    expect(withoutEmbedding(project.db, 'm', [itemId, item('two').id])).toEqual([itemId])
    expect(listNearestExemplars(project.db, { itemId, model: 'm', limit: 1 })).toBeNull()
  })
})

it('on the command line: pairs and decisions of the item stay', async () => {
  const exemplar = (...args: string[]) => run(project.inbox, args)
  const listed = async (what: string): Promise<unknown> => JSON.parse((await exemplar('list', 'p.exemplar', what, '--json')).out.join('\n'))
  const importRow = async (row: unknown, ...more: string[]) => {
    const file = await put(project, 'rows.jsonl', JSON.stringify(row))
    return exemplar('import', 'p.exemplar', '--format', 'jsonl', '--file', file, '--media', project.inbox, ...more)
  }
  await exemplar('new', 'p.exemplar', '--recipe', 'la')
  await importRow({ ...cat, context: { captions: ['A tabby cat sits on a mat.', 'A cat on a red mat.'] } })
  expect(await exemplar('generate', 'p.exemplar')).toMatchObject({ code: 0 })
  const accept = await put(project, 'accept.jsonl', JSON.stringify({ candidate: 1, verdict: 'accept', reviewer: 'r' }))
  expect(await exemplar('decide', 'p.exemplar', '--file', accept)).toMatchObject({ code: 0 })
  const candidates = await listed('--candidates')
  expect(JSON.stringify(candidates)).toContain('accepted')

  const without = await importRow(flower)
  expect([without.code, without.errors.join()]).toEqual([1, expect.stringMatching(/was not changed.*--update/)])
  expect(await importRow(flower, '--update')).toEqual({
    code: 0,
    out: ['0 items added, 0 unchanged, 1 medium added, 1 item updated, 0 problems'],
    errors: [],
  })
  expect(await listed('--items')).toMatchObject([{ context: flower.context }])
  expect(await listed('--candidates')).toEqual(candidates)
  expect(await exemplar('doctor', 'p.exemplar')).toMatchObject({ code: 0 })
})

it('puts back a file that is missing from the project, and says so', async () => {
  await read('jsonl', [cat])
  const [stored = ''] = await readdir(join(project.directory, 'media'))
  await rm(join(project.directory, 'media', stored))
  const report = await read('jsonl', [cat])
  expect(report).toMatchObject({ unchanged: 1, problems: [] })
  expect(JSON.stringify(report.notes)).toContain('cat.jpg was missing from the project and was put back')
  expect(await readdir(join(project.directory, 'media'))).toEqual([stored])
})
