import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRepeated } from '../../../../src/main/exchange/import/row/idTable'
import type { ImportRequest } from '../../../../src/shared/contract'
import type { ImportFormat } from '../../../../src/shared/domain'
import { type ImportProject, itemsBySourceId, newImportProject, put, samples } from '../../../support/importProject'
import { type EnglishImportReport, importFiles } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
})
afterEach(() => project.remove())

const asText = (content: unknown) => (typeof content === 'string' ? content : JSON.stringify(content))
const read = async (format: ImportFormat, content: unknown, more: Partial<ImportRequest> = {}) =>
  importFiles(project, { format, file: await put(project, 'file.json', asText(content)), mediaDirectory: project.inbox, ...more })
/** Without those about media, which these tests leave out. */
const reasons = ({ problems }: EnglishImportReport) =>
  problems.filter(({ remedy }) => remedy !== 'link').map(({ item, reason }) => [item, reason])
const contexts = () => Object.fromEntries([...itemsBySourceId(project.db)].map(([id, { context }]) => [id, context]))
const missing = () => Object.fromEntries([...itemsBySourceId(project.db)].map(([id, item]) => [id, item.missing.map(({ name }) => name)]))

describe('a files map', () => {
  it('that has an id twice is refused where the files differ', async () => {
    const captions = { v: { duration: 10, timestamps: [[1, 2]], sentences: ['One.'] } }
    const importWith = async (text: string) => read('activitynet', captions, { files: await put(project, 'files.json', text) })
    await project.remove()
    project = await newImportProject('dc')
    await expect(importWith('{"v": "a.mp4", "w": "b.mp4", "v": "c.mp4"}')).rejects.toThrow(/“v” stands for different files in two places/)
    expect(await importWith('{"v": "a.mp4", "v": "a.mp4"}')).toMatchObject({ added: 1 })
  })
})

describe('COCO', () => {
  const coco = async (document: unknown, kind: 'captions' | 'instances' = 'instances') =>
    importFiles(project, { format: 'coco', [kind]: await put(project, 'coco.json', asText(document)), mediaDirectory: project.inbox })
  const categories = [{ id: 1, name: 'cup' }]
  const boxesOf = () => Object.values(contexts()).map(({ boxes }) => boxes?.map(({ x, y, width, height }) => [x, y, width, height]))

  it('names an image by its addresses where it has no file name', async () => {
    const report = await coco({
      images: [
        { id: 1, coco_url: 'http://images.cocodataset.org/val2017/000000397133.jpg', flickr_url: 'http://farm7.example/x.jpg' },
        { id: 2, flickr_url: 'http://farm7.staticflickr.com/6116/6255196340_da26cf2c9e_z.jpg?download=1#top' },
        { id: 3, file_name: null, coco_url: 'http://example.com/a%20b.jpg' },
        { id: 4, file_name: '', coco_url: 'http://example.com/100%.jpg' },
        { id: 5, file_name: 'own.jpg', coco_url: 'http://example.com/other.jpg' },
        { id: 6 },
        { id: 7, coco_url: 'http://example.com/' },
        { id: 8, file_name: 7, coco_url: 'http://example.com/8.jpg' },
      ],
      annotations: [],
      categories,
    })
    expect(missing()).toEqual({
      1: ['000000397133.jpg'],
      2: ['6255196340_da26cf2c9e_z.jpg'],
      3: ['a b.jpg'],
      4: ['100%.jpg'],
      5: ['own.jpg'],
    })
    expect(reasons(report)).toEqual([
      [null, 'image 6: file_name: expected string, received undefined'],
      [null, 'image 7: file_name: expected string, received undefined'],
      [null, 'image 8: file_name: expected string, received number'],
    ])
  })

  it('derives boxes from polygons of any form, and names what has neither', async () => {
    const base = { image_id: 1, category_id: 1 }
    const report = await coco({
      annotations: [
        { id: 1, ...base, segmentation: [[10.1, 5, 30.4, 5, 20, 25.5]] },
        { id: 2, ...base, bbox: null, segmentation: [10, 10, 20, 10, 20, 30] },
        {
          id: 3,
          ...base,
          bbox: [],
          segmentation: [
            [5, 5, 6, 5, 6, 6],
            [50, 60, 70, 60, 70, 80],
          ],
        },
        { id: 4, ...base, bbox: [1, 2, 3, 4], segmentation: [[9, 9, 99, 9, 99, 99]] },
        { id: 5, ...base, segmentation: { counts: [1, 2], size: [2, 2] } },
        { id: 6, ...base, segmentation: [] },
        { id: 7, ...base, segmentation: [[1, 2]] },
        { id: 8, ...base, segmentation: [['1', '2', '3', '4']] },
        { id: 9, ...base },
      ],
      images: [{ id: 1, file_name: 'a.jpg' }],
      categories,
    })
    expect(boxesOf()).toEqual([
      [
        [10.1, 5, 20.3, 20.5],
        [10, 10, 10, 20],
        [5, 5, 65, 75],
        [1, 2, 3, 4],
      ],
    ])
    expect(reasons(report).map(([, reason]) => reason?.split(':')[0])).toEqual([5, 6, 7, 8, 9].map((id) => `annotation ${id}`))
  })

  it('takes an annotation with both for a caption and a box, and a captioned area for a caption', async () => {
    const document = {
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: [
        { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], caption: 'A cup.' },
        { id: 2, image_id: 1, bbox: [1, 2, 3, 4], caption: 'Its handle.' },
        { id: 3, image_id: 1, note: 'neither' },
      ],
      categories,
    }
    const report = await coco(document, 'captions')
    expect(contexts()).toEqual({ 1: { captions: ['A cup.', 'Its handle.'], boxes: [expect.objectContaining({ x: 1, label: 'cup' })] } })
    expect(reasons(report)).toEqual([[null, 'annotation 3: caption: expected string, received undefined']])
  })

  it('reads a file that is named as captions and as instances once', async () => {
    const file = await put(
      project,
      'both.json',
      JSON.stringify({
        images: [{ id: 1, file_name: 'a.jpg' }],
        annotations: [
          { id: 1, image_id: 1, caption: 'A cup.' },
          { id: 2, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] },
        ],
        categories,
      }),
    )
    const report = await importFiles(project, { format: 'coco', captions: file, instances: file, mediaDirectory: project.inbox })
    expect(reasons(report)).toEqual([])
    expect(contexts()[1]).toMatchObject({ captions: ['A cup.'], boxes: [{ x: 1 }] })
  })

  it('takes the size of an image from the document that has the boxes, be it a text; a bad size is none', async () => {
    await put(project, 'cat.jpg', await readFile(join(samples, 'media/cat.jpg')))
    const image = (size: object) => [{ id: 1, file_name: 'cat.jpg', ...size }]
    const captions = await put(
      project,
      'captions.json',
      JSON.stringify({ images: image({ width: 1, height: 77 }), annotations: [{ image_id: 1, caption: 'A cat.' }] }),
    )
    const annotations = [{ id: 1, image_id: 1, category_id: 1, bbox: [10, 20, 30, 40] }]
    const sizes = [{ width: '902', height: '600' }, { width: 0, height: -1 }, { width: null }, {}]
    for (const size of sizes) {
      const instances = await put(project, 'instances.json', JSON.stringify({ images: image(size), annotations, categories }))
      const report = await importFiles(project, { format: 'coco', captions, instances, mediaDirectory: project.inbox, update: true })
      expect([size, report.problems.length]).toEqual([size, size === sizes[0] ? 0 : 1])
    }
  })
})

describe('LLaVA', () => {
  const turns = [
    { from: 'human', value: '<image>\nQ' },
    { from: 'gpt', value: 'A' },
  ]
  const line = (record: object) => JSON.stringify(record)

  it('JSON lines: names each line that cannot be read, even the first, and keeps the others, with CRLF and a byte order mark', async () => {
    const lines = ['\ufeff{"id": "a"', line({ id: 'b', image: 'b.png', conversations: turns }), '', '[]', line({ id: 'c', image: 'c.png' })]
    const report = await read('llava', `${lines.join('\r\n')}\r\n${line({ id: 'd', image: 'd.png', conversations: turns })}`)
    expect(Object.keys(contexts())).toEqual(['b', 'd'])
    expect(report.problems.filter(({ remedy }) => remedy !== 'link').map((each) => [each.line, each.item])).toEqual([
      [1, null],
      [4, null],
      [5, 'c'],
    ])
  })

  it.each([
    [{ data: [{ id: 'a', image: 'a.png', conversations: turns }] }, /it has neither conversations nor messages/],
    ['{\n "id": "a",\n "image": "a.png"\n}', /one object with the key “id”, not a list of records/],
    ['[]', /no items/],
    ['', /empty/],
  ])('what is no list of records is refused or named: %j', async (content, message) => {
    const text = await read('llava', content).then(
      (report) => JSON.stringify(report.problems),
      (error: Error) => error.message,
    )
    expect(text).toMatch(message)
    expect(contexts()).toEqual({})
  })

  it('media may stand under any of its keys, as names, lists and objects, each once', async () => {
    const report = await read('llava', [
      { id: 1, images: ['a.png', 'b.png'], conversations: [] },
      { id: 2, images: [{ path: 'a.png' }, { url: 'b.png' }], conversations: [] },
      { id: 3, video: 'a.mp4', conversations: [] },
      { id: 4, videos: ['a.mp4'], image: 'a.png', conversations: [] },
      { id: 5, images: 'a.png', messages: [{ role: 'user', content: [{ type: 'image', image: 'a.png' }] }] },
      { id: 6, image: [], images: null, messages: [] },
      { id: 7, image: ['a.png', ''], conversations: [] },
      { id: 8, image: 5, conversations: [] },
    ])
    expect(missing()).toEqual({
      1: ['a.png', 'b.png'],
      2: ['a.png', 'b.png'],
      3: ['a.mp4'],
      4: ['a.png', 'a.mp4'],
      5: ['a.png'],
    })
    expect(reasons(report)).toEqual([
      ['5', 'record 5: a turn has no matching question or answer and is skipped'],
      ['6', 'record 6: the record has no image and is skipped'],
      ['7', 'record 7: image.1: expected a file name'],
      ['8', 'record 8: image: expected a file name'],
    ])
  })

  it('an id that is missing comes from the first medium, and no id is given twice', async () => {
    const record = (id?: unknown) => ({ ...(id === undefined ? {} : { id }), image: 'a.png', conversations: turns })
    const records = [record('x_2'), record('x'), record('x'), record(), record(null), record('a.png'), record('x_2'), record(7)]
    expect(reasons(await read('llava', records))).toEqual([])
    expect(Object.keys(contexts()).toSorted()).toEqual(['7', 'a.png', 'a.png_2', 'a.png_3', 'x', 'x_2', 'x_2_2', 'x_3'])
    expect(await read('llava', records)).toMatchObject({ added: 0, unchanged: 8 })
  })

  it('a count of marks that is not that of the media is told in a note', async () => {
    const ask = (value: string) => [{ from: 'human', value }, turns[1]]
    const report = await read('llava', [
      { id: 'two', image: 'a.png', conversations: ask('<image>\n<image>\nQ') },
      { id: 'one', image: ['a.png', 'b.png'], conversations: ask('<image>\nQ') },
      { id: 'none', image: ['a.png', 'b.png'], conversations: ask('Q') },
    ])
    expect(report.notes.map(({ item, reason }) => [item, reason])).toEqual([
      ['two', 'record 1: it has 2 placeholders such as <image>, but lists 1 media'],
      ['one', 'record 2: it has 1 placeholder such as <image>, but lists 2 media'],
    ])
    expect(Object.values(contexts()).map(({ conversation }) => conversation?.[0]?.instruction)).toEqual(['Q', 'Q', 'Q'])
  })

  it('turns of tools are named, and the system of the record comes before that of its turns', async () => {
    const report = await read('llava', [
      {
        id: 'a',
        image: 'a.png',
        system: 'Be brief.',
        conversations: [
          { from: 'system', value: 'In French.' },
          ...turns,
          { from: 'observation', value: '{}' },
          { from: 'narrator', value: '' },
        ],
      },
    ])
    expect(contexts()).toEqual({ a: { system: 'Be brief.\nIn French.', conversation: [{ instruction: 'Q', response: 'A' }] } })
    expect(reasons(report)).toEqual([['a', 'record 1: the roles “observation”, “narrator” are not supported; their turns are skipped']])
  })

  it('records that are broken are named with their place and their id', async () => {
    const report = await read('llava', [
      5,
      { id: 'a', image: 'a.png' },
      { id: 'b', image: 'a.png', conversations: [{ value: 'x' }] },
      { id: 'c', image: 'a.png', conversations: [{ from: 'human', value: 5 }] },
      { id: 'd', image: 'a.png', conversations: 'x' },
      { id: {}, image: 'a.png', conversations: [] },
    ])
    expect(reasons(report)).toEqual([
      [null, expect.stringMatching(/^record 1: expected object/)],
      ['a', 'record 2: it has neither conversations nor messages'],
      ['b', 'record 3: conversations.0.from: expected a string'],
      ['c', 'record 4: conversations.0.value: expected a string or a list of parts'],
      ['d', 'record 5: conversations: expected array, received string'],
      [null, 'record 6: id: expected a string or a whole number'],
    ])
  })
})

describe('Spot-the-Diff', () => {
  it('gathers records of one pair, be its id a text or a number, wherever they stand, each sentence once', async () => {
    const report = await read(
      'spot-the-diff',
      '[{"img_id": 17, "sentences": ["a", " b "]},\n{"img_id":"18","sentences":["x"]}, {"sentences":["b","c"],"img_id" : "17" },{"img_id":"17","sentences":[]},\n{"img_id":"19","sentences":[]},{"img_id":"19","sentences":[" "]},{"img_id":"20","sentences":[""]}]',
    )
    expect(reasons(report)).toEqual([])
    expect(contexts()).toEqual({ 17: { differences: ['a', 'b', 'c'] }, 18: { differences: ['x'] }, 19: { differences: [] }, 20: {} })
  })

  it('names records that cannot be read, with their place and id, and one that the quick look missed', async () => {
    const report = await read(
      'spot-the-diff',
      '[{"img_id":"1","sentences":"a"},{"sentences":[]},{"img_id":1.5,"sentences":[]},null,{"img_id":"a\\u0062","sentences":["x"]},{"img_id":"ab","sentences":["y"]}]',
    )
    expect(reasons(report)).toEqual([
      ['1', 'record 1: sentences: expected array, received string'],
      [null, 'record 2: img_id: expected a string or a whole number'],
      ['1.5', 'record 3: img_id: expected a string or a whole number'],
      [null, expect.stringMatching(/^record 4: expected object/)],
      ['ab', 'the id is already used in line 1; the first one is kept'],
    ])
  })

  it('keeps what was gathered before the place where a file breaks off', async () => {
    const report = await read('spot-the-diff', '[{"img_id":"1","sentences":["a"]},{"img_id":"1","sentences":["b"]},{"img_id":"2" oops')
    expect(contexts()).toEqual({ 1: { differences: ['a', 'b'] } })
    expect(report.problems[0]?.reason).toContain('the rest of the file was not read')
  })

  it('finds every id that stands twice in a file of any length', async () => {
    const pad = 'x'.repeat(40_000)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 80 }), fc.boolean(), async (ids, isNumber) => {
        const file = await put(
          project,
          'ids.json',
          JSON.stringify(ids.map((id) => ({ note: `${pad}é`, img_id: isNumber ? id : `p-${id}`, sentences: [] }))),
        )
        const isRepeated = await findRepeated(file, 'img_id')
        const names = ids.map((id) => (isNumber ? String(id) : `p-${id}`))
        for (const name of names) expect([name, isRepeated(name)]).toEqual([name, names.filter((each) => each === name).length > 1])
      }),
      { numRuns: 15 },
    )
  })
})

describe('TVR and TVC', () => {
  it('names lines that cannot be placed, and takes the others', async () => {
    const rows = [
      { vid_name: 'v', ts: [0, 1], desc: ' One. ', desc_id: 1, type: 'vt' },
      { vid_name: 'v', ts: [0, 1], desc: 'Two.', clip_id: null, desc_id: '2' },
      { vid_name: 'v', ts: [0, 1], desc: ' ', desc_id: 3 },
      { vid_name: 'v', desc: 'No times.', desc_id: 4 },
      { desc: 'TVR test file: no video.', desc_id: 5 },
      { vid_name: 'v', ts: [0, 1], desc: 'Both.', descs: [{ desc: 'First.' }], clip_id: 6 },
      { vid_name: 'v', ts: [0, 1], desc: ['list'], desc_id: 7 },
      { vid_name: 'v', ts: [0, 1] },
      { vid_name: 'v', ts: [0, 1], desc: 'Again.', desc_id: 1 },
      { vid_name: 'whole', desc: 'All of it.' },
      { vid_name: 'v', ts: [0, 1], clip_id: 8 },
      { vid_name: 'v', ts: [2, 3], clip_id: 9 },
    ]
    const report = await read('tvc', rows.map((row) => JSON.stringify(row)).join('\n'))
    expect(Object.fromEntries(Object.entries(contexts()).map(([id, { descriptions }]) => [id, descriptions]))).toEqual({
      v_1: ['One.'],
      v_2: ['Two.'],
      v_3: undefined,
      v_6: ['First.', 'Both.'],
      v_8: undefined,
      v_9: undefined,
      whole: ['All of it.'],
    })
    expect(report.problems.filter(({ remedy }) => remedy !== 'link').map(({ line, reason }) => [line, reason])).toEqual([
      [4, expect.stringMatching(/^ts is missing, .* or remove desc_id/)],
      [5, 'vid_name: expected string, received undefined'],
      [7, 'desc: expected string, received array'],
      [8, 'it has none of descs (TVC), desc (TVR) and clip_id'],
      [9, 'the id is already used in line 1; the first one is kept'],
    ])
    expect(report.notes.map(({ line, reason }) => [line, reason])).toEqual([
      [10, 'no clip_id and no ts in this row: treated as a description of the whole video'],
      [11, 'no descriptions in this row (and 1 more): the clip is imported without context'],
      [null, 'empty texts are skipped (1): v_3'],
    ])
  })
})

describe('VIST', () => {
  const album = async (sentences: readonly object[], text?: 'original' | 'normalized') =>
    read(
      'vist',
      {
        albums: [{ id: '1', title: 'one', description: '' }],
        images: sentences.map((_, index) => ({ id: `p${index}`, album_id: '1' })),
        annotations: sentences.map((sentence, index) => [
          { photo_flickr_id: `p${index}`, story_id: 's', worker_arranged_photo_order: index, ...sentence },
        ]),
      },
      text ? { text } : {},
    )
  const stories = () => contexts()[1]?.images?.map(({ story }) => story)

  it('reads the text of a sentence that has no original one, and says so once', async () => {
    const report = await album(
      [
        { text: 'a .', original_text: 'A.' },
        { text: 'b .' },
        { text: 'c .', original_text: null },
        { text: 'd .', original_text: ' ' },
        { text: '[male] e .', original_text: 'Joe, e.' },
      ],
      'original',
    )
    expect(stories()).toEqual([['A.'], ['b .'], ['c .'], ['d .'], ['Joe, e.']])
    expect(report.notes.map(({ file, reason }) => [file, reason])).toEqual([
      ['file.json', 'this sentence, and possibly others, has no original_text; its “text” is used instead'],
    ])
  })

  it('says nothing of names where none is replaced, or where there is no other text', async () => {
    for (const sentences of [
      [{ text: 'a .', original_text: 'A.' }],
      [{ text: '[male] a .' }],
      [{ text: '[sic] a .', original_text: '[sic] A.' }],
    ])
      expect((await album(sentences, 'normalized')).notes).toEqual([])
    expect((await album([{ text: 'a .', original_text: 5 }])).problems[0]?.reason).toBe(
      'record 1: annotation.original_text: expected string, received number',
    )
  })
})

describe('ScanRefer', () => {
  it('gathers the records of each scene, in any order, each description once', async () => {
    const record = (scene_id: unknown, description: unknown, object_id = '1') => ({
      scene_id,
      object_id,
      object_name: 'chair',
      ann_id: '0',
      description,
    })
    const report = await read('scanrefer', [
      record('scene1', ' a chair '),
      record('scene2', 'a bed'),
      record('scene1', 'a desk', '2'),
      record('scene1', 'a chair'),
      record('scene2', ' '),
      record('scene3', ''),
      record(undefined, 'nowhere'),
      record(5, 'a number'),
      record('scene1', ['list']),
      { scene_id: 'scene1' },
      null,
    ])
    expect(contexts()).toEqual({ scene1: { objects: ['a chair', 'a desk'] }, scene2: { objects: ['a bed'] }, scene3: {} })
    expect(reasons(report)).toEqual([
      [null, 'record 7: scene_id: expected string, received undefined'],
      [null, 'record 8: scene_id: expected string, received number'],
      ['scene1', 'record 9: description: expected string, received array'],
      ['scene1', 'record 10: description: expected string, received undefined'],
      [null, expect.stringMatching(/^record 11: expected object/)],
    ])
  })

  it('takes frames, activities and a files map for them as for processed scenes', async () => {
    const activities = await put(project, 'activities.txt', 'sit\n')
    const files = await put(project, 'files.json', JSON.stringify({ scene1: ['a.jpg', 'b.jpg'] }))
    await read('scanrefer', [{ scene_id: 'scene1', object_id: 0, description: 'a chair' }], { activities, files })
    expect(contexts()).toEqual({ scene1: { objects: ['a chair'], activities: ['sit'] } })
    expect(missing()).toEqual({ scene1: ['a.jpg', 'b.jpg'] })
  })
})

describe('Ego4D', () => {
  const step = (timestamp_sec: unknown, narration_text: unknown = `at ${timestamp_sec}`) => ({
    timestamp_sec,
    timestamp_frame: 1,
    narration_text,
  })
  const times = () =>
    Object.fromEntries(Object.entries(contexts()).map(([id, { narrations }]) => [id, narrations?.map(({ time }) => time)]))

  it('brings both passes of a video together, in the order of their times, what they share once', async () => {
    const report = await read('ego4d', {
      videos: {
        both: {
          narration_pass_1: { narrations: [step(20), step(1)], summaries: [{ summary_text: 'x' }] },
          narration_pass_2: { narrations: [step(1), step(2), step(20, 'another')] },
          status: 'complete',
        },
        second: { narration_pass_2: { narrations: [step(3)] } },
        empty: { narration_pass_1: { narrations: [] }, narration_pass_2: null, status: 'complete' },
        redacted: { status: 'redacted' },
        broken: { narration_pass_1: { narrations: {} } },
        bad: { narration_pass_1: { narrations: [step(-1), step(1, 5), step('2'), {}, step(4, ' '), step(5)] } },
      },
    })
    expect(times()).toEqual({ both_1: [1, 2], both_2: [20, 20], second_1: [3], bad_1: [5] })
    expect(reasons(report)).toEqual([
      ['empty', 'the video has no narrations and is skipped'],
      ['redacted', 'it has neither clips nor narration_pass_1'],
      ['broken', 'narration_pass_1.narrations: expected array, received object'],
      ['bad', 'narration_pass_1.narrations.0.timestamp_sec: expected seconds, 0 or more; the narration is skipped'],
      ['bad', 'narration_pass_1.narrations.1.narration_text: expected string, received number; the narration is skipped'],
      ['bad', 'narration_pass_1.narrations.2.timestamp_sec: expected number, received string; the narration is skipped'],
      ['bad', 'narration_pass_1.narrations.3.time: expected number, received undefined; the narration is skipped'],
    ])
  })

  it('reads videos that stand at the top, beside others, and a video called “videos” in processed form', async () => {
    await read('ego4d', { a: { narration_pass_1: { narrations: [step(1)] } }, b: { clips: [{ narrations: [{ time: 2, text: 'x' }] }] } })
    expect(times()).toEqual({ a_1: [1], b_1: [2] })
  })

  it.each([{ videos: {} }, {}])('has nothing to read in %j', async (content) => {
    await expect(read('ego4d', content)).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining('no items') })
  })
})

describe('texts that are left out of an item', () => {
  const notesOf = ({ notes }: EnglishImportReport) => notes.map(({ line, reason }) => [line, reason])
  const empty = (count: number, names: string) => [null, `empty texts are skipped (${count}): ${names}`]
  const repeated = (count: number, names: string) => [null, `duplicate texts of the same item are skipped (${count}): ${names}`]

  it('are counted for Ego4D, as are summaries', async () => {
    const step = (second: number, text: string) => ({ timestamp_sec: second, narration_text: text })
    const pass = { narrations: [step(1, 'a'), step(2, ' '), step(3, 'c')], summaries: [{ start_sec: 0, end_sec: 9, summary_text: 's' }] }
    const report = await read('ego4d', { videos: { v: { narration_pass_1: pass, narration_pass_2: pass } } })
    expect(contexts().v_1?.narrations).toHaveLength(2)
    expect(notesOf(report)).toEqual([[null, 'summaries are not imported (2): v'], empty(2, 'v'), repeated(2, 'v')])
  })

  it('are counted for ScanRefer in both forms, and items beyond five are not named', async () => {
    const record = (scene: string, description: string) => ({ scene_id: scene, object_id: '1', description })
    const scenes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((scene) => [record(scene, 'x'), record(scene, 'x '), record(scene, '')])
    expect(notesOf(await read('scanrefer', scenes))).toEqual([
      empty(7, 'a, b, c, d, e, and others'),
      repeated(7, 'a, b, c, d, e, and others'),
    ])
    const processed = { room: { description: [['1', 'a chair'], ['2', ' ']] } } // prettier-ignore
    expect(notesOf(await read('scanrefer', processed))).toEqual([empty(1, 'room')])
  })

  it('are counted for VIST, Spot-the-Diff, ActivityNet Captions and Karpathy splits', async () => {
    const sentence = (text: string, place: number) => [{ photo_flickr_id: 'p', story_id: 's', worker_arranged_photo_order: place, text }]
    const vist = { albums: [{ id: '1' }], images: [{ id: 'p', album_id: '1' }], annotations: [sentence('A dog.', 0), sentence('', 1)] }
    expect(notesOf(await read('vist', vist))).toEqual([empty(1, 'p')])
    const differences = [{ img_id: 'd', sentences: ['one', ' '] }, { img_id: 'd', sentences: ['one'] }] // prettier-ignore
    expect(notesOf(await read('spot-the-diff', differences))).toEqual([empty(1, 'd'), repeated(1, 'd')])
    const timestamps = [[0, 1], [1, 2]] // prettier-ignore
    expect(notesOf(await read('activitynet', { v: { timestamps, sentences: ['one', ''] } }))).toEqual([empty(1, 'v')])
    const images = [{ imgid: 1, filename: 'a.jpg', sentences: [{ raw: 'one' }, { raw: '' }] }]
    expect(notesOf(await read('karpathy', { images }))).toEqual([empty(1, '1')])
  })
})
