import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { guessFormat } from '../../../../src/main/exchange/import/guessFormat'
import { mediaPath } from '../../../../src/main/media/mediaPath'
import type { ImportRequest } from '../../../../src/shared/contract'
import type { RecipeId } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { run as runExemplar } from '../../../support/terminal'
import { type EnglishImportReport, importFiles } from '../../../support/inEnglish'

const cases = join(import.meta.dirname, '../../../fixtures/cases')
const caseFile = (...names: string[]) => join(cases, ...names)

let project: ImportProject
afterEach(() => project.remove())

/** Imports a file of a case into a new project; media are looked for beside it unless another folder is named. */
async function importCase(recipe: RecipeId, request: Omit<ImportRequest, 'mediaDirectory'>, media?: string): Promise<EnglishImportReport> {
  project = await newImportProject(recipe)
  return importFiles(project, { ...request, mediaDirectory: media ?? project.inbox })
}
const contexts = () => Object.fromEntries([...itemsBySourceId(project.db)].map(([id, { context }]) => [id, context]))
const mediaOf = (id: string) =>
  itemsBySourceId(project.db)
    .get(id)
    ?.media.map(({ fileName }) => fileName)
const told = (entries: EnglishImportReport['problems']) => entries.map(({ file, line, item, reason }) => [file, line, item, reason])

async function addClip(): Promise<string> {
  const folder = join(project.inbox, 'media')
  await mkdir(folder)
  await cp(join(samples, 'media/launch_tour.mp4'), join(folder, 'clip.mp4'))
  return folder
}

describe('ActivityNet Captions', () => {
  const folder = '15-activitynet-times'
  it('with odd times: each is named, and cut or left out', async () => {
    const report = await importCase('dc', { format: 'activitynet', file: caseFile(folder, 'train.json') })
    expect(report.problems.map(({ item, reason }) => [item, reason.replace(/^the sentence /, '')])).toEqual([
      ['v_clip', 'imported without “v_clip”, which is not in the media folder'],
      ['v_clip', '“two reversed” is skipped: it ends (2 s) before it starts (8 s)'],
      ['v_clip', '“three over” ends at 25.5 s, but the video lasts 12.02 s; its end is set to the end of the video'],
      ['v_clip', '“four negative” starts at -1 s; its start is set to 0 s'],
      ['v_clip', '“five after” is skipped: it starts at 30 s, but the video lasts 12.02 s'],
      ['clip', 'imported without “clip”, which is not in the media folder'],
      ['v_gone', 'imported without “v_gone”, which is not in the media folder'],
    ])
    expect(contexts()).toMatchObject({
      v_clip: {
        sentences: [
          { start: 0, end: 3.5 },
          { start: 10, end: 12.02 },
          { start: 0, end: 1 },
        ],
      },
    })
  })

  it('anet_raw.json: is recognised by what it holds', async () => {
    await expect(importCase('dc', { format: 'activitynet', file: caseFile(folder, 'anet_raw.json') })).rejects.toMatchObject({
      message: expect.stringContaining('it looks like an ActivityNet file with activity classes') as string,
    })
  })

  it.each(['charades.json', 'strings.json'])('%s: nothing is taken, and every entry is named', async (name) => {
    const report = await importCase('dc', { format: 'activitynet', file: caseFile(folder, name) })
    expect(report.added).toBe(0)
    expect(report.problems.length).toBeGreaterThan(0)
  })
})

describe('COCO', () => {
  it('leaves out a box in fractions of the image, which no pixels are', async () => {
    const instances = { images: [{ id: 1, file_name: 'a.png' }], categories: [{ id: 1, name: 'x' }] }
    project = await newImportProject('la')
    const annotations = [
      [0.1, 0.2, 0.5, 0.5],
      [0, 0, 1, 1],
    ].map((bbox, id) => ({ id, image_id: 1, category_id: 1, bbox }))
    const file = await put(project, 'i.json', JSON.stringify({ ...instances, annotations }))
    const report = await importFiles(project, { format: 'coco', instances: file, mediaDirectory: caseFile('09-coco-odd-fields', 'images') })
    expect(told(report.problems).map(([, , , reason]) => reason)).toEqual([expect.stringContaining('fractions of the image')])
    expect(contexts()).toEqual({ 1: { boxes: [{ label: 'x', x: 0, y: 0, width: 1, height: 1, media: 0 }] } })
  })

  const folder = '07-coco-exif-raw-boxes'
  const box = (x: number, y: number, width: number, height: number) => [{ label: 'red square', x, y, width, height, media: 0 }]

  it('turns boxes that were drawn on the stored image, and scales those of a resized one', async () => {
    const images = caseFile(folder, 'images')
    const inside = await importCase('la', { format: 'coco', instances: caseFile(folder, 'anno_inside.json') }, images)
    expect(inside).toMatchObject({ added: 1, problems: [] })
    expect(contexts()).toEqual({ 3: { boxes: box(20, 20, 20, 30) } })
    expect(told(inside.notes)).toEqual([['anno_inside.json', 3, '3', expect.stringContaining('EXIF orientation 6')]])
    await project.remove()

    const both = await importCase('la', { format: 'coco', instances: caseFile(folder, 'anno.json') }, images)
    expect(both).toMatchObject({ added: 2, problems: [] })
    expect(contexts()).toEqual({ 1: { boxes: box(55, 80, 20, 30) }, 2: { boxes: box(5, 2.5, 15, 10) } })
    expect(both.notes).toHaveLength(2)
    const again = await importFiles(project, { format: 'coco', instances: caseFile(folder, 'anno.json'), mediaDirectory: images })
    expect(again).toMatchObject({ added: 0, unchanged: 2, problems: [], notes: both.notes })
    // The media are in the project: the folder need not have them any more.
    const gone = await importFiles(project, { format: 'coco', instances: caseFile(folder, 'anno.json'), mediaDirectory: project.inbox })
    expect(gone).toMatchObject({ added: 0, unchanged: 2 })
  })

  it('finds the red square of an image of every EXIF orientation', async () => {
    project = await newImportProject('la')
    const red = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const orientations = [1, 2, 3, 4, 5, 6, 7, 8]
    for (const orientation of orientations)
      await put(
        project,
        `${orientation}.jpg`,
        await sharp({ create: { width: 120, height: 80, channels: 3, background: 'white' } })
          .composite([{ input: red, left: 20, top: 40 }])
          .withMetadata({ orientation })
          .jpeg({ quality: 100 })
          .toBuffer(),
      )
    // The box as it lies on the stored image; where turning does not change the size, as it lies on the displayed one.
    const displayed: Record<number, number[]> = { 2: [70, 40, 30, 20], 3: [70, 20, 30, 20], 4: [20, 20, 30, 20] }
    const file = await put(
      project,
      'instances.json',
      JSON.stringify({
        images: orientations.map((id) => ({ id, width: 120, height: 80, file_name: `${id}.jpg` })),
        annotations: orientations.map((id) => ({ id, image_id: id, category_id: 1, bbox: displayed[id] ?? [20, 40, 30, 20] })),
        categories: [{ id: 1, name: 'red square' }],
      }),
    )
    const report = await importFiles(project, { format: 'coco', instances: file, mediaDirectory: project.inbox })
    expect(report).toMatchObject({ added: 8, problems: [] })
    expect(report.notes.map(({ item, reason }) => [item, reason])).toEqual([
      ['2', expect.stringMatching(/^2\.jpg is displayed rotated .*\(and the same for 2 more items\)$/)],
      ['5', expect.stringMatching(/5\.jpg were drawn on the stored image.*\(and the same for 3 more items\)$/)],
    ])
    for (const [id, { context, media }] of itemsBySourceId(project.db)) {
      const [{ x: left = 0, y: top = 0, width = 0, height = 0 } = {}] = context.boxes ?? []
      const upright = await sharp(mediaPath(project.directory, media[0]?.storedName ?? ''))
        .autoOrient()
        .toBuffer()
      const inside = { left: left + 2, top: top + 2, width: width - 4, height: height - 4 }
      const { channels } = await sharp(await sharp(upright).extract(inside).toBuffer()).stats()
      expect([id, channels.map(({ mean }) => Math.round(mean / 100))]).toEqual([id, [3, 0, 0]])
    }
  })

  it('reads odd annotations: polygons without bbox, both kinds in one list, ids beyond 2^53', async () => {
    const odd = '09-coco-odd-fields'
    const report = await importCase('la', { format: 'coco', instances: caseFile(odd, 'odd.json') }, caseFile(odd, 'images'))
    expect(report.added).toBe(3)
    expect(report.problems.map(({ item, reason }) => [item, reason])).toEqual([
      [null, 'annotation 2: bbox.0: expected number, received string'],
      ['2', 'annotation 3: category 7 does not exist; the bounding box is skipped'],
      [null, 'annotation 4: bbox: expected [x, y, width, height]'],
      [null, 'annotation 7: category_id: expected a number'],
    ])
    expect(contexts()).toMatchObject({
      'img-a': { boxes: [{ label: 'thing', x: 1.5, y: 2.25, width: 10.0625, height: 20 }] },
      2: {
        boxes: [
          { x: 1, y: 1, width: 19, height: 19 },
          { x: 1, y: 2, width: 3, height: 4 },
        ],
      },
      '9007199254740995': {},
    })
    for (const kind of ['captions', 'instances'] as const) {
      await project.remove()
      const mixed = await importCase('la', { format: 'coco', [kind]: caseFile(odd, 'mixed.json') }, caseFile(odd, 'images'))
      expect(mixed).toMatchObject({ added: 1, problems: [] })
      expect(contexts()).toEqual({
        1: { captions: ['a red field'], boxes: [{ label: 'thing', x: 1, y: 2, width: 3, height: 4, media: 0 }] },
      })
    }
    await project.remove()
    const none = await importCase('la', { format: 'coco', instances: caseFile(odd, 'no_annotations.json') }, caseFile(odd, 'images'))
    expect(none).toMatchObject({ added: 2, problems: [] })
    const categories = await importFiles(project, {
      format: 'coco',
      instances: caseFile(odd, 'no_categories.json'),
      mediaDirectory: caseFile(odd, 'images'),
    })
    expect(categories.problems).toMatchObject([{ reason: 'annotation 1: category 1 does not exist; the bounding box is skipped' }])
    await expect(
      importFiles(project, { format: 'coco', instances: caseFile(odd, 'images_only.json'), mediaDirectory: project.inbox }),
    ).rejects.toMatchObject({ message: expect.stringContaining('annotations: expected a list') })
  })
})

describe('LLaVA and its neighbours', () => {
  const folder = '08-llava-layouts'
  const media = caseFile(folder, 'media')

  it.each([
    ['llava.jsonl', { l1: ['Colour?', 'Red.'], l2: ['Colour?', 'Blue.'] }],
    ['sharegpt_images.json', { x: ['Which colour?', 'Red.'] }],
    ['mllm_demo.json', { 'a.png': ['Which colour?', 'Red.'] }],
    ['qwen_content_list.json', { 'a.png': ['Which colour?', 'Red.'] }],
  ])('%s is read', async (name, expected) => {
    expect(await guessFormat(caseFile(folder, name))).toBe('llava')
    const report = await importCase('la', { format: 'llava', file: caseFile(folder, name) }, media)
    expect(report).toMatchObject({ added: Object.keys(expected).length, problems: [], notes: [] })
    expect(contexts()).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([id, [instruction, response]]) => [id, { conversation: [{ instruction, response }] }]),
      ),
    )
  })

  it('a mixed list keeps every turn of a record with an image, and names every record without one', async () => {
    const report = await importCase('la', { format: 'llava', file: caseFile(folder, 'mix.json') }, media)
    expect(told(report.problems)).toEqual([
      ['mix.json', 16, 'text_only_0', 'record 2: the record has no image and is skipped'],
      ['mix.json', 77, 'nullimg', 'record 6: the record has no image and is skipped'],
      ['mix.json', 91, 'emptyimg', 'record 7: the record has no image and is skipped'],
    ])
    expect(contexts()).toEqual({
      k1_0: { conversation: [{ instruction: 'What colour?', response: 'Red.' }] },
      multi: { conversation: [{ instruction: 'Compare <image> with <image> please.', response: '<image> is red, the other blue.' }] },
      sys: { system: 'You answer in French.', conversation: [{ instruction: 'Colour?', response: 'Rouge.' }] },
      'a.png': { conversation: [{ instruction: 'no id <image>', response: 'Red.' }] },
    })
    expect(mediaOf('multi')).toEqual(['a.png', 'b.png'])
  })

  it('what the system says reaches the prompt', async () => {
    project = await newImportProject('la')
    const exemplar = (...args: string[]) => runExemplar(project.inbox, args)
    await exemplar('new', 'p.exemplar', '--recipe', 'la')
    await exemplar('import', 'p.exemplar', '--format', 'llava', '--file', caseFile(folder, 'mix.json'), '--media', media)
    const prompt = await exemplar('prompt', 'show', 'p.exemplar', '--item', 'sys')
    expect(prompt.out.join('\n')).toContain('system: You answer in French.')
  })
})

describe('Spot-the-Diff', () => {
  it('finds images under the names they were published with', async () => {
    const folder = '04-spot-the-diff-real-names'
    const report = await importCase(
      'sd',
      { format: 'spot-the-diff', file: caseFile(folder, 'train.json') },
      caseFile(folder, 'resized_images'),
    )
    expect(report).toMatchObject({ added: 2, problems: [] })
    expect(mediaOf('17')).toEqual(['17.png', '17_2.png'])
  })

  it('gathers the sentences of all records of a pair', async () => {
    const folder = '22-spot-the-diff-repeated-ids'
    const request = { format: 'spot-the-diff', file: caseFile(folder, 'train.json') } as const
    expect(await importCase('sd', request, caseFile(folder, 'm'))).toMatchObject({ added: 1, problems: [] })
    expect(contexts()).toEqual({ 17: { differences: ['a car has left the lot', 'one person is new', 'the light is on'] } })
    expect(await importFiles(project, { ...request, mediaDirectory: caseFile(folder, 'm') })).toMatchObject({ unchanged: 1, problems: [] })
  })
})

describe('files as they were published', () => {
  it('TVR: a description a line, with its part of the video; a clip of TVC without descriptions has no context', async () => {
    const folder = '23-tvr-native'
    project = await newImportProject('tvc')
    const media = await addClip()
    expect(await guessFormat(caseFile(folder, 'tvr_val.jsonl'))).toBe('tvc')
    const file = caseFile(folder, 'tvr_val.jsonl')
    expect(await importFiles(project, { format: 'tvc', file, mediaDirectory: media })).toMatchObject({ added: 2, problems: [], notes: [] })
    const test = caseFile(folder, 'tvc_test_public.jsonl')
    expect(await importFiles(project, { format: 'tvc', file: test, mediaDirectory: media })).toMatchObject({
      added: 1,
      problems: [],
      notes: [{ line: 1, reason: 'no descriptions in this row: the clip is imported without context' }],
    })
    expect(contexts()).toEqual({
      clip_90200: { duration: 12, clip: { start: 1.5, end: 4.25 }, descriptions: ['A rocket stands on the pad.'] },
      clip_90201: { duration: 12, clip: { start: 5, end: 8 }, descriptions: ['Somebody talks of stars.'] },
      clip_102866: { duration: 12, clip: { start: 1.5, end: 4.25 } },
    })
  })

  it('VIST: the stories as they were written where that is asked for; otherwise a note says that names are replaced', async () => {
    const folder = '24-vist-original-text'
    const request = { format: 'vist', file: caseFile(folder, 'train.json') } as const
    const normalized = await importCase('vst', request, caseFile(folder, 'm'))
    expect(contexts()[1]?.images?.map(({ story }) => story)).toEqual([
      ["[male] 's parish holds a fair in [location] ."],
      ['everyone came .'],
    ])
    expect(told(normalized.notes)).toEqual([['train.json', 2, null, expect.stringContaining('--text original')]])
    await project.remove()
    const original = await importCase('vst', { ...request, text: 'original' }, caseFile(folder, 'm'))
    expect(original).toMatchObject({ added: 1, problems: [], notes: [] })
    expect(contexts()[1]?.images?.map(({ story }) => story)).toEqual([["John's parish holds a fair in Oxford."], ['Everyone came.']])
  })

  it('VIST: on the command line too', async () => {
    project = await newImportProject('vst')
    const folder = '24-vist-original-text'
    const exemplar = (...args: string[]) => runExemplar(project.inbox, args)
    await exemplar('new', 'p.exemplar', '--recipe', 'vst')
    const args = ['--format', 'vist', '--file', caseFile(folder, 'train.json'), '--media', caseFile(folder, 'm')]
    expect((await exemplar('import', 'p.exemplar', ...args, '--text', 'original')).code).toBe(0)
    expect((await exemplar('prompt', 'show', 'p.exemplar')).out.join('\n')).toContain("John's parish holds a fair in Oxford.")
  })

  it('ScanRefer and Ego4D; the processed forms stay readable', async () => {
    const folder = '14-native-scanrefer-ego4d'
    expect(await guessFormat(caseFile(folder, 'ScanRefer_filtered_train.json'))).toBe('scanrefer')
    expect(await guessFormat(caseFile(folder, 'narration.json'))).toBe('ego4d')
    const scenes = await importCase('sn', { format: 'scanrefer', file: caseFile(folder, 'ScanRefer_filtered_train.json') })
    expect(scenes.problems.map(({ remedy }) => remedy)).toEqual(['link'])
    expect(contexts()).toEqual({ scene0000_00: { objects: ['this is a chair by the desk'] } })
    await project.remove()

    for (const [name, objects] of [
      ['narration.json', []],
      ['processed_ok.json', ['cup']],
    ] as const) {
      project = await newImportProject('e4d')
      const report = await importFiles(project, { format: 'ego4d', file: caseFile(folder, name), mediaDirectory: await addClip() })
      expect(report).toMatchObject({ added: 1, problems: [] })
      expect(contexts()).toEqual({
        clip_1: { clip: { start: 1, end: 12 }, narrations: [{ time: 1.5, text: '#C C picks up a cup', objects }] },
      })
      await project.remove()
    }
    project = await newImportProject()
  })
})
