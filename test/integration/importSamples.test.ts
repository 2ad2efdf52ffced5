import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFiles } from '../../src/main/exchange/importFiles'
import { getItem, listItemIds } from '../../src/main/store/items'
import { readStats } from '../../src/main/store/stats'
import { itemsBySourceId, newImportProject, samples, type ImportProject } from '../support/importProject'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
})
afterEach(() => project.remove())

const mediaDirectory = join(samples, 'media')
const annotation = (name: string) => join(samples, 'annotations', name)

const requests = {
  csv: { format: 'csv', file: annotation('captions.csv'), mediaDirectory },
  jsonl: { format: 'jsonl', file: annotation('items.jsonl'), mediaDirectory },
  coco: { format: 'coco', captions: annotation('coco/captions.json'), instances: annotation('coco/instances.json'), mediaDirectory },
  folder: { format: 'folder', mediaDirectory },
} as const

describe('importing the samples', () => {
  it.each([
    ['csv', 3, 3],
    ['jsonl', 3, 4],
    ['coco', 8, 8],
    ['folder', 13, 13],
  ] as const)('%s: brings all in the first time and adds nothing the second time', async (name, items, media) => {
    const first = await importFiles(project, requests[name])
    expect(first).toEqual({ added: items, unchanged: 0, mediaAdded: media, problems: [], moreProblems: 0, cancelled: false })
    const files = await readdir(join(project.directory, 'media'))
    expect(files).toHaveLength(media)

    const second = await importFiles(project, requests[name])
    expect(second).toEqual({ added: 0, unchanged: items, mediaAdded: 0, problems: [], moreProblems: 0, cancelled: false })
    expect(await readdir(join(project.directory, 'media'))).toEqual(files)
    expect(readStats(project.db)).toMatchObject({ items, media })
  })

  it('keeps the rows of a table with their captions', async () => {
    await importFiles(project, requests.csv)
    const items = itemsBySourceId(project.db)
    expect([...items.keys()]).toEqual(['cat.jpg', 'coffee.jpg', 'flower.jpg'])
    expect(items.get('cat.jpg')?.context).toEqual({ captions: ['A tabby cat, looking to the side'] })
    expect(items.get('cat.jpg')?.media[0]).toMatchObject({
      fileName: 'cat.jpg',
      kind: 'image',
      mime: 'image/jpeg',
      width: 451,
      height: 300,
    })
  })

  it('keeps several media of an item in their order, and knows a video', async () => {
    await importFiles(project, requests.jsonl)
    const items = itemsBySourceId(project.db)
    expect(items.get('coins')?.media.map(({ fileName }) => fileName)).toEqual(['coins_1.jpg', 'coins_2.jpg'])
    expect(items.get('coins')?.context).toEqual({ differences: ['two coins are gone'] })
    expect(items.get('launch_tour')?.media[0]).toMatchObject({ kind: 'video', mime: 'video/mp4', width: null, height: null })
  })

  it('joins COCO captions and boxes by image', async () => {
    await importFiles(project, requests.coco)
    const cat = itemsBySourceId(project.db).get('1')
    expect(cat?.context.captions).toHaveLength(5)
    expect(cat?.context.boxes?.[0]).toEqual({ label: 'cat', x: 0, y: 0, width: 385, height: 300, media: 0 })
  })

  it('takes COCO captions alone and boxes alone', async () => {
    await importFiles(project, { format: 'coco', captions: requests.coco.captions, mediaDirectory })
    expect(itemsBySourceId(project.db).get('1')?.context).not.toHaveProperty('boxes')
    const other = await newImportProject()
    await importFiles(other, { format: 'coco', instances: requests.coco.instances, mediaDirectory })
    expect(itemsBySourceId(other.db).get('1')?.context).not.toHaveProperty('captions')
    await other.remove()
  })

  it('stores each file under the hash of its content, byte for byte, and once for all imports', async () => {
    await importFiles(project, requests.csv)
    await importFiles(project, requests.coco)
    expect(readStats(project.db)).toMatchObject({ items: 11, media: 8 })
    for (const id of listItemIds(project.db))
      for (const media of getItem(project.db, id)?.media ?? []) {
        expect(media.storedName).toBe(`${media.sha256}.jpg`)
        const stored = await readFile(join(project.directory, 'media', media.storedName))
        expect(stored.equals(await readFile(join(mediaDirectory, media.fileName)))).toBe(true)
      }
  })
})
