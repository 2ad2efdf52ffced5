import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildPrompt, type PromptExemplar } from '../../../src/main/generation/prompt/buildPrompt'
import { parseReply } from '../../../src/main/generation/reply/parseReply'
import { createDemoProvider } from '../../../src/main/generation/providers/demo'
import recorded from '../../../resources/sample/recordedDrafts.json'
import { getRecipe } from '../../../src/main/recipes/registry'
import { message } from '../../../src/shared/messages/message'
import { boxSchema, contextSchema, type Item, type Pair } from '../../../src/shared/domain'
import { item, image } from './items'

const sampleMedia = path.resolve(import.meta.dirname, '../../../resources/sample/media')

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
  const readImage = () => Promise.reject(new Error('no image is needed'))
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
  return [...parseReply(completion).pairs]
}

const asExemplars = (pairs: readonly Pair[]): PromptExemplar[] =>
  pairs.map((pair, at) => ({ candidateId: at + 1, callId: 1, item: item('other', { captions: ['Something else.'] }, [], 2), pair }))

const salts = Array.from({ length: 30 }, (_, at) => String(at))

describe('the demo generator', () => {
  it('states why it has no pairs: it knows nothing of the item, or all of its questions are exemplars', async () => {
    await expect(draft(item('bare', {}))).rejects.toMatchObject({ code: 'empty', text: message('provider.demoNeedsContext') })
    const all = await draft(table, { pairs: 100 })
    await expect(draft(table, { exemplars: asExemplars(all) })).rejects.toMatchObject({
      code: 'empty',
      text: message('provider.demoAskedAll'),
    })
  })

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

  it('tells number and place from the boxes, and each sentence', async () => {
    const pairs = await draft(table, { pairs: 20 })
    expect(Object.fromEntries(pairs.map(({ instruction, response }) => [instruction, response]))).toMatchObject({
      'How often can “spoon” be seen in the image?': 'It can be seen 2 times.',
      'How often can “cup” be seen in the image?': 'Once.',
      'Where in the image is “cup”?': 'It is at the top, on the left.',
      'Where in the image is “plate”?': 'It is near the middle.',
      'Which things can be seen in the image?': 'Cup, spoon (2), plate.',
      'Describe the image.': 'A red cup on the table. Two spoons lie beside a cup.',
      'What is the second thing to notice in the image?': 'Two spoons lie beside a cup.',
    })
  })

  it('never mentions captions, boxes or annotations', async () => {
    const pairs = (await Promise.all(salts.map((salt) => draft(table, { salt, pairs: 8 })))).flat()
    for (const { instruction, response } of pairs)
      expect(`${instruction} ${response}`).not.toMatch(/caption|box|annotat|label|pixel|\d{2,}/i)
  })

  it('tells the images of an item apart', async () => {
    const twins = item('twins', { boxes: [{ ...box('coin', 1, 1, 9, 9), media: 1 }], differences: ['two coins are gone'] }, [
      image(1, 'a.jpg'),
      image(2, 'b.jpg'),
    ])
    const pairs = await draft(twins, { pairs: 9 })
    expect(pairs.map(({ response }) => response)).toEqual(expect.arrayContaining(['Coin.', 'Two coins are gone.']))
    expect(pairs.map(({ instruction }) => instruction)).toContain('Which things can be seen in the second image?')
  })

  it('uses fields that it does not know', async () => {
    const pairs = await draft(
      item('street', { timeOfDay: 'early morning', sounds: ['a tram', 'rain'], url: 'https://example.invalid', nested: { a: 1 } }),
      { pairs: 9 },
    )
    expect(pairs.map(({ response }) => response).toSorted()).toEqual(['A tram, rain.', 'Early morning.'])
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

it('the demo generator asks no instruction of an exemplar again', async () => {
  const drafted = await draft(table, { pairs: 20 })
  const exemplars = asExemplars(drafted.slice(0, 3))
  const again = (await draft(table, { pairs: 20, exemplars })).map(({ instruction }) => instruction)
  expect(again.toSorted()).toEqual(
    drafted
      .slice(3)
      .map(({ instruction }) => instruction)
      .toSorted(),
  )
})

describe('what is recorded for the sample', () => {
  const media = (names: readonly string[]) =>
    names.map((name, at) => ({
      ...image(at + 1, name),
      sha256: (recorded.media as Record<string, string>)[name] ?? expect.unreachable(),
    }))

  it('belongs to the media of the sample, byte by byte', () => {
    for (const [name, hash] of Object.entries(recorded.media))
      expect([
        name,
        createHash('sha256')
          .update(readFileSync(path.join(sampleMedia, name)))
          .digest('hex'),
      ]).toEqual([name, hash])
  })

  it('comes first, whatever the item is called, and only where its field is there', async () => {
    const [cat] = recorded.drafts
    const instructions = new Set(cat?.pairs.map(({ instruction }) => instruction))
    const drafted = await draft(item('any', { captions: ['Something.'] }, media(['cat.jpg'])), { pairs: 8 })
    expect(drafted.map(({ instruction }) => instructions.has(instruction))).toEqual([...Array<boolean>(6).fill(true), false, false])
    expect(await draft(item('any', { colour: 'grey' }, media(['cat.jpg'])))).toEqual([
      expect.objectContaining({ instruction: 'What can be said about the colour?', response: 'Grey.' }),
    ])
  })

  it('tells parts of a video apart', async () => {
    const clip = (start: number) =>
      draft(item('clip', { clip: { start, end: start + 4 }, descriptions: ['A scene.'] }, media(['launch_tour.mp4'])), {
        pairs: 1,
        salt: '2',
      })
    const about = async (start: number) =>
      (await clip(start)).map(({ response }) => /rocket/i.test(response) || /astronaut/i.test(response))
    expect([await about(0), await about(8), await about(4)]).toEqual([[true], [true], [false]])
    expect(await clip(0)).not.toEqual(await clip(8))
  })

  it.each(recorded.drafts)('is made of whole sentences, each asked once: $media about $about', ({ pairs }) => {
    expect(new Set(pairs.map(({ instruction }) => instruction)).size).toBe(pairs.length)
    expect(pairs.length).toBeGreaterThan(3)
    for (const { instruction, response } of pairs) {
      expect(instruction).toMatch(/^[A-Z].*[.?]$/)
      expect(response).toMatch(/^[“A-Z].*[.!?”]$/)
      expect(`${instruction} ${response}`).not.toMatch(/caption|box\b|annotat|label|pixel/i)
    }
  })
})
