import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportRequest } from '../../../../src/shared/contract'
import type { ImportFormat, RecipeId } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

const cases = join(import.meta.dirname, '../../../fixtures/cases')

let project: ImportProject
const startProject = async (recipe: RecipeId) => {
  await project?.remove()
  project = await newImportProject(recipe)
}
beforeEach(async () => {
  project = await newImportProject('la')
})
afterEach(() => project.remove())

const run = (request: ImportRequest) => importFiles(project, request)
const contexts = () => Object.fromEntries([...itemsBySourceId(project.db)].map(([id, { context }]) => [id, context]))
const mediaOf = (id: string) =>
  itemsBySourceId(project.db)
    .get(id)
    ?.media.map(({ fileName }) => fileName)
const remarksOf = ({ problems, notes }: Awaited<ReturnType<typeof run>>) => ({
  problems: problems.map(({ line, item, reason }) => [line, item, reason]),
  notes: notes.map(({ reason }) => reason),
})
const putClip = (name: string) => copyFile(join(samples, 'media/launch_tour.mp4'), join(project.inbox, name))

describe('a table as Excel and data sets write it', () => {
  const red = { captions: ['a red field'] }
  const blue = { captions: ['a blue field'] }
  it.each<[string, object, unknown[], unknown[]]>([
    ['sep.csv', { 'a.png': red, 'b.png': blue }, [], []],
    ['cr_only.csv', { 'a.png': red, 'b.png': blue }, [], []],
    [
      'cp1252.csv',
      { 'a.png': { captions: ['un café'] }, 'b.png': { captions: ['plain'] } },
      [],
      [expect.stringContaining('is read as windows-1252')],
    ],
    [
      'pipe.csv',
      { 'a.png': { captions: ['a red field', 'red all over'] }, 'b.png': { captions: ['blue'] } },
      [],
      [expect.stringContaining('“comment_number”')],
    ],
    ['pipe2.csv', { 'a.png': red, 'b.png': { captions: ['blue'] } }, [], []],
    ['trailing.csv', { 'a.png': red, 'b.png': blue }, [], []],
    ['space_quote.csv', { 'a.png': { captions: ['red, wide'] }, 'b.png': { captions: ['blue'] } }, [], []],
    ['nul.csv', { 'b.png': { captions: ['blue'] } }, [[2, null, 'the column “caption” contains a NUL character']], []],
    [
      'ragged.csv',
      { 'b.png': { captions: ['a blue field'], split: 'train' } },
      [[2, null, 'the row has 2 columns, but the table has 3']],
      [],
    ],
    ['utf16.csv', { 'a.png': { captions: ['red'] } }, [], []],
    [
      'flickr8k.txt',
      { 'a.png': { captions: ['red', 'very red'] }, 'b.png': { captions: ['blue'] } },
      [],
      ['duplicate texts of the same item are skipped (1): a.png'],
    ],
    ['flickr30k.token', { 'a.png': { captions: ['A red field .', 'Red all over .'] }, 'b.png': { captions: ['A blue field .'] } }, [], []],
  ])('%s', async (name, expected, problems, notes) => {
    const report = await run({ format: 'csv', file: join(cases, '11-csv-excel', name), mediaDirectory: join(cases, '11-csv-excel/m') })
    expect(contexts()).toEqual(expected)
    expect(remarksOf(report)).toEqual({ problems, notes })
  })

  it.each([
    [`['one', "it's two"]`, ['one', "it's two"]],
    [`['one'\n 'two']`, ['one', 'two']],
    [String.raw`['a \'b\' \xe9\n']`, ["a 'b' é"]],
    [`['a', 5]`, [`['a', 5]`]],
    [`[sic] 'a'`, [`[sic] 'a'`]],
  ])('may have captions as Python prints them: %s', async (cell, captions) => {
    const file = await put(project, 'lists.csv', `image,caption\na.png,"${cell.replaceAll('"', '""')}"\n`)
    await run({ format: 'csv', file, mediaDirectory: join(cases, '11-csv-excel/m') })
    expect(contexts()).toEqual({ 'a.png': { captions } })
  })

  it('may have captions as a list, and an index of pandas', async () => {
    const file = await put(project, 't.csv', ',File Name,\u200bcaptions\ufeff\n0,a.png,"[""one"", ""two""]"\n1,a.png,three\n')
    const report = await run({ format: 'csv', file, mediaDirectory: project.inbox })
    expect(contexts()).toEqual({ 'a.png': { captions: ['one', 'two', 'three'] } })
    expect(remarksOf(report).notes).toEqual(['the column “column 1” contains only row or caption numbers and is ignored'])
  })

  it('may lack captions in the words of pandas', async () => {
    const file = await put(project, 't.csv', 'file,caption\na.png,nan\na.png,a nan bread\nb.png,<NA>\n')
    const report = await run({ format: 'csv', file, mediaDirectory: project.inbox })
    expect(contexts()).toEqual({ 'a.png': { captions: ['a nan bread'] }, 'b.png': {} })
    expect(remarksOf(report).notes).toEqual(['empty texts are skipped (2): a.png, b.png'])
  })

  it('is read in the encoding that is asked for, and refused in one that there is not', async () => {
    const file = await put(project, 't.csv', Buffer.concat([Buffer.from('file,caption\na.png,'), Buffer.from([0x93, 0xfa, 0x96, 0x7b])]))
    const request = { format: 'csv', file, mediaDirectory: project.inbox } as const
    await expect(run(request)).rejects.toMatchObject({ code: 'bad-file', remedy: expect.stringContaining('--encoding') })
    await expect(run({ ...request, encoding: 'klingon' })).rejects.toMatchObject({ code: 'wrong-use' })
    await run({ ...request, encoding: 'sjis' })
    expect(contexts()).toEqual({ 'a.png': { captions: ['日本'] } })
  })
})

describe('an image folder of Hugging Face', () => {
  const folder = join(cases, '05-hf-metadata')
  it.each([
    ['csv', 'train/metadata.csv'],
    ['csv', 'paths.csv'],
    ['jsonl', 'train/metadata.jsonl'],
  ] as const)('%s: %s', async (format, name) => {
    const report = await run({ format, file: join(folder, name), mediaDirectory: join(folder, 'train') })
    expect(report).toMatchObject({ added: 2, mediaAdded: 2, problems: [], notes: [] })
    expect(contexts()).toEqual({ 'a.png': { captions: ['a red field'] }, 'b.png': { captions: ['a blue field'] } })
  })

  it('is found below the folder of its splits, which is reported once', async () => {
    const report = await run({ format: 'jsonl', file: join(folder, 'train/metadata.jsonl'), mediaDirectory: folder })
    expect(remarksOf(report)).toEqual({
      problems: [],
      notes: ['“a.png” is matched to “train/a.png” (and 1 more): the file is in a subfolder'],
    })
  })

  it('has captions under other keys, keys that are kept, and rows that say what they lack', async () => {
    const rows = [
      { image_path: 'a.png', description: 'one', label: 3, empty: null },
      { id: 7, image: 'b.png', captions: ['two', ' '], text: 'kept' },
      { text: 'no file' },
      { id: 'x' },
      { media: 'a.png' },
      { file_name: 5 },
      { file_name: ['a.png', 'b.png'] },
      { file_name: 'a.png', text: { a: 1 } },
    ]
    const file = await put(project, 'metadata.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
    const report = await run({ format: 'jsonl', file, mediaDirectory: join(folder, 'train') })
    expect(contexts()).toEqual({ 'a.png': { captions: ['one'], label: 3 }, 7: { captions: ['two'], text: 'kept' }, 'a.png, b.png': {} })
    expect(remarksOf(report).notes).toEqual(['empty texts are skipped (1): 7'])
    expect(remarksOf(report).problems).toEqual([
      [3, null, 'the keys “id” and “media” are missing'],
      [4, null, 'the key “media” is missing'],
      [5, null, 'the key “id” is missing'],
      [6, null, 'file_name: expected a file name or a list of file names'],
      [8, null, 'text: expected a string or a list of strings'],
    ])
  })

  it('has boxes as the objects of an image', async () => {
    const objects = (bbox: unknown, classes: object) => ({ file_name: 'a.png', objects: { bbox, ...classes } })
    const rows = [
      objects([[1, 2, 3, 4], [2, 2, 2, 2]], { categories: [0, 'cup'] }),
      objects([[1, 2, 3]], { categories: [0] }),
      objects([[1, 2, 3, 4]], { categories: [] }),
      objects([], {}),
      { file_name: 'b.png', objects: ['a cup'] },
    ] // prettier-ignore
    const file = await put(project, 'metadata.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
    const report = await run({ format: 'jsonl', file, mediaDirectory: join(folder, 'train') })
    const box = { label: 'category 0', x: 1, y: 2, width: 3, height: 4, media: 0 }
    expect(contexts()).toEqual({
      'a.png': { boxes: [box, { ...box, label: 'cup', x: 2, width: 2, height: 2 }] },
      'b.png': { objects: ['a cup'] },
    })
    expect(remarksOf(report).problems).toEqual([
      [2, null, 'objects.bbox.0: expected [x, y, width, height]'],
      [3, null, 'objects: the numbers of bounding boxes (1) and classes (0) differ'],
      [4, null, 'objects: the key “categories” is missing'],
    ])
  })

  it('of several images a line has their names as its id', async () => {
    const file = await put(project, 'metadata.jsonl', '{"images": ["a.png", "b.png"], "text": "two"}\n')
    expect(remarksOf(await run({ format: 'jsonl', file, mediaDirectory: join(folder, 'train') })).problems).toEqual([])
    expect(contexts()).toEqual({ 'a.png, b.png': { captions: ['two'] } })
  })

  it('is named where its table is Parquet', async () => {
    const file = await put(project, 'metadata.parquet', 'PAR1....PAR1')
    for (const format of ['csv', 'jsonl'] as const)
      await expect(run({ format, file, mediaDirectory: project.inbox })).rejects.toMatchObject({
        message: 'metadata.parquet: it is a Parquet file.',
        remedy: expect.stringContaining('to_csv'),
      })
  })
})

describe('JSON as programs write it', () => {
  const folder = join(cases, '12-json-quirks')
  const record = { conversation: [{ instruction: 'q', response: 'a' }] }
  it.each<[ImportFormat, string, object, unknown[]]>([
    ['jsonl', 'dupkeys.jsonl', {}, [[1, null, 'the key “id” appears twice']]],
    [
      'jsonl',
      'two.jsonl',
      { 1: {}, 3: { note: 'a\u2028b' }, 4: { note: expect.any(String) }, 5: { note: expect.any(String) } },
      [[3, null, 'not valid JSON at column 44: “NaN” is not a JSON value; write null or remove it']],
    ],
    ['llava', 'truncated_llava.json', { 1: record }, [[null, null, expect.stringContaining('not valid JSON at line 2, column 60')]]],
  ])('%s: %s keeps what is right', async (format, name, expected, problems) => {
    const media = join(cases, '11-csv-excel/m')
    const report = await run({ format, file: join(folder, name), mediaDirectory: media })
    expect(contexts()).toEqual(expected)
    expect(remarksOf(report).problems).toEqual(problems)
  })

  it('of one line names the record by its place and its id', async () => {
    const media = join(cases, '25-one-line-json')
    const report = await run({ format: 'llava', file: join(media, 'llava.json'), mediaDirectory: media })
    expect(Object.keys(contexts())).toEqual(['1', '3', 'a.png'])
    expect(remarksOf(report)).toEqual({ problems: [[1, '4', 'record 4: it has neither conversations nor messages']], notes: [] })
  })

  it('of one record a line is named where a list is wanted', async () => {
    const file = await put(project, 'pairs.jsonl', '{"img_id": "1", "sentences": []}\n{"img_id": "2", "sentences": []}\n')
    await expect(run({ format: 'spot-the-diff', file, mediaDirectory: project.inbox })).rejects.toMatchObject({
      message: 'pairs.jsonl: it contains several values, like JSON Lines; the second one starts in line 2.',
    })
  })

  it.each([
    ['nan.json', 'nan.json: not valid JSON at line 1, column 170: “NaN” is not a JSON value; write null or remove it.'],
    ['comment.json', 'comment.json: not valid JSON at line 1, column 1: JSON does not support comments; remove this one.'],
    ['bom16.json', 'bom16.json: it is encoded in UTF-16 or UTF-32, not in UTF-8.'],
    ['latin1.json', 'latin1.json: the value at line 1 is not UTF-8 text.'],
    ['trailing_comma.json', 'trailing_comma.json: not valid JSON at line 1, column 215: expected a value here.'],
    ['ls_export.json', 'ls_export.json: it looks like a Label Studio export, not like a COCO file.'],
    ['ok.json.gz', 'ok.json.gz: it is compressed with gzip.'],
  ])('%s is named', async (name, message) => {
    const request = { format: 'coco', instances: join(cases, '12-json-quirks', name), mediaDirectory: project.inbox } as const
    await expect(run(request)).rejects.toMatchObject({ code: 'bad-file', message })
  })
})

describe('a folder', () => {
  it('reads captions however they are named, and tells what it passes over', async () => {
    const report = await run({ format: 'folder', mediaDirectory: join(cases, '18-folder-sidecars/m') })
    expect(contexts()).toEqual({
      'a.png': { captions: ['a red field'] },
      'b.png': { captions: ['a blue field'] },
      'c.png': {},
      'd.png': { captions: [expect.any(String)] },
    })
    const images = (name: string, kind: string) => [
      null,
      name,
      `${name}: ${kind} images are not supported; convert it to JPEG, PNG or WebP.`,
    ]
    expect(remarksOf(report)).toEqual({
      problems: [
        [null, 'mpeg4.avi', 'mpeg4.avi: AVI video is not supported; re-encode it as an H.264 MP4 file.'],
        images('x.ico', 'ICO'),
        images('x.ppm', 'PPM'),
        images('x.tga', 'TGA'),
      ],
      notes: ['annotation files are ignored in a folder import (2): “c.json”, “metadata.jsonl”; import them in their own format'],
    })
  })

  it('names the first of many files of a reason, and no hidden ones', async () => {
    await copyFile(join(samples, 'media/cat.jpg'), join(project.inbox, 'cat.jpg'))
    for (let number = 1; number <= 7; number++) await put(project, `notes/${number}.md`, 'text')
    for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini']) await put(project, name, 'x')
    await put(project, 'app.ts', 'export {}')
    await put(project, 'cat.jpg.txt', Buffer.from('un café', 'latin1'))
    const report = await run({ format: 'folder', mediaDirectory: project.inbox })
    expect(contexts()).toEqual({ 'cat.jpg': { captions: ['un café'] } })
    expect(remarksOf(report)).toEqual({
      problems: [],
      notes: [
        'files that are neither an image nor a video are skipped (8): “app.ts”, “notes/1.md”, “notes/2.md”, “notes/3.md”, “notes/4.md”, and 3 more',
        expect.stringContaining('text files that are not UTF-8 are read as windows-1252 (1): “cat.jpg.txt”'),
      ],
    })
  })

  it('names videos of other kinds, whatever they are called', async () => {
    const names = { 'flv.flv': 'FLV', 'mpeg2.mpg': 'MPEG', 'h264.mpegts': 'MPEG-TS' }
    for (const name of Object.keys(names))
      await copyFile(join(cases, '21-videos', name), join(project.inbox, `${name.replace('.', '_')}.dat`))
    const report = await run({ format: 'folder', mediaDirectory: project.inbox })
    expect(
      remarksOf(report)
        .problems.map(([, , reason]) => reason)
        .toSorted(),
    ).toEqual(
      Object.entries(names)
        .map(([name, kind]) => `${name.replace('.', '_')}.dat: ${kind} video is not supported; re-encode it as an H.264 MP4 file.`)
        .toSorted(),
    )
  })
})

describe('subtitles', () => {
  beforeEach(() => startProject('dc'))

  it('find their video behind a language, in a folder of them, and tell of each file that is none', async () => {
    const texts = join(project.inbox, 'texts')
    await mkdir(texts)
    await putClip('clip.mp4')
    const cue = '1\n00:00:01,000 --> 00:00:02,000\nHi\n'
    await put(project, 'texts/clip.en.srt', cue)
    await put(project, 'texts/clip.eng.forced.srt', Buffer.from(`\ufeff${cue}`, 'utf16le'))
    await put(project, 'texts/clip.srt', cue.replace('Hi', 'Hé'))
    await put(project, 'texts/clip.vtt', 'WEBVTT\n')
    await put(project, 'texts/old.srt', '{1}{2}Hi')
    await put(project, 'texts/clip.ttml', '<tt/>')
    const report = await run({ format: 'vtt', file: texts, mediaDirectory: project.inbox })
    expect(contexts()).toEqual({
      'clip.en': { sentences: [{ start: 1, end: 2, text: 'Hi' }] },
      'clip.eng.forced': { sentences: [{ start: 1, end: 2, text: 'Hi' }] },
      clip: { sentences: [{ start: 1, end: 2, text: 'Hé' }] },
    })
    expect([...itemsBySourceId(project.db).keys()].map(mediaOf)).toEqual([['clip.mp4'], ['clip.mp4'], ['clip.mp4']])
    expect(remarksOf(report)).toEqual({
      problems: [
        [null, 'clip', 'it contains no subtitles'],
        [null, 'old', 'it is MicroDVD (based on frame numbers), which is not supported'],
      ],
      notes: ['1 other file is ignored: clip.ttml'],
    })
  })

  it('are named where they are in another format, with the remedy', async () => {
    const file = await put(project, 'clip.ttml', '<tt xmlns="http://www.w3.org/ns/ttml"/>')
    await expect(run({ format: 'vtt', file, mediaDirectory: project.inbox })).rejects.toMatchObject({
      message: 'clip.ttml: it is TTML, which is not supported.',
      remedy: expect.stringContaining('WebVTT'),
    })
  })
})

describe('a video of another kind', () => {
  it('is named, whether a row gives its ending or not', async () => {
    await startProject('dc')
    const report = await run({ format: 'activitynet', file: join(cases, '19-avi/t.json'), mediaDirectory: join(cases, '19-avi') })
    const reason = 'clip.avi: AVI video is not supported; re-encode it as an H.264 MP4 file.'
    expect(remarksOf(report).problems).toEqual([
      [1, 'clip', reason],
      [1, 'clip.avi', reason],
      [1, 'seg', expect.stringContaining('not in the media folder')],
    ])
    expect(await readdir(join(project.directory, 'media')).catch(() => [])).toEqual([])
  })

  it('is found as the MP4 file that was made of it', async () => {
    await startProject('dc')
    await putClip('clip.mp4')
    const report = await run({ format: 'activitynet', file: join(cases, '19-avi/t.json'), mediaDirectory: project.inbox })
    expect(mediaOf('clip.avi')).toEqual(['clip.mp4'])
    expect(remarksOf(report).notes).toEqual(['“clip.avi” is matched to “clip.mp4”: the file has a different extension'])
  })
})
