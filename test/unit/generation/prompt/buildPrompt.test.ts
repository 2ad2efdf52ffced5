import { describe, expect, it } from 'vitest'
import { buildPrompt, textOf, type PromptExemplar } from '../../../../src/main/generation/prompt/buildPrompt'
import { describeForm } from '../../../../src/main/generation/prompt/outputForms'
import { parseReply } from '../../../../src/main/generation/reply/parseReply'
import { messageSchema, outputFormSchema, type OutputForm } from '../../../../src/shared/domain'
import { item, image } from '../items'

const text = { outputForm: 'pairs' as const, systemMessage: 'Be brief.\n', contextTemplate: '{{ captions | join: "\n" }}' }
const settings = { pairsPerItem: 3, attachImage: false }
const cat = item('cat', { captions: ['A cat.'] }, [image(1, 'cat.jpg')], 1)
const cup = item('cup', { captions: ['A cup.'] }, [image(2, 'cup.jpg')], 2)
const rocket = item('rocket', { captions: ['A rocket.'] }, [image(3, 'rocket.jpg')], 3)

const exemplar = (candidateId: number, of: typeof cat, name: string): PromptExemplar => ({
  candidateId,
  callId: 1,
  item: of,
  pair: { instruction: `What is ${name}?`, response: `It is ${name}.` },
})

describe('the messages of a call', () => {
  it('are the system message, an exemplar turn for each item, and the item at hand', () => {
    const messages = buildPrompt({
      text,
      settings,
      item: cat,
      exemplars: [exemplar(7, cup, 'a'), exemplar(9, rocket, 'b'), exemplar(8, cup, 'c')],
    })
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant', 'user'])
    expect(messages.map(textOf)).toEqual([
      `Be brief.\n\n${describeForm('pairs').instruction}`,
      'A cup.',
      '{"pairs":[{"instruction":"What is a?","response":"It is a."},{"instruction":"What is c?","response":"It is c."}]}',
      'A rocket.',
      '{"pairs":[{"instruction":"What is b?","response":"It is b."}]}',
      'A cat.\n\nWrite 3 pairs about this item.',
    ])
    expect(messageSchema.array().parse(messages)).toEqual(messages)
  })

  it('hold exemplars in the form that replies are read in', () => {
    const [, , turn] = buildPrompt({ text, settings, item: cat, exemplars: [exemplar(7, cup, 'a "quoted" [thing]')] })
    expect(parseReply({ text: turn ? textOf(turn) : '' }).pairs).toMatchObject([exemplar(7, cup, 'a "quoted" [thing]').pair])
  })

  it('name the images and videos of the item, and only its own, when they are attached', () => {
    const album = { ...cat, media: [image(4, 'one.jpg'), { ...image(5, 'video.mp4'), kind: 'video' as const }, image(6, 'two.jpg')] }
    const messages = buildPrompt({ text, settings: { ...settings, attachImage: true }, item: album, exemplars: [exemplar(7, cup, 'a')] })
    expect(messages.at(-1)?.content).toEqual([
      { type: 'text', text: 'A cat.' },
      { type: 'image', mediaId: 4, fileName: 'one.jpg' },
      { type: 'image', mediaId: 5, fileName: 'video.mp4' },
      { type: 'image', mediaId: 6, fileName: 'two.jpg' },
      { type: 'text', text: 'Write 3 pairs about this item.' },
    ])
    expect(
      messages
        .slice(0, -1)
        .flatMap(({ content }) => content)
        .every(({ type }) => type === 'text'),
    ).toBe(true)
  })

  it('do not name a video that cannot be decoded', () => {
    const video = { ...image(5, 'video.avi'), kind: 'video' as const, problem: 'its codec mp4v cannot be decoded here' }
    const messages = buildPrompt({ text, settings: { ...settings, attachImage: true }, item: { ...cat, media: [video] }, exemplars: [] })
    expect(messages.at(-1)?.content.map(({ type }) => type)).toEqual(['text', 'text'])
  })

  it('have exemplars with their kind, or as conversations with reasons, where replies are to have them', () => {
    const pair = {
      instruction: 'Where is it?',
      response: 'Here.',
      kind: 'detail' as const,
      conversation: 1,
      turn: 0,
      rationale: 'It is here.',
    }
    const turnOf = (outputForm: OutputForm) =>
      textOf(
        buildPrompt({
          text: { ...text, outputForm },
          settings,
          item: cat,
          exemplars: [
            { candidateId: 8, callId: 1, item: cup, pair: { ...pair, instruction: 'And then?', turn: 1 } },
            { candidateId: 7, callId: 1, item: cup, pair },
          ],
        })[2] ?? { role: 'user', content: [] },
      )
    expect(JSON.parse(turnOf('kinds'))).toEqual({
      pairs: [
        { kind: 'detail', instruction: 'And then?', response: 'Here.' },
        { kind: 'detail', instruction: 'Where is it?', response: 'Here.' },
      ],
    })
    expect(JSON.parse(turnOf('conversations'))).toEqual({
      conversations: [
        {
          rounds: [
            { instruction: 'Where is it?', response: 'Here.', reason: 'It is here.' },
            { instruction: 'And then?', response: 'Here.', reason: 'It is here.' },
          ],
        },
      ],
    })
    for (const form of outputFormSchema.options) expect(parseReply({ text: turnOf(form) }).pairs).toHaveLength(2)
  })

  it('keep the conversations of two calls apart, though both count from 0', () => {
    const round = (callId: number, turn: number): PromptExemplar => {
      const { pair } = exemplar(0, cup, `${callId}.${turn}`)
      return { candidateId: callId * 10 + turn, callId, item: cup, pair: { ...pair, conversation: 0, turn } }
    }
    const exemplars = [round(2, 0), round(1, 1), round(2, 1), round(1, 0)]
    const turn = buildPrompt({ text: { ...text, outputForm: 'conversations' }, settings, item: cat, exemplars })[2]
    expect(parseReply({ text: turn ? textOf(turn) : '' }).pairs.map((pair) => [pair.conversation, pair.turn, pair.instruction])).toEqual([
      [0, 0, 'What is 2.0?'],
      [0, 1, 'What is 2.1?'],
      [1, 0, 'What is 1.0?'],
      [1, 1, 'What is 1.1?'],
    ])
  })

  it('ask for one pair in the singular, and say when nothing is noted', () => {
    const messages = buildPrompt({ text, settings: { ...settings, pairsPerItem: 1 }, item: item('blank', {}), exemplars: [] })
    expect(messages.map(textOf).at(-1)).toBe('(nothing is noted about this item)\n\nWrite 1 pair about this item.')
  })

  it('are the same for the same input', () => {
    const input = { text, settings, item: cat, exemplars: [exemplar(7, cup, 'a')] }
    expect(buildPrompt(input)).toEqual(buildPrompt(input))
  })
})
