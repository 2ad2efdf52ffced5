import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportRequest } from '../../../../src/shared/contract'
import { itemsBySourceId, newImportProject, put, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject('custom')
  await mkdir(join(project.inbox, 'media'))
})
afterEach(() => project.remove())

async function read(format: ImportRequest['format'], content: string) {
  const file = await put(project, 'notes.json', content)
  const named = format === 'coco' ? { instances: file } : { file }
  const report = await importFiles(project, { format, ...named, mediaDirectory: join(project.inbox, 'media') })
  const problems = report.problems.filter(({ reason }) => !reason.includes('not in the media folder'))
  return { problems: problems.map(({ item, reason }) => [item, reason]), items: [...itemsBySourceId(project.db).keys()] }
}

const turns = '"conversations": [{"from": "human", "value": "x"}, {"from": "gpt", "value": "y"}]'
const image = '{"id": 1, "file_name": "a.jpg"}'
const category = '{"id": 1, "name": "cat"}'

describe('a record that holds a key twice is refused, and the others are read', () => {
  it.each([
    ['a line', 'jsonl', '{"id": 1, "id": 2, "media": "a.jpg"}\n{"id": 3, "media": "a.jpg"}', null, 'the key “id” appears twice', ['3']],
    [
      'a line whose values hold its keys',
      'jsonl',
      '{"id": 1, "media": "a.jpg", "context": {"id": 5, "media": "\\"id\\": 2"}}',
      null,
      null,
      ['1'],
    ],
    [
      'LLaVA',
      'llava',
      `[{"id": "a", "image": "a.jpg", "image": "b.jpg", ${turns}}, {"id": "b", "image": "a.jpg", ${turns}}]`,
      'a',
      'record 1: the key “image” appears twice',
      ['b'],
    ],
    [
      'LLaVA as lines',
      'llava',
      `{"id": "a", "image": "a.jpg", "id": "b", ${turns}}\n{"id": "c", "image": "a.jpg", ${turns}}`,
      'b',
      'the key “id” appears twice',
      ['c'],
    ],
    [
      'TVC',
      'tvc',
      '{"vid_name": "v", "desc": "a", "desc": "b"}\n{"vid_name": "w", "desc": "c"}',
      null,
      'the key “desc” appears twice',
      ['w'],
    ],
    [
      'Spot-the-Diff',
      'spot-the-diff',
      '[{"img_id": "1", "sentences": ["a"], "sentences": ["b"]}, {"img_id": "2", "sentences": []}]',
      '1',
      'record 1: the key “sentences” appears twice',
      ['2'],
    ],
    [
      'ScanRefer',
      'scanrefer',
      '[{"scene_id": "s", "description": "a", "description": "b"}, {"scene_id": "t", "description": "c"}]',
      's',
      'record 1: the key “description” appears twice',
      ['t'],
    ],
    [
      'Label Studio',
      'label-studio',
      '[{"id": 1, "data": {"image": "a.jpg"}, "data": {"image": "b.jpg"}, "annotations": []}, {"id": 2, "data": {"image": "a.jpg"}, "annotations": []}]',
      null,
      'task number 1: the key “data” appears twice',
      ['2'],
    ],
    [
      'an annotation of COCO',
      'coco',
      `{"images": [${image}], "categories": [${category}], "annotations": [{"id": 7, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "bbox": [5, 6, 7, 8]}]}`,
      null,
      'annotation 7: the key “bbox” appears twice',
      ['1'],
    ],
    [
      'an image of COCO',
      'coco',
      `{"images": [{"id": 2, "file_name": "a.jpg", "file_name": "b.jpg"}, ${image}], "categories": [], "annotations": []}`,
      null,
      'image 2: the key “file_name” appears twice',
      ['1'],
    ],
  ] as const)('%s', async (_, format, content, item, reason, ids) => {
    const { problems, items } = await read(format, content)
    expect(problems).toEqual(reason === null ? [] : [[item, reason]])
    expect(items).toEqual(ids)
  })
})

describe('a bad record of a file on one line is told with its place and its id', () => {
  it.each([
    [
      'VIST',
      'vist',
      '{"albums": [{"id": "1"}, {"title": "x"}], "images": [{"id": "p", "album_id": "1"}, {"id": "q"}], "annotations": [[{"photo_flickr_id": "p", "story_id": "1", "worker_arranged_photo_order": 0, "text": "x"}], [{"text": "x"}]]}',
      [
        [null, 'record 2: album.id: expected an id'],
        ['q', 'record 2: image.album_id: expected an id'],
        [null, 'record 2: annotation.photo_flickr_id: expected an id'],
      ],
    ],
    [
      'VIA',
      'via',
      '{"a": {"filename": "a.jpg", "regions": []}, "b": {"filename": 7, "regions": []}}',
      [[null, '“b”: filename: expected a file name']],
    ],
  ] as const)('%s', async (_, format, content, problems) => {
    expect((await read(format, content)).problems).toEqual(problems)
  })
})
