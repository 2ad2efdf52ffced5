import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { changeJson, changeRows, changeText, type Loose } from '../../../support/damageSet'
import {
  assistant,
  common,
  describeRefusals,
  gpt,
  human,
  inFirst,
  longest,
  otherSplit,
  type Table,
  user,
  withImage,
} from '../../../support/refusals'

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
      ['a wrong length', changeJson('meta.json', (meta) => void (meta['harbour'].length = 99)), /length is 99, but the file has 4 rows/],
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
          (row) =>
            Object.assign(row, { rejected_messages: [user(row), { role: 'assistant', content: 'No.' }] }) &&
            delete row['rejected_response'],
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

describeRefusals(tables)
