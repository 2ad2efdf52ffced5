import { describe, expect, it } from 'vitest'
import { readDialogue, turnSchema, withoutOuterMarks } from '../../../src/main/exchange/import/formats/llava/turns'

const read = (...turns: readonly unknown[]) => readDialogue(turns.map((turn) => turnSchema.parse(turn)))
const user = (content: unknown) => ({ role: 'user', content })
const model = (content: unknown) => ({ role: 'assistant', content })

describe('marks of media', () => {
  it.each([
    ['<image>\nWhat colour?', 'What colour?'],
    ['What colour?\n<image>', 'What colour?'],
    ['<image>What colour?', 'What colour?'],
    ['<image> What colour?', 'What colour?'],
    ['What colour? <image>', 'What colour?'],
    ['<image>\n<image>\nWhat differs?', 'What differs?'],
    ['<image><image>请比较。', '请比较。'],
    ['What colour?<image>', 'What colour?'],
    [' <video>\n\nWhat happens?', 'What happens?'],
    ['<image>', ''],
    ['<image>\n<image>', ''],
  ])('that stand alone are no part of the question: %j', (text, expected) => {
    expect(withoutOuterMarks(text)).toBe(expected)
  })

  it.each([
    'Compare <image> with <image> please.',
    'What is in <image>',
    'What is in <image>?',
    '<image> shows a cat. True?',
    '<image>, then <image>: what changed?',
    "<image>'s colour?",
    'First: <image>\nSecond: <image>\nWhich is larger?',
    'Is (<image>) red?',
    'The tag <IMAGE> is no mark',
  ])('within a sentence stay: %j', (text) => {
    expect(withoutOuterMarks(text)).toBe(text)
  })

  it('are taken off the first question alone, and never off an answer', () => {
    const { rounds, marks } = read(user('<image>\nFirst?'), model('<image> one'), user('<image>\nSecond?'), model('two <image>'))
    expect(rounds).toEqual([
      { instruction: 'First?', response: '<image> one' },
      { instruction: '<image>\nSecond?', response: 'two <image>' },
    ])
    expect(marks).toBe(2)
  })
})

describe('turns', () => {
  it('may have any of the usual names of roles', () => {
    for (const [asks, answers] of [
      ['human', 'gpt'],
      ['user', 'assistant'],
      ['Human', 'GPT'],
      ['user', 'model'],
    ])
      expect(read({ from: asks, value: 'a' }, { from: answers, value: 'b' }).rounds).toEqual([{ instruction: 'a', response: 'b' }])
  })

  it('of the system are kept apart; those of tools and unknown parts are named', () => {
    expect(
      read(
        { role: 'system', content: ' Be brief. ' },
        { role: 'developer', content: 'In French.' },
        user([
          { type: 'text', text: 'Weather?' },
          { type: 'input_audio', input_audio: {} },
        ]),
        { role: 'assistant', content: null, tool_calls: [{}] },
        { role: 'tool', content: '15 °C' },
        model('Mild.'),
      ),
    ).toEqual({
      rounds: [{ instruction: 'Weather?', response: 'Mild.' }],
      system: ['Be brief.', 'In French.'],
      lonely: 0,
      leftOut: ['input_audio', 'tool_calls', 'tool'],
      media: [],
      marks: 0,
    })
  })

  it('of parts name their media, in any of the usual forms, and keep their place between texts', () => {
    const dialogue = read(
      user([
        { type: 'image', image: 'a.png' },
        { type: 'image_url', image_url: { url: 'b.png' } },
        { type: 'image_url', image_url: 'c.png' },
        { image: 'd.png' },
        { type: 'image', path: 'e.png' },
        { type: 'image' },
        { text: 'Compare' },
        { type: 'video', video: 'f.mp4' },
        'with the images.',
      ]),
      model([{ type: 'text', text: 'Alike.' }]),
    )
    expect(dialogue.media.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.mp4'])
    expect(dialogue.media.at(-1)?.kind).toBe('video')
    expect(dialogue.rounds).toEqual([{ instruction: 'Compare\n<video>\nwith the images.', response: 'Alike.' }])
    expect(dialogue.marks).toBe(7)
  })

  it('of media alone belong to the question that follows', () => {
    expect(read(user([{ type: 'image', image: 'a.png' }]), user('Colour?'), model('Red.'))).toMatchObject({
      rounds: [{ instruction: 'Colour?', response: 'Red.' }],
      lonely: 0,
    })
  })

  it('may name their images within the text, as Qwen-VL does', () => {
    expect(read(user('Image 1: <img>x/a.png</img>\nColour?'), model('Red.'))).toMatchObject({
      media: [{ kind: 'image', name: 'x/a.png' }],
      rounds: [{ instruction: 'Image 1: <img>x/a.png</img>\nColour?', response: 'Red.' }],
    })
  })

  it('without a counterpart are counted', () => {
    expect(read(model('hello'), user('a'), user('b'), model('c'), model('d'), user('e')).lonely).toBe(4)
    expect(read(user('a'), model(' '))).toMatchObject({ rounds: [], lonely: 1 })
  })
})
