import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guessFile } from '../../../../src/main/exchange/import/guessFormat'
import type { Context, ImportFormat } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

const cases = join(import.meta.dirname, '../../../fixtures/cases/17-other-tools-formats')

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject('la')
  await mkdir(join(project.inbox, 'media'))
})
afterEach(() => project.remove())

/** An image of 200 × 100 pixels. */
const image = (width = 200, height = 100) =>
  sharp({ create: { width, height, channels: 3, background: '#f00' } })
    .jpeg()
    .toBuffer()

type Files = Readonly<Record<string, unknown>>

/** Writes the files below `notes`, and imports the only one, or the folder. */
async function read(format: ImportFormat, files: Files, named?: string) {
  for (const [name, content] of Object.entries(files))
    await put(project, `notes/${name}`, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
  const [only, ...others] = Object.keys(files)
  const file = join(project.inbox, 'notes', named ?? (others.length === 0 ? (only ?? '') : ''))
  const report = await importFiles(project, { format, file, mediaDirectory: join(project.inbox, 'media') })
  const items = Object.fromEntries([...itemsBySourceId(project.db)].map(([id, { context }]) => [id, context]))
  return { items, problems: report.problems.map(({ reason }) => reason), notes: report.notes.map(({ reason }) => reason), report }
}

const mediaOf = (id: string) =>
  itemsBySourceId(project.db)
    .get(id)
    ?.media.map(({ fileName }) => fileName)
const box = (label: string, x: number, y: number, width: number, height: number) => ({ label, x, y, width, height, media: 0 })

interface Row {
  readonly files: Files
  /** names of images in the media folder */
  readonly media?: readonly string[]
  readonly named?: string
  readonly items: Readonly<Record<string, Context>>
  readonly problems?: readonly string[]
}

async function expectRow(format: ImportFormat, { files, media = ['a.jpg'], named, items, problems = [] }: Row) {
  for (const name of media) await put(project, `media/${name}`, await image())
  const result = await read(format, files, named)
  expect(result.problems).toEqual(problems)
  expect(result.items).toEqual(items)
  for (const [id, item] of itemsBySourceId(project.db)) expect([id, item.missing]).toEqual([id, []])
}

const table = (rows: Readonly<Record<string, Row>>) => Object.entries(rows)

describe('labelme', () => {
  const shape = (more: object) => ({
    label: 'x',
    points: [
      [10, 20],
      [40, 60],
    ],
    shape_type: 'rectangle',
    ...more,
  })
  const file = (more: object) => ({
    version: '5',
    shapes: [shape({})],
    imagePath: 'a.jpg',
    imageData: null,
    imageWidth: 200,
    imageHeight: 100,
    ...more,
  })
  const one = { 'a.jpg': { boxes: [box('x', 10, 20, 30, 40)] } }

  it.each(
    table({
      'a rectangle by two corners': { files: { 'a.json': file({}) }, items: one },
      'a label that is empty, and a description of the image': {
        files: { 'a.json': file({ shapes: [shape({}), shape({ label: ' ', description: 'a cup' })], imageDescription: 'A desk.' }) },
        items: { 'a.jpg': { ...one['a.jpg'], captions: ['A desk.'], texts: ['a cup'] } },
        problems: ['shape 2: its label is empty, so it is skipped'],
      },
      'corners the other way round': {
        files: {
          'a.json': file({
            shapes: [
              shape({
                points: [
                  [40, 60],
                  [10, 20],
                ],
              }),
            ],
          }),
        },
        items: one,
      },
      'four corners, as version 5.5 writes them': {
        files: {
          'a.json': file({
            shapes: [
              shape({
                points: [
                  [10, 20],
                  [40, 20],
                  [40, 60],
                  [10, 60],
                ],
              }),
            ],
          }),
        },
        items: one,
      },
      'a polygon, a circle and a label that is a number': {
        files: {
          'a.json': file({
            shapes: [
              shape({
                shape_type: 'polygon',
                points: [
                  [10, 20],
                  [40, 30],
                  [20, 60],
                ],
              }),
              shape({
                label: 7,
                shape_type: 'circle',
                points: [
                  [50, 50],
                  [53, 54],
                ],
              }),
            ],
          }),
        },
        items: { 'a.jpg': { boxes: [box('x', 10, 20, 30, 40), box('7', 45, 45, 10, 10)] } },
      },
      'a path of another computer': {
        files: { 'a.json': file({ imagePath: '..\\\\images\\\\a.jpg'.replaceAll('\\\\', '\\') }) },
        items: one,
      },
      'an absolute path': { files: { 'a.json': file({ imagePath: 'C:\\data\\a.jpg' }) }, items: one },
      'no path: the image beside it': { files: { 'a.json': file({ imagePath: undefined }) }, items: { a: one['a.jpg'] } },
      'flags and descriptions': {
        files: {
          'a.json': file({ flags: { night: true, rain: false }, description: ' A dark road. ', shapes: [shape({ description: 'STOP' })] }),
        },
        items: { 'a.jpg': { ...one['a.jpg'], captions: ['A dark road.'], labels: ['night'], texts: ['x: STOP'] } },
      },
      'a point and a line have no area': {
        files: {
          'a.json': file({
            shapes: [
              shape({}),
              shape({ shape_type: 'point', points: [[1, 2]] }),
              shape({
                label: 'l',
                shape_type: 'line',
                points: [
                  [1, 2],
                  [9, 2],
                ],
              }),
            ],
          }),
        },
        items: one,
        problems: ['shape 2: the shape “x” has no area (point) and is skipped', 'shape 3: the shape “l” has no area (line) and is skipped'],
      },
      'a shape without points': {
        files: { 'a.json': file({ shapes: [{ label: 'x' }, shape({})] }) },
        items: one,
        problems: ['shape 1: points: expected array, received undefined; it is skipped'],
      },
      'no shapes': { files: { 'a.json': file({ shapes: [] }) }, items: { 'a.jpg': {} } },
      'annotated on an image of half the size': {
        files: { 'a.json': file({ imageWidth: 100, imageHeight: 50 }) },
        items: { 'a.jpg': { boxes: [box('x', 20, 40, 60, 60)] } },
        problems: ['the bounding box “x” [20, 40, 60, 80] extends beyond a.jpg (200 × 100 pixels) and is clipped'],
      },
      'a folder with a file that is none': {
        files: { 'sub/a.json': file({}), 'b.json': '{"broken', 'c.json': { classes: [] } },
        items: { 'sub/a.jpg': one['a.jpg'] },
        problems: ['it is not valid JSON', 'it is not a labelme file (shapes: expected a list of shapes)'],
      },
    }),
  )('%s', async (_name, row) => expectRow('labelme', row))

  it('uses the image in the file itself where there is none in the folder', async () => {
    const { items, problems } = await read('labelme', { 'a.json': file({ imageData: (await image()).toString('base64') }) })
    expect(problems).toEqual([])
    expect(items).toEqual(one)
    expect(mediaOf('a.jpg')).toEqual(['a.jpg'])
  })

  it('leaves out boxes of an image of another shape, with both sizes', async () => {
    await put(project, 'media/a.jpg', await image(80, 90))
    const { items, problems } = await read('labelme', { 'a.json': file({}) })
    expect(items).toEqual({ 'a.jpg': {} })
    expect(problems).toEqual([expect.stringContaining('they were drawn on an image of 200 × 100 pixels, but this one has 80 × 90')])
  })
})

describe('via', () => {
  const region = (shape: object, attributes: object = { label: 'x' }) => ({ shape_attributes: shape, region_attributes: attributes })
  const rect = region({ name: 'rect', x: 10, y: 20, width: 30, height: 40 })
  const entry = (more: object) => ({ filename: 'a.jpg', size: 9, regions: [rect], file_attributes: {}, ...more })
  const one = { 'a.jpg': { boxes: [box('x', 10, 20, 30, 40)] } }
  const via3 = {
    project: { pid: '1', pname: 'p' },
    config: {},
    attribute: { 1: { aname: 'label', type: 4, options: { 0: 'cat', 1: 'dog' } }, 2: { aname: 'caption', type: 1 } },
    metadata: {
      m1: { vid: '1', flg: 0, z: [], xy: [2, 10, 20, 30, 40], av: { 1: '1' } },
      m2: { vid: '1', z: [], xy: [], av: { 2: 'A dog.' } },
      m3: { vid: '1', z: [], xy: [1, 5, 5], av: { 1: '0' } },
      m4: { vid: '9', z: [], xy: [2, 1, 1, 1, 1], av: {} },
    },
    file: { 1: { fid: 1, fname: 'a.jpg', type: 2, loc: 1, src: '' } },
    view: { 1: { fid_list: ['1'] } },
  }
  const header = 'filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes'

  it.each(
    table({
      'annotations of version 2': { files: { 'a.json': { 'a.jpg9': entry({}) } }, items: one },
      'a project of version 2': {
        files: { 'a.json': { _via_settings: {}, _via_img_metadata: { 'a.jpg9': entry({}) }, _via_attributes: {} } },
        items: one,
      },
      'regions by number, as version 1 has them': { files: { 'a.json': { 'a.jpg9': entry({ regions: { 0: rect } }) } }, items: one },
      'all shapes': {
        files: {
          'a.json': {
            k: entry({
              regions: [
                region({ name: 'circle', cx: 20, cy: 30, r: 5 }),
                region({ name: 'ellipse', cx: 20, cy: 30, rx: 5, ry: 10, theta: 0 }),
                region({ name: 'polygon', all_points_x: [1, 9, 5], all_points_y: [2, 2, 8] }),
                region({ name: 'point', cx: 3, cy: 4 }),
              ],
            }),
          },
        },
        items: { 'a.jpg': { boxes: [box('x', 15, 25, 10, 10), box('x', 15, 20, 10, 20), box('x', 1, 2, 8, 6)] } },
        problems: ['region 4: it has no area (point); it is skipped'],
      },
      'an ellipse that is turned a quarter': {
        files: {
          'a.json': { k: entry({ regions: [region({ name: 'ellipse', cx: 20, cy: 30, rx: 5, ry: 10, theta: Math.PI / 2 })] }) },
        },
        items: { 'a.jpg': { boxes: [box('x', 10, 25, 20, 10)] } },
      },
      'labels as checkboxes, with other attributes': {
        files: { 'a.json': { k: entry({ regions: [region(rect.shape_attributes, { colour: 'red', type: { cat: true, dog: false } })] }) } },
        items: { 'a.jpg': { boxes: [box('cat (colour: red)', 10, 20, 30, 40)] } },
      },
      'a region without a name': {
        files: { 'a.json': { k: entry({ regions: [region(rect.shape_attributes, {})] }) } },
        items: { 'a.jpg': {} },
        problems: ['region 1: none of its attributes contains a name; it is skipped'],
      },
      'attributes of the image': {
        files: { 'a.json': { k: entry({ regions: [], file_attributes: { caption: 'A field.', weather: 'sunny' } }) } },
        items: { 'a.jpg': { captions: ['A field.'], attributes: { weather: 'sunny' } } },
      },
      'an image by its address': { files: { 'a.json': { k: entry({ filename: 'https://example.org/x/a.jpg?size=2' }) } }, items: one },
      'an entry without a file name': {
        files: { 'a.json': { k: entry({}), l: entry({ filename: 5 }) } },
        items: one,
        problems: ['“l”: filename: expected a file name'],
      },
      'a project of version 3': {
        files: { 'a.json': via3 },
        items: { 'a.jpg': { captions: ['A dog.'], boxes: [box('dog', 10, 20, 30, 40)] } },
        problems: ['metadata “m4” belongs to no file and is skipped', 'a region has no area or no name and is skipped'],
      },
      'a table': {
        files: {
          'a.csv': `${header}\na.jpg,9,"{}",2,0,"{""name"":""rect"",""x"":10,""y"":20,""width"":30,""height"":40}","{""label"":""x""}"\na.jpg,9,"{}",2,1,"{""name"":""rect"",""x"":1","{}"\nb.jpg,9,"{""caption"":""B""}",0,0,"{}","{}"\n`,
        },
        media: ['a.jpg', 'b.jpg'],
        items: { ...one, 'b.jpg': { captions: ['B'] } },
        problems: ['the region is skipped: it has no shape_attributes'],
      },
    }),
  )('%s', async (_name, row) => expectRow('via', row))

  it('that is none is refused', async () => {
    await expect(read('via', { 'a.json': { a: 1 } })).rejects.toMatchObject({ code: 'bad-file' })
  })
})

describe('voc', () => {
  const object = (inner: string) => `<object><name>x</name>${inner}</object>`
  const bndbox = (left: unknown, top: unknown, right: unknown, bottom: unknown) =>
    `<bndbox><xmin>${left}</xmin><ymin>${top}</ymin><xmax>${right}</xmax><ymax>${bottom}</ymax></bndbox>`
  const file = (inner: string, name = 'a.jpg') =>
    `<annotation><folder>f</folder><filename>${name}</filename><size><width>200</width><height>100</height><depth>3</depth></size>${inner}</annotation>`
  const plain = object(bndbox(10, 20, 40, 60))
  const one = { 'a.jpg': { boxes: [box('x', 10, 20, 30, 40)] } }

  it.each(
    table({
      'a box': { files: { 'a.xml': file(plain) }, items: one },
      'a declaration, a comment, a document type and space': {
        files: {
          'a.xml': `\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- x --><!DOCTYPE annotation>\n${file(plain).replaceAll('>', '>\n')}`,
        },
        items: one,
      },
      'decimal fractions': {
        files: { 'a.xml': file(object(bndbox(10.5, '2e1', '40.25', 60))) },
        items: { 'a.jpg': { boxes: [box('x', 10.5, 20, 29.75, 40)] } },
      },
      'a name with entities, CDATA and accents': {
        files: {
          'a.xml': file(`<object><name>caf&eacute; &amp; t&#233;</name>${bndbox(1, 1, 5, 5)}</object>`).replace(
            '&eacute;',
            '<![CDATA[é]]>',
          ),
        },
        items: { 'a.jpg': { boxes: [box('café & té', 1, 1, 4, 4)] } },
      },
      'Latin-1, as it says': {
        files: { 'a.xml': Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${file(plain.replace('>x<', '>é<'))}`, 'latin1') },
        items: { 'a.jpg': { boxes: [box('é', 10, 20, 30, 40)] } },
      },
      'parts of an object': {
        files: { 'a.xml': file(object(`${bndbox(10, 20, 40, 60)}<part><name>head</name>${bndbox(12, 20, 20, 30)}</part>`)) },
        items: { 'a.jpg': { boxes: [box('x', 10, 20, 30, 40), box('head', 12, 20, 8, 10)] } },
      },
      'a polygon and a turned box': {
        files: {
          'a.xml': file(
            object('<polygon><x1>10</x1><y1>20</y1><x2>40</x2><y2>20</y2><x3>30</x3><y3>60</y3></polygon>') +
              object('<robndbox><cx>50</cx><cy>50</cy><w>20</w><h>10</h><angle>1.5707963267948966</angle></robndbox>'),
          ),
        },
        items: { 'a.jpg': { boxes: [box('x', 10, 20, 30, 40), box('x', 45, 40, 10, 20)] } },
      },
      'bad boxes': {
        files: {
          'a.xml': file(
            plain +
              object(bndbox(9, 9, 5, 5)) +
              object(bndbox('', 1, 2, 3)) +
              object(bndbox(4, 4, 4, 9)) +
              object('') +
              '<object>' +
              bndbox(1, 1, 2, 2) +
              '</object>',
          ),
        },
        items: one,
        problems: [
          'object 2: xmax or ymax is smaller than xmin or ymin; it is skipped',
          'object 3: xmin, ymin, xmax and ymax are not all numbers; it is skipped',
          'object 4: the bounding box “x” has no area; it is skipped',
          'object 5: it has no bndbox; it is skipped',
          'object 6: it has no name; it is skipped',
        ],
      },
      'no objects, and a size of 0': { files: { 'a.xml': file('').replace('200', '0') }, items: { 'a.jpg': {} } },
      'an image that was renamed': { files: { 'a.xml': file(plain, 'IMG_0001.JPG') }, items: { 'IMG_0001.JPG': one['a.jpg'] } },
      'the folders of a data set': { files: { 'a.xml': file(plain) }, media: ['JPEGImages/a.jpg'], items: one },
      'a folder with a file that is none': {
        files: { 'a.xml': file(plain), 'b.xml': '<annotation>', 'c.xml': '<html></html>', 'd.xml': 'text' },
        items: one,
        problems: [
          expect.stringContaining('it is not valid XML (line 1: unclosed tag') as string,
          'its root element is “html”, not “annotation”: it is not a Pascal VOC file',
          expect.stringContaining('it is not valid XML') as string,
        ],
      },
    }),
  )('%s', async (_name, row) => expectRow('voc', row))
})

describe('yolo', () => {
  const classes = 'cat\nbig dog\r\n\n'
  const one = { a: { boxes: [box('big dog', 20, 40, 60, 20)] } }
  const line = '1 0.25 0.5 0.3 0.2'

  it.each(
    table({
      'a label': { files: { 'a.txt': line, 'classes.txt': classes }, items: one },
      'one file alone, with the classes beside it': { files: { 'a.txt': `${line}\n`, 'classes.txt': classes }, named: 'a.txt', items: one },
      'a confidence, tabs and Windows line ends': {
        files: { 'a.txt': `1\t0.25 0.5  0.3 0.2 0.93\r\n\r\n`, 'classes.txt': classes },
        items: one,
      },
      'a polygon, and a turned box by its corners': {
        files: { 'a.txt': '0 0.1 0.2 0.4 0.2 0.3 0.6\n1 0.1 0.4 0.4 0.4 0.4 0.6 0.1 0.6\n', 'classes.txt': classes },
        items: { a: { boxes: [box('cat', 20, 20, 60, 40), box('big dog', 20, 40, 60, 20)] } },
      },
      'key points': {
        files: { 'a.txt': `${line} ${'0.1 0.1 2 '.repeat(3).trim()}`, 'data.yaml': 'kpt_shape: [3, 3]\nnames: {0: cat, 1: big dog}\n' },
        items: one,
      },
      'another number of key points than data.yaml states': {
        files: { 'a.txt': `${line}\n0 0.1 0.2 0.4 0.2 0.3 0.6`, 'data.yaml': 'kpt_shape: [3, 3]\nnames: {0: cat, 1: big dog}\n' },
        items: one,
        problems: [
          'the label is skipped: 7 numbers are not a label; expected class, x, y, width and height, or class and the points of a polygon',
        ],
      },
      'names as a list in data.yaml, above the labels': {
        files: { 'data.yaml': 'nc: 2\nnames: [cat, big dog]\n', 'labels/train/a.txt': line },
        media: ['images/train/a.jpg'],
        items: { 'train/a': one.a },
      },
      'data.yaml itself': {
        files: { 'data.yaml': 'names:\n  0: cat\n  1: big dog\n', 'labels/a.txt': line },
        named: 'data.yaml',
        items: one,
      },
      'an image with nothing on it': { files: { 'a.txt': '', 'classes.txt': classes }, items: { a: {} } },
      'a name with dots and an image of another case': {
        files: { 'a.b.txt': line, 'classes.txt': classes },
        media: ['A.B.jpg'],
        items: { 'a.b': one.a },
      },
      'lists of images and other texts beside': {
        files: { 'a.txt': line, 'train.txt': './images/a.jpg', 'README.txt': 'Hello', 'classes.txt': classes },
        items: one,
      },
      'bad lines': {
        files: {
          'a.txt': `${line}\n7 0.5 0.5 0.1 0.1\ncat 0.5 0.5 0.1 0.1\n0 120 40 30 20\n0 0.5 0.5\n0 0.5 nan 0.1 0.1\n0 0.5 0.5 0 0.1\n-1 0.5 0.5 0.1 0.1\n`,
          'classes.txt': classes,
        },
        items: one,
        problems: [
          'the label is skipped: class 7 is not in classes.txt',
          'the label is skipped: it does not start with a class number',
          'the label is skipped: its numbers are not fractions of the image between 0 and 1; they may be pixels',
          'the label is skipped: 3 numbers are not a label; expected class, x, y, width and height, or class and the points of a polygon',
          'the label is skipped: it contains a value that is not a number',
          'the label is skipped: the bounding box “cat” has no area',
          'the label is skipped: it does not start with a class number',
        ],
      },
    }),
  )('%s', async (_name, row) => expectRow('yolo', row))

  it('without the names of its classes is refused with what helps', async () => {
    await expect(read('yolo', { 'a.txt': line, 'b.txt': line })).rejects.toMatchObject({
      message: expect.stringContaining('the class names were not found') as string,
      remedy: expect.stringContaining('data.yaml') as string,
    })
  })

  it('cuts a box at the edge of its image, and says so', async () => {
    await put(project, 'media/a.jpg', await image())
    const { problems, report } = await read('yolo', { 'a.txt': '0 0.1 0.5 0.4 0.2', 'classes.txt': classes })
    expect(report).toMatchObject({ added: 1 })
    expect(problems).toEqual([expect.stringContaining(' and is clipped')])
  })

  it('keeps boxes for an image that comes later', async () => {
    const files = { 'a.txt': line, 'classes.txt': classes }
    const { items, problems, notes } = await read('yolo', files)
    expect(items).toEqual({ a: {} })
    expect(problems).toEqual(['imported without “a”, which is not in the media folder'])
    expect(notes).toEqual(['the bounding boxes of a are fractions of the image; they are imported once the file is there'])
    await put(project, 'media/a.jpg', await image())
    const again = await read('yolo', files)
    expect(again.report).toMatchObject({ linked: 1, problems: [] })
    expect(again.items).toEqual(one)
    expect((await read('yolo', files)).report).toMatchObject({ unchanged: 1, linked: 0 })
  })
})

describe('label-studio', () => {
  const rectangle = (more: object = {}, value: object = {}) => ({
    id: 'r1',
    type: 'rectanglelabels',
    original_width: 200,
    original_height: 100,
    value: { x: 10, y: 20, width: 30, height: 40, rotation: 0, rectanglelabels: ['x'], ...value },
    ...more,
  })
  const task = (result: unknown[], more: object = {}) => ({
    id: 7,
    data: { image: '/data/upload/1/1f2e3d4c-a.jpg' },
    annotations: [{ result }],
    ...more,
  })
  const one = { 7: { boxes: [box('x', 20, 20, 60, 40)] } }
  const choice = { type: 'choices', value: { choices: ['sunny', 'warm'] } }

  it.each(
    table({
      'a rectangle of an uploaded image': { files: { 'a.json': [task([rectangle()])] }, items: one },
      'an image whose name still has the prefix': { files: { 'a.json': [task([rectangle()])] }, media: ['1f2e3d4c-a.jpg'], items: one },
      'a local file': {
        files: { 'a.json': [task([rectangle()], { data: { image: '/data/local-files/?d=set%201/a%20b.jpg' } })] },
        media: ['set 1/a b.jpg'],
        items: one,
      },
      'a local file in another folder': {
        files: { 'a.json': [task([rectangle()], { data: { image: '/data/local-files/?d=mnt/data/a.jpg' } })] },
        items: one,
      },
      'a file in a cloud': { files: { 'a.json': [task([rectangle()], { data: { image: 's3://bucket/folder/a.jpg' } })] }, items: one },
      'an address': { files: { 'a.json': [task([rectangle()], { data: { img: 'https://example.org/a.jpg?token=1' } })] }, items: one },
      'a rectangle that is turned by 90 degrees': {
        files: { 'a.json': [task([rectangle({}, { x: 50, y: 20, width: 20, height: 10, rotation: 90 })])] },
        items: { 7: { boxes: [box('x', 90, 20, 10, 40)] } },
      },
      'a polygon and an ellipse': {
        files: {
          'a.json': [
            task([
              {
                id: 'p',
                type: 'polygonlabels',
                original_width: 200,
                original_height: 100,
                value: {
                  points: [
                    [10, 20],
                    [40, 20],
                    [20, 60],
                  ],
                  polygonlabels: ['p'],
                },
              },
              {
                id: 'e',
                type: 'ellipselabels',
                original_width: 200,
                original_height: 100,
                value: { x: 50, y: 50, radiusX: 10, radiusY: 20, rotation: 0, ellipselabels: ['e'] },
              },
            ]),
          ],
        },
        items: { 7: { boxes: [box('p', 20, 20, 60, 40), box('e', 80, 30, 40, 40)] } },
      },
      'choices and texts': {
        files: {
          'a.json': [
            task([
              choice,
              { type: 'textarea', value: { text: ['A field.'] } },
              rectangle(),
              { id: 'r1', type: 'textarea', value: { x: 10, y: 20, width: 30, height: 40, text: ['STOP'] } },
            ]),
          ],
        },
        items: { 7: { captions: ['sunny', 'warm', 'A field.'], ...one[7], texts: ['x: STOP'] } },
      },
      'a shape and its labels as two results': {
        files: {
          'a.json': [
            task([
              { ...rectangle(), type: 'rectangle', value: { x: 10, y: 20, width: 30, height: 40 } },
              { ...rectangle(), type: 'labels', value: { x: 10, y: 20, width: 30, height: 40, labels: ['x'] } },
            ]),
          ],
        },
        items: one,
      },
      'results that are not read': {
        files: {
          'a.json': [
            task([
              rectangle(),
              { type: 'brushlabels', value: { rle: [1] } },
              { type: 'brushlabels', value: {} },
              { value: 1 },
              rectangle({ id: 'r2' }, { rectanglelabels: [] }),
            ]),
          ],
        },
        items: one,
        problems: [
          '1 result without a type and a value is skipped',
          'a region is skipped: it has no label',
          '2 results of type “brushlabels” are skipped; this type is not supported',
        ],
      },
      'other data of the task': {
        files: { 'a.json': [task([], { data: { image: 'a.jpg', question: 'What?', boxes: 'typed', n: 3 } })] },
        items: { 7: { question: 'What?', n: 3 } },
      },
      'an annotation that was cancelled, and completions of old': {
        files: {
          'a.json': [
            task([], { annotations: [{ was_cancelled: true, result: [choice] }, { result: [rectangle()] }] }),
            { id: 8, data: { image: 'a.jpg' }, completions: [{ result: [choice] }] },
          ],
        },
        items: { ...one, 8: { captions: ['sunny', 'warm'] } },
      },
      'the short form': {
        files: {
          'a.json': [
            {
              id: 7,
              image: '/data/upload/1/1f2e3d4c-a.jpg',
              label: [
                { x: 10, y: 20, width: 30, height: 40, rotation: 0, rectanglelabels: ['x'], original_width: 200, original_height: 100 },
              ],
              choice: { choices: ['sunny', 'warm'] },
              text: 'A field.',
              annotator: 1,
              created_at: 'x',
            },
          ],
        },
        items: { 7: { captions: ['sunny', 'warm', 'A field.'], ...one[7] } },
      },
      'a task without an image': {
        files: { 'a.json': [task([rectangle()]), { id: 1, data: { text: 'Hello' }, annotations: [] }, 5] },
        items: one,
        problems: ['task number 2: its data contains no image or video', 'task number 3: it is not an object'],
      },
    }),
  )('%s', async (_name, row) => expectRow('label-studio', row))

  it('says of a task with predictions only that they are not read', async () => {
    await put(project, 'media/a.jpg', await image())
    const predictions = [{ result: [rectangle()] }]
    const { items, notes } = await read('label-studio', { 'a.json': [task([], { annotations: [], predictions })] })
    expect(items).toEqual({ 7: {} })
    expect(notes).toEqual(['the task has only predictions, which are not imported; accept them in Label Studio first'])
  })

  it('takes the annotation marked as ground truth, and says that there are others', async () => {
    await put(project, 'media/a.jpg', await image())
    const annotations = [{ result: [choice] }, { ground_truth: true, result: [rectangle()] }]
    const { items, notes } = await read('label-studio', { 'a.json': [task([], { annotations })] })
    expect(items).toEqual(one)
    expect(notes).toEqual([expect.stringContaining('the task has 2 annotations')])
  })
})

describe('a Karpathy split', () => {
  it('gives the sentences as captions; a bad image is named', async () => {
    const images = [
      { imgid: 0, filename: 'a.jpg', filepath: 'val2014', split: 'test', sentences: [{ raw: ' A red field. ' }, { raw: '' }] },
      { imgid: 1, filename: 'b.jpg', filepath: 'val2014', sentences: [] },
      { imgid: 2, sentences: [] },
    ]
    await expectRow('karpathy', {
      files: { 'a.json': { images, dataset: 'coco' } },
      media: ['a.jpg', 'val2014/b.jpg'],
      items: { 0: { captions: ['A red field.'] }, 1: {} },
      problems: ['image number 3 in the list: filename: expected string, received undefined'],
    })
  })
})

describe('a file of another tool', () => {
  it.each([
    ['labelme.json', 'labelme'],
    ['via.json', 'via'],
    ['voc.xml', 'voc'],
    ['label_studio.json', 'label-studio'],
    ['karpathy.json', 'karpathy'],
  ] as const)('%s is recognised, named with its format, and read by it', async (name, format) => {
    const file = join(cases, name)
    expect(await guessFile(file)).toBe(format)
    for (const request of [{ format: 'coco', instances: file } as const, { format: 'jsonl', file } as const])
      await expect(importFiles(project, { ...request, mediaDirectory: join(cases, 'm') })).rejects.toMatchObject({
        message: expect.stringMatching(`${name}: it looks like .*, not like `) as string,
        remedy: `Choose the format ${format}, or another file.`,
      })
    const report = await importFiles(project, { format, file, mediaDirectory: join(cases, 'm') })
    expect(report).toMatchObject({ added: 1, mediaAdded: 1, problems: [] })
  })

  it.each<[string, string, string]>([
    ['visdial_vqa.json', '', 'a VQA file'],
    ['coco_keypoints.json', '', 'COCO keypoints without bounding boxes'],
    ['a.json', '{"data":{"questions":["a"],"dialogs":[{"image_id":1}]}}', 'a VisDial file'],
    ['a.json', '{"annotations":[{"question_id":1,"image_id":2,"answers":[]}]}', 'a VQA file'],
    ['a.json', '[{"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":0.5}]', 'a list of COCO results'],
    ['a.xml', '<?xml version="1.0"?>\n<!-- x --><annotations><version>1.1</version></annotations>', 'a CVAT XML file'],
    ['a.csv', 'ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax\n', 'an Open Images table'],
  ])('%s %s that no format reads is named, with what helps', async (name, text, look) => {
    const file = text === '' ? join(cases, name) : await put(project, name, text)
    await expect(importFiles(project, { format: 'llava', file, mediaDirectory: project.inbox })).rejects.toMatchObject({
      message: expect.stringContaining(`it looks like ${look}`) as string,
      remedy: expect.stringMatching(/choose|Choose/) as string,
    })
  })

  it.each<[ImportFormat, string, string]>([
    ['mimic-it', 'a.json', '{"meta":{},"data":{"LA_INS_1":{"instruction":"a","answer":"b","image_ids":[]}}}'],
    ['yolo', 'a.txt', '0 0.5 0.5 0.1 0.1\n'],
    ['via', 'a.json', '{"_via_settings":{},"_via_img_metadata":{}}'],
    ['via', 'a.csv', 'filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n'],
    ['label-studio', 'a.json', '[{"id":1,"image":"a.jpg","label":[{"x":1,"rectanglelabels":["a"]}]}]'],
    ['labelme', 'a.json', '{"version":"5","flags":{},"shapes":[],"imagePath":"a.jpg"}'],
    ['coco', 'a.json', '{"images":[{"id":1,"file_name":"a"}],"annotations":[{"image_id":1,"keypoints":[],"bbox":[1,2,3,4]}]}'],
  ])('%s is recognised in %s: %s', async (format, name, text) => {
    expect(await guessFile(await put(project, name, text))).toBe(format)
  })
})
