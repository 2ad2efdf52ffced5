import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listCandidates } from '../../../../src/main/store/candidates/candidates'
import type { Context, ImportFormat } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject('la')
  await mkdir(join(project.inbox, 'media'))
})
afterEach(() => project.remove())

type Files = Readonly<Record<string, unknown>>

/** Puts a different image of 200 × 100 pixels at each of the names. */
async function putImages(names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const background = { r: 20 * index, g: 0, b: 0 }
    await put(
      project,
      `media/${name}`,
      await sharp({ create: { width: 200, height: 100, channels: 3, background } })
        .png()
        .toBuffer(),
    )
  }
}

interface Found {
  readonly media: readonly string[]
  readonly context: Context
}

/** Writes the files below `notes`, and imports the only one, or the folder, or what `path` names. */
async function read(format: ImportFormat, files: Files, path?: string) {
  for (const [name, content] of Object.entries(files))
    await put(project, `notes/${name}`, typeof content === 'string' ? content : JSON.stringify(content))
  const [only = '', ...others] = Object.keys(files)
  const file = join(project.inbox, 'notes', path ?? (others.length === 0 ? only : ''))
  const report = await importFiles(project, {
    format,
    ...(format === 'coco' ? { instances: file } : { file }),
    mediaDirectory: join(project.inbox, 'media'),
  })
  const items = Object.fromEntries(
    [...itemsBySourceId(project.db)].map(([id, { media, context }]): [string, Found] => [
      id,
      { media: media.map(({ fileName }) => fileName), context },
    ]),
  )
  return { items, problems: report.problems.map(({ reason }) => reason), notes: report.notes.map(({ reason }) => reason) }
}

const box = (label: string, x: number, y: number, width: number, height: number, media = 0) => ({ label, x, y, width, height, media })

const voc = (name: string, more = '') =>
  `<annotation><filename>${name}</filename><size><width>200</width><height>100</height></size><object><name>cat</name>` +
  `<bndbox><xmin>10</xmin><ymin>20</ymin><xmax>40</xmax><ymax>60</ymax></bndbox>${more}</object></annotation>`

describe('YOLO labels', () => {
  it('are read whatever their images are called', async () => {
    const stems = ['license_plate_1', 'readme_shot', 'notes', 'test']
    await putImages(stems.map((stem) => `images/${stem}.png`))
    const labels = Object.fromEntries(stems.map((stem) => [`labels/${stem}.txt`, '0 0.5 0.5 0.2 0.4\n']))
    const { items, problems } = await read('yolo', {
      'data.yaml': 'names: [plate]\n',
      'README.roboflow.txt': 'Plates of 2024\n',
      'train.txt': '0001.jpg\n0002.jpg\n',
      ...labels,
    })
    expect(problems).toEqual([])
    expect(items).toEqual(
      Object.fromEntries(
        stems.map((stem) => [stem, { media: [`images/${stem}.png`], context: { boxes: [box('plate', 80, 30, 40, 40)] } }]),
      ),
    )
  })

  it('with key points of two numbers are boxes', async () => {
    await putImages(['a.png', 'b.png'])
    const { items, notes } = await read('yolo', {
      'classes.txt': 'person\n',
      'a.txt': '0 0.5 0.5 0.4 0.6 0.4 0.3 0.5 0.5 0.6 0.7 0 0\n',
      'b.txt': '0 0.3 0.5 0.2 0.8 0.3 0.2 0.25 0.6 0.35 0.6 0.3 0.8\n',
    })
    expect(items).toEqual({
      a: { media: ['a.png'], context: { boxes: [box('person', 60, 20, 80, 60)] } },
      b: { media: ['b.png'], context: { boxes: [box('person', 40, 10, 40, 80)] } },
    })
    expect(notes).toEqual(['“keypoints” is not imported (2): a, b'])
  })

  it('with polygons are boxes around these, and a note says where they may be something else', async () => {
    await putImages(['a.png'])
    const { items, notes } = await read('yolo', { 'classes.txt': 'ship\n', 'a.txt': '0 0.5 0.5 0.6 0.5 0.6 0.6 0.5 0.6\n' })
    expect(items).toEqual({ a: { media: ['a.png'], context: { boxes: [box('ship', 100, 50, 20, 10)] } } })
    expect(notes).toContain(
      'polygons are imported as the bounding boxes around them; if these labels are boxes with keypoints, add kpt_shape to data.yaml and import again with --update',
    )
  })
})

describe('two lists of class names', () => {
  const label = '1 0.5 0.5 0.2 0.4\n'
  const data = 'names: [cat, dog]\n'

  it.each([
    ['beside each other', { 'data.yaml': data, 'classes.txt': 'cat\ncow\n', 'a.txt': label }, 'data.yaml', 'classes.txt'],
    [
      'in two folders',
      { 'data.yaml': data, 'labels/train/classes.txt': 'cat\ncow\n', 'labels/train/a.txt': label },
      'classes.txt',
      '../../data.yaml',
    ],
  ] as const)('that differ are a problem: %s', async (_, files, first, second) => {
    await putImages(['a.png'])
    const folder = 'labels/train/a.txt' in files ? 'labels/train' : ''
    await expect(read('yolo', files, folder)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(`${first} and ${second} have different names for class 1`),
    })
    expect(await read('yolo', {}, 'data.yaml')).toMatchObject({ problems: [] })
  })

  it('that count more classes than they name are noted', async () => {
    await putImages(['a.png'])
    const { notes } = await read('yolo', { 'data.yaml': `nc: 3\n${data}`, 'a.txt': label })
    expect(notes).toContain('it counts 3 classes (nc), but names 2')
  })

  it('are one where one is shorter, or is written in other letters, or the further one cannot be read', async () => {
    await putImages(['a.png', 'b.png'])
    const files = { 'classes.txt': 'Cat\nguide-dog\n', 'obj.names': 'cat\nguide dog\ncow\n', 'labels.txt': '', 'a.txt': label }
    const { items } = await read('yolo', files)
    expect(items['a']?.context.boxes).toMatchObject([{ label: 'guide-dog' }])
    expect(
      (await read('yolo', { 'labels/classes.txt': 'cat\nguide dog\n', 'labels/b.txt': label, 'data.yaml': 'names: {{' }, 'labels'))
        .problems,
    ).toEqual([])
  })
})

describe('images without annotations', () => {
  it.each([
    ['yolo', { 'data.yaml': 'names: [cat]\n', 'labels/train/1.txt': '0 0.5 0.5 0.2 0.4\n', 'labels/val/2.txt': '' }],
    ['voc', { 'train/1.xml': voc('1.png'), 'val/2.xml': voc('2.png') }],
  ] as const)('of %s are counted and named', async (format, files) => {
    await putImages(['images/train/1.png', 'images/train/3.png', 'images/val/1.png', 'images/val/2.png'])
    const { items, problems, notes } = await read(format, files)
    expect(problems).toEqual([])
    expect(
      Object.values(items)
        .flatMap(({ media }) => media)
        .toSorted(),
    ).toEqual(['images/train/1.png', 'images/val/2.png'])
    expect(notes).toContain('images without annotations are not imported (2): images/train/3.png, images/val/1.png')
  })

  it('are no matter where one file was named', async () => {
    await putImages(['1.png', '2.png'])
    const { notes } = await read('voc', { '1.xml': voc('1.png') })
    expect(notes).toEqual([])
  })
})

describe('COCO of Detectron2', () => {
  it('has corners, or a corner and the size, by the mode of the box', async () => {
    await putImages(['1.png'])
    const boxOf = (mode: number) => ({ id: mode, image_id: 1, category_id: 1, bbox: [50, 20, 90, 60], bbox_mode: mode })
    const { items, problems, notes } = await read('coco', {
      'c.json': {
        images: [{ id: 1, file_name: '1.png', width: 200, height: 100 }],
        categories: [{ id: 1, name: 'cat' }],
        annotations: [0, 1, 4].map(boxOf),
      },
    })
    expect(items['1']?.context).toEqual({ boxes: [box('cat', 50, 20, 40, 40), box('cat', 50, 20, 90, 60)] })
    expect(problems).toEqual(['annotation 4: bbox_mode: expected [x, y, width, height]'])
    expect(notes).toEqual([])
  })
})

describe('subtitles', () => {
  it('count what several layers show once', async () => {
    const line = ',0:00:01.00,0:00:02.00,Hello\n'
    const { items, notes } = await read('vtt', {
      'a.ass': `[Events]\nFormat: Layer, Start, End, Text\nDialogue: 0${line}Dialogue: 1${line}`,
    })
    expect(items['a']?.context).toEqual({ sentences: [{ start: 1, end: 2, text: 'Hello' }] })
    expect(notes).toContain('duplicate texts of the same item are skipped (1): a')
  })

  it.each([
    'WEBVTT\n\n00:00.000 --> 00:05.000\nsprite.jpg#xywh=0,0,160,90\n',
    'WEBVTT\nKind: metadata\n\n00:01.000 --> 00:02.000\n{"name": "x"}\n',
  ])('that are data for programs are named', async (text) => {
    await expect(read('vtt', { 'a.vtt': text })).rejects.toThrow(/data for programs, such as thumbnails/)
  })
})

describe('Pascal VOC', () => {
  it('counts second names and boxes of an object', async () => {
    await putImages(['1.png'])
    const { notes } = await read('voc', { '1.xml': voc('1.png', '<name>dog</name>') })
    expect(notes).toEqual(['“name 2” is not imported (1): 1.png'])
  })

  it('counts polygons beside boxes', async () => {
    await putImages(['1.png'])
    const { items, notes } = await read('voc', {
      '1.xml': voc('1.png', '<polygon><x1>10</x1><y1>20</y1><x2>40</x2><y2>20</y2><x3>40</x3><y3>60</y3></polygon>'),
    })
    expect(items).toEqual({ '1.png': { media: ['1.png'], context: { boxes: [box('cat', 10, 20, 30, 40)] } } })
    expect(notes).toEqual(['shapes are imported as the bounding boxes around them (1): 1.png'])
  })

  it('finds images of the same name in the folders of their annotations', async () => {
    await putImages(['1.png', 'train/1.png', 'val/1.png'])
    const xml = (label: string) =>
      `<annotation><filename>1.png</filename><size><width>200</width><height>100</height></size><object><name>${label}</name>` +
      '<bndbox><xmin>10</xmin><ymin>20</ymin><xmax>40</xmax><ymax>60</ymax></bndbox></object></annotation>'
    const { items, problems } = await read('voc', { 'train/1.xml': xml('cat'), 'val/Annotations/1.xml': xml('dog') })
    expect(problems).toEqual([])
    expect(items).toEqual({
      'train/1.png': { media: ['train/1.png'], context: { boxes: [box('cat', 10, 20, 30, 40)] } },
      'val/1.png': { media: ['val/1.png'], context: { boxes: [box('dog', 10, 20, 30, 40)] } },
    })
  })
})

describe('Label Studio', () => {
  const region = (label: string, more = {}) => ({
    ...{ id: label, type: 'rectanglelabels', original_width: 200, original_height: 100, from_name: 'label', to_name: 'image' },
    value: { x: 10, y: 20, width: 30, height: 40, rotation: 0, rectanglelabels: [label] },
    ...more,
  })
  const task = (id: number, data: object, result: readonly object[]) => ({ id, data, annotations: [{ result }] })

  it('finds images of the same name in different folders of a bucket', async () => {
    await putImages(['1.png', 'train/1.png', 'val/1.png'])
    const tasks = ['train', 'val'].map((folder, index) => task(index, { image: `s3://bucket/${folder}/1.png` }, []))
    const { items } = await read('label-studio', { 'tasks.json': tasks })
    expect(items).toEqual({ 0: { media: ['train/1.png'], context: {} }, 1: { media: ['val/1.png'], context: {} } })
  })

  it('puts a box on the image that its result names', async () => {
    await putImages(['a.png', 'b.png'])
    const tasks = [
      task(1, { image1: 'a.png', image2: 'b.png' }, [region('cat', { to_name: 'image2' })]),
      task(2, { left1: 'a.png', right2: 'b.png' }, [region('cat', { to_name: 'img-2' })]),
      task(3, { image1: 'a.png', image2: 'b.png' }, [region('cat', { to_name: 'canvas' })]),
    ]
    const { items, notes } = await read('label-studio', { 'tasks.json': tasks })
    expect(Object.values(items).map(({ context }) => context.boxes)).toEqual([
      [box('cat', 20, 20, 60, 40, 1)],
      [box('cat', 20, 20, 60, 40, 1)],
      [box('cat', 20, 20, 60, 40, 0)],
    ])
    expect(notes).toEqual(['results name “canvas”, which is none of the images of the task; they are taken to be about the first image'])
  })

  it('counts results of types that are not read', async () => {
    await putImages(['a.png'])
    const point = { type: 'keypointlabels', value: { x: 1, y: 1, keypointlabels: ['nose'] } }
    const tasks = [task(1, { image: 'a.png' }, [point, point]), task(2, { image: 'a.png' }, [point, { ...point, type: 'brushlabels' }])]
    const { problems } = await read('label-studio', { 'tasks.json': tasks })
    expect(problems).toEqual([
      '3 results of type “keypointlabels” are skipped; this type is not supported',
      '1 result of type “brushlabels” is skipped; this type is not supported',
    ])
  })

  it('reports nothing as left out of a region in the short form', async () => {
    await putImages(['a.png'])
    const { value, original_width: width, original_height: height } = region('cat')
    const short = { id: 1, image: 'a.png', label: [{ ...value, original_width: width, original_height: height }] }
    const { items, notes } = await read('label-studio', { 'tasks.json': [short] })
    expect(items).toEqual({ 1: { media: ['a.png'], context: { boxes: [box('cat', 20, 20, 60, 40)] } } })
    expect(notes).toEqual([])
  })
})

describe('COCO', () => {
  it('gives the segments of a panoptic file as boxes', async () => {
    await putImages(['a.png'])
    const segments = [
      { id: 7, category_id: 1, area: 30, bbox: [10, 20, 30, 40], iscrowd: 0 },
      { id: 8, category_id: 2, area: 9, bbox: [0, 0, 200, 10], iscrowd: 0 },
    ]
    const { items, problems, notes } = await read('coco', {
      'panoptic.json': {
        images: [{ id: 1, file_name: 'a.png', width: 200, height: 100 }],
        annotations: [{ image_id: 1, file_name: 'masks/a.png', segments_info: segments }],
        categories: [
          { id: 1, name: 'cat', isthing: 1 },
          { id: 2, name: 'sky', isthing: 0 },
        ],
      },
    })
    expect(problems).toEqual([])
    expect(items).toEqual({ 1: { media: ['a.png'], context: { boxes: [box('cat', 10, 20, 30, 40), box('sky', 0, 0, 200, 10)] } } })
    expect(notes).toEqual(['“file_name” is not imported (1): 1'])
  })
})

describe('JSON lines', () => {
  it('keep whole numbers that JavaScript would round', async () => {
    await putImages(['a.png', 'b.png'])
    const rows = [
      '{"id": 12345678901234567890, "media": "a.png", "context": {"uid": 12345678901234567891}}',
      '{"file_name": "b.png", "uid": 9007199254740993}',
    ]
    const { items, problems } = await read('jsonl', { 'items.jsonl': rows.join('\n') })
    expect(problems).toEqual([])
    expect(items).toEqual({
      '12345678901234567890': { media: ['a.png'], context: { uid: '12345678901234567891' } },
      'b.png': { media: ['b.png'], context: { uid: '9007199254740993' } },
    })
  })

  it('name files as image folders of several images do', async () => {
    await putImages(['a.png', 'b.png'])
    const rows = [
      { images_file_names: ['a.png', 'b.png'], text: 'two' },
      { image_file_name: 'b.png', text: 'one' },
    ]
    const { items, problems } = await read('jsonl', { 'metadata.jsonl': rows.map((row) => JSON.stringify(row)).join('\n') })
    expect(problems).toEqual([])
    expect(items).toEqual({
      'a.png, b.png': { media: ['a.png', 'b.png'], context: { captions: ['two'] } },
      'b.png': { media: ['b.png'], context: { captions: ['one'] } },
    })
  })
})

describe('LLaVA', () => {
  it('takes images that the record holds as bytes', async () => {
    const bytes = await sharp({ create: { width: 200, height: 100, channels: 3, background: '#0f0' } })
      .png()
      .toBuffer()
    const messages = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'a' },
    ]
    const record = (path: string | null) => ({ id: String(path), images: [{ bytes: bytes.toString('base64'), path }], messages })
    const { items, problems } = await read('llava', { 'records.json': [record('gone.png'), record(null)] })
    expect(problems).toEqual([])
    expect(Object.values(items).map(({ media }) => media)).toEqual([['gone.png'], ['gone.png']])
  })
})

describe('questions about images', () => {
  it.each([
    ['GQA', { 1001: { question: 'q', imageId: '1', answer: 'yes', fullAnswer: 'Yes.' } }],
    ['VizWiz', [{ image: 'a.png', question: 'q', answers: [{ answer: 'yes' }] }]],
    ['TextVQA', { data: [{ question: 'q', image_id: '1', answers: ['yes'] }] }],
  ])('are named: %s', async (_, content) => {
    await expect(read('llava', { 'questions.json': content })).rejects.toThrow('it looks like a VQA file')
  })
})

describe('ms-swift', () => {
  it('reads queries with their responses, and counts objects that no mark takes', async () => {
    await putImages(['a.png'])
    const rows = [
      { id: '1', query: '<image>q', response: 'a', history: [['before', 'yes']], images: ['a.png'] },
      {
        id: '2',
        messages: [
          { role: 'user', content: '<image>Where is <ref-object>?' },
          { role: 'assistant', content: 'There.' },
        ],
        images: ['a.png'],
        objects: { ref: ['cat'], bbox: [[1, 2, 3, 4]] },
      },
    ]
    const { problems, notes } = await read('ms-swift', { 'rows.jsonl': rows.map((row) => JSON.stringify(row)).join('\n') })
    expect(problems).toEqual([])
    expect(notes).toEqual(['“objects” is not imported (1): 2'])
    const pairs = listCandidates(project.db, {}, null, 10).candidates.toSorted((a, b) => a.id - b.id)
    expect(pairs).toMatchObject([
      { instruction: 'before', response: 'yes' },
      { instruction: 'q', response: 'a' },
      { instruction: 'Where is cat?', response: 'There.' },
    ])
  })
})
