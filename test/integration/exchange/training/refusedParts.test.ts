import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { parse, stringify } from 'yaml'
import type { Columns, Feature } from '../../../../src/main/exchange/export/training/parquetTable'
import { changeJson, changeParquet, changeRows, changeShard, changeText, type Loose, type Member } from '../../../support/damageSet'
import { describeRefusals, inFirst, otherSplit, type Table, type Case } from '../../../support/refusals'

const without = (name: string) => (columns: Columns): Columns => Object.fromEntries(Object.entries(columns).filter(([key]) => key !== name)) // prettier-ignore
const same = (columns: Columns) => columns
const rowsOf = (change: (rows: Loose[]) => unknown) => changeParquet(same, change)
const firstImage = (row: Loose): Loose => row['images'][0]

/** Images within Parquet. */
const embedded: readonly Case[] = [
  [
    'an image that does not decode',
    rowsOf((rows) => (firstImage(rows[0]!)['bytes'] = firstImage(rows[0]!)['bytes'].subarray(0, 500))),
    /cannot be decoded/,
  ],
  ['an image without bytes', rowsOf((rows) => (firstImage(rows[0]!)['bytes'] = null)), /has no bytes/],
  [
    'bare structs for images',
    changeParquet(
      (columns) => ({
        ...columns,
        images: { kind: 'list', of: { kind: 'struct', fields: { bytes: { kind: 'string' }, path: { kind: 'string' } } } },
      }),
      (rows) => rows.forEach((row) => (row['images'] = [])),
    ),
    /bare structs/,
  ],
  [
    'a part that is missing',
    async (directory) =>
      (await import('node:fs/promises')).rename(
        join(directory, 'data/train-00000-of-00001.parquet'),
        join(directory, 'data/train-00000-of-00002.parquet'),
      ),
    /number of parts/,
  ],
  [
    'a part of another name',
    async (directory) =>
      (await import('node:fs/promises')).rename(
        join(directory, 'data/train-00000-of-00001.parquet'),
        join(directory, 'data/pairs.parquet'),
      ),
    /by which loaders find the split/,
  ],
  ['no part', (directory) => rm(join(directory, 'data'), { recursive: true }), /no such data file/],
  ['a part that is cut off', changeText('data/train-00000-of-00001.parquet', (text) => text.slice(0, 400)), /missing or invalid/],
  ['a medium in two splits', otherSplit('data/train-00000-of-00001.parquet', 'data/test-00000-of-00001.parquet'), /is in two splits/],
]

const withText = (change: (part: Loose) => unknown, key = 'prompt') =>
  rowsOf((rows) => change(rows[0]![key][0].content.find(({ type }: Loose) => type === 'text')))

const partsWithImage: Feature = {
  kind: 'list',
  of: {
    kind: 'struct',
    fields: {
      role: { kind: 'string' },
      content: {
        kind: 'list',
        of: { kind: 'struct', fields: { type: { kind: 'string' }, text: { kind: 'string' }, image: { kind: 'string' } } },
      },
    },
  },
}
const plainContent: Feature = { kind: 'list', of: { kind: 'struct', fields: { role: { kind: 'string' }, content: { kind: 'string' } } } }

const dataUrl = (format: 'png' | 'tiff', bytes: Buffer) => `data:image/${format};base64,${bytes.toString('base64')}`
const grey = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'grey' } })
  .toColourspace('b-w')
  .png()
  .toBuffer()
const imagePart = (row: Loose): Loose =>
  row['messages'].find(({ role }: Loose) => role === 'user').content.find(({ type }: Loose) => type === 'image_url')
const card = (change: (yaml: Loose) => unknown) =>
  changeText('README.md', (text) => {
    const [, yaml = '', rest = ''] = /^---\n([\s\S]*?)\n---([\s\S]*)$/.exec(text) ?? []
    const content = parse(yaml)
    change(content)
    return `---\n${stringify(content)}---${rest}`
  })
const croissant = (change: (set: Loose) => unknown) => changeJson('croissant.json', (set) => void change(set))

/** Puts an image folder in place of Parquet. */
const imageFolder =
  (rows: readonly Loose[], name = 'metadata.jsonl') =>
  async (directory: string) => {
    const { mkdir, writeFile } = await import('node:fs/promises')
    await mkdir(join(directory, 'train/img'), { recursive: true })
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).toFile(join(directory, 'train/img/a.png'))
    await writeFile(join(directory, 'train', name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  }

const messages = (change: (list: Loose[], row: Loose) => unknown) =>
  changeShard((members) => {
    const json = members.find(({ name }) => name.endsWith('.json'))!
    const row = JSON.parse(json.bytes.toString())
    change(row.messages, row)
    json.bytes = Buffer.from(JSON.stringify(row))
  })
const swap = (members: Member[], a: number, b: number) => {
  const [one, two] = [members[a]!, members[b]!]
  return members.with(a, two).with(b, one)
}

const tables: readonly Table[] = [
  {
    format: 'chat',
    cases: [
      ['an unknown role', inFirst('jsonl', (row) => (row['messages'][0].role = 'human')), /does not know the role/],
      ['a last turn of the user', inFirst('jsonl', (row) => row['messages'].push({ role: 'user', content: 'And?' })), /end with assistant/],
      ['an answer that is null', inFirst('jsonl', (row) => (row['messages'].at(-1).content = null)), /is null, not a text/],
      ['a blank answer', inFirst('jsonl', (row) => (row['messages'].at(-1).content = ' ')), /is blank/],
      ['<image> in a text', inFirst('jsonl', (row) => (row['messages'].at(-1).content += '<image>')), /contains <image>/],
      [
        'an image in an answer',
        inFirst('jsonl', (row) => (row['messages'].at(-1).content = [imagePart(row), { type: 'text', text: 'So.' }])),
        /only the user may show images/,
      ],
      [
        'a video',
        inFirst('jsonl', (row) => row['messages'][0].content.push({ type: 'video_url', video_url: { url: 'https://example.org/a.mp4' } })),
        /unknown type "video_url"/,
      ],
      [
        'an http address',
        inFirst('jsonl', (row) => (imagePart(row)['image_url'].url = 'http://example.org/a.png')),
        /neither an https address/,
      ],
      ['a path', inFirst('jsonl', (row) => (imagePart(row)['image_url'].url = 'media/a.png')), /neither an https address/],
      [
        'bytes that are no image',
        inFirst('jsonl', (row) => (imagePart(row)['image_url'].url = dataUrl('png', Buffer.from('no image at all')))),
        /cannot be decoded/,
      ],
      [
        'an image in grey',
        inFirst('jsonl', (row) => (imagePart(row)['image_url'].url = dataUrl('png', grey))),
        /only JPEG, PNG and WEBP in RGB/,
      ],
      ['a TIFF', inFirst('jsonl', (row) => (imagePart(row)['image_url'].url = dataUrl('tiff', grey))), /neither an https address/],
      [
        'more than 50,000 rows with images',
        changeText('*.jsonl', () => `${JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }, { type: 'image_url', image_url: { url: 'https://example.org/a.png' } }] }, { role: 'assistant', content: 'So.' }] })}\n`.repeat(50_001)), // prettier-ignore
        /50001 rows with images; at most 50000/,
      ],
      ['few rows', changeRows('jsonl', (rows) => rows.splice(1)), /no fewer than 10/],
      ['another detail', inFirst('jsonl', (row) => (imagePart(row)['image_url'].detail = 'huge')), /auto, low or high/],
      ['a weight of one half', inFirst('jsonl', (row) => (row['messages'].at(-1).weight = 0.5)), /weight is not 0 or 1/],
      [
        'eleven images',
        inFirst('jsonl', (row) => row['messages'][0].content.unshift(...Array.from({ length: 10 }, () => imagePart(row)))),
        /has 11 images; at most 10/,
      ],
      [
        'an image of more than 10 MB',
        inFirst('jsonl', (row) => (imagePart(row)['image_url'].url = dataUrl('png', Buffer.alloc(10_000_001)))),
        /has 10000001 bytes/,
      ],
      ['a label', inFirst('jsonl', (row) => (row['label'] = true)), /does not read the key label/],
      ['boxes', inFirst('jsonl', (row) => (row['objects'] = {})), /does not read the key objects/],
      [
        'images among answers to prefer',
        inFirst('jsonl', (row) => {
          row['input'] = { messages: row['messages'].slice(0, -1) }
          row['preferred_output'] = [{ role: 'assistant', content: 'a' }]
          row['non_preferred_output'] = [{ role: 'assistant', content: 'b' }]
        }),
        /must be text only/,
      ],
      [
        'two preferred answers',
        inFirst('jsonl', (row) => {
          row['input'] = { messages: [{ role: 'user', content: 'a?' }] }
          row['preferred_output'] = [
            { role: 'assistant', content: 'a' },
            { role: 'assistant', content: 'c' },
          ]
          row['non_preferred_output'] = [{ role: 'assistant', content: 'b' }]
        }),
        /preferred_output is not exactly one message/,
      ],
      [
        'answers that are the same',
        inFirst('jsonl', (row) => {
          row['input'] = { messages: [{ role: 'user', content: 'a?' }] }
          row['preferred_output'] = [{ role: 'assistant', content: 'a' }]
          row['non_preferred_output'] = [{ role: 'assistant', content: 'a' }]
        }),
        /are the same/,
      ],
      ['bytes that are not UTF-8', changeText('*.jsonl', (text) => Buffer.from(text.replace('cat', '\u00e9'), 'latin1')), /UTF-8/],
      ['a medium in two splits', otherSplit('harbour.jsonl', 'harbour_test.jsonl'), /is in two splits/],
    ],
  },
  {
    format: 'axolotl',
    system: 'You look closely.',
    cases: [
      ['a column images', inFirst('jsonl', (row) => (row['images'] = ['media/a.png'])), /does not read the key images/],
      ['a column image', inFirst('jsonl', (row) => (row['image'] = 'media/a.png')), /does not read the key image\b/],
      ['an empty column images', inFirst('jsonl', (row) => (row['images'] = [])), /does not read the key images/],
      ['content that is null', inFirst('jsonl', (row) => (row['messages'][1].content = null)), /is null, not a text/],
      ['an image that is not there', inFirst('jsonl', (row) => (row['messages'][1].content[0].path = 'media/none.png')), /does not exist/],
      ['an absolute path', inFirst('jsonl', (row) => (row['messages'][1].content[0].path = '/data/a.png')), /absolute/],
      [
        'an image in an answer',
        inFirst('jsonl', (row) => row['messages'].at(-1).content.push(row['messages'][1].content[0])),
        /only the user may show images/,
      ],
      ['<image> in a text', inFirst('jsonl', (row) => (row['messages'].at(-1).content[0].text += '<image>')), /contains <image>/],
      ['preference keys', inFirst('jsonl', (row) => (row['chosen'] = [])), /does not read the key chosen/],
      ['an unknown role', inFirst('jsonl', (row) => (row['messages'][1].role = 'human')), /does not know the role/],
      ['an unknown part', inFirst('jsonl', (row) => (row['messages'][1].content[0].type = 'image_url')), /unknown type "image_url"/],
      [
        'a text among parts',
        inFirst('jsonl', (row) => (row['messages'].at(-1).content = 'Two.')),
        /is a .* in one row and a .* in another/,
      ],
      ...['processor_type', 'skip_prepare_dataset', 'remove_unused_columns', 'sample_packing', 'chat_template'].map((key): Case => [
        `settings without ${key}`,
        changeText('axolotl.yaml', (text) => text.replace(new RegExp(`^${key}:.*\n`, 'm'), '')),
        new RegExp(`setting ${key} must be`),
      ]),
      [
        'settings of another type',
        changeText('axolotl.yaml', (text) => text.replace('type: chat_template', 'type: alpaca')),
        /datasets\[\]\.type must be chat_template/,
      ],
      [
        'settings that name no data',
        changeText('axolotl.yaml', (text) => text.replace('harbour.jsonl', 'other.jsonl')),
        /other\.jsonl does not exist/,
      ],
      ['a medium in two splits', otherSplit('harbour.jsonl', 'harbour_test.jsonl'), /is in two splits/],
    ],
  },
  {
    format: 'csv',
    cases: [
      [
        'a formula',
        changeText('*.csv', (text) => text.replace('A cat with', '=HYPERLINK("x")').replace('What is it?', '=1+1')),
        /begins like a formula/,
      ],
      ['a NUL', changeText('*.csv', (text) => text.replace('What is it?', 'What is\0 it?')), /control character/],
      ['a row that was lost', changeText('*.csv', (text) => text.replace(/[^\n]*\n$/, '')), /have \d+ rows, but \d+ were written/],
      ['a cell too many', changeText('*.csv', (text) => text.replace('What is it?', 'What, is it?')), /cells, but the header has/],
      ['a blank answer', changeText('*.csv', (text) => text.replace('A cat with green eyes.', ' ')), /response is blank/],
      ['an id of two rows', changeText('*.csv', (text) => text.replaceAll(/^pair-\d+/gm, 'pair-1')), /pair-1 appears more than once/],
      ['a header without columns', changeText('*.csv', (text) => text.replace('instruction,', 'question,')), /lacks instruction/],
      ['an open quotation mark', changeText('*.csv', (text) => `${text}"`), /not closed/],
      ['a byte order mark', changeText('*.csv', (text) => `\uFEFF${text}`), /byte order mark/],
      ['bytes that are not UTF-8', changeText('*.csv', (text) => Buffer.from(text.replace('cat', '\u00e9'), 'latin1')), /UTF-8/],
      ['a medium that is not there', changeText('*.csv', (text) => text.replace(/media\/\w{8}/g, 'media/none')), /does not exist/],
      ['an empty file', changeText('*.csv', () => ''), /no rows/],
      ['a medium in two splits', otherSplit('harbour.csv', 'harbour_test.csv'), /is in two splits/],
    ],
  },
  {
    format: 'trl',
    cases: [
      ...embedded,
      [
        'fewer placeholders than images',
        rowsOf((rows) => rows[0]!['prompt'][0].content.shift()),
        /\{type: image\} stands 0 times, but there are 1/,
      ],
      ['more placeholders than images', rowsOf((rows) => (rows[0]!['images'] = [])), /stands 1 times, but there are 0/],
      [
        'a placeholder in an answer',
        rowsOf((rows) => rows[0]!['completion'][0].content.push({ type: 'image', text: null })),
        /only the user may show images/,
      ],
      ['<image> in a text', withText((part) => (part['text'] += '<image>')), /contains <image>/],
      ['a text that is null', withText((part) => (part['text'] = null)), /is null, not a text/],
      ['a blank answer', withText((part) => (part['text'] = ' '), 'completion'), /is blank/],
      ['an unknown role', rowsOf((rows) => (rows[0]!['prompt'][0].role = 'human')), /does not know the role/],
      ['a prompt that ends with an answer', rowsOf((rows) => rows[0]!['prompt'].push(rows[0]!['completion'][0])), /end with user/],
      ['two answers', rowsOf((rows) => rows[0]!['completion'].push(rows[0]!['completion'][0])), /not exactly one message/],
      ['images that are null', rowsOf((rows) => (rows[0]!['images'] = null)), /images is not a list/],
      ['an unknown part', withText((part) => (part['type'] = 'audio')), /unknown type "audio"/],
      ['a null image in parts', changeParquet((columns) => ({ ...columns, prompt: partsWithImage })), /whose image is empty/],
      [
        'strings in place of parts',
        changeParquet(
          (columns) => ({ ...columns, completion: plainContent }),
          (rows) => rows.forEach((row) => (row['completion'] = [{ role: 'assistant', content: 'Two.' }])),
        ),
        /a text among lists of parts/,
      ],
      ['columns of no kind', changeParquet(without('completion')), /not those of sft, dpo or kto/],
      [
        'text alone in another column',
        changeParquet(
          (columns) => ({ ...columns, text: { kind: 'string' } }),
          (rows) => rows.forEach((row) => (row['text'] = 'a')),
        ),
        /not those of sft, dpo or kto/,
      ],
    ],
  },
  {
    format: 'trl',
    kind: 'dpo',
    cases: [
      ['answers that are the same', rowsOf((rows) => (rows[0]!['rejected'] = rows[0]!['chosen'])), /are the same/],
      ['an implicit prompt', changeParquet(without('prompt')), /not those of sft, dpo or kto/],
    ],
  },
  {
    format: 'trl',
    kind: 'kto',
    cases: [
      ['labels that are all the same', rowsOf((rows) => rows.forEach((row) => (row['label'] = true))), /All labels are the same/],
      [
        'a label that is a text',
        changeParquet(
          (columns) => ({ ...columns, label: { kind: 'string' } }),
          (rows) => rows.forEach((row) => (row['label'] = String(row['label']))),
        ),
        /label is "true"|label is /,
      ],
      [
        'chosen and rejected',
        changeParquet((columns) => ({ ...without('label')(columns), chosen: columns['completion']!, rejected: columns['completion']! })),
        /not those of sft, dpo or kto/,
      ],
    ],
  },
  {
    format: 'hugging-face',
    cases: [
      ...embedded,
      ['an id of two rows', rowsOf((rows) => rows.forEach((row) => (row['id'] = 'a'))), /a appears more than once/],
      ['an answer that is null', rowsOf((rows) => (rows[0]!['response'] = null)), /is null, not a text/],
      ['<image> in a text', rowsOf((rows) => (rows[0]!['response'] += '<image>')), /contains <image>/],
      ['a wrong num_examples', card((yaml) => (yaml['dataset_info'].splits[0].num_examples = 99)), /num_examples of train is 99/],
      ['a card that names not every column', card((yaml) => yaml['dataset_info'].features.pop()), /do not name the columns response/],
      [
        'a card without images',
        card((yaml) => (yaml['dataset_info'].features.find(({ name }: Loose) => name === 'images').list = 'string')),
        /bare structs/,
      ],
      ['no card', (directory) => rm(join(directory, 'README.md')), /README\.md|missing or invalid/],
      ...['conformsTo', 'name', 'description', 'url', 'datePublished', 'license', 'creator', 'distribution'].map((key): Case => [
        `Croissant without ${key}`,
        croissant((set) => delete set[key]),
        new RegExp(`key ${key} is missing`),
      ]),
      [
        'Croissant of another version',
        croissant((set) => (set['conformsTo'] = ['http://mlcommons.org/croissant/1.0'])),
        /does not name http:\/\/mlcommons\.org\/croissant\/1\.1/,
      ],
      ['Croissant without a language', croissant((set) => delete set['@context']['@language']), /@context\.@language is missing/],
      ['Croissant with http://schema.org', croissant((set) => (set['@context']['sc'] = 'http://schema.org/')), /not https:\/\/schema\.org/],
      ...['contentUrl', 'encodingFormat', 'sha256'].map((key): Case => [
        `a file without ${key}`,
        croissant((set) => delete set['distribution'][0][key]),
        new RegExp(`distribution\\.${key} is missing`),
      ]),
      ['a wrong hash', croissant((set) => (set['distribution'][0].sha256 = '0'.repeat(64))), /hash of data/],
      ['a field without a type', croissant((set) => delete set['recordSet'][0].field[0].dataType), /dataType is missing/],
      ['a dangling id', croissant((set) => (set['recordSet'][0].field[0].source.fileObject['@id'] = 'other')), /comes from other/],
      [
        'an id of two fields',
        croissant((set) => (set['recordSet'][0].field[0]['@id'] = set['recordSet'][0].field[1]['@id'])),
        /appears more than once/,
      ],
      ['an image folder with “..”', imageFolder([{ file_name: '../a.png', text: 'a' }]), /leaves the folder/],
      ['an image folder with an absolute path', imageFolder([{ file_name: '/a.png', text: 'a' }]), /absolute/],
      ['an image folder with an address', imageFolder([{ images_file_names: ['https://example.org/a.png'], text: 'a' }]), /is an address/],
      ['an image folder without the image', imageFolder([{ file_names: ['img/none.png'], text: 'a' }]), /does not exist/],
      [
        'an image folder with misnamed metadata',
        imageFolder([{ file_name: 'img/a.png' }], 'meta.jsonl'),
        /of another name is ignored \(meta\.jsonl\)/,
      ],
      ['an image folder with a null text', imageFolder([{ file_name: 'img/a.png', text: null }]), /is null, not a text/],
    ],
  },
  {
    format: 'webdataset',
    cases: [
      ['a sample that was lost', changeShard((members) => members.filter(({ name }) => !name.startsWith(`${members[0]!.name.split('.')[0]}.`))), /have \d+ rows, but \d+ were written/], // prettier-ignore
      ['members apart', changeShard((members) => swap(members, 1, 2)), /do not stand beside each other/],
      ['a member twice', changeShard((members) => [members[0]!, ...members]), /appears more than once/],
      [
        'a dot in the key',
        changeShard((members) => members.map(({ name, bytes }) => ({ name: name.replace('pair-', 'pair.'), bytes }))),
        /not <key>\.json/,
      ],
      [
        'capitals in the key',
        changeShard((members) => members.map(({ name, bytes }) => ({ name: name.replace('pair-', 'Pair-'), bytes }))),
        /not <key>\.json/,
      ],
      [
        'a member without an extension',
        changeShard((members) => [...members, { name: 'readme', bytes: Buffer.from('a') }]),
        /readme is not <key>/,
      ],
      ['other fields', changeShard((members) => members.toSpliced(0, 1)), /fields/],
      [
        'an extra field',
        changeShard((members) => [{ name: members[0]!.name.replace('.0.', '.1.'), bytes: members[0]!.bytes }, ...members]),
        /but the first sample in the folder has|lists the media/,
      ],
      [
        'an image that does not decode',
        changeShard((members) => {
          members[0]!.bytes = members[0]!.bytes.subarray(0, 900)
        }),
        /cannot be decoded/,
      ],
      [
        'JSON that is cut off',
        changeShard((members) => {
          members[1]!.bytes = members[1]!.bytes.subarray(0, 30)
        }),
        /has no JSON object/,
      ],
      ['another id', messages((_, row) => (row['id'] = 'other')), /id other in the JSON/],
      ['a blank answer', messages((list) => (list.at(-1)!['content'] = ' ')), /is blank/],
      ['<image> in a text', messages((list) => (list.at(-1)!['content'] += '<image>')), /contains <image>/],
      ['two turns of one role', messages((list) => (list[1]!['role'] = 'user')), /must alternate/],
      ['an archive that is cut off', changeText('1-jpg/train-000000.tar', (text) => text.slice(0, 300)), /missing or invalid|no rows/],
      ['a medium in two splits', otherSplit('1-jpg/train-000000.tar', '1-jpg/test-000000.tar'), /is in two splits/],
    ],
  },
]

describeRefusals(tables)
