import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { parquetWriteFile } from 'hyparquet-writer'
import sharp from 'sharp'
import { pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFiles } from '../../../../src/main/exchange/import/importFiles'
import { listCandidates } from '../../../../src/main/store/candidates/candidates'
import { readImportedSystem } from '../../../../src/main/store/candidates/importedPairs'
import { decide, redo, undo } from '../../../../src/main/store/decisions/decisions'
import { inspectDatabase } from '../../../../src/main/store/recovery/doctor'
import type { PairFormat } from '../../../../src/shared/imports'
import { inEnglish } from '../../../support/inEnglish'
import { type ImportProject, newImportProject, put } from '../../../support/importProject'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject('custom')
  for (const [at, name] of ['a.png', 'b.png', 'images/c.png'].entries())
    await put(project, name, await sharp({ create: { width: 30, height: 20, channels: 3, background: { r: at * 80, g: 90, b: 30 } } }).png().toBuffer()) // prettier-ignore
})
afterEach(() => project.remove())

const asList = (rows: readonly unknown[]) => JSON.stringify(rows)
const asLines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n')

async function importText(
  format: PairFormat,
  text: string,
  { pairs = 'accepted', name = 'data.json' }: { pairs?: 'accepted' | 'pending'; name?: string } = {},
) {
  const file = await put(project, name, text)
  return inEnglish(await importFiles(project, { format, file, mediaDirectory: project.inbox, pairs }, { reviewer: 'Grace' }))
}

const candidates = () => listCandidates(project.db, {}, null, 100).candidates
const texts = () =>
  candidates().map(({ itemSourceId, state, instruction, response, draft, conversation, turn, rationale }) => ({
    ...{ item: itemSourceId, state, instruction, response },
    ...(draft && { draft: draft.response }),
    ...(conversation !== null && { place: `${conversation}.${turn}` }),
    ...(rationale !== null && { rationale }),
  }))
const reasons = ({ problems }: { problems: readonly { reason: unknown; line: number | null }[] }) =>
  problems.map(({ line, reason }) => `${line}: ${String(reason)}`)

const ask = (value: string) => ({ from: 'human', value })
const say = (value: string) => ({ from: 'gpt', value })
const user = (content: unknown) => ({ role: 'user', content })
const assistant = (content: unknown) => ({ role: 'assistant', content })

describe('pairs of foreign files', () => {
  it('reads LLaVA as a list and as lines, with a byte order mark and other line ends', async () => {
    const rows = [
      { id: '000000000001', image: 'a.png', conversations: [ask('<image>\nWhat is it?'), say('A thing.'), ask('Why?'), say('It is so.')] },
      { id: '000000000001', image: 'a.png', conversations: [ask('Describe it.\n<image>'), say('A dark square.')] },
      { id: 'b', image: 'b.png', conversations: [ask('<image>\nAnd this?'), say('Another.')] },
    ]
    expect(await importText('llava', asList(rows))).toMatchObject({
      added: 2,
      problems: [],
      notes: [],
      pairs: { added: 4, known: 0, accepted: 4 },
    })
    const expected = [
      { item: '000000000001', state: 'accepted', instruction: 'What is it?', response: 'A thing.', place: '0.0' },
      { item: '000000000001', state: 'accepted', instruction: 'Why?', response: 'It is so.', place: '0.1' },
      { item: '000000000001', state: 'accepted', instruction: 'Describe it.', response: 'A dark square.' },
      { item: 'b', state: 'accepted', instruction: 'And this?', response: 'Another.' },
    ]
    expect(texts()).toEqual(expected)
    const lines = `\ufeff${asLines(rows).replaceAll('\n', '\r\n')}\r\n`
    expect(await importText('llava', lines, { name: 'data.jsonl' })).toMatchObject({
      added: 0,
      problems: [],
      pairs: { added: 0, known: 4, accepted: 0 },
    })
    expect(texts()).toEqual(expected)
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  it('keeps system texts and reasoning, and takes back all that was accepted in one undo', async () => {
    const messages = [{ role: 'system', content: 'Be brief.' }, user('<image>How many?'), assistant('<think>\nI count.\n</think>\n\nTwo.')]
    await importText(
      'llamafactory',
      asList([
        { messages, images: ['a.png'] },
        { messages: [user('<image>Why?'), assistant('So.')], images: ['b.png'] },
      ]),
    )
    expect(texts()).toEqual([
      { item: 'a.png', state: 'accepted', instruction: 'How many?', response: 'Two.', rationale: 'I count.' },
      { item: 'b.png', state: 'accepted', instruction: 'Why?', response: 'So.' },
    ])
    expect(candidates().map(({ id }) => readImportedSystem(project.db, id))).toEqual(['Be brief.', null])
    undo(project.db, 'Grace')
    expect(texts().map(({ state }) => state)).toEqual(['pending', 'pending'])
    // What was taken back stays so.
    expect(await importText('llamafactory', asList([{ messages, images: ['a.png'] }]))).toMatchObject({
      pairs: { added: 0, known: 1, accepted: 0 },
    })
  })

  it('accepts what an earlier import left pending and nobody has decided', async () => {
    const row = { image: 'a.png', conversations: [ask('What?'), say('That.')] }
    expect(await importText('sharegpt', asList([row]), { pairs: 'pending' })).toMatchObject({ pairs: { added: 1, accepted: 0 } })
    expect(await importText('sharegpt', asList([row]))).toMatchObject({ pairs: { added: 0, known: 1, accepted: 1 } })
    expect(texts()).toMatchObject([{ state: 'accepted' }])
  })

  const preferences: readonly [PairFormat, string, unknown][] = [
    ['llamafactory', 'chosen and rejected messages', { messages: [user('<image>Who?')], chosen: assistant('He.'), rejected: assistant('She.'), images: ['a.png'] }],
    ['ms-swift', 'a rejected response', { messages: [user('<image>Who?'), assistant('He.')], rejected_response: 'She.', images: ['a.png'] }],
    ['internvl', 'a question', { image: 'a.png', question: '<image>\nWho?', chosen: 'He.', rejected: 'She.' }],
    ['chat', 'preferred outputs', { input: { messages: [user([{ type: 'image_url', image_url: { url: 'a.png' } }, { type: 'text', text: 'Who?' }])] }, preferred_output: [assistant('He.')], non_preferred_output: [assistant('She.')] }],
    ['sharegpt', 'chosen and rejected turns', { image: 'a.png', conversations: [ask('<image>Who?')], chosen: say('He.'), rejected: say('She.') }],
    ['alpaca', 'two outputs', { instruction: '<image>Who?', input: '', chosen: 'He.', rejected: 'She.', images: ['a.png'] }],
    ['sharegpt', 'whole conversations', { images: ['a.png'], chosen: [user('<image>Who?'), assistant('He.')], rejected: [user('<image>Who?'), assistant('She.')] }],
  ] // prettier-ignore
  it.each(preferences)('reads preferences of %s with %s', async (format, _what, row) => {
    expect(await importText(format, asList([row]))).toMatchObject({ problems: [], pairs: { added: 1, accepted: 1 } })
    expect(texts()).toEqual([{ item: 'a.png', state: 'edited', instruction: 'Who?', response: 'He.', draft: 'She.' }])
  })

  it('accepts and rejects by labels, and says so where they stay pending', async () => {
    const rows = [true, false].map((label) => ({ messages: [user(`<image>Is it ${label}?`), assistant('Yes.')], label, images: ['a.png'] }))
    expect(await importText('ms-swift', asLines(rows), { name: 'data.jsonl' })).toMatchObject({
      pairs: { added: 2, accepted: 1, rejected: 1 },
    })
    expect(texts().map(({ state }) => state)).toEqual(['accepted', 'rejected'])
    undo(project.db, 'Grace')
    expect(texts().map(({ state }) => state)).toEqual(['pending', 'pending'])
    redo(project.db, 'Grace')
    expect(texts().map(({ state }) => state)).toEqual(['accepted', 'rejected'])
    const others = rows.map((row) => ({ ...row, images: ['b.png'] }))
    const report = await importText('ms-swift', asLines(others), { name: 'data.jsonl', pairs: 'pending' })
    expect(report.notes.map(({ reason }) => reason)).toEqual(['pairs with the label false come in as pending, like the others (1): b.png'])
  })

  it('puts turns of preference rows back into one conversation', async () => {
    const first = { messages: [user('<image>One?'), assistant('1')], rejected_response: 'I', images: ['a.png'] }
    const second = {
      messages: [user('<image>One?'), assistant('1'), user('Two?'), assistant('2')],
      rejected_response: 'II',
      images: ['a.png'],
    }
    await importText('ms-swift', asLines([first, second]), { name: 'data.jsonl' })
    expect(texts()).toEqual([
      { item: 'a.png', state: 'edited', instruction: 'One?', response: '1', draft: 'I', place: '0.0' },
      { item: 'a.png', state: 'edited', instruction: 'Two?', response: '2', draft: 'II', place: '0.1' },
    ])
  })

  const read: readonly [PairFormat, string, unknown, object][] = [
    ['chat', 'parts with an image as a data URL', { messages: [user([{ type: 'text', text: 'What?' }, { type: 'image_url', image_url: { url: 'DATA' } }]), assistant('That.')] }, { instruction: 'What?', response: 'That.' }],
    ['chat', 'reasoning of its own key', { messages: [user([{ type: 'image_url', image_url: 'a.png' }, { type: 'text', text: 'What?' }]), { ...assistant('That.'), reasoning_content: 'I looked.' }] }, { rationale: 'I looked.' }],
    ['axolotl', 'parts with paths', { messages: [user([{ type: 'image', path: 'a.png' }, { type: 'text', text: 'What?' }]), assistant([{ type: 'text', text: 'That.' }])] }, { instruction: 'What?', response: 'That.' }],
    ['alpaca', 'an input and a history', { instruction: 'And', input: 'then?', output: 'End.', history: [['<image>First?', 'Start.']], images: ['a.png'] }, { instruction: 'First?', response: 'Start.' }],
    ['qwen', 'several images', { image: ['a.png', 'b.png'], conversations: [ask('<image>\n<image>\nWhat changed?'), say('All.')] }, { instruction: 'What changed?' }],
    ['internvl', 'numbered frames', { id: 0, image: ['a.png', 'b.png'], conversations: [ask('Frame-1: <image>\nFrame-2: <image>\nWhat happens?'), say('Much.')] }, { instruction: 'What happens?' }],
    ['qwen', 'images named in the text', { id: 'i', conversations: [{ from: 'user', value: 'Picture 1: <img>a.png</img>\nWhat changed?' }, { from: 'assistant', value: 'All.' }] }, { instruction: 'What changed?', response: 'All.' }],
    ['sharegpt', 'an answer before the first question', { images: 'a.png', conversations: [say('Hello!'), ask('What?'), say('That.')] }, { instruction: 'What?' }],
    ['sharegpt', 'a last question without an answer', { images: 'a.png', conversations: [ask('What?'), say('That.'), ask('And?')] }, { instruction: 'What?' }],
    ['ms-swift', 'objects', { messages: [user('<image>Where is the <ref-object>?'), assistant('<bbox>')], images: ['a.png'], objects: { ref: ['buoy'], bbox: [[1, 2, 3, 4]] } }, { instruction: 'Where is the buoy?', response: '[1,2,3,4]' }],
    ['llava', 'an image mark within a sentence', { image: 'a.png', conversations: [ask('In <image> is what?'), say('That.')] }, { instruction: 'In <image> is what?' }],
    ['llamafactory', 'a path of another computer', { messages: [user('<image>What?'), assistant('That.')], images: ['/home/me/images/c.png'] }, { instruction: 'What?' }],
  ] // prettier-ignore
  it.each(read)('reads %s with %s', async (format, _what, row, first) => {
    const url = `data:image/png;base64,${(
      await sharp({ create: { width: 4, height: 4, channels: 3, background: '#123' } })
        .png()
        .toBuffer()
    ).toString('base64')}`
    const report = await importText(format, JSON.stringify([row]).replace('DATA', url))
    expect(reasons(report)).toEqual([])
    expect(texts()[0]).toMatchObject({ state: 'accepted', ...first })
  })

  const refused: readonly [PairFormat, string, unknown, string][] = [
    ['llava', 'an empty answer', { image: 'a.png', conversations: [ask('What?'), say('  ')] }, 'a question or an answer is empty'],
    ['llava', 'a number as an answer', { image: 'a.png', conversations: [ask('How many?'), { from: 'gpt', value: 2 }] }, 'conversations.1.value: expected a string or a list of parts'],
    ['llava', 'two questions in a row', { image: 'a.png', conversations: [ask('What?'), ask('Where?'), say('There.')] }, 'turn 2 is a second question in a row'],
    ['llava', 'two answers in a row', { image: 'a.png', conversations: [ask('What?'), say('That.'), say('There.')] }, 'turn 3 is a second answer in a row'],
    ['sharegpt', 'a role of tools', { image: 'a.png', conversations: [ask('What?'), { from: 'function_call', value: '{}' }, say('That.')] }, 'the role “function_call” of turn 2 is not supported'],
    ['sharegpt', 'no media', { conversations: [ask('What?'), say('That.')] }, 'it names no media'],
    ['sharegpt', 'no turns', { image: 'a.png', caption: 'A thing.' }, 'it has no question with an answer'],
    ['llamafactory', 'the same answers', { messages: [user('Who?')], chosen: assistant('He.'), rejected: assistant('He. '), images: ['a.png'] }, 'the chosen and the rejected answer are the same'],
    ['llamafactory', 'a label as text', { messages: [user('Who?'), assistant('He.')], label: 'true', images: ['a.png'] }, 'label: expected true or false'],
    ['chat', 'sound', { messages: [user([{ type: 'input_audio', input_audio: {} }, { type: 'text', text: 'What?' }]), assistant('That.')] }, 'turn 1 has a part of the type “input_audio”, which is not supported'],
    ['sharegpt', 'answers to other questions', { images: ['a.png'], chosen: [user('Who?'), assistant('He.')], rejected: [user('Where?'), assistant('There.')] }, 'chosen and rejected answer different questions'],
    ['alpaca', 'a missing output', { instruction: 'What?', images: ['a.png'] }, 'it has no question with an answer'],
  ] // prettier-ignore
  it.each(refused)('refuses %s with %s', async (format, _what, row, reason) => {
    const good = { image: 'b.png', conversations: [ask('What?'), say('That.')] }
    const report = await importText(format, asLines([good, row]), { name: 'data.jsonl' })
    expect(reasons(report)).toEqual([`2: ${reason}`])
    expect(texts()).toEqual([{ item: 'b.png', state: 'accepted', instruction: 'What?', response: 'That.' }])
  })

  it('imports items without their media, and names them', async () => {
    const report = await importText(
      'llava',
      asList([{ id: 'gone', image: 'gone.png', conversations: [ask('<image>\nWhat?'), say('That.')] }]),
    )
    expect(report).toMatchObject({ added: 1, pairs: { added: 1, accepted: 1 } })
    expect(reasons(report)).toEqual(['1: imported without “gone.png”, which is not in the media folder'])
  })

  it('says which keys are not read, and where marks and media differ', async () => {
    const rows = [1, 2].map((n) => ({
      image: 'a.png',
      source: 'web',
      conversations: [ask('<image><image>What?'), { ...say(`That ${n}.`), weight: 1 }],
    }))
    const report = await importText('llava', asList(rows))
    expect(report.notes.map(({ reason }) => String(reason))).toEqual([
      '“source” is not imported (2): a.png',
      '“turns.weight” is not imported (2): a.png',
      'records list another number of media than their texts have placeholders such as <image> (2): a.png',
    ])
    expect(texts().map(({ instruction }) => instruction)).toEqual(['What?', 'What?'])
  })

  it('adds pairs to items that are there, and none to an item of other media', async () => {
    const first = await put(
      project,
      'items.jsonl',
      asLines([
        { id: 'x', media: 'a.png', context: { captions: ['A thing.'] } },
        { id: 'y', media: 'a.png' },
      ]),
    )
    await importFiles(project, { format: 'jsonl', file: first, mediaDirectory: project.inbox })
    const rows = [
      { id: 'x', image: 'a.png', conversations: [ask('What?'), say('That.')] },
      { id: 'y', image: 'b.png', conversations: [ask('What?'), say('That.')] },
    ]
    const report = await importText('llava', asList(rows))
    expect(report).toMatchObject({ added: 0, unchanged: 1, pairs: { added: 1 } })
    expect(reasons(report).at(-1)).toBe('null: 1 pair is left out, since its item was not imported: y')
    expect(report.problems.at(-1)?.file).toBe('data.json')
    expect(texts()).toMatchObject([{ item: 'x' }])
  })

  it('reads tables with columns for instruction, response and image', async () => {
    const table = 'image;instruction;response\r\na.png;"What; exactly?";That.\r\nb.png;Who?;\r\n'
    const report = await importText('csv', table, { name: 'data.csv' })
    expect(reasons(report)).toEqual(['3: a question or an answer is empty'])
    expect(texts()).toEqual([{ item: 'a.png', state: 'accepted', instruction: 'What; exactly?', response: 'That.' }])
  })

  it('refuses formats without pairs, other files, and acceptance by nobody', async () => {
    const file = await put(
      project,
      'x.json',
      '{"images": [{"file_name": "a.png", "id": 1}], "annotations": [{"image_id": 1, "caption": "x"}]}',
    )
    const request = { file, mediaDirectory: project.inbox, pairs: 'accepted' } as const
    await expect(importFiles(project, { ...request, format: 'karpathy' }, { reviewer: 'Grace' })).rejects.toMatchObject({
      code: 'wrong-use',
    })
    await expect(importFiles(project, { ...request, format: 'llava' }, { reviewer: 'Grace' })).rejects.toMatchObject({ code: 'bad-file' })
    const good = await put(project, 'good.json', asList([{ image: 'a.png', conversations: [ask('What?'), say('That.')] }]))
    await expect(importFiles(project, { ...request, format: 'llava', file: good })).rejects.toMatchObject({ code: 'wrong-use' })
    await expect(
      importFiles(project, { ...request, format: 'trl', file: join(project.inbox, 'a.png') }, { reviewer: 'Grace' }),
    ).rejects.toMatchObject({ code: 'bad-file' })
    await expect(
      importFiles(project, { ...request, format: 'webdataset', file: join(project.inbox, 'a.png') }, { reviewer: 'Grace' }),
    ).rejects.toMatchObject({ code: 'bad-file' })
  })

  it.each([
    ['trl', 'rows.jsonl', '.parquet', 'ShareGPT, chat, Alpaca, axolotl'],
    ['hugging-face', 'rows.csv', '.parquet', 'CSV'],
    ['webdataset', 'rows.parquet', '.tar', 'TRL, Hugging Face'],
    ['axolotl', 'rows.parquet', '.json, .jsonl', 'TRL, Hugging Face'],
    ['csv', 'rows.jsonl', '.csv, .tsv', 'ShareGPT, chat, Alpaca, axolotl'],
  ] as const)('names the files that %s reads, and the formats that read %s', async (format, name, endings, formats) => {
    const file = await put(project, name, '{"prompt": "What?", "completion": "That."}\n')
    await expect(importFiles(project, { format, file, mediaDirectory: project.inbox, pairs: 'pending' })).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(`this format reads other files: ${endings}`),
      remedy: `For ${name}, choose one of these formats: ${formats}. Or choose a file that ends in ${endings}.`,
    })
  })

  it('notes a system text after the first question, which is put before it', async () => {
    const turns = [user('<image>Who?'), assistant('He.'), { role: 'system', content: 'Be brief.' }, user('Where?'), assistant('There.')]
    const report = await importText('chat', JSON.stringify([{ messages: turns, images: ['a.png'] }]))
    expect(report.notes.map(({ reason }) => String(reason))).toEqual(['system texts after the first question are put before it (1): a.png'])
  })

  it('notes control tokens of chat templates, in pairs and in context', async () => {
    const rows = asList([{ image: 'a.png', conversations: [ask('What?'), say('That.<|im_end|>')] }])
    expect((await importText('llava', rows)).notes.map(({ reason }) => String(reason))).toEqual([
      'texts of pairs contain control tokens of chat templates (1): data.json',
    ])
    const file = await put(project, 'items.jsonl', '{"id": "1", "media": ["b.png"], "context": {"captions": ["A cat.</s>"]}}')
    const { notes } = inEnglish(await importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox }))
    expect(notes.map(({ reason }) => String(reason))).toEqual([
      'its texts contain a control token of a chat template (</s>); models read it as the end of a turn',
    ])
  })

  it('adds nothing a second time where a pair was edited since', async () => {
    const rows = [{ image: 'a.png', conversations: [ask('What?'), say('That.')] }]
    await importText('llava', asList(rows))
    const [candidate] = candidates()
    decide(project.db, {
      candidateId: candidate?.id ?? 0,
      verdict: 'edit',
      pair: { instruction: 'What?', response: 'Quite another.' },
      reviewer: 'Ada',
    })
    expect(await importText('llava', asList(rows))).toMatchObject({ pairs: { added: 0, known: 1, accepted: 0 } })
    expect(texts()).toEqual([{ item: 'a.png', state: 'edited', instruction: 'What?', response: 'Quite another.', draft: 'That.' }])
  })

  it('adds a pair that stands in a file twice once', async () => {
    const row = { image: 'a.png', conversations: [ask('What?'), say('That.')] }
    expect(await importText('llava', asList([row, row]))).toMatchObject({ pairs: { added: 1, known: 1 } })
  })
})

const pixel = (colour: string) =>
  sharp({ create: { width: 5, height: 4, channels: 3, background: colour } })
    .png()
    .toBuffer()

async function importBinary(format: PairFormat, name: string, bytes: Uint8Array) {
  const file = await put(project, name, bytes)
  return inEnglish(await importFiles(project, { format, file, mediaDirectory: project.inbox, pairs: 'pending' }))
}

describe('pairs with their images in the file', () => {
  async function archive(members: readonly (readonly [string, string | Buffer])[]): Promise<Buffer> {
    const tar = pack()
    for (const [name, content] of members) tar.entry({ name }, content)
    tar.finalize()
    return buffer(tar)
  }
  const sample = (extra: object) => JSON.stringify({ messages: [user('What?'), assistant('That.')], ...extra })

  it('are read from tar archives; a sample without its parts is named', async () => {
    const tar = await archive([
      ['s/one.0.png', await pixel('#111')],
      ['s/one.1.png', await pixel('#222')],
      ['s/one.json', sample({ media: ['1.png', '0.png'] })],
      ['s/two.png', await pixel('#333')],
      ['s/two.txt', 'a caption'],
      ['s/three.png', await pixel('#444')],
      ['s/three.json', sample({ media: ['png', '1.png'] })],
      ['s/four.json', '{broken'],
      ['s/five.png', 'no image'],
      ['s/five.json', sample({})],
    ])
    const report = await importBinary('webdataset', 'x.tar', tar)
    expect(report.problems.map(({ reason }) => String(reason))).toEqual([
      'record 2: the sample s/two has no readable .json file',
      'record 3: the archive has no file s/three.1.png',
      'record 4: the sample s/four has no readable .json file',
      expect.stringMatching(/embedded-|not an image/),
      '1 pair is left out, since its item was not imported: five',
    ])
    expect(texts()).toEqual([{ item: 'one', state: 'pending', instruction: 'What?', response: 'That.' }])
    const whole = await archive([['a.png', await pixel('#555')], ['a.json', sample({})]]) // prettier-ignore
    await expect(importBinary('webdataset', 'cut.tar', whole.subarray(0, 700))).rejects.toMatchObject({ code: 'bad-file' })
  })

  it('are read from Parquet files of others, whose columns have other types', async () => {
    const images = [await pixel('#111'), await pixel('#222'), Buffer.from('no image')]
    const text = { encoding: 'PLAIN', type: 'STRING' } as const
    const file = join(project.inbox, 'x.parquet')
    await parquetWriteFile({
      filename: file,
      columnData: [
        { name: 'image', data: images, type: 'BYTE_ARRAY', encoding: 'PLAIN' },
        { name: 'question', data: ['What?', 'Who?', 'Where?'], ...text },
        { name: 'answer', data: ['That.', '', 'There.'], ...text },
        { name: 'source', data: ['web', 'web', 'web'], ...text },
      ],
    })
    const report = inEnglish(await importFiles(project, { format: 'hugging-face', file, mediaDirectory: project.inbox, pairs: 'pending' }))
    expect(report.problems.map(({ reason }) => String(reason))).toEqual([
      'record 2: a question or an answer is empty',
      expect.stringMatching(/image/),
      expect.stringMatching(/^1 pair is left out/),
    ])
    expect(report.notes.map(({ reason }) => String(reason))).toEqual([expect.stringMatching(/^“source” is not imported \(3\)/)])
    expect(texts()).toMatchObject([{ instruction: 'What?', response: 'That.' }])
    await expect(importBinary('trl', 'cut.parquet', (await readFile(file)).subarray(0, 300))).rejects.toMatchObject({ code: 'bad-file' })
  })
})
