import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getItem } from '../../../../src/main/store/library/items'
import { listItemIds } from '../../../../src/main/store/library/itemList'
import { readStats } from '../../../../src/main/store/candidates/counts'
import { type ImportProject, itemsBySourceId, newImportProject, samples } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

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
  llava: { format: 'llava', file: annotation('llava/llava_instruct.json'), mediaDirectory },
  'spot-the-diff': { format: 'spot-the-diff', file: annotation('spot_the_diff/train.json'), mediaDirectory },
  vist: {
    format: 'vist',
    file: annotation('visual_story_telling/train.story-in-sequence.json'),
    files: annotation('visual_story_telling/files.json'),
    mediaDirectory,
  },
  activitynet: { format: 'activitynet', file: annotation('dense_captions/train.json'), mediaDirectory },
  tvc: { format: 'tvc', file: annotation('tv_captions/tvc_train.jsonl'), mediaDirectory },
  scanrefer: {
    format: 'scanrefer',
    file: annotation('scene_navigation/scan_info.json'),
    files: annotation('scene_navigation/files.json'),
    activities: annotation('scene_navigation/candidates.txt'),
    mediaDirectory,
  },
  ego4d: { format: 'ego4d', file: annotation('ego4d/processed_all_anns.json'), mediaDirectory },
  vtt: { format: 'vtt', file: annotation('launch_tour.vtt'), mediaDirectory },
} as const

describe('importing the samples', () => {
  it.each([
    ['csv', 3, 3],
    ['jsonl', 3, 4],
    ['coco', 8, 8],
    ['folder', 13, 13],
    ['llava', 1, 1],
    ['spot-the-diff', 1, 2],
    ['vist', 1, 3],
    ['activitynet', 2, 2],
    ['tvc', 2, 1],
    ['scanrefer', 1, 1],
    ['ego4d', 1, 1],
    ['vtt', 1, 1],
  ] as const)('%s: brings all in the first time and adds nothing the second time', async (name, items, media) => {
    const first = await importFiles(project, requests[name])
    expect(first).toEqual({
      added: items,
      unchanged: 0,
      mediaAdded: media,
      linked: 0,
      updated: 0,
      problems: [],
      notes: [],
      moreProblems: 0,
      cancelled: false,
    })
    const files = await readdir(join(project.directory, 'media'))
    expect(files).toHaveLength(media)

    const second = await importFiles(project, requests[name])
    expect(second).toEqual({
      added: 0,
      unchanged: items,
      mediaAdded: 0,
      linked: 0,
      updated: 0,
      problems: [],
      notes: [],
      moreProblems: 0,
      cancelled: false,
    })
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
    expect(items.get('launch_tour')?.media[0]).toMatchObject({ kind: 'video', mime: 'video/mp4', width: 640, height: 360 })
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

  const only = async (name: keyof typeof requests) => {
    await importFiles(project, requests[name])
    return [...itemsBySourceId(project.db).values()].map(({ sourceId, media, context }) => ({
      id: sourceId,
      media: media.map(({ fileName }) => fileName),
      context,
    }))
  }

  it('llava: turns become a conversation, without the mark of the image', async () => {
    expect(await only('llava')).toEqual([
      {
        id: '000000000001',
        media: ['cat.jpg'],
        context: {
          conversation: [
            { instruction: "What colour are the cat's eyes?", response: "The cat's eyes are green." },
            {
              instruction: 'What is behind the cat?',
              response: 'The background is blurred, so it is hard to tell: pale cloth perhaps.',
            },
          ],
        },
      },
    ])
  })

  it('spot-the-diff: both images by the id of the pair', async () => {
    const [coins] = await only('spot-the-diff')
    expect(coins).toMatchObject({ id: 'coins', media: ['coins_1.jpg', 'coins_2.jpg'] })
    expect(coins?.context.differences?.[0]).toBe('the fourth coin in the top row is gone')
  })

  it('vist: an album with the images of its story in their order', async () => {
    expect(await only('vist')).toEqual([
      {
        id: '7001',
        media: ['rocket.jpg', 'hubble.jpg', 'astronaut.jpg'],
        context: {
          title: 'Space day',
          description: 'A day about going to space',
          images: [
            { title: 'Before the launch', tags: 'rocket launch dusk', story: ['the rocket was ready before sunrise .'] },
            { title: 'Far away', tags: 'galaxies hubble stars', story: ['we talked about how far the galaxies are .'] },
            { title: 'The crew', tags: 'astronaut portrait', story: ['at the end we met a real astronaut .'] },
          ],
        },
      },
    ])
  })

  it('activitynet: timed sentences, without the space around them', async () => {
    const [tour, coffee] = await only('activitynet')
    expect(tour).toMatchObject({ id: 'launch_tour', media: ['launch_tour.mp4'], context: { duration: 12 } })
    expect(tour?.context.sentences?.[1]).toEqual({ start: 4, end: 8.1, text: 'It then drifts across a field of distant galaxies.' })
    expect(coffee).toMatchObject({ id: 'coffee_pov', media: ['coffee_pov.webm'] })
  })

  it('tvc: an item a clip, the video stored once', async () => {
    expect(await only('tvc')).toMatchObject([
      {
        id: 'launch_tour_1',
        media: ['launch_tour.mp4'],
        context: {
          duration: 12,
          clip: { start: 0, end: 4.2 },
          descriptions: ['A rocket waits on its pad between two lattice towers.', 'Bright lamps light the base of the rocket.'],
        },
      },
      { id: 'launch_tour_2', media: ['launch_tour.mp4'], context: { clip: { start: 8, end: 12 } } },
    ])
  })

  it('scanrefer: objects of a scene, and every activity', async () => {
    const [garage] = await only('scanrefer')
    expect(garage).toMatchObject({ id: 'garage', media: ['motorcycle.jpg'] })
    expect(garage?.context.objects).toHaveLength(5)
    expect(garage?.context.activities).toHaveLength(10)
  })

  it('ego4d: narrations with objects in a window that ends with the video', async () => {
    const [window] = await only('ego4d')
    expect(window).toMatchObject({ id: 'coffee_pov_1', media: ['coffee_pov.webm'], context: { clip: { start: 0, end: 8 } } })
    expect(window?.context.narrations?.[1]).toEqual({
      time: 3.2,
      text: '#C C looks at the saucer',
      objects: ['a red saucer: [80, 80, 480, 390]'],
    })
  })

  it('vtt: the cues of the video of that name', async () => {
    expect(await only('vtt')).toEqual([
      {
        id: 'launch_tour',
        media: ['launch_tour.mp4'],
        context: {
          sentences: [
            { start: 0.5, end: 3.8, text: 'The rocket is ready.' },
            { start: 4.2, end: 7.8, text: 'Every point of light is a galaxy.' },
            { start: 8.2, end: 11.8, text: 'And this is who will fly.' },
          ],
        },
      },
    ])
  })

  it('coco in a project for general differences: each image with the one most like it, each pair once', async () => {
    const pairs = await newImportProject('cgd')
    const report = await importFiles(pairs, requests.coco)
    const items = [...itemsBySourceId(pairs.db).values()]
    expect(report).toMatchObject({ added: items.length, mediaAdded: 8, problems: [] })
    const named = new Set(items.flatMap(({ sourceId }) => sourceId.split('_')))
    expect([...named].toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    for (const { sourceId, media, context } of items) {
      const [a, b] = sourceId.split('_').map(Number)
      expect(a).toBeLessThan(b ?? 0)
      expect(media).toHaveLength(2)
      expect(context.captionsOf?.map((captions) => captions.length)).toEqual([5, 5])
      expect(new Set(context.boxes?.map((box) => box.media))).toEqual(new Set([0, 1]))
    }
    expect(await importFiles(pairs, requests.coco)).toMatchObject({ added: 0, unchanged: items.length, problems: [] })
    await pairs.remove()
  })
})
