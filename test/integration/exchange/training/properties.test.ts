import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCells } from '../../../../src/main/exchange/export/csv/readCells'
import { fromCell, toCell } from '../../../../src/main/exchange/export/csv/validateCsv'
import { trainingFormats } from '../../../../src/main/exchange/export/training/trainingFormats'
import { noPause } from '../../../../src/main/exchange/export/exportJob'
import { exportTraining, type TrainingOptions } from '../../../../src/main/exchange/export/training/exportTraining'
import { neutralizePlaceholders } from '../../../../src/main/exchange/export/training/placeholders'
import type { Conversation, SourceMedia } from '../../../../src/main/exchange/export/training/records'
import { cleanPairText, type TrainingFormatId } from '../../../../src/shared/domain'
import { Problem } from '../../../../src/shared/problem'
import type { Loose } from '../../../support/damageSet'
import { makeConversation, makeMedia, makePair } from '../../../support/madeConversations'

let root: string
let images: SourceMedia[]
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'exemplar-properties-'))
  images = await makeMedia(root, 5)
})
afterAll(() => rm(root, { recursive: true }))

/** Words with what loaders and spreadsheets take for more than text among them. */
const odd = [
  '<image>',
  '<video>',
  '<bbox>',
  '<img>',
  '<|im_end|>',
  '</s>',
  '<think>',
  '=1+1',
  '"',
  ',',
  '\n',
  '\r\n',
  "'",
  '@x',
  '\u2028',
  '한국어',
  '🚀',
]
const text = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom(...odd)), { minLength: 1, maxLength: 8 })
  .map((words) => cleanPairText(words.join(' ')))
  .filter((words) => words !== '')
const turn = fc.record({ instruction: text, response: text, draft: fc.option(text), reasoning: fc.option(text) })
const conversation = fc.record({ turns: fc.array(turn, { minLength: 1, maxLength: 3 }), images: fc.integer({ min: 0, max: 5 }) })
const set = fc.array(conversation, { minLength: 1, maxLength: 4 })

type Made = typeof conversation extends fc.Arbitrary<infer T> ? T : never

const toConversations = (made: readonly Made[]): Conversation[] =>
  made.map(({ turns, images: count }) =>
    makeConversation(
      turns.map(({ instruction, response, draft, reasoning }) =>
        makePair(instruction, response, {
          reasoning,
          ...(draft === null ? {} : { state: 'edited', draft: { instruction, response: draft } }),
        }),
      ),
      images.slice(0, count),
    ),
  )

/** Exports to a folder of its own; null where nothing of the set fits the format. The export reads its own files back. */
async function write(format: TrainingFormatId, conversations: readonly Conversation[], options: TrainingOptions = {}) {
  const directory = await mkdtemp(join(root, 'set-'))
  try {
    const report = await exportTraining(conversations, { format: trainingFormats[format], directory, name: 'made' }, options)
    return { directory, report }
  } catch (error) {
    if (error instanceof Problem && error.code === 'wrong-use') return null
    throw error
  }
}

async function readRows(directory: string, extension: string): Promise<Loose[]> {
  const content = await readFile(join(directory, `made.${extension}`), 'utf8')
  return extension === 'json' ? JSON.parse(content) : content.trimEnd().split('\n').map((line) => JSON.parse(line)) // prettier-ignore
}

const extensions = { llava: 'json', llamafactory: 'json', qwen: 'json', internvl: 'jsonl', 'ms-swift': 'jsonl' } as const
const textsOf = (row: Loose): string[] => (row['messages'] ?? row['conversations']).map((each: Loose) => each['content'] ?? each['value'])
const runs = { numRuns: 40 }

describe.each(Object.entries(extensions))('any set, as %s', (format, extension) => {
  const id = format as keyof typeof extensions

  it('has as many tokens as media in every row, and the texts that went in', async () => {
    await fc.assert(
      fc.asyncProperty(set, async (made) => {
        // Numbers tell rows apart whose texts are the same.
        const numbered = made.map((each, at) => ({
          ...each,
          turns: each.turns.map((one) => ({ ...one, response: `${one.response} ${at}` })),
        }))
        const conversations = toConversations(numbered)
        const written = await write(id, conversations)
        if (written === null) return
        const rows = await readRows(written.directory, extension)
        const expected = new Map(conversations.map(({ pairs }) => [neutralizePlaceholders(pairs[0]?.response ?? ''), pairs]))
        for (const row of rows) {
          const media = [row['images'] ?? row['image'] ?? []].flat()
          const texts = textsOf(row)
          expect(texts.join('\n').split('<image>').length - 1).toBe(media.length)
          expect(texts[0]?.startsWith('<image>\n'.repeat(media.length))).toBe(true)
          const pairs = expected.get(texts[1] ?? '') ?? []
          expect([texts[0]?.slice('<image>\n'.length * media.length), ...texts.slice(1)]).toEqual(
            pairs.flatMap(({ instruction, response }) => [neutralizePlaceholders(instruction), neutralizePlaceholders(response)]),
          )
        }
        expect(written.report.pairs + written.report.leftOut.reduce((sum, { count }) => sum + count, 0)).toBe(
          made.flatMap(({ turns }) => turns).length,
        )
      }),
      runs,
    )
  })
})

describe('any preference set', () => {
  it.each(['llamafactory', 'ms-swift', 'internvl', 'trl', 'chat'] as const)(
    'has two different answers in every row of %s',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(set, fc.boolean(), async (made, reasoning) => {
          const written = await write(format, toConversations(made), { kind: 'dpo', reasoning })
          if (written === null || format === 'trl') return
          const rows = await readRows(written.directory, format === 'llamafactory' ? 'json' : 'jsonl')
          for (const row of rows) {
            const [chosen, rejected] = [
              row['chosen']?.content ?? row['chosen'] ?? row['preferred_output']?.[0].content ?? row['messages'].at(-1).content,
              row['rejected']?.content ?? row['rejected'] ?? row['non_preferred_output']?.[0].content ?? row['rejected_response'],
            ]
            expect(chosen).toEqual(expect.any(String))
            expect(chosen.trim()).not.toBe(rejected.trim())
          }
        }),
        { numRuns: 25 },
      )
    },
  )
})

describe('any table', () => {
  it.each(["'+1", '+1', "''=A1", "'", "'quoted'", '-', '@', "it's"])('keeps %j as it is', (cell) => {
    expect(fromCell(toCell(cell))).toBe(cell)
  })

  it('gives back the texts that went in, and has no cell that a spreadsheet would run', async () => {
    await fc.assert(
      fc.asyncProperty(set, async (made) => {
        const conversations = toConversations(made)
        const written = await write('csv', conversations)
        if (written === null) throw new Error('nothing was written')
        const rows: (readonly string[])[] = []
        for await (const { cells, fault } of readCells(createReadStream(join(written.directory, 'made.csv')))) {
          expect(fault).toBeUndefined()
          rows.push(cells)
        }
        const [header = [], ...body] = rows
        const read = body.map((cells) => ['instruction', 'response'].map((name) => fromCell(cells[header.indexOf(name)] ?? '')))
        expect(read).toEqual(
          conversations.flatMap(({ pairs }) =>
            pairs.map(({ instruction, response }) => [instruction, response].map(neutralizePlaceholders)),
          ),
        )
        for (const cell of body.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      }),
      runs,
    )
  })

  it.each(['trl', 'hugging-face', 'webdataset', 'axolotl', 'alpaca', 'chat'] as const)('passes its own validator as %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(set, async (made) => void (await write(format, toConversations(made), { reasoning: true }))),
      { numRuns: 20 },
    )
  })
})

describe('any JSON at all', () => {
  const keys = ['messages', 'conversations', 'images', 'image', 'videos', 'video', 'chosen', 'rejected', 'label', 'objects', 'id', 'question', 'input', 'instruction', 'output', 'history', 'rejected_messages'] // prettier-ignore
  const inner = ['role', 'content', 'from', 'value', 'type', 'text', 'image_url', 'url', 'path', 'bbox', 'ref', 'image_id', 'user', 'assistant', 'human', 'gpt', 'media/a.png'] // prettier-ignore
  const leaf = fc.oneof(fc.constantFrom(...inner, null, true, 3, ''), fc.string())
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...inner), tie('value'), { maxKeys: 3 }),
    ),
  }))
  const rows = fc.array(fc.oneof(value, fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 })), { maxLength: 4 })
  const info = {
    'dataset_info.json': { a: { file_name: 'made.json', formatting: 'sharegpt', ranking: true, columns: { messages: 'messages', chosen: 'chosen', rejected: 'rejected', images: 'images', videos: 'videos', kto_tag: 'label' }, tags: { role_tag: 'role', content_tag: 'content', user_tag: 'user', assistant_tag: 'assistant', system_tag: 'system' } }, b: { file_name: 'made.json', columns: { prompt: 'instruction', response: 'output', history: 'history', system: 'input' } } }, // prettier-ignore
    'meta.json': { a: { root: './', annotation: 'made.jsonl', data_augment: false, repeat_time: 1 } },
  }

  it.each(['llava', 'llamafactory', 'alpaca', 'qwen', 'internvl', 'chat', 'ms-swift', 'axolotl'] as const)(
    'is reported as %s, and brings nothing down',
    async (format) => {
      const directory = await mkdtemp(join(root, 'odd-'))
      for (const [name, content] of Object.entries(info))
        if (format !== 'ms-swift') await writeFile(join(directory, name), JSON.stringify(content))
      await fc.assert(
        fc.asyncProperty(rows, async (made) => {
          await writeFile(join(directory, 'made.json'), JSON.stringify(made))
          await writeFile(join(directory, 'made.jsonl'), made.map((row) => `${JSON.stringify(row)}\n`).join(''))
          const { issues } = await trainingFormats[format].validate(directory, noPause)
          expect(issues.length).toBeGreaterThan(0)
        }),
        { numRuns: 100 },
      )
    },
  )
})
