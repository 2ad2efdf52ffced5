import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportRequest } from '../../../../src/shared/contract'
import type { Context, RecipeId } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject('custom')
  await mkdir(join(project.inbox, 'media'))
  const image = sharp({ create: { width: 200, height: 100, channels: 3, background: '#f00' } })
  await put(project, 'media/a.jpg', await image.jpeg().toBuffer())
})
afterEach(() => project.remove())

interface Case {
  readonly format: ImportRequest['format']
  /** the first of them is imported */
  readonly files: Readonly<Record<string, unknown>>
  readonly recipe?: RecipeId
  readonly notes: readonly string[]
  readonly context?: Context
  readonly problems?: readonly string[]
}

async function read({ format, files }: Pick<Case, 'format' | 'files'>) {
  const paths: string[] = []
  for (const [name, content] of Object.entries(files))
    paths.push(await put(project, `notes/${name}`, typeof content === 'string' ? content : JSON.stringify(content)))
  const [file = ''] = paths
  const named = format === 'coco' ? { instances: file } : { file }
  const report = await importFiles(project, { format, ...named, mediaDirectory: join(project.inbox, 'media') })
  const [item] = itemsBySourceId(project.db).values()
  return {
    notes: report.notes.map(({ reason }) => reason),
    problems: report.problems.map(({ reason }) => reason).filter((reason) => !reason.includes('not in the media folder')),
    context: item?.context,
  }
}

const corners = [
  [10, 20],
  [40, 60],
]
const boxes = [{ label: 'cat', x: 10, y: 20, width: 30, height: 40, media: 0 }]
const labelme = (shape: object, file: object = {}) => ({
  'a.json': { shapes: [{ label: 'cat', points: corners, shape_type: 'rectangle', ...shape }], imagePath: 'a.jpg', ...file },
})
const coco = (annotation: object, more: { image?: object; document?: object } = {}) => ({
  'a.json': {
    images: [{ id: 1, file_name: 'a.jpg', license: 3, ...more.image }],
    categories: [{ id: 1, name: 'cat', supercategory: 'animal' }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [10, 20, 30, 40], area: 1200, iscrowd: 0, ...annotation }],
    ...more.document,
  },
})
const voc = (inObject: string, inFile = '', { pose, truncated, difficult } = { pose: 'Unspecified', truncated: 0, difficult: 0 }) => ({
  'a.xml': `<annotation><filename>a.jpg</filename><source><database>x</database></source><segmented>0</segmented>${inFile}<object><name>cat</name><pose>${pose}</pose><truncated>${truncated}</truncated><difficult>${difficult}</difficult>${inObject}<bndbox><xmin>10</xmin><ymin>20</ymin><xmax>40</xmax><ymax>60</ymax></bndbox></object></annotation>`,
})
const yolo = (line: string) => ({ 'a.txt': line, 'classes.txt': 'cat' })
const rect = { name: 'rect', x: 10, y: 20, width: 30, height: 40 }
const via = (shape: object, attributes: object, options: object = {}) => ({
  'a.json': {
    _via_img_metadata: {
      'a.jpg1': { filename: 'a.jpg', size: 1, regions: [{ shape_attributes: shape, region_attributes: attributes }], file_attributes: {} },
    },
    _via_attributes: { region: options, file: {} },
  },
})
const studio = (results: readonly object[], data: object = {}) => ({
  'a.json': [
    {
      id: 1,
      data: { image: 'a.jpg', ...data },
      annotations: [
        {
          result: [
            {
              id: 'r',
              type: 'rectanglelabels',
              original_width: 200,
              original_height: 100,
              image_rotation: 0,
              value: { x: 5, y: 20, width: 15, height: 40, rotation: 0, rectanglelabels: ['cat'] },
            },
            ...results,
          ],
        },
      ],
    },
  ],
})

const cases: Readonly<Record<string, Case>> = {
  'labelme: flags and attributes of a shape are texts': {
    format: 'labelme',
    files: labelme({ flags: { occluded: true, blurred: false }, attributes: { colour: 'black', legs: 4 } }),
    context: { boxes, texts: ['cat: occluded', 'cat: colour: black, legs: 4'] },
    notes: [],
  },
  'coco: keys of classes': {
    format: 'coco',
    files: coco(
      {},
      { document: { categories: [{ id: 1, name: 'cat', supercategory: 'animal', synonyms: ['kitty'], skeleton: [], isthing: 1 }] } },
    ),
    context: { boxes },
    notes: ['“categories.synonyms” is not imported (1): cat'],
  },
  'labelme: groups, and keys of other tools': {
    format: 'labelme',
    files: labelme({ group_id: 0, score: 0.5 }, { text: 'a text', checked: true }),
    context: { boxes },
    notes: [
      '“group_id” is not imported (1): a.jpg',
      '“score” is not imported (1): a.jpg',
      '“text” is not imported (1): a.jpg',
      '“checked” is not imported (1): a.jpg',
    ],
  },
  'labelme: flags of the image, with words': {
    format: 'labelme',
    files: labelme({}, { flags: { day: true, night: false, weather: 'sunny' } }),
    context: { boxes, labels: ['day', 'weather: sunny'] },
    notes: [],
  },
  'labelme: an outline': {
    format: 'labelme',
    files: labelme({ shape_type: 'polygon', points: [...corners, [10, 60]] }),
    context: { boxes },
    notes: ['shapes are imported as the bounding boxes around them (1): a.jpg'],
  },
  'YOLO: a confidence': {
    format: 'yolo',
    files: yolo('0 0.125 0.4 0.15 0.4 0.93\n0 0.125 0.4 0.15 0.4'),
    context: { boxes: [...boxes, ...boxes] },
    notes: ['“confidence” is not imported (1): a'],
  },
  'YOLO: key points': {
    format: 'yolo',
    files: yolo('0 0.125 0.4 0.15 0.4 0.1 0.3 2'),
    context: { boxes },
    notes: ['“keypoints” is not imported (1): a'],
  },
  'YOLO: an outline': {
    format: 'yolo',
    files: yolo('0 0.05 0.2 0.2 0.2 0.2 0.6'),
    context: { boxes },
    notes: ['shapes are imported as the bounding boxes around them (1): a'],
  },
  'VOC: what objects usually say is not worth a word': { format: 'voc', files: voc(''), context: { boxes }, notes: [] },
  'VOC: pose, truncation, difficulty, occlusion, actions': {
    format: 'voc',
    files: {
      'a.xml': voc('<actions><jumping>1</jumping></actions><occluded>1</occluded>', '', { pose: 'Left', truncated: 1, difficult: 1 })[
        'a.xml'
      ],
    },
    context: { boxes },
    notes: ['pose', 'truncated', 'difficult', 'actions', 'occluded'].map((key) => `“${key}” is not imported (1): a.jpg`),
  },
  'VOC: attributes as CVAT writes them are texts': {
    format: 'voc',
    files: voc(
      '<attributes><attribute><name>colour</name><value>red</value></attribute><attribute><name>wet</name><value>True</value></attribute></attributes>',
    ),
    context: { boxes, texts: ['cat: colour: red, wet: True'] },
    notes: [],
  },
  'VOC: attributes as LabelMe writes them, and what was deleted': {
    format: 'voc',
    files: voc(
      '<attributes>asleep</attributes>',
      '<object><name>dog</name><deleted>1</deleted><polygon><pt><x>1</x><y>1</y></pt></polygon></object>',
    ),
    context: { boxes, texts: ['cat: asleep'] },
    notes: [],
  },
  'VOC: what is said of the image': {
    format: 'voc',
    files: voc('', '<caption>A cat.</caption>'),
    context: { boxes },
    notes: ['“caption” is not imported (1): a.jpg'],
  },
  'COCO: crowds, key points, scores and outlines': {
    format: 'coco',
    files: coco({ iscrowd: 1, keypoints: [1, 2, 2], num_keypoints: 1, score: 0.9, segmentation: [[10, 20, 40, 20, 40, 60]] }),
    context: { boxes },
    notes: [
      'shapes are imported as the bounding boxes around them (1): 1',
      '“iscrowd” is not imported (1): 1',
      '“keypoints” is not imported (1): 1',
      '“score” is not imported (1): 1',
    ],
  },
  'COCO: attributes as CVAT writes them are texts': {
    format: 'coco',
    files: coco({ attributes: { occluded: true, keyframe: false, colour: 'red' } }),
    context: { boxes, texts: ['cat: occluded, colour: red'] },
    notes: [],
  },
  'COCO: what is known of images, as LVIS has it, and lists of other kinds': {
    format: 'coco',
    files: coco({}, { image: { neg_category_ids: [4], not_exhaustive_category_ids: [] }, document: { segment_info: [1] } }),
    context: { boxes },
    notes: ['“neg_category_ids” is not imported (1): 1', '“segment_info” is not imported (1): a.json'],
  },
  'COCO: the license and the addresses of an image': {
    format: 'coco',
    files: coco(
      {},
      {
        image: { license: 3, coco_url: 'http://images.example/cat.jpg', flickr_url: '' },
        document: { licenses: [{ id: 3, name: 'Attribution License', url: 'http://creativecommons.example/by/2.0/' }] },
      },
    ),
    context: {
      ...{ boxes, license: 'Attribution License', license_url: 'http://creativecommons.example/by/2.0/' },
      coco_url: 'http://images.example/cat.jpg',
    },
    notes: [],
  },
  'COCO: a category with two names': {
    format: 'coco',
    files: coco(
      {},
      {
        document: {
          categories: [
            { id: 1, name: 'cat' },
            { id: 1, name: 'dog' },
            { id: 1, name: 'cat' },
          ],
        },
      },
    ),
    context: { boxes },
    notes: [],
    problems: ['category 1 is “cat” and also “dog”; the first name is used'],
  },
  'VIA: options have the names that the project gives them': {
    format: 'via',
    files: via(
      rect,
      { type: '2', colour: { 1: true, 3: false } },
      {
        type: { type: 'dropdown', options: { 1: 'dog', 2: 'cat' } },
        colour: { type: 'checkbox', options: { 1: 'black', 3: 'white' } },
      },
    ),
    context: { boxes: boxes.map((each) => ({ ...each, label: 'cat (colour: black)' })) },
    notes: [],
  },
  'VIA: attributes that are truth values or lists': {
    format: 'via',
    files: via(rect, { name: 'cat', asleep: true, awake: false, colours: ['black', 'white'] }),
    context: { boxes: boxes.map((each) => ({ ...each, label: 'cat (asleep: true, colours: black, white)' })) },
    notes: [],
  },
  'VIA: an outline, and keys of other tools': {
    format: 'via',
    files: {
      'a.json': {
        a: {
          filename: 'a.jpg',
          caption: 'A cat.',
          regions: [
            {
              shape_attributes: { name: 'polygon', all_points_x: [10, 40, 40], all_points_y: [20, 20, 60] },
              region_attributes: { name: 'cat' },
              score: 1,
            },
          ],
        },
      },
    },
    context: { boxes },
    notes: [
      'shapes are imported as the bounding boxes around them (1): a.jpg',
      '“caption” is not imported (1): a.jpg',
      '“regions.score” is not imported (1): a.jpg',
    ],
  },
  'Label Studio: relations, remarks on a region and scores': {
    format: 'label-studio',
    files: studio([
      { type: 'relation', from_id: 'r', to_id: 's', direction: 'right' },
      { type: 'choices', score: 0.5, meta: { text: ['unsure'] }, value: { choices: ['indoor'] } },
    ]),
    context: { boxes, captions: ['indoor'] },
    notes: ['“relation” is not imported (1): 1', '“result.score” is not imported (1): 1', '“result.meta” is not imported (1): 1'],
  },
  'Label Studio: other data of a task, whatever it is': {
    format: 'label-studio',
    files: studio([], { title: 'A cat', year: 1999, tags: ['a', 'b'], boxes: 'none', captions: ['one'] }),
    context: { boxes, title: 'A cat', year: 1999, tags: ['a', 'b'], captions: ['one'] },
    notes: ['“data.boxes” is not imported (1): 1'],
  },
  'Label Studio: an image that was turned, and a turned box': {
    format: 'label-studio',
    files: {
      'a.json': [
        {
          id: 1,
          data: { image: 'a.jpg' },
          annotations: [
            {
              result: [
                {
                  id: 'r',
                  type: 'rectanglelabels',
                  original_width: 200,
                  original_height: 100,
                  image_rotation: 90,
                  value: { x: 20, y: 20, width: 20, height: 15, rotation: 90, rectanglelabels: ['cat'] },
                },
              ],
            },
          ],
        },
      ],
    },
    notes: ['shapes are imported as the bounding boxes around them (1): 1', '“result.image_rotation” is not imported (1): 1'],
  },
  'Label Studio: predictions beside annotations, cancelled annotations, and what else is known of a task': {
    format: 'label-studio',
    files: {
      'a.json': [
        {
          id: 1,
          data: { image: 'a.jpg' },
          meta: { camera: 3 },
          annotations: [
            { was_cancelled: true, result: [{ type: 'textarea', value: { text: ['skipped'] } }] },
            { result: [{ type: 'textarea', value: { text: ['taken'] } }] },
          ],
          predictions: [{ result: [{ type: 'textarea', value: { text: ['predicted'] } }] }],
        },
      ],
    },
    context: { captions: ['taken'] },
    notes: ['“meta” is not imported (1): 1', '“was_cancelled” is not imported (1): 1', '“predictions” is not imported (1): 1'],
  },
  'Label Studio: numbers, ratings and taxonomies of the short form': {
    format: 'label-studio',
    files: { 'a.json': [{ id: 1, image: 'a.jpg', quality: 4, stars: { rating: 3 }, classes: { taxonomy: [['a', 'b']] }, text: 'one' }] },
    context: { captions: ['one'] },
    notes: ['“quality” is not imported (1): 1', '“stars” is not imported (1): 1', '“classes” is not imported (1): 1'],
  },
  'VIA: attributes of an image in CSV that are no JSON, or differ': {
    format: 'via',
    files: {
      'a.csv': [
        'filename,file_attributes,region_shape_attributes,region_attributes',
        'a.jpg,"{""caption"":""One""}",{},{}',
        'a.jpg,"{""caption"":""One""}",{},{}',
        'a.jpg,"{""caption"":""Two""}",{},{}',
        'a.jpg,"{""caption"":""One""",{},{}',
      ].join('\n'),
    },
    context: { captions: ['One'] },
    problems: [
      'its file_attributes differ from those in its first line; the first ones are used',
      'its file_attributes are not valid JSON and are skipped',
    ],
    notes: [],
  },
  'YOLO: key points with their visibility, which no data.yaml announces': {
    format: 'yolo',
    files: yolo('0 0.5 0.5 0.5 0.5 0.3 0.3 1 0.7 0.7 1'),
    context: { boxes: [{ label: 'cat', x: 50, y: 25, width: 100, height: 50, media: 0 }] },
    notes: ['“keypoints” is not imported (1): a'],
  },
  'ActivityNet: what else is known of a video': {
    format: 'activitynet',
    files: { 'a.json': { v: { duration: 3, timestamps: [[0, 1]], sentences: ['One.'], subset: 'val' } } },
    notes: ['“subset” is not imported (1): v'],
  },
  'TVC: what else is known of a clip and of a description': {
    format: 'tvc',
    files: { 'a.jsonl': { vid_name: 'v', clip_id: 1, ts: [0, 1], descs: [{ desc: 'One.', type: 'v', speaker: 'Ann' }], sub: 'Hi' } },
    notes: ['“sub” is not imported (1): v_1', '“descs.speaker” is not imported (1): v_1'],
  },
  'Spot-the-Diff: what else is known of a pair': {
    format: 'spot-the-diff',
    files: { 'a.json': [{ img_id: '1', sentences: ['x'], boxes: [[1, 2, 3, 4]] }] },
    notes: ['“boxes” is not imported (1): 1'],
  },
  'ScanRefer: what else is known of an object': {
    format: 'scanrefer',
    files: {
      'a.json': [{ scene_id: 's', object_id: '1', object_name: 'chair', ann_id: '0', description: 'A chair.', token: ['a'], bbox: [1] }],
    },
    notes: ['“bbox” is not imported (1): s'],
  },
  'Ego4D: what else is known of a narration and a video': {
    format: 'ego4d',
    files: {
      'a.json': {
        videos: {
          v: {
            status: 'ok',
            tags: ['a'],
            narration_pass_1: { narrations: [{ timestamp_sec: 1, narration_text: 'x', verb: 'take' }], note: 'n' },
          },
        },
      },
    },
    notes: ['“tags” is not imported (1): v', '“narration_pass_1.note” is not imported (1): v', '“narrations.verb” is not imported (1): v'],
  },
  'Karpathy: in which part of the split an image is': {
    format: 'karpathy',
    files: {
      'a.json': {
        images: [{ filename: 'a.jpg', imgid: 1, split: 'test', sentids: [1], sentences: [{ raw: 'A cat.', tokens: ['a'], rating: 5 }] }],
      },
    },
    context: { captions: ['A cat.'] },
    notes: ['“split” is not imported (1): 1', '“sentences.rating” is not imported (1): 1'],
  },
  'LLaVA: preferences, ratings and reasons': {
    format: 'llava',
    files: {
      'a.json': [
        {
          id: 1,
          image: 'a.jpg',
          conversations: [
            { from: 'human', value: 'What?' },
            { from: 'gpt', value: 'A cat.', reasoning_content: 'Whiskers.', loss: false },
          ],
          rejected: { from: 'gpt', value: 'A dog.' },
          source: '',
        },
      ],
    },
    context: { conversation: [{ instruction: 'What?', response: 'A cat.' }] },
    notes: ['“rejected” is not imported (1): 1', '“turns.reasoning_content” is not imported (1): 1', '“turns.loss” is not imported (1): 1'],
  },
  'JSON Lines: what a context has no place for': {
    format: 'jsonl',
    files: {
      'a.jsonl': {
        id: 1,
        media: 'a.jpg',
        context: {
          boxes: [{ ...boxes[0], score: 0.5, occluded: false }],
          sentences: [{ start: 0, end: 1, text: 'Hi', speaker: 'Ann' }],
          conversation: [{ instruction: 'What?', response: 'A cat.', reason: 'Whiskers.' }],
          own: [{ score: 1 }],
        },
      },
    },
    context: {
      boxes,
      sentences: [{ start: 0, end: 1, text: 'Hi' }],
      conversation: [{ instruction: 'What?', response: 'A cat.' }],
      own: [{ score: 1 }],
    },
    notes: ['boxes.score', 'conversation.reason', 'sentences.speaker'].map((key) => `“${key}” is not imported (1): 1`),
  },
  'image folders: what else is known of objects': {
    format: 'jsonl',
    files: {
      'a.jsonl': {
        file_name: 'a.jpg',
        objects: { bbox: [[10, 20, 30, 40]], categories: ['cat'], id: [1], area: [1], iscrowd: [0], score: [0.5] },
      },
    },
    context: { boxes },
    notes: ['“objects.score” is not imported (1): a.jpg'],
  },
  'MIMIC-IT: what else is known of a pair': {
    format: 'mimic-it',
    files: {
      'LA_instructions.json': {
        data: { LA_INS_1: { instruction: 'What?', answer: 'A cat.', image_ids: ['a.jpg'], rel_ins_ids: [], score: 3 } },
      },
    },
    context: { conversation: [{ instruction: 'What?', response: 'A cat.' }] },
    notes: ['“score” is not imported (1): LA_INS_1', 'its pairs are imported as context of their images, not as pairs to review (1)'],
  },
  'WebVTT: who speaks': {
    format: 'vtt',
    files: { 'a.vtt': 'WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>Hi\n\n00:01.000 --> 00:02.000\n<v.loud Bob Ray>Ho\n' },
    context: {
      sentences: [
        { start: 0, end: 1, text: 'Hi' },
        { start: 1, end: 2, text: 'Ho' },
      ],
    },
    notes: ['“speaker” is not imported (2): a'],
  },
  'SubStation Alpha: who speaks': {
    format: 'vtt',
    files: {
      'a.ass':
        '[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:00.00,0:00:01.00,Default,Ann,0,0,0,,Hi\n',
    },
    notes: ['“speaker” is not imported (1): a'],
  },
  'WhisperX: who speaks': {
    format: 'vtt',
    files: { 'a.json': { segments: [{ start: 0, end: 1, text: 'Hi', speaker: 'SPEAKER_00' }] } },
    notes: ['“speaker” is not imported (1): a'],
  },
}

describe('what an annotation says beside what is imported is kept, or counted and named', () => {
  it.each(Object.entries(cases))('%s', async (_, { context, notes, problems = [], ...input }) => {
    const result = await read(input)
    expect(result.problems).toEqual(problems)
    expect(result.notes).toEqual(notes)
    if (context) expect(result.context).toEqual(context)
  })
})

it('names five items of a key, and counts the others; a file of names for keys gives one note', async () => {
  const images = Array.from({ length: 7 }, (_, index) => ({ id: index, file_name: 'a.jpg', tags: ['x'], [`key${index}`]: 1 }))
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`more${index}`, 1]))
  const { notes } = await read({
    format: 'coco',
    files: { 'a.json': { images: [...images, { id: 9, file_name: 'a.jpg', ...many }], annotations: [] } },
  })
  expect(notes[0]).toBe('“tags” is not imported (7): 0, 1, 2, 3, 4, and others')
  expect(notes.at(-1)).toBe('“…” is not imported (28): 9')
  expect(notes).toHaveLength(31)
})

/** The chunk that makes a PNG an animation of two frames, after its header of 33 bytes. */
function animatedPng(png: Buffer): Buffer {
  const chunk = Buffer.from('000000086163544c000000020000000000000000', 'hex')
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16)
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)])
}

it('notes for image files with several pictures that only the first is used', async () => {
  const pictures = await Promise.all(
    ['#f00', '#00f'].map((background) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const both = () => sharp(pictures, { join: { animated: true } })
  await put(project, 'media/b.gif', await both().gif().toBuffer())
  await put(project, 'media/c.webp', await both().webp({ lossless: true }).toBuffer())
  await put(project, 'media/d.png', animatedPng(pictures[0] ?? Buffer.alloc(0)))
  const report = await importFiles(project, { format: 'folder', mediaDirectory: join(project.inbox, 'media') })
  expect(report).toMatchObject({ added: 4, problems: [] })
  expect(report.notes.map(({ item, reason }) => [item, reason])).toEqual([
    ['b.gif', 'b.gif contains 2 images, such as the frames of an animation; only the first is used (and the same for 2 more items)'],
  ])
})
