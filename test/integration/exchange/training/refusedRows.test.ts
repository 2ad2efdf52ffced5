import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoxFamily, TrainingFormatId, TrainingKind } from '../../../../src/shared/domain'
import { changeJson, changeMedium, changeRows, changeText, type Damage, type Loose } from '../../../support/damageSet'
import type { TestProject } from '../../../support/exportProject'
import { exportProject, newMixedProject, validate } from '../../../support/trainingSet'

/** What is damaged, how, and a part of what the validator says of it. */
type Case = readonly [what: string, damage: Damage, says: RegExp]

interface Table {
  readonly format: TrainingFormatId
  readonly kind?: TrainingKind
  readonly boxes?: BoxFamily
  readonly system?: string
  readonly cases: readonly Case[]
}

const user = (row: Loose): Loose => row['messages'].find(({ role }: Loose) => role === 'user')
const assistant = (row: Loose): Loose => row['messages'].findLast(({ role }: Loose) => role === 'assistant')
const human = (row: Loose): Loose => row['conversations'].find(({ from }: Loose) => from === 'human')
const gpt = (row: Loose): Loose => row['conversations'].findLast(({ from }: Loose) => from === 'gpt')
/** rows with media, and the conversation of two turns without */
const withImage = (rows: Loose[]): Loose => rows.find((row) => row['image'] ?? row['images']) ?? {}
const turnsOf = (row: Loose): Loose[] => row['messages'] ?? row['conversations'] ?? []
const longest = (rows: Loose[]): Loose => rows.toSorted((a, b) => turnsOf(b).length - turnsOf(a).length)[0] ?? {}

const turned = async (_: string, file: string) => sharp(await readFile(file)).withMetadata({ orientation: 6 }).toBuffer() // prettier-ignore

/** What every text format refuses. `set` changes the path of a row's first image. */
function common(
  extension: 'json' | 'jsonl',
  question: (row: Loose) => Loose,
  answer: (row: Loose) => Loose,
  text: string,
  set: (row: Loose, path: string) => unknown,
): Case[] {
  const path = (given: string) => changeRows(extension, (rows) => set(withImage(rows), given))
  return [
    ['a medium that is not there', changeMedium(async () => null), /does not exist/],
    ['a medium that does not decode', changeMedium(async (_, file) => (await readFile(file)).subarray(0, 2000)), /cannot be decoded/],
    ['an image that EXIF turns', changeMedium(turned), /EXIF orientation 6/],
    ['an absolute path', path('/data/a.png'), /absolute/],
    ['a path that leaves the folder', path('media/../../a.png'), /leaves the folder/],
    ['a backslash', path('media\\a.png'), /backslash/],
    ['an address', path('https://example.org/a.png'), /address/],
    ...['<image>', '<video>', '<audio>', '<bbox>', '<ref-object>', '<img>'].map((token): Case => [`${token} in an answer`, changeRows(extension, (rows) => (answer(rows[0] ?? {})[text] += ` ${token}`)), new RegExp(`contains ${token}`)]), // prettier-ignore
    ...['<audio>', '<img>'].map((token): Case => [`${token} in a question`, changeRows(extension, (rows) => (question(rows[0] ?? {})[text] += ` ${token}`)), new RegExp(`contains ${token}`)]), // prettier-ignore
    [
      'more tokens than media',
      changeRows(extension, (rows) => (question(withImage(rows))[text] = `<image>\n${question(withImage(rows))[text]}`)),
      /<image> stands 2 times, but there are 1/,
    ],
    [
      'fewer tokens than media',
      changeRows(extension, (rows) => (question(withImage(rows))[text] = question(withImage(rows))[text].replace('<image>\n', ''))),
      /<image> stands 0 times, but there are 1/,
    ],
    ['a question that is null', changeRows(extension, (rows) => (question(rows[0] ?? {})[text] = null)), /is null, not a text/],
    ['a blank question', changeRows(extension, (rows) => (question(rows.at(-1) ?? {})[text] = '<image> \n ')), /is blank/],
    ['an answer that is null', changeRows(extension, (rows) => (answer(rows[0] ?? {})[text] = null)), /is null, not a text/],
    ['a blank answer', changeRows(extension, (rows) => (answer(rows[0] ?? {})[text] = ' \n')), /is blank/],
    ['two turns of one role', changeRows(extension, (rows) => turnsOf(longest(rows)).splice(1, 1)), /must alternate/],
    [
      'a key with two types',
      changeRows(extension, (rows) => ((rows[0] ?? {})['margin'] = 1) && ((rows[1] ?? {})['margin'] = 'much')),
      /is a number in one row and a string in another/,
    ],
    ['bytes that are not UTF-8', changeText(`*.${extension}`, (given) => Buffer.from(given.replace('cat', '\u00e9'), 'latin1')), /UTF-8/],
    ['a byte order mark', changeText(`*.${extension}`, (given) => `\uFEFF${given}`), /byte order mark/],
    ['an empty file', changeText(`*.${extension}`, () => ''), /no rows|empty|unusable|missing or invalid/],
    ['JSON that is cut off', changeText(`*.${extension}`, (given) => given.slice(0, -20)), /invalid|JSON/],
    [
      'an id that stands twice',
      changeText('provenance.jsonl', (given) => given.replace(/"id":"pair-\d+"/g, '"id":"pair-1"')),
      /pair-1 appears more than once/,
    ],
  ]
}

/** A second file with the rows of the first, as another split. */
const otherSplit =
  (name: string, to: string, more: Damage = async () => undefined): Damage =>
  async (directory) => {
    await cp(join(directory, name), join(directory, to))
    await more(directory)
  }

const inFirst = (extension: 'json' | 'jsonl', change: (row: Loose) => unknown): Damage =>
  changeRows(extension, (rows) => void change(rows[0] ?? {}))

const tables: readonly Table[] = [
  {
    format: 'llava',
    cases: [
      ...common('json', human, gpt, 'value', (row, path) => (row['image'] = path)),
      ['JSONL in place of a list', changeText('*.json', (text) => JSON.parse(text).map((row: Loose) => JSON.stringify(row)).join('\n')), /invalid|not a JSON list/], // prettier-ignore
      ['an image that is null', inFirst('json', (row) => (row['image'] = null)), /must be one path/],
      ['a list of images', inFirst('json', (row) => (row['image'] = [row['image']])), /must be one path/],
      ['a video', inFirst('json', (row) => (row['video'] = 'media/a.mp4')), /does not read the key video/],
      ['another role', inFirst('json', (row) => (gpt(row)['from'] = 'assistant bot')), /does not know the role/],
      [
        'a system text',
        inFirst('json', (row) => row['conversations'].unshift({ from: 'system', value: 'Be brief.' })),
        /does not know the role "system"/,
      ],
      ['a leading gpt turn', inFirst('json', (row) => row['conversations'].unshift({ from: 'gpt', value: 'Hello.' })), /must alternate/],
      ['a last turn of human', inFirst('json', (row) => row['conversations'].push({ from: 'human', value: 'And?' })), /end with assistant/],
      [
        'a token in a later turn',
        changeRows('json', (rows) => (longest(rows)['conversations'][2].value += ' <image>')),
        /contains <image>/,
      ],
      [
        'a token behind the question',
        inFirst('json', (row) => (human(row)['value'] = `${human(row)['value'].replace('<image>\n', '')} <image>`)),
        /must stand alone on the first line/,
      ],
      [
        'an image that no token shows',
        changeRows('json', (rows) => (longest(rows)['image'] = withImage(rows)['image'])),
        /stands 0 times, but there are 1/,
      ],
      ['ASSISTANT: in a text', inFirst('json', (row) => (gpt(row)['value'] += ' ASSISTANT: yes')), /“ASSISTANT:”/],
      ['</s> in a text', inFirst('json', (row) => (human(row)['value'] += ' </s>')), /“<\/s>”/],
      ['preference keys', inFirst('json', (row) => (row['chosen'] = 'a')), /does not read the key chosen/],
      ['an id of two rows', changeRows('json', (rows) => rows.forEach((row) => (row['id'] = 'h1'))), /h1 appears more than once/],
      ['a medium in two splits', otherSplit('harbour.json', 'harbour_test.json'), /is in two splits/],
    ],
  },
  {
    format: 'qwen',
    cases: [
      ...common('json', human, gpt, 'value', (row, path) => (row['image'][0] = path)),
      [
        'a system turn, which would be trained on',
        inFirst('json', (row) => row['conversations'].unshift({ from: 'system', value: 'Be brief.' })),
        /does not know the role "system"/,
      ],
      [
        'another role, which would be trained on',
        inFirst('json', (row) => (human(row)['from'] = 'Human')),
        /does not know the role "Human"/,
      ],
      [
        'a list of frames as a video',
        inFirst('json', (row) => (row['video'] = [['media/a.jpg']])),
        /path of a medium is missing or not a text/,
      ],
      ['preference keys', inFirst('json', (row) => (row['rejected'] = 'a')), /does not read the key rejected/],
      ['a line that opens with assistant', inFirst('json', (row) => (human(row)['value'] += '\nassistant')), /begins with “assistant”/],
      ['a medium in two splits', otherSplit('harbour.json', 'harbour_validation.json'), /is in two splits/],
    ],
  },
  {
    format: 'internvl',
    system: 'You look closely.',
    cases: [
      ...common('jsonl', human, gpt, 'value', (row, path) => (row['image'][0] = path)),
      ['one path beside a system text', inFirst('jsonl', (row) => (row['image'] = row['image'][0])), /image must be a list/],
      [
        'text in place of value',
        inFirst('jsonl', (row) => (row['conversations'] = row['conversations'].map(({ from, value }: Loose) => ({ from, text: value })))),
        /lacks from or value/,
      ],
      ['a video', inFirst('jsonl', (row) => (row['video'] = 'media/a.mp4')), /does not read the key video/],
      ['a label', inFirst('jsonl', (row) => (row['label'] = true)), /does not read the key label/],
      [
        'an annotation that is no jsonl',
        changeJson('meta.json', (meta) => void (meta['harbour'].annotation = 'harbour.json')),
        /does not end in jsonl/,
      ],
      ['part of a repetition', changeJson('meta.json', (meta) => void (meta['harbour'].repeat_time = 1.5)), /repeat_time is 1.5/],
      ['a data_augment that is no boolean', changeJson('meta.json', (meta) => void (meta['harbour'].data_augment = 'no')), /data_augment/],
      ['a meta file without entries', changeText('meta.json', () => '{}'), /describes no data set/],
      ['an id of two rows', changeRows('jsonl', (rows) => rows.forEach((row) => (row['id'] = 1))), /1 appears more than once/],
      [
        'a medium in two splits',
        otherSplit(
          'harbour.jsonl',
          'harbour_test.jsonl',
          changeJson('meta.json', (meta) => void (meta['t'] = { ...meta['harbour'], annotation: 'harbour_test.jsonl' })),
        ),
        /is in two splits/,
      ],
    ],
  },
  {
    format: 'internvl',
    kind: 'dpo',
    cases: [
      ['answers that are the same', inFirst('jsonl', (row) => (row['rejected'] = ` ${row['chosen']}`)), /are the same/],
      ['a token too many', inFirst('jsonl', (row) => (row['question'] += '<image>')), /stands 2 times/],
      ['a blank answer', inFirst('jsonl', (row) => (row['rejected'] = '')), /is blank/],
    ],
  },
  {
    format: 'llamafactory',
    system: 'You look closely.',
    cases: [
      ...common('json', user, assistant, 'content', (row, path) => (row['images'][0] = path)),
      ['a role that no tag names', inFirst('json', (row) => (user(row)['role'] = 'human')), /does not know the role "human"/],
      [
        'a user_tag that no row has',
        changeJson('dataset_info.json', (info) => void (info['harbour'].tags.user_tag = 'human')),
        /does not know the role "user \(no tag\)"/,
      ],
      ['no system_tag', changeJson('dataset_info.json', (info) => void delete info['harbour'].tags.system_tag), /does not name system_tag/],
      ['no role_tag', changeJson('dataset_info.json', (info) => void delete info['harbour'].tags.role_tag), /does not name role_tag/],
      ['no tags at all', changeJson('dataset_info.json', (info) => void delete info['harbour'].tags), /does not name user_tag/],
      [
        'messages that are not mapped',
        changeJson('dataset_info.json', (info) => void delete info['harbour'].columns.messages),
        /does not map messages/,
      ],
      [
        'images that are not mapped',
        changeJson('dataset_info.json', (info) => void delete info['harbour'].columns.images),
        /does not read the key images/,
      ],
      [
        'a mapped column that no row has',
        changeJson('dataset_info.json', (info) => void (info['harbour'].columns.videos = 'videos')),
        /maps videos to videos, which no row has/,
      ],
      ['the formatting openai', changeJson('dataset_info.json', (info) => void (info['harbour'].formatting = 'openai')), /“openai”/],
      [
        'a data file that is not there',
        changeJson('dataset_info.json', (info) => void (info['harbour'].file_name = 'other.json')),
        /other\.json/,
      ],
      ['no dataset_info.json', (directory) => rm(join(directory, 'dataset_info.json')), /missing or invalid/],
      ['a token in a system text', inFirst('json', (row) => (row['messages'][0].content += ' <image>')), /text of system contains <image>/],
      ['a row that is cut off', inFirst('json', (row) => (assistant(row)['content'] += ' yes'.repeat(4000))), /cutoff_len/],
      [
        'a medium in two splits',
        otherSplit(
          'harbour.json',
          'harbour_test.json',
          changeJson('dataset_info.json', (info) => void (info['t'] = { ...info['harbour'], file_name: 'harbour_test.json' })),
        ),
        /is in two splits/,
      ],
    ],
  },
  {
    format: 'llamafactory',
    kind: 'dpo',
    cases: [
      ['a chosen text', inFirst('json', (row) => (row['chosen'] = 'Two.')), /one message of the assistant/],
      ['answers that are the same', inFirst('json', (row) => (row['rejected'] = row['chosen'])), /are the same/],
      ['a token in an answer', inFirst('json', (row) => (row['rejected'].content += ' <image>')), /text of rejected contains <image>/],
      [
        'a last turn of the assistant',
        inFirst('json', (row) => row['messages'].push({ role: 'assistant', content: 'Two.' })),
        /end with user/,
      ],
      ['no ranking', changeJson('dataset_info.json', (info) => void delete info['harbour'].ranking), /end with assistant/],
      [
        'answers that are not mapped',
        changeJson('dataset_info.json', (info) => void delete info['harbour'].columns.chosen),
        /does not map chosen/,
      ],
    ],
  },
  {
    format: 'llamafactory',
    kind: 'kto',
    cases: [
      ['the label "true"', changeRows('json', (rows) => rows.forEach((row) => (row['label'] = String(row['label'])))), /label is "true"/],
      ['the label 1', inFirst('json', (row) => (row['label'] = 1)), /label is 1/],
      [
        'labels that are all the same',
        changeRows('json', (rows) => rows.forEach((row) => (row['label'] = true))),
        /All labels are the same/,
      ],
      [
        'a label that is not mapped',
        changeJson('dataset_info.json', (info) => void delete info['harbour'].columns.kto_tag),
        /does not read the key label/,
      ],
    ],
  },
  {
    format: 'alpaca',
    cases: [
      ['a token too many', inFirst('json', (row) => (row['instruction'] += '<image>')), /stands 2 times/],
      ['a token in an answer', inFirst('json', (row) => (row['output'] += '<image>')), /contains <image>/],
      ['a blank answer', inFirst('json', (row) => (row['output'] = '')), /is blank/],
      ['a history that is no pairs', changeRows('json', (rows) => (rows[0]!['history'] = [['q']])), /not a list of pairs/],
      [
        'images that are not mapped',
        changeJson('dataset_info.json', (info) => void delete info['harbour'].columns.images),
        /does not read the key images/,
      ],
      ['an input that is a list', inFirst('json', (row) => (row['input'] = ['a'])), /list in one row|not a text/],
    ],
  },
  {
    format: 'ms-swift',
    boxes: 'qwen2-vl',
    cases: [
      ...common('jsonl', user, assistant, 'content', (row, path) => (row['images'][0] = path)),
      ['a role that it does not know', inFirst('jsonl', (row) => (user(row)['role'] = 'human')), /does not know the role/],
      ['a column that is dropped', inFirst('jsonl', (row) => (row['source'] = 'x')), /does not read the key source/],
      [
        'chosen and rejected',
        inFirst('jsonl', (row) => Object.assign(row, { chosen: 'a', rejected: 'b' })),
        /does not read the key chosen/,
      ],
      ['image beside images', inFirst('jsonl', (row) => (row['image'] = row['images'][0])), /does not read the key image/],
      [
        'a box of three numbers',
        changeRows('jsonl', (rows) => rows.find((row) => row['objects'])!['objects'].bbox[0].pop()),
        /not a list of 2 or 4/,
      ],
      [
        'a box outside of the image',
        changeRows('jsonl', (rows) => (rows.find((row) => row['objects'])!['objects'].bbox[0][2] = 5000)),
        /does not lie within/,
      ],
      [
        'fewer boxes than tokens',
        changeRows('jsonl', (rows) => (rows.find((row) => row['objects'])!['objects'].bbox = [])),
        /<bbox> stands 1 times, but there are 0/,
      ],
      [
        'fewer names than tokens',
        changeRows('jsonl', (rows) => (rows.find((row) => row['objects'])!['objects'].ref = [])),
        /<ref-object> stands 1 times, but there are 0/,
      ],
      [
        'an image that is not there',
        changeRows('jsonl', (rows) => (rows.find((row) => row['objects'])!['objects'].image_id = [3])),
        /image_id 3 names none/,
      ],
      [
        'an unknown bbox_type',
        changeRows('jsonl', (rows) => (rows.find((row) => row['objects'])!['objects'].bbox_type = 'pixel')),
        /neither real nor norm1/,
      ],
      [
        'a data file that is not there',
        changeJson('dataset_info.json', (info) => void (info[0].dataset_path = 'other.jsonl')),
        /other\.jsonl/,
      ],
      ['a folder as a data set', changeJson('dataset_info.json', (info) => void (info[0].dataset_path = 'media')), /not a JSONL file/],
      ['a medium in two splits', otherSplit('harbour.jsonl', 'harbour_test.jsonl'), /is in two splits/],
    ],
  },
  {
    format: 'ms-swift',
    kind: 'dpo',
    cases: [
      ['a rejected answer that is null', inFirst('jsonl', (row) => (row['rejected_response'] = null)), /is null, not a text/],
      ['answers that are the same', inFirst('jsonl', (row) => (row['rejected_response'] = assistant(row)['content'])), /are the same/],
      ['a row without a rejected answer', inFirst('jsonl', (row) => delete row['rejected_response']), /Some rows have a rejected answer/],
      [
        'rejected messages without images',
        inFirst(
          'jsonl',
          (row) => (row['rejected_messages'] = [user(row), { role: 'assistant', content: 'No.' }]) && delete row['rejected_response'],
        ),
        /without rejected_images/,
      ],
    ],
  },
  {
    format: 'ms-swift',
    kind: 'kto',
    cases: [
      [
        'the label "false", which counts as true',
        changeRows('jsonl', (rows) => rows.forEach((row) => (row['label'] = String(row['label'])))),
        /label is "true"/,
      ],
      [
        'labels that are all the same',
        changeRows('jsonl', (rows) => rows.forEach((row) => (row['label'] = false))),
        /All labels are the same/,
      ],
    ],
  },
]

describe.each(tables)('a $format set ($kind)', ({ format, cases, kind = 'sft', boxes, system }) => {
  let project: TestProject
  beforeAll(async () => {
    project = await newMixedProject()
    await exportProject(project, format, { kind, ...(boxes && { boxes }), ...(system !== undefined && { system }) })
  })
  afterAll(() => project.remove())

  it('has no fault as it is exported', async () => {
    expect((await validate(format, project.out)).issues).toEqual([])
  })

  it.each(cases)('is refused with %s', async (what, damage, says) => {
    const damaged = join(project.root, `damaged ${what.replace(/\W+/g, ' ')}`)
    await cp(project.out, damaged, { recursive: true })
    await damage(damaged)
    const { issues } = await validate(format, damaged)
    expect(issues.map(({ message }) => message).join('\n')).toMatch(says)
  })
})
