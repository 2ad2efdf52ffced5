import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guessFormat } from '../../../../src/main/exchange/import/guessFormat'
import { readScanrefer } from '../../../../src/main/exchange/import/formats/scanrefer'
import { listItems } from '../../../../src/main/store/library/itemList'
import type { ImportRequest } from '../../../../src/shared/contract'
import type { ImportFormat } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { run as runExemplar } from '../../../support/terminal'
import { type EnglishImportReport, importFiles, inspectDatabase } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject()
})
afterEach(() => project.remove())

const sample = (name: string) => readFile(join(samples, 'media', name))
const annotation = (name: string) => join(samples, 'annotations', name)
const run = (request: Omit<ImportRequest, 'mediaDirectory'>, signal?: AbortSignal) =>
  importFiles(project, { ...request, mediaDirectory: project.inbox }, { ...(signal ? { signal } : {}) })
const read = async (format: ImportFormat, content: unknown, more: Partial<ImportRequest> = {}) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return run({ format, file: await put(project, format === 'vtt' ? 'video.vtt' : 'file.json', text), ...more })
}
const reasons = ({ problems }: EnglishImportReport) => problems.map(({ item, reason }) => [item, reason])
const items = () => Object.fromEntries([...itemsBySourceId(project.db)].map(([id, { context }]) => [id, context]))
const mediaOf = (id: string) =>
  itemsBySourceId(project.db)
    .get(id)
    ?.media.map(({ fileName }) => fileName)

describe('a file that is not there', () => {
  const rows = [
    { id: 'both', media: ['cat.jpg', 'coffee.jpg'], context: { boxes: [{ label: 'cup', x: 5, y: 5, width: 9, height: 9, media: 1 }] } },
    { id: 'none', media: 'flower.jpg' },
  ]
  const jsonl = () => read('jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))

  it('leaves an item that says so, and a place that a later import with the file fills', async () => {
    await put(project, 'cat.jpg', await sample('cat.jpg'))
    const first = await jsonl()
    expect(first).toMatchObject({ added: 2, mediaAdded: 1 })
    expect(reasons(first)).toEqual([
      ['both', 'imported without “coffee.jpg”, which is not in the media folder'],
      ['none', expect.stringContaining('imported without “flower.jpg”')],
    ])
    expect(itemsBySourceId(project.db).get('both')?.missing).toEqual([{ position: 1, name: 'coffee.jpg' }])

    // What is stored need not be there again.
    await rm(join(project.inbox, 'cat.jpg'))
    expect(await jsonl()).toMatchObject({ added: 0, unchanged: 2, linked: 0, problems: [{ item: 'both' }, { item: 'none' }] })

    await put(project, 'coffee.jpg', await sample('coffee.jpg'))
    await put(project, 'flower.jpg', await sample('flower.jpg'))
    expect(await jsonl()).toMatchObject({ added: 0, unchanged: 0, linked: 2, mediaAdded: 2, problems: [] })
    expect(mediaOf('both')).toEqual(['cat.jpg', 'coffee.jpg'])
    expect(itemsBySourceId(project.db).get('both')?.missing).toEqual([])
    expect(await jsonl()).toMatchObject({ added: 0, unchanged: 2, linked: 0, problems: [] })
  })

  it('in the place of which there is another one later is not linked to an item with other media', async () => {
    await put(project, 'cat.jpg', await sample('cat.jpg'))
    await jsonl()
    await put(project, 'cat.jpg', await sample('rocket.jpg'))
    await put(project, 'coffee.jpg', await sample('coffee.jpg'))
    expect(reasons(await jsonl())[0]).toEqual(['both', expect.stringContaining('with different media or context')])
    expect(itemsBySourceId(project.db).get('both')?.missing).toHaveLength(1)
  })

  it('loses the boxes and sentences that turn out to lie outside of what is linked, as the report says, and stays the same item', async () => {
    const near = { label: 'near', x: 1, y: 2, width: 9, height: 9, media: 0 }
    const far = { ...near, label: 'far', x: 9000 }
    const video = { video: { duration: 12, timestamps: [[0, 30]], sentences: ['all of it'] } }
    const outside = { id: 'box', media: 'cat.jpg', context: { boxes: [far, near], captions: ['A cat.'] } }
    await read('activitynet', video)
    await read('jsonl', JSON.stringify(outside))
    await put(project, 'video.mp4', await sample('launch_tour.mp4'))
    await put(project, 'cat.jpg', await sample('cat.jpg'))
    expect(await read('activitynet', video)).toMatchObject({ linked: 1 })
    expect(itemsBySourceId(project.db).get('box')?.context.boxes).toHaveLength(2)
    const linked = await read('jsonl', JSON.stringify(outside))
    expect(linked).toMatchObject({ linked: 1 })
    expect(reasons(linked)).toEqual([
      ['box', expect.stringContaining('the bounding box “far” [9000, 2, 9, 9] is skipped: it lies outside cat.jpg')],
    ])
    expect(itemsBySourceId(project.db).get('box')?.context).toEqual({ boxes: [near], captions: ['A cat.'] })
    expect(listItems(project.db, { filter: { state: 'all', query: 'far' }, after: 0, limit: 10 })).toEqual([])
    expect(listItems(project.db, { filter: { state: 'all', query: 'near' }, after: 0, limit: 10 })).toHaveLength(1)
    const again = await read('jsonl', JSON.stringify(outside))
    expect(again).toMatchObject({ unchanged: 1 })
    expect(reasons(again)).toEqual(reasons(linked))
  })
})

describe('media are found', () => {
  it('by a name without ending, a video before an image where a video is meant, and whatever the case', async () => {
    await put(project, 'video.jpg', await sample('cat.jpg'))
    await put(project, 'video.webm', await sample('coffee_pov.webm'))
    await put(project, 'sub/ÉTÉ.MP4'.normalize('NFD'), await sample('launch_tour.mp4'))
    await read('activitynet', { video: { timestamps: [], sentences: [] }, 'sub/été': { timestamps: [], sentences: [] } })
    expect(mediaOf('video')).toEqual(['video.webm'])
    expect(mediaOf('sub/été')).toHaveLength(1)
    expect(await read('jsonl', '{"id":"x","media":"video"}')).toMatchObject({ added: 1 })
    expect(mediaOf('x')).toEqual(['video.jpg'])
  })

  it('never under another ending than the one that is asked for', async () => {
    await put(project, 'cat.jpg', await sample('cat.jpg'))
    const report = await read('jsonl', '{"id":"x","media":"cat.png"}')
    expect(reasons(report)).toEqual([['x', expect.stringContaining('imported without “cat.png”')]])
  })

  it('by a files map, which may give one id several files', async () => {
    for (const name of ['cat.jpg', 'flower.jpg']) await put(project, name, await sample(name))
    const files = await put(project, 'files.json', JSON.stringify({ room: ['flower.jpg', 'cat.jpg'] }))
    await read('scanrefer', { room: { description: [['0', ' a bench ']] } }, { files })
    expect(mediaOf('room')).toEqual(['flower.jpg', 'cat.jpg'])
    const wrong = await put(project, 'wrong.json', JSON.stringify({ room: 5 }))
    await expect(read('scanrefer', { room: { description: [] } }, { files: wrong })).rejects.toMatchObject({
      code: 'bad-file',
      message: 'wrong.json: “room”: expected a file name or a list of file names.',
    })
  })

  it('as the frames of a scene in its folder, in the order of their numbers', async () => {
    for (const [index, name] of ['cat.jpg', 'flower.jpg', 'rocket.jpg'].entries())
      await put(project, `room/${[2, 10, 1][index]}.jpg`, await sample(name))
    await read('scanrefer', { room: { description: [['0', 'a bench']] } })
    expect(mediaOf('room')).toEqual(['room/1.jpg', 'room/2.jpg', 'room/10.jpg'])
  })

  it('as twenty frames, evenly spaced, of a scene that has more, and says so; a files map gives all it names', async () => {
    for (let number = 1; number <= 50; number++) await put(project, `room/${number}.jpg`, await sample('cat.jpg'))
    const scene = { room: { description: [['0', 'a bench']] } }
    const report = await read('scanrefer', scene)
    expect(report).toMatchObject({
      problems: [],
      notes: [{ item: 'room', reason: 'its folder contains 50 images; 20 of them are used, evenly spaced' }],
    })
    expect(itemsBySourceId(project.db).get('room')?.media).toHaveLength(20)
    expect(await read('scanrefer', scene)).toMatchObject({ unchanged: 1, problems: [] })

    const names = Array.from({ length: 25 }, (_, index) => `room/${index + 1}.jpg`)
    const files = await put(project, 'files.json', JSON.stringify({ room: names }))
    expect(await read('scanrefer', scene, { files, update: true })).toMatchObject({ updated: 1, notes: [] })
    expect(itemsBySourceId(project.db).get('room')?.media).toHaveLength(25)
  })

  it('as frames at the middle of equal parts of the scene', async () => {
    for (let number = 1; number <= 60; number++) await put(project, `room/${number}.jpg`, await sample('cat.jpg'))
    const file = await put(project, 'scenes.json', JSON.stringify({ room: { description: [['0', 'a bench']] } }))
    const names: (readonly string[])[] = []
    for await (const some of readScanrefer({ format: 'scanrefer', file, mediaDirectory: project.inbox }))
      if (some.kind === 'row') names.push(some.mediaNames)
    expect(names).toEqual([Array.from({ length: 20 }, (_, index) => `room/${3 * index + 2}.jpg`)])
  })

  it('but not outside the folder, whatever an id says', async () => {
    await mkdir(join(project.directory, 'secret'))
    const report = await read('scanrefer', { '../test.exemplar/secret': { description: [['0', 'x']] } })
    expect(reasons(report)).toEqual([['../test.exemplar/secret', expect.stringContaining('it is outside the media folder')]])
  })
})

describe('rows of the native formats', () => {
  it('llava: records of one id get ids of their own, and turns without a counterpart are told', async () => {
    const turns = (...texts: string[]) => texts.map((value, index) => ({ from: index % 2 ? 'gpt' : 'human', value }))
    const report = await read('llava', [
      { id: '7', image: 'cat.jpg', conversations: turns('<image>\nWho?', 'A cat.') },
      { id: '7', image: 'cat.jpg', conversations: turns('Why?\n<image>', 'Because.', 'And?') },
      { id: '8', conversations: turns('Hello', 'Hello') },
      { id: 9.5, conversations: [] },
    ])
    expect(items()).toEqual({
      '7': { conversation: [{ instruction: 'Who?', response: 'A cat.' }] },
      '7_2': { conversation: [{ instruction: 'Why?', response: 'Because.' }] },
    })
    expect(reasons(report).filter(([, reason]) => !reason?.startsWith('imported without'))).toEqual([
      ['7_2', 'record 2: a turn has no matching question or answer and is skipped'],
      ['8', 'record 3: the record has no image and is skipped'],
      ['9.5', 'record 4: id: expected a string or a whole number'],
    ])
  })

  it('ego4d: a long clip is cut into windows of 16 seconds, numbered through the video', async () => {
    const step = (time: number) => ({ time, text: `at ${time}` })
    await read('ego4d', { v: { clips: [{ narrations: [step(30.5), step(1), step(16.9), step(17)] }, { narrations: [step(90)] }] } })
    expect(Object.entries(items()).map(([id, { clip, narrations }]) => [id, clip?.start, narrations?.map(({ time }) => time)])).toEqual([
      ['v_1', 1, [1, 16.9]],
      ['v_2', 17, [17, 30.5]],
      ['v_3', 90, [90]],
    ])
  })

  it('spot-the-diff: no sentence at all means that nothing differs, which the prompt says; blank ones mean nothing', async () => {
    const [same, blank] = [
      { img_id: 'same', sentences: [] },
      { img_id: 'blank', sentences: [' '] },
    ]
    await read('spot-the-diff', [same, blank])
    expect(items()).toEqual({ same: { differences: [] }, blank: {} })
    const exemplar = (...args: string[]) => runExemplar(project.inbox, args)
    await exemplar('new', 'p.exemplar', '--recipe', 'sd')
    await exemplar('import', 'p.exemplar', '--format', 'spot-the-diff', '--file', 'file.json', '--media', '.')
    const prompt = await exemplar('prompt', 'show', 'p.exemplar', '--item', 'same')
    expect(prompt.out.join('\n')).toContain('There is no difference between the two pictures.')
    expect((await exemplar('generate', 'p.exemplar', '--items', 'same')).code).toBe(0)
  })

  it('vist: images of later stories follow, with the sentences of all stories', async () => {
    const sentence = (photo: string, story: string, order: number) => [
      { photo_flickr_id: photo, story_id: story, worker_arranged_photo_order: order, text: `${story}: ${photo}` },
    ]
    const report = await read('vist', {
      annotations: [sentence('b', 's1', 0), sentence('a', 's1', 1), sentence('a', 's2', 0), sentence('c', 's2', 1), sentence('?', 's2', 2)],
      images: ['a', 'b', 'c', 'd'].map((id) => ({ id, album_id: '1', title: id, tags: '' })),
      albums: [
        { id: '1', title: 'one', description: '' },
        { id: '2', title: 'told by nobody', description: '' },
      ],
    })
    expect(items()[1]?.images?.map(({ title, story }) => [title, story])).toEqual([
      ['b', ['s1: b']],
      ['a', ['s1: a', 's2: a']],
      ['c', ['s2: c']],
    ])
    expect(reasons(report)).toEqual(
      expect.arrayContaining([
        [null, 'story s2: image ? is not in the list of images'],
        ['2', 'the album has no story and is skipped'],
      ]),
    )
  })

  it('activitynet and tvc: bad entries are told by line, the others are kept, in any script', async () => {
    const report = await read(
      'activitynet',
      '{\n"שלום": {"duration": 5, "timestamps": [[0, 2], [4, 3]], "sentences": [" مرحبا ", "x"]},\n"v": {"timestamps": [[1]], "sentences": ["a"]},\n"w": {"timestamps": [], "sentences": []},\n"w": {"timestamps": [], "sentences": []}}',
    )
    expect(items()).toEqual({ שלום: { duration: 5, sentences: [{ start: 0, end: 2, text: 'مرحبا' }] }, w: {} })
    expect(report.problems.map(({ line, item, reason }) => [line, item, reason])).toEqual(
      expect.arrayContaining([
        [2, 'שלום', expect.stringContaining('it ends (3 s) before it starts (4 s)')],
        [3, 'v', 'timestamps.0: expected [start, end] in seconds'],
        [5, 'w', 'the id is already used in line 4; the first one is kept'],
      ]),
    )
    const tvc = await read('tvc', '{"vid_name":"a","clip_id":1,"ts":[0,2],"descs":[{"desc":"x"}]}\n\n{"vid_name":"a"\n{"vid_name":"b"}')
    expect(tvc.problems.map(({ line }) => line)).toEqual(expect.arrayContaining([3, 4]))
    expect(tvc.added).toBe(1)
  })

  it('scanrefer: activities are read line by line; a line that is not UTF-8 is told, and JSON is refused', async () => {
    const activities = await put(project, 'activities.txt', Buffer.from(' sit\n\nna\xefve\n[slowly] walk\n', 'latin1'))
    const report = await read('scanrefer', { room: { description: [['0', 'a bench']] } }, { activities })
    expect(items()).toEqual({ room: { objects: ['a bench'], activities: ['sit', '[slowly] walk'] } })
    expect(report.problems[0]).toMatchObject({
      file: 'activities.txt',
      line: 3,
      item: null,
      reason: 'the line is not UTF-8 text; it is skipped',
    })
    for (const json of ['["sit", "walk"]', '[\n"sit"\n]', '{"room": ["sit"]}', '{}']) {
      const wrong = await put(project, 'activities.json', json)
      await expect(read('scanrefer', { hall: { description: [] } }, { activities: wrong })).rejects.toMatchObject({
        code: 'bad-file',
        message: 'activities.json: it looks like JSON, not like one activity per line.',
        remedy: 'Choose a text file with one activity per line.',
      })
    }
    expect(Object.keys(items())).toEqual(['room'])
  })

  it('a document that breaks off keeps the items before the break, tells their problems, and names the place', async () => {
    const text = '[{"img_id":"1","sentences":["a"]},\n {"img_id":"2","sentences":["b" "c"]}]'
    const report = await read('spot-the-diff', text)
    expect(report).toMatchObject({ added: 1, problems: [{ file: 'file.json', line: null, item: null }, { item: '1' }, { item: '1' }] })
    expect(report.problems[0]?.reason).toBe(
      'not valid JSON at line 2, column 33: expected a comma or a closing bracket here; the rest of the file was not read',
    )
    expect(Object.keys(items())).toEqual(['1'])
  })

  it('a document that breaks off before its first item is refused', async () => {
    await expect(read('spot-the-diff', '[{"img_id":"2","sentences":["b" "c"]}]')).rejects.toMatchObject({
      code: 'bad-file',
      message: 'file.json: not valid JSON at line 1, column 33: expected a comma or a closing bracket here.',
    })
  })

  it('a document that breaks off after more than a thousand problems still names the place', async () => {
    const rows = Array.from({ length: 1005 }, (_, index) => `"v${index}": {"timestamps": [], "sentences": []},`)
    const report = await read('activitynet', `{${rows.join('\n')}\noops`)
    expect(report).toMatchObject({ added: 1005, moreProblems: 6 })
    expect(report.problems).toHaveLength(1000)
    expect(report.problems[0]?.reason).toContain('line 1006')
  })

  it('an import can be stopped', async () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`v${index}`, { timestamps: [], sentences: [] }]))
    const controller = new AbortController()
    const file = await put(project, 'many.json', JSON.stringify(many))
    const report = await importFiles(
      project,
      { format: 'activitynet', file, mediaDirectory: project.inbox },
      { signal: controller.signal, onProgress: ({ done }) => void (done > 0 && controller.abort()) },
    )
    expect(report.cancelled).toBe(true)
    expect(report.added).toBeLessThan(100_000)
  })
})

describe('the wrong format', () => {
  const files = {
    coco: 'coco/captions.json',
    llava: 'llava/llava_instruct.json',
    'spot-the-diff': 'spot_the_diff/train.json',
    vist: 'visual_story_telling/train.story-in-sequence.json',
    activitynet: 'dense_captions/train.json',
    tvc: 'tv_captions/tvc_train.jsonl',
    scanrefer: 'scene_navigation/scan_info.json',
    ego4d: 'ego4d/processed_all_anns.json',
    vtt: 'launch_tour.vtt',
    csv: 'captions.csv',
    jsonl: 'items.jsonl',
  } as const satisfies Partial<Record<ImportFormat, string>>
  const formats = Object.keys(files) as (keyof typeof files)[]

  it.each(formats)('%s is recognised by what it holds', async (format) => {
    expect(await guessFormat(annotation(files[format]))).toBe(format)
  })

  it.each(formats)('%s is not taken for any other', async (format) => {
    for (const other of formats.filter((each) => each !== format)) {
      const file = annotation(files[format])
      const request = other === 'coco' ? { format: other, captions: file } : { format: other, file }
      await expect(run(request)).rejects.toMatchObject({
        code: 'bad-file',
        message: expect.stringMatching(/it looks like .*, not like /),
        remedy: `Choose the format ${format}, or another file.`,
      })
    }
  })

  it('a table is recognised by the names of its columns, whatever the name of its file', async () => {
    for (const text of ['file,caption\ncat.jpg,A cat', 'id;image\n1;cat.jpg', 'Caption\tFilename\nA cat\tcat.jpg']) {
      const file = await put(project, 'table.txt', text)
      expect(await guessFormat(file)).toBe('csv')
      for (const request of [{ format: 'llava', file } as const, { format: 'coco', captions: file } as const])
        await expect(run(request)).rejects.toMatchObject({ message: expect.stringContaining('table.txt: it looks like a CSV table') })
    }
    for (const text of ['file', 'one, two', 'the media, and more'])
      expect(await guessFormat(await put(project, 'text.txt', text))).toBeNull()
  })

  it.each(formats)('%s: an image, a video, an archive and UTF-16 without a mark are told for what they are', async (format) => {
    const contents = [
      [await sample('cat.jpg'), 'it is an image, not a text file'],
      [await sample('launch_tour.mp4'), 'it is a video, not a text file'],
      [Buffer.from('PK\x03\x04rest'), 'it is not a text file'],
      [Buffer.from('{"a": 1}', 'utf16le'), 'it is encoded in UTF-16 or UTF-32, not in UTF-8'],
      [Buffer.from('{"a": 1}', 'utf16le').swap16(), 'it is encoded in UTF-16 or UTF-32, not in UTF-8'],
    ] as const
    for (const [content, reason] of contents) {
      const file = await put(project, 'given.txt', content)
      const request = format === 'coco' ? { format, captions: file } : { format, file }
      await expect(run(request)).rejects.toMatchObject({ code: 'bad-file', message: `given.txt: ${reason}.` })
    }
  })

  it('an array or a document of TVC clips is told from one clip a line', async () => {
    const clip = { vid_name: 'a', clip_id: 1, descs: [{ desc: 'x' }] }
    const wanted = (look: string) => ({
      message: `file.json: it looks like ${look}, not like one JSON object per line.`,
      remedy: 'Write each object on its own line, or choose another file or format.',
    })
    await expect(read('tvc', JSON.stringify([clip]))).rejects.toMatchObject(wanted('a JSON array'))
    await expect(read('tvc', JSON.stringify([clip], null, 1))).rejects.toMatchObject(wanted('a JSON array'))
    await expect(read('tvc', JSON.stringify(clip, null, 1))).rejects.toMatchObject(wanted('one JSON document that spans several lines'))
  })

  it('instances are recognised too; what says nothing is left to its reader', async () => {
    expect(await guessFormat(annotation('coco/instances.json'))).toBe('coco')
    for (const text of ['', '[]', '{}', '[1]', '{"a": 1}', '{"broken', 'word', '\0'])
      expect(await guessFormat(await put(project, 'file.txt', text))).toBeNull()
  })
})

describe('coco in a project for general differences', () => {
  const captions = {
    images: ['cat', 'flower', 'coffee'].map((name, index) => ({ id: index + 1, file_name: `${name}.jpg` })),
    annotations: ['A cat.', 'A flower.', 'A cup.'].map((caption, index) => ({ id: index, image_id: index + 1, caption })),
  }
  const importPairs = async (pairs: ImportProject) =>
    importFiles(pairs, {
      format: 'coco',
      captions: await put(pairs, 'captions.json', JSON.stringify(captions)),
      mediaDirectory: pairs.inbox,
    })

  it('keeps an image without its file as an item that says so, until the file is there and it is paired', async () => {
    const pairs = await newImportProject('cgd')
    for (const name of ['cat.jpg', 'flower.jpg']) await put(pairs, name, await sample(name))
    const first = await importPairs(pairs)
    expect(first).toMatchObject({ added: 2, problems: [{ item: '3', reason: expect.stringContaining('imported without “coffee.jpg”') }] })
    expect([...itemsBySourceId(pairs.db).keys()].toSorted()).toEqual(['1_2', '3'])
    expect(itemsBySourceId(pairs.db).get('3')).toMatchObject({
      media: [],
      missing: [{ position: 0, name: 'coffee.jpg' }],
      context: { captionsOf: [['A cup.']] },
    })
    expect(await importPairs(pairs)).toMatchObject({ added: 0, unchanged: 2, problems: [{ item: '3' }] })

    await put(pairs, 'coffee.jpg', await sample('coffee.jpg'))
    expect(await importPairs(pairs)).toMatchObject({ problems: [] })
    const ids = [...itemsBySourceId(pairs.db).keys()]
    expect(ids).not.toContain('3')
    expect(ids.some((id) => id.split('_').includes('3'))).toBe(true)
    expect(inspectDatabase(pairs.db).findings).toEqual([])

    // One that is paired already is not added alone for want of its file.
    await rm(join(pairs.inbox, 'coffee.jpg'))
    expect(await importPairs(pairs)).toMatchObject({ added: 0, problems: [{ item: '3' }] })
    expect([...itemsBySourceId(pairs.db).keys()]).toEqual(ids)
    await pairs.remove()
  })
})
