import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportRequest } from '../../../../src/shared/contract'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
  for (const name of ['cat.jpg', 'coffee.jpg', 'flower.jpg']) await put(project, name, await readFile(join(samples, 'media', name)))
})
afterEach(() => project.remove())

const contexts = () => Object.fromEntries([...itemsBySourceId(project.db)].map(([id, { context }]) => [id, context]))
const run = (request: Omit<ImportRequest, 'mediaDirectory'>) => importFiles(project, { ...request, mediaDirectory: project.inbox })
const reasons = (report: Awaited<ReturnType<typeof run>>) => report.problems.map(({ line, item, reason }) => [line, item, reason])
const bytes = (...parts: readonly (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

describe('JSONL', () => {
  const jsonl = async (content: string | Uint8Array) => run({ format: 'jsonl', file: await put(project, 'items.jsonl', content) })

  it('names the line of everything it cannot read and keeps the rest', async () => {
    const report = await jsonl(
      bytes(
        '\ufeff{"id":"a","media":"cat.jpg"}\r\n\r\n{"id":"b","media":"cat.jpg"\r\n{"id":"c"}\r\n[]\r\n"text"\r\n',
        '{"id":"","media":"cat.jpg"}\r\n{"id":"d","media":[]}\r\n{"id":"e","media":"cat.jpg","context":{"captions":"one"}}\r\n',
        '{"id":"f","media":"cat.jpg","context":{"note":"',
        [0xff, 0xfe],
        '"}}\r\n{"id":7,"media":"cat.jpg","context":{"n":1}}\r\n{"id":"g","media":"cat.jpg","context":[1]}\r\n{"id":"h\\n","media":"cat.jpg"}',
      ),
    )
    expect(reasons(report)).toEqual([
      [3, null, 'not valid JSON at column 28: the text ends where a comma or a closing bracket is expected'],
      [4, null, 'the key “media” is missing'],
      [5, null, 'the line is not a JSON object'],
      [6, null, 'the line is not a JSON object'],
      [8, null, 'media: the list of file names is empty'],
      [9, 'e', 'context.captions: expected array, received string'],
      [10, null, 'the line is not UTF-8 text'],
      [12, 'g', expect.stringMatching(/^context: expected object/)],
      [7, '', 'the id is empty'],
      [13, 'h\n', 'the id contains control characters or invalid text'],
    ])
    expect(contexts()).toEqual({ a: {}, 7: { n: 1 } })
  })

  it('says once for each key that it is not read', async () => {
    const report = await jsonl('{"id":"a","media":"cat.jpg","caption":"x"}\n{"id":"b","media":"cat.jpg","caption":"y"}')
    expect(report).toMatchObject({ added: 2, problems: [] })
    expect(report.notes).toMatchObject([
      { file: 'items.jsonl', line: 1, item: 'a', reason: expect.stringContaining('“caption” is ignored') },
    ])
  })

  it.each([
    ['[{"id":"a","media":"cat.jpg"}]', /items\.jsonl: it looks like a JSON array/],
    ['[\n  {"id":"a","media":"cat.jpg"}\n]', /JSON array/],
    ['{\n "id": "a",\n "media": "cat.jpg"\n}', /one JSON document that spans several lines/],
    ['{"images":[],"annotations":[]}', /COCO/],
    ['file,caption\ncat.jpg,A cat', /CSV/],
    ['', /it contains no items/],
    ['\n \n', /it contains no items/],
    [Buffer.from('{"id":"a"}', 'utf16le'), /UTF-16/],
    [Buffer.from('{"id":"a"}', 'utf16le').swap16(), /UTF-16/],
    [bytes([0xff, 0xfe], 'x'), /UTF-16/],
  ])('refuses %j as a whole', async (content, message) => {
    await expect(jsonl(content)).rejects.toMatchObject({ name: 'Problem', code: 'bad-file', message: expect.stringMatching(message) })
  })

  it('says so when the file is missing, a folder, or not named', async () => {
    await expect(run({ format: 'jsonl', file: join(project.inbox, 'gone.jsonl') })).rejects.toMatchObject({
      code: 'not-found',
      item: 'gone.jsonl',
    })
    await expect(run({ format: 'jsonl', file: project.inbox })).rejects.toMatchObject({ code: 'bad-file' })
    await expect(run({ format: 'jsonl' })).rejects.toMatchObject({ code: 'wrong-use' })
    await expect(importFiles(project, { format: 'folder', mediaDirectory: join(project.inbox, 'gone') })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(importFiles(project, { format: 'folder', mediaDirectory: join(project.inbox, 'cat.jpg') })).rejects.toMatchObject({
      code: 'wrong-use',
    })
  })
})

describe('CSV', () => {
  const csv = async (content: string | Uint8Array) => run({ format: 'csv', file: await put(project, 'table.csv', content) })

  it('gathers captions of one file, wherever its rows stand, and keeps other columns as text', async () => {
    const report = await csv(
      'Image,caption,weather\ncat.jpg,one,sun\ncoffee.jpg,black,\ncat.jpg,two,sun\ncat.jpg,one,sun\nflower.jpg,,007\n',
    )
    expect(report).toMatchObject({ added: 3, problems: [] })
    expect(contexts()).toEqual({
      'cat.jpg': { captions: ['one', 'two'], weather: 'sun' },
      'coffee.jpg': { captions: ['black'] },
      'flower.jpg': { weather: '007' },
    })
  })

  it('uses an id column, and reports rows of one id that differ', async () => {
    const report = await csv(
      'id,file,caption,split\na,cat.jpg,one,train\na,coffee.jpg,lost,train\na,cat.jpg,two,test\n,flower.jpg,x,train\n',
    )
    expect(report.added).toBe(1)
    expect(reasons(report)).toEqual([
      [3, 'a', 'line 2 uses the same id for another file (“cat.jpg”); this row is skipped'],
      [4, 'a', '“split” is “test” here but “train” in line 2; the first value is kept'],
      [5, null, 'the column “id” is empty'],
    ])
    expect(contexts()).toEqual({ a: { captions: ['one', 'two'], split: 'train' } })
  })

  it('reads quotes, line ends in cells, CRLF and a byte order mark', async () => {
    const report = await csv('\ufefffile,caption,note\r\ncat.jpg,"A ""tabby"", resting",5" tall\r\n\r\ncoffee.jpg,"two\r\nlines",\r\n')
    expect(report).toMatchObject({ added: 2, problems: [] })
    expect(contexts()).toEqual({
      'cat.jpg': { captions: ['A "tabby", resting'], note: '5" tall' },
      'coffee.jpg': { captions: ['two\nlines'] },
    })
  })

  it('loses only the row that a stray quote is in', async () => {
    const report = await csv('file,caption\ncat.jpg,"never closed\ncoffee.jpg,black\nflower.jpg,"orange"x\nflower.jpg,orange\n')
    expect(reasons(report)).toEqual([
      [2, null, expect.stringContaining('quote')],
      [4, null, expect.stringContaining('quote')],
    ])
    expect(Object.keys(contexts())).toEqual(['coffee.jpg', 'flower.jpg'])
  })

  it('reports rows that are too short, too long, without a file, or not UTF-8', async () => {
    const report = await csv(bytes('file,caption\ncat.jpg\ncat.jpg,a,b\n,x\ncat.jpg,', [0xe9], '\ncoffee.jpg,é,'))
    expect(reasons(report)).toEqual([
      [2, null, 'the row has 1 column, but the table has 2'],
      [3, null, 'the row has 3 columns, but the table has 2'],
      [4, null, 'the column “file” is empty'],
      [5, null, 'the line is not UTF-8 text'],
    ])
    expect(contexts()).toEqual({ 'coffee.jpg': { captions: ['é'] } })
  })

  it.each([';', '\t'])('may be separated by %j', async (delimiter) => {
    await csv(`file${delimiter}caption\ncat.jpg${delimiter}a, b\n`)
    expect(contexts()).toEqual({ 'cat.jpg': { captions: ['a, b'] } })
  })

  it('takes any column name without harm', async () => {
    await csv('file,__proto__,constructor,\ncat.jpg,a,b,c\n')
    expect(contexts()).toEqual({ 'cat.jpg': { constructor: 'b', 'column 4': 'c' } })
  })

  it.each([
    ['name,text\nx,y\n', /no column contains the media file name; the columns are “name”, “text”/],
    ['[{"file": "cat.jpg"}]', /looks like JSON/],
    ['file,a,A\nx,y,z', /two columns are named “A”/],
    ['file,caption\n', /it contains no items/],
    ['', /it contains no items/],
  ])('refuses %j as a whole', (content, message) =>
    expect(csv(content)).rejects.toMatchObject({ name: 'Problem', code: 'bad-file', message: expect.stringMatching(message) }),
  )
})

describe('COCO', () => {
  const image = (id: unknown, file_name: unknown) => ({ id, file_name })
  const coco = async (captions: unknown, instances?: unknown) => {
    const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
    return run({
      format: 'coco',
      ...(captions === undefined ? {} : { captions: await put(project, 'captions.json', text(captions)) }),
      ...(instances === undefined ? {} : { instances: await put(project, 'instances.json', text(instances)) }),
    })
  }

  it('reports annotations of unknown images and categories, and broken ones, by their id; crowds are boxes', async () => {
    const report = await coco(
      {
        images: [image(1, 'cat.jpg'), image(1, 'coffee.jpg'), image(2, 5), image('x', 'coffee.jpg'), image(3, 'gone.jpg')],
        annotations: [
          { id: 10, image_id: 1, caption: ' A cat.\n' },
          { id: 11, image_id: 99, caption: 'nothing' },
          { id: 12, image_id: 1, caption: ' ' },
          { id: 13, image_id: 1, caption: 4 },
          null,
        ],
      },
      {
        images: [image(1, 'other.jpg'), image('x', 'coffee.jpg')],
        categories: [{ id: 5, name: 'cat' }, { id: 6 }],
        annotations: [
          { id: 20, image_id: 1, category_id: 5, bbox: [1, 2, 3, 4], iscrowd: 1, segmentation: { counts: [1], size: [1, 1] } },
          { id: 21, image_id: 1, category_id: 77, bbox: [1, 2, 3, 4] },
          { id: 22, image_id: 98, category_id: 5, bbox: [1, 2, 3, 4] },
          { id: 23, image_id: 1, category_id: 5, bbox: [1, 2, 3] },
          { id: 24, image_id: 1, category_id: 5, bbox: [1, 2, -3, 4] },
          { id: 25, image_id: 'x', category_id: 5, bbox: [9000, 0, 10, 10] },
        ],
      },
    )
    expect(report.added).toBe(3)
    expect(report.problems.map(({ file, item, reason }) => [file.slice(0, 4), item, reason])).toEqual([
      ['capt', '1', 'image 1 appears twice in the list; the first one is kept'],
      ['capt', null, 'image 2: file_name: expected string, received number'],
      ['inst', '1', 'image 1 is “other.jpg” here but “cat.jpg” in captions.json; the latter is kept'],
      ['capt', '99', 'annotation 11: image 99 is not in the list of images'],
      ['capt', '1', 'annotation 12: the caption is empty'],
      ['capt', null, 'annotation 13: caption: expected string, received number'],
      ['capt', null, 'annotation number 5 in the list: expected object, received null'],
      ['inst', null, 'category 6: name: expected string, received undefined'],
      ['inst', '1', 'annotation 21: category 77 does not exist; the bounding box is skipped'],
      ['inst', '98', 'annotation 22: image 98 is not in the list of images'],
      ['inst', null, 'annotation 23: bbox: expected [x, y, width, height]'],
      ['inst', '1', 'annotation 24: the bounding box has a negative width or height and is skipped'],
      ['capt', 'x', expect.stringContaining('[9000, 0, 10, 10] is skipped: it lies outside coffee.jpg')],
      ['capt', '3', expect.stringContaining('gone.jpg')],
    ])
    expect(contexts()).toEqual({
      1: { captions: ['A cat.'], boxes: [{ label: 'cat', x: 1, y: 2, width: 3, height: 4, media: 0 }] },
      3: {},
      x: {},
    })
  })

  const captions = { images: [image(1, 'cat.jpg')], annotations: [{ id: 1, image_id: 1, caption: 'A cat' }] }
  const instances = { images: [image(1, 'cat.jpg')], annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 1, 1] }] }
  it.each([
    ['{\n "images": [\n  {"id": 1,}\n ]\n}', /captions\.json: not valid JSON at line 3, column 12: expected a key in quotes here/],
    ['{"images": [', /line 1, column 13: the text ends where/],
    ['', /it is empty/],
    [{ annotations: [] }, /not a COCO file \(images: .*its keys are annotations/],
    [[{ id: '1', conversations: [] }], /looks like a LLaVA file/],
    [[{ img_id: '1', sentences: [] }], /looks like a Spot-the-Diff file, not like a COCO file/],
    [[{ width: 1, height: 2 }], /looks like a list of objects with width, height/],
    [instances, /contains bounding boxes, not captions/],
    [{ images: [], annotations: [] }, /it contains no items/],
  ])('refuses %j as a captions file', (content, message) =>
    expect(coco(content)).rejects.toMatchObject({ name: 'Problem', code: 'bad-file', message: expect.stringMatching(message) }),
  )

  it('refuses captions as an instances file, and nothing at all', async () => {
    await expect(coco(undefined, captions)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringMatching(/contains captions, not bounding boxes/),
    })
    await expect(coco(undefined)).rejects.toMatchObject({ code: 'wrong-use', remedy: expect.stringContaining('--captions') })
  })
})

describe('a folder', () => {
  const folder = () => run({ format: 'folder' })

  it('gives an item for each image below it, with the captions beside it', async () => {
    const cat = await readFile(join(project.inbox, 'cat.jpg'))
    await put(project, 'deep/er/second.PNG', cat)
    await put(project, 'deep/er/second.txt', '\ufeffA cat.\r\n\r\n  <b>Still</b> a cat. ')
    await put(project, 'deep/nameless', cat)
    await put(project, 'README.md', '# not an image')
    await put(project, 'lonely.txt', 'no image beside it')
    await put(project, '.hidden.jpg', 'not looked at')
    await put(project, 'old.exemplar/media/cat.jpg', cat)
    const report = await folder()
    expect(report).toMatchObject({ added: 5, mediaAdded: 3, problems: [] })
    expect(report.notes.map(({ reason }) => reason)).toEqual([
      'files that are neither an image nor a video are skipped (1): “README.md”',
      'text files without an image or video of the same name are skipped (1): “lonely.txt”',
    ])
    expect(contexts()).toEqual({
      'cat.jpg': {},
      'coffee.jpg': {},
      'deep/er/second.PNG': { captions: ['A cat.', '<b>Still</b> a cat.'] },
      'deep/nameless': {},
      'flower.jpg': {},
    })
  })

  it('reports what is named like an image and is none, captions that are no text, and links that lead away', async () => {
    await put(project, 'fake.jpg', 'text')
    await put(project, 'cat.txt', bytes([0xff, 0xff]))
    await put(project, 'old.bmp', 'BM000000')
    await mkdir(join(project.directory, 'private'))
    await symlink(join(project.directory, 'private'), join(project.inbox, 'linked'))
    await symlink(join(project.directory, 'project.sqlite'), join(project.inbox, 'link.jpg'))
    await symlink(join(project.directory, 'project.sqlite'), join(project.inbox, 'coffee.txt'))
    const report = await folder()
    expect(Object.keys(contexts())).toEqual(['flower.jpg'])
    expect(report.problems.map(({ file, reason }) => [file, reason]).toSorted()).toEqual([
      ['cat.jpg', 'cat.txt is not UTF-8 text'],
      ['coffee.jpg', 'coffee.txt: it is outside the media folder.'],
      ['fake.jpg', 'fake.jpg: it is text, not an image.'],
      ['link.jpg', 'link.jpg: it is outside the media folder.'],
      ['linked', 'it is a symbolic link to a folder and is not followed'],
      ['old.bmp', 'old.bmp: BMP images are not supported; convert it to JPEG, PNG or WebP.'],
    ])
  })

  it('says so when there is no image in it', async () => {
    const empty = await newImportProject()
    await put(empty, 'notes.md', 'nothing here')
    await expect(importFiles(empty, { format: 'folder', mediaDirectory: empty.inbox })).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('contains no images or videos'),
    })
    await empty.remove()
  })
})
