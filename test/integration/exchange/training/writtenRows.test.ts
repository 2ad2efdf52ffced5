import { createReadStream } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readCells } from '../../../../src/main/exchange/export/csv/readCells'
import type { TrainingFormatId } from '../../../../src/shared/domain'
import type { Loose } from '../../../support/damageSet'
import { addApproved, addItem, paint, readJson, type TestProject } from '../../../support/exportProject'
import { exportProject, newMixedProject } from '../../../support/trainingSet'

let project: TestProject
beforeEach(async () => {
  project = await newMixedProject({ video: true })
})
afterEach(() => project.remove())

const media = (extension: string) => expect.stringMatching(new RegExp(`^media/[0-9a-f]{64}\\.${extension}$`))
const jpg = media('jpg')
const cat = { question: 'What is it?', answer: 'A cat with green eyes.' }
const edited = 'It looks to the side, past the camera.'
const draftOfEdit = 'It looks at a dog in the garden.'
const words = [
  ['What is word number 1?', 'It is word number 1, as can be seen.'],
  ['What is word number 2?', 'Nobody can tell from what is given here.'],
] as const
const coin = ['What is coin number 1?', 'It is coin number 1, as can be seen.'] as const
const tour = ['What is tour number 1?', 'It is tour number 1, as can be seen.'] as const

async function rowsOf(name: string): Promise<Loose[]> {
  const text = await readFile(join(project.out, name), 'utf8')
  return name.endsWith('.json') ? JSON.parse(text) : text.trimEnd().split('\n').map((line) => JSON.parse(line)) // prettier-ignore
}
const messages = (...texts: readonly string[]) => texts.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }))
const turns = (...texts: readonly string[]) => texts.map((value, at) => ({ from: at % 2 === 0 ? 'human' : 'gpt', value }))

describe('the rows of', () => {
  it('llava: one image a row, the album and the video left out with a reason', async () => {
    const report = await exportProject(project, 'llava')
    expect(await rowsOf('harbour.json')).toEqual([
      { id: 'pair-1', image: jpg, conversations: turns(`<image>\n${cat.question}`, cat.answer) },
      { id: 'pair-2', image: jpg, conversations: turns('<image>\nWhere does it look?', edited) },
      { id: 'pair-6', conversations: turns(...words[0], ...words[1]) },
    ])
    expect(report).toMatchObject({ records: 3, pairs: 4, kind: 'sft', software: expect.stringContaining('LLaVA') })
    expect(report.leftOut).toEqual([
      { reason: 'The format takes at most 1 images a row.', count: 1, items: ['coins'] },
      { reason: 'The format takes no videos. Export frames of them with --frames.', count: 1, items: ['tour'] },
    ])
  })

  it('llamafactory: messages, lists of media, and a mapping of what there is', async () => {
    await exportProject(project, 'llamafactory', { system: 'You look closely.', reasoning: true })
    const system = { role: 'system', content: 'You look closely.' }
    expect(await rowsOf('harbour.json')).toEqual([
      {
        messages: [system, ...messages(`<image>\n${cat.question}`, `<think>\nIt has whiskers.\n</think>\n\n${cat.answer}`)],
        images: [jpg],
      },
      { messages: [system, ...messages('<image>\nWhere does it look?', edited)], images: [jpg] },
      { messages: [system, ...messages(`<image>\n<image>\n${coin[0]}`, coin[1])], images: [jpg, jpg] },
      { messages: [system, ...messages(...words[0], ...words[1])] },
      { messages: [system, ...messages(`<video>\n${tour[0]}`, tour[1])], videos: [media('mp4')] },
    ])
    expect(await readJson(join(project.out, 'dataset_info.json'))).toEqual({
      harbour: {
        file_name: 'harbour.json',
        formatting: 'sharegpt',
        columns: { messages: 'messages', images: 'images', videos: 'videos' },
        tags: { role_tag: 'role', content_tag: 'content', user_tag: 'user', assistant_tag: 'assistant', system_tag: 'system' },
      },
    })
  })

  it('llamafactory for dpo: the edited answer before the draft, later turns with those before them', async () => {
    const report = await exportProject(project, 'llamafactory', { kind: 'dpo' })
    const answer = (content: string) => ({ role: 'assistant', content })
    expect(await rowsOf('harbour.json')).toEqual([
      { messages: messages('<image>\nWhere does it look?'), chosen: answer(edited), rejected: answer(draftOfEdit), images: [jpg] },
      {
        messages: messages(...words[0], words[1][0]),
        chosen: answer(words[1][1]),
        rejected: answer('It is word number 2, as can be seen.'),
      },
    ])
    expect(report.leftOut).toEqual([
      { reason: 'The pair was accepted as drafted, so there is no rejected answer.', count: 4, items: ['cat', 'coins', 'words', 'tour'] },
    ])
    expect(await readJson(join(project.out, 'dataset_info.json'))).toMatchObject({
      harbour: { ranking: true, columns: { chosen: 'chosen' } },
    })
  })

  it('llamafactory for kto: approved answers are good, rejected ones are not', async () => {
    await exportProject(project, 'llamafactory', { kind: 'kto' })
    const rows = await rowsOf('harbour.json')
    expect(rows.map((row) => [row['messages'].at(-1).content, row['label']])).toEqual([
      [cat.answer, true],
      [edited, true],
      ['Yes, it is red all over.', false],
      [coin[1], true],
      ['It is coin number 2, as can be seen.', false],
      [words[0][1], true],
      [words[1][1], true],
      [tour[1], true],
    ])
  })

  it('qwen: lists of media, human and gpt', async () => {
    await exportProject(project, 'qwen', { boxes: 'qwen2.5-vl' })
    const rows = await rowsOf('harbour.json')
    expect(rows).toHaveLength(7)
    // 451 × 300 is resized to 448 × 308.
    expect(rows[1]).toEqual({
      image: [jpg],
      conversations: turns('<image>\nFind every cat in the image.', '{"bbox_2d":[40,31,238,185],"label":"cat"}'),
    })
    expect(rows[4]).toEqual({ image: [jpg, jpg], conversations: turns(`<image>\n<image>\n${coin[0]}`, coin[1]) })
    expect(rows[6]).toEqual({ video: [media('mp4')], conversations: turns(`<video>\n${tour[0]}`, tour[1]) })
  })

  it('internvl: lists of images, numbered frames, and its meta file', async () => {
    await exportProject(project, 'internvl', { frames: 2, system: 'Be brief.' })
    const rows = await rowsOf('harbour.jsonl')
    const system = { from: 'system', value: 'Be brief.' }
    expect(rows[0]).toEqual({ id: 'pair-1', image: [jpg], conversations: [system, ...turns(`<image>\n${cat.question}`, cat.answer)] })
    expect(rows.at(-1)).toEqual({
      id: 'pair-8',
      image: [jpg, jpg],
      conversations: [system, ...turns(`Frame-1: <image>\nFrame-2: <image>\n${tour[0]}`, tour[1])],
    })
    expect(await readJson(join(project.out, 'meta.json'))).toEqual({
      harbour: { root: './', annotation: 'harbour.jsonl', data_augment: false, repeat_time: 1, length: 5 },
    })
  })

  it('internvl for dpo: question, chosen and rejected; no later turns', async () => {
    const report = await exportProject(project, 'internvl', { kind: 'dpo' })
    expect(await rowsOf('harbour.jsonl')).toEqual([
      { id: 'pair-2', image: [jpg], question: '<image>\nWhere does it look?', chosen: edited, rejected: draftOfEdit },
    ])
    expect(report.leftOut.map(({ reason }) => reason)).toContain('The format has no earlier turns in such rows.')
  })

  it('chat: data URLs in the question, a text for an answer; preferences without media', async () => {
    await exportProject(project, 'chat', { frames: 1 })
    const [first] = await rowsOf('harbour.jsonl')
    expect(first).toEqual({
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/jpeg;base64,\/9j/) } }, { type: 'text', text: cat.question }] }, // prettier-ignore
        { role: 'assistant', content: cat.answer },
      ],
    })
    const report = await exportProject(project, 'chat', { kind: 'dpo' })
    expect(await rowsOf('harbour.jsonl')).toMatchObject([
      {
        input: { messages: [{ role: 'user' }, { role: 'assistant', content: words[0][1] }, { role: 'user' }] },
        preferred_output: [{ role: 'assistant', content: words[1][1] }],
        non_preferred_output: [{ role: 'assistant', content: 'It is word number 2, as can be seen.' }],
      },
    ])
    expect(report.leftOut.map(({ reason }) => reason)).toContain('The format takes preference data as text only.')
  })

  it('ms-swift: boxes in source pixels for it to convert, and rejected_response', async () => {
    await exportProject(project, 'ms-swift', { boxes: 'qwen2-vl' })
    const rows = await rowsOf('harbour.jsonl')
    expect(rows[1]).toEqual({
      messages: messages('<image>\nFind every <ref-object> in the image.', '<bbox>'),
      images: [jpg],
      objects: { ref: ['cat'], bbox: [[40, 30, 240, 180]], image_id: [0], bbox_type: 'real' },
    })
    await exportProject(project, 'ms-swift', { kind: 'dpo' })
    expect((await rowsOf('harbour.jsonl'))[0]).toEqual({
      messages: messages('<image>\nWhere does it look?', edited),
      rejected_response: draftOfEdit,
      images: [jpg],
    })
  })

  it('alpaca: earlier turns as history', async () => {
    await exportProject(project, 'alpaca')
    const rows = await rowsOf('harbour.json')
    expect(rows[3]).toEqual({ instruction: words[1][0], input: '', output: words[1][1], history: [words[0]], system: '' })
    expect(rows[0]).toMatchObject({ instruction: `<image>\n${cat.question}`, images: [jpg] })
  })

  it('axolotl: media as parts, and the settings that keep them', async () => {
    await exportProject(project, 'axolotl')
    const rows = await rowsOf('harbour.jsonl')
    expect(rows[2]).toEqual({
      messages: [
        { role: 'user', content: [{ type: 'image', path: jpg }, { type: 'image', path: jpg }, { type: 'text', text: coin[0] }] }, // prettier-ignore
        { role: 'assistant', content: [{ type: 'text', text: coin[1] }] },
      ],
    })
    expect(rows[4]?.['messages'][0].content[0]).toEqual({ type: 'video', path: media('mp4') })
    expect(parse(await readFile(join(project.out, 'axolotl.yaml'), 'utf8'))).toMatchObject({
      ...{ processor_type: 'AutoProcessor', skip_prepare_dataset: true, remove_unused_columns: false, sample_packing: false },
      datasets: [{ path: 'harbour.jsonl', type: 'chat_template' }],
    })
  })

  it('csv: a pair a row with what it came from', async () => {
    await exportProject(project, 'csv')
    const rows: (readonly string[])[] = []
    for await (const { cells } of readCells(createReadStream(join(project.out, 'harbour.csv')))) rows.push(cells)
    const [header = [], ...body] = rows
    const second = Object.fromEntries(header.map((name, at) => [name, body[1]?.[at]]))
    expect(second).toMatchObject({
      id: 'pair-2',
      item: 'cat',
      instruction: 'Where does it look?',
      response: edited,
      draft_response: draftOfEdit,
      media: jpg,
    })
    expect(JSON.parse(second['provenance'] ?? '')).toMatchObject({
      candidate: 2,
      state: 'edited',
      reviewer: 'Ada',
      run: 1,
      promptVersion: 1,
    })
    expect(body).toHaveLength(6)
  })

  it('trl: parts without image keys, images beside them', async () => {
    await exportProject(project, 'trl', { kind: 'dpo', frames: 2 })
    const file = await asyncBufferFromFile(join(project.out, 'data/train-00000-of-00001.parquet'))
    const [first] = (await parquetReadObjects({ file, utf8: false })) as Loose[]
    const answer = (text: string) => [{ role: 'assistant', content: [{ type: 'text', text }] }]
    expect(first).toEqual({
      images: [{ bytes: expect.any(Uint8Array), path: expect.stringMatching(/^[0-9a-f]{64}\.jpg$/) }],
      prompt: [{ role: 'user', content: [{ type: 'image', text: null }, { type: 'text', text: 'Where does it look?' }] }], // prettier-ignore
      chosen: answer(edited),
      rejected: answer(draftOfEdit),
    })
  })

  it('hugging-face: a row a turn, a card that names the columns, and Croissant', async () => {
    await exportProject(project, 'hugging-face', { frames: 2, license: 'CC BY 4.0', url: 'https://example.org/harbour' })
    const file = await asyncBufferFromFile(join(project.out, 'data/train-00000-of-00001.parquet'))
    const rows = (await parquetReadObjects({ file, utf8: false })) as Loose[]
    expect(rows.map((row) => [row['id'], row['turn'], row['images'].length])).toEqual([
      ...[['pair-1', null, 1], ['pair-2', null, 1], ['pair-4', null, 2]], // prettier-ignore
      ...[['pair-6', 0n, 0], ['pair-7', 1n, 0], ['pair-8', null, 2]], // prettier-ignore
    ])
    const card = await readFile(join(project.out, 'README.md'), 'utf8')
    expect(card).toContain('| pairs | 6 |')
    expect(card).toContain('- License of the set: CC BY 4.0')
    expect(await readJson(join(project.out, 'croissant.json'))).toMatchObject({
      name: 'harbour',
      license: 'CC BY 4.0',
      url: 'https://example.org/harbour',
    })
  })

  it('webdataset: a folder for each kind of sample', async () => {
    await exportProject(project, 'webdataset')
    const folders = (await readdir(project.out)).filter((name) => !/\.jsonl?$/.test(name))
    expect(folders.toSorted()).toEqual(['1-jpg', '1-mp4', '2-jpg', 'text'])
  })
})

describe('the media of a set', () => {
  it('are upright, of a plain format, and named by their content', async () => {
    const turned = join(project.root, 'turned.jpg')
    await writeFile(turned, await sharp({ create: { width: 60, height: 30, channels: 3, background: 'red' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer()) // prettier-ignore
    const grey = join(project.root, 'grey.tif')
    await writeFile(grey, await sharp({ create: { width: 20, height: 10, channels: 3, background: 'grey' } }).toColourspace('b-w').tiff().toBuffer()) // prettier-ignore
    const item = await addItem(project, 'odd/../name with spaces?.jpg', [turned, grey, await paint(project, 'plain.png', 9)])
    const [id = 0] = addApproved(project, item, [{ instruction: 'What?', response: 'Three.' }])
    await exportProject(project, 'llamafactory')
    const row = (await rowsOf('harbour.json')).find(({ images = [] }) => images.length === 3)
    expect(row?.['images']).toEqual([jpg, media('png'), media('png')])
    const facts = await Promise.all(row?.['images'].map((name: string) => sharp(join(project.out, name)).metadata()))
    expect(facts.map(({ width, height, orientation, format, channels }) => [width, height, orientation, format, channels])).toEqual([
      [30, 60, undefined, 'jpeg', 3],
      [20, 10, undefined, 'png', 3],
      [60, 40, undefined, 'png', 3],
    ])
    const lines = (await rowsOf('provenance.jsonl')).find((line) => line['id'] === `pair-${id}`)
    expect(lines).toMatchObject({ item: 'odd/../name with spaces?.jpg', media: [{ source: 'turned.jpg', width: 30, height: 60 }, {}, {}] })
  })

  it('are the bytes that were imported where these will do, and the same in every export', async () => {
    const names: TrainingFormatId[] = ['llamafactory', 'trl', 'webdataset', 'csv']
    for (const format of names) {
      const [one, two] = [join(project.root, `${format}-1`), join(project.root, `${format}-2`)]
      const options = { frames: 2 }
      await exportProject(project, format, { ...options, out: one })
      await exportProject(project, format, { ...options, out: two })
      const list = (await readdir(one, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())
      for (const { parentPath, name } of list)
        expect(await readFile(join(parentPath, name))).toEqual(await readFile(join(parentPath.replace(one, two), name)))
    }
  })

  it('that are lost leave their pairs out, with what to do', async () => {
    const [stored = ''] = (await readdir(join(project.directory, 'media'))).filter((name) => name.endsWith('.mp4'))
    await writeFile(join(project.directory, 'media', stored), 'something else')
    const report = await exportProject(project, 'qwen')
    expect(report.leftOut).toEqual([{ reason: expect.stringMatching(/launch_tour\.mp4/), count: 1, items: ['tour'] }])
    expect(report.records).toBe(4)
  })
})

it('a set without negative answers is no kto data', async () => {
  const report = exportProject(project, 'trl', { kind: 'kto', frames: 2 })
  expect((await report).records).toBe(8)
  await expect(exportProject(project, 'llava', { kind: 'kto' })).rejects.toThrow('The format llava has no kto data.')
})

it('texts that loaders take for more than text are neutralized, and counted', async () => {
  const item = await addItem(project, 'token', [await paint(project, 'token.png', 70)])
  addApproved(project, item, [{ instruction: 'What does <image> mean?', response: 'It stands for an image <|im_end|>.' }])
  const report = await exportProject(project, 'ms-swift')
  expect((await rowsOf('harbour.jsonl')).at(-1)?.['messages']).toEqual(
    messages('<image>\nWhat does < image> mean?', 'It stands for an image < |im_end|>.'),
  )
  expect(report.changed).toEqual([{ reason: expect.stringContaining('placeholder'), count: 2, items: ['token'] }])
})
