import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildPrompt, type PromptExemplar } from '../../../src/main/generation/prompt/buildPrompt'
import { parseReply } from '../../../src/main/generation/reply/parseReply'
import { createDemoProvider } from '../../../src/main/generation/providers/demo'
import { kindOf } from '../../../src/main/generation/providers/demo/draft'
import { baseForm, counted, gerund, listed, plural } from '../../../src/main/generation/providers/demo/english'
import { getRecipe } from '../../../src/main/recipes/registry'
import { boxSchema, contextSchema, type Item, type Pair } from '../../../src/shared/domain'
import { item, picture } from './items'

const box = (label: string, x: number, y: number, width: number, height: number) => boxSchema.parse({ label, x, y, width, height })
const table = item('table', {
  captions: ['a red cup on the table', 'Two spoons lie beside a cup.'],
  boxes: [box('cup', 20, 30, 120, 100), box('spoon', 400, 300, 40, 60), box('spoon', 460, 300, 40, 60), box('plate', 250, 150, 150, 100)],
})

async function draft(
  of: Item,
  { pairs = 3, salt = '1', exemplars = [] as PromptExemplar[], signal = new AbortController().signal } = {},
): Promise<Pair[]> {
  const messages = buildPrompt({ text: getRecipe('la').text, settings: { pairsPerItem: pairs, attachImage: false }, item: of, exemplars })
  const readImage = () => Promise.reject(new Error('no picture is needed'))
  const completion = await createDemoProvider().complete({
    messages,
    item: of,
    model: 'demo',
    temperature: 0,
    topP: 1,
    maxTokens: 100,
    outputForm: 'pairs',
    pairsPerItem: pairs,
    readImage,
    signal,
    salt,
  })
  expect(completion).toMatchObject({
    finishReason: 'stop',
    model: 'demo',
    promptTokens: expect.any(Number),
    completionTokens: expect.any(Number),
  })
  return parseReply(completion)
}

const asExemplars = (pairs: readonly Pair[]): PromptExemplar[] =>
  pairs.map((pair, at) => ({ candidateId: at + 1, callId: 1, item: item('other', { captions: ['Something else.'] }, [], 2), pair }))

const salts = Array.from({ length: 30 }, (_, at) => String(at))

describe('the demo generator', () => {
  it('drafts the same pairs for the same item and salt, and others for another salt', async () => {
    expect(await draft(table)).toEqual(await draft(table))
    const drafts = await Promise.all(salts.map((salt) => draft(table, { salt })))
    expect(new Set(drafts.map((pairs) => JSON.stringify(pairs))).size).toBeGreaterThan(10)
  })

  it('asks no instruction twice in a reply and gives as many pairs as are wanted', async () => {
    for (const salt of salts) {
      const pairs = await draft(table, { salt, pairs: 6 })
      expect(new Set(pairs.map(({ instruction }) => instruction)).size).toBe(6)
    }
  })

  it('tells number, place and size from the boxes', async () => {
    const pairs = await draft(table, { pairs: 20 })
    const responses = pairs.map(({ response }) => response)
    expect(responses).toContain('There are two spoons in the picture.')
    expect(responses).toContain('The cup is in the upper left of the picture.')
    expect(responses).toContain('I can make out a cup, two spoons and a plate in the picture.')
    expect(responses).toContain('The cup is to the left of the plate, a little higher in the view.')
    expect(responses).toContain('A red cup on the table.')
  })

  it('never mentions captions, boxes or annotations', async () => {
    const pairs = (await Promise.all(salts.map((salt) => draft(table, { salt, pairs: 8 })))).flat()
    for (const { instruction, response } of pairs)
      expect(`${instruction} ${response}`).not.toMatch(/caption|box|annotat|label|pixel|\d{2,}/i)
  })

  it('tells the pictures of an item apart', async () => {
    const twins = item('twins', { boxes: [{ ...box('coin', 1, 1, 9, 9), media: 1 }], differences: ['two coins are gone'] }, [
      picture(1, 'a.jpg'),
      picture(2, 'b.jpg'),
    ])
    const pairs = await draft(twins, { pairs: 9 })
    expect(pairs.map(({ response }) => response)).toEqual(
      expect.arrayContaining(['There is one coin in the second picture.', 'Two coins are gone.']),
    )
  })

  it('uses fields that it does not know', async () => {
    const pairs = await draft(
      item('street', { timeOfDay: 'early morning', sounds: ['a tram', 'rain'], url: 'https://example.invalid', nested: { a: 1 } }),
      { pairs: 9 },
    )
    expect(pairs.map(({ response }) => response).toSorted()).toEqual([
      'The sounds are a tram and rain.',
      'The time of day is early morning.',
    ])
  })

  it('fails with a reason for an item of which nothing is known', async () => {
    await expect(draft(item('blank', {}))).rejects.toMatchObject({ code: 'empty', message: expect.stringContaining('captions') })
  })

  it('stops when the call is given up', async () => {
    await expect(draft(table, { signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow('cancelled')
  })

  it('writes whole sentences about any context', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), async (fields) => {
        const context = contextSchema.safeParse(JSON.parse(JSON.stringify({ ...fields, captions: ['A cat.'] })))
        fc.pre(context.success)
        for (const { instruction } of await draft(item('any', context.data ?? {}), { pairs: 5 })) expect(instruction).toMatch(/[.?]$/)
      }),
      { numRuns: 50 },
    )
  })
})

describe('exemplars in the prompt of the demo generator', () => {
  const counting = asExemplars([
    { instruction: 'How many dogs are there in the picture?', response: 'Three.' },
    { instruction: 'How many trees are there in the picture?', response: 'Nine.' },
  ])

  it('lead it to the kind of question that they ask', async () => {
    const firstKinds = async (exemplars: PromptExemplar[]) =>
      (await Promise.all(salts.map((salt) => draft(table, { salt, pairs: 1, exemplars }))))
        .flat()
        .map(({ instruction }) => kindOf(instruction))
    const share = (kinds: string[]) => kinds.filter((kind) => kind === 'count').length
    expect(share(await firstKinds(counting))).toBeGreaterThan(2 * share(await firstKinds([])))
  })

  it('are not repeated, and neither is their wording', async () => {
    const pairs = (await Promise.all(salts.map((salt) => draft(table, { salt, exemplars: counting })))).flat()
    expect(pairs.filter(({ instruction }) => instruction.startsWith('How many'))).toEqual([])
  })

  it('lead it to longer responses by long ones', async () => {
    const long = asExemplars([{ instruction: 'What is going on?', response: 'word '.repeat(40).trim() }])
    const words = async (exemplars: PromptExemplar[]) =>
      (await Promise.all(salts.map((salt) => draft(table, { salt, exemplars }))))
        .flat()
        .reduce((sum, { response }) => sum + response.split(' ').length, 0)
    expect(await words(long)).toBeGreaterThan(await words(asExemplars([{ instruction: 'What is going on?', response: 'Much.' }])))
  })
})

it('its English counts and lists', () => {
  expect(['cup', 'bus', 'knife', 'person', 'wine glass', 'berry', 'toy', 'sheep'].map(plural)).toEqual([
    'cups',
    'buses',
    'knives',
    'people',
    'wine glasses',
    'berries',
    'toys',
    'sheep',
  ])
  expect(['looks', 'moves', 'cuts', 'carries', 'washes', 'goes', 'ties', 'opens', 'sees'].map((verb) => gerund(baseForm(verb)))).toEqual([
    'looking',
    'moving',
    'cutting',
    'carrying',
    'washing',
    'going',
    'tying',
    'opening',
    'seeing',
  ])
  expect([counted(1, 'apple'), counted(3, 'cup'), counted(40, 'cup')]).toEqual(['an apple', 'three cups', '40 cups'])
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c'])
})
