import { describe, expect, it } from 'vitest'
import { CallFailure } from '../../../../src/main/generation/run/callFailure'
import { parseReply } from '../../../../src/main/generation/reply/parseReply'
import type { UnusedField } from '../../../../src/shared/domain'
import { message } from '../../../../src/shared/messages/message'

const one = { instruction: 'What is it?', response: 'A cat.' }
const two = { instruction: 'Where does it sit?', response: 'On the sofa.' }
const withPairs = (part: object) => JSON.stringify({ ...part, pairs: [one, two] })
const inPairs = (first: object, second: object = {}) =>
  JSON.stringify({
    pairs: [
      { ...one, ...first },
      { ...two, ...second },
    ],
  })
const field = (name: string, value: string, count = 1): UnusedField => ({ name, count, value })

type Row = readonly [name: string, reply: string, fields: readonly UnusedField[]]
const rows: readonly Row[] = [
  ['none', withPairs({}), []],
  ['a passage', withPairs({ passage: 'A cat sits on the sofa.' }), [field('passage', 'A cat sits on the sofa.')]],
  ['a passage of each pair', inPairs({ passage: 'First.' }, { passage: 'Second.' }), [field('passage', 'First.', 2)]],
  [
    'a context and a system prompt',
    withPairs({ context: 'Sofa.', system_prompt: 'Be brief.' }),
    [field('context', 'Sofa.'), field('system_prompt', 'Be brief.')],
  ],
  ['a text under a kind', JSON.stringify({ conversation: 'Some text.', reasoning: [one] }), [field('conversation', 'Some text.')]],
  [
    'what a model states of a pair',
    inPairs({ quality: 'bad', hallucinated: true }),
    [field('quality', 'bad'), field('hallucinated', 'true')],
  ],
  ['a translation', inPairs({ question_zh: '这是什么？' }), [field('question_zh', '这是什么？')]],
  ['a short text that a pair has too', inPairs({ caption: 'A cat.' }), [field('caption', 'A cat.')]],
  ['another name of the answer', inPairs({ ground_truth: 'A dog.' }), [field('ground_truth', 'A dog.')]],
  ['an answer that is there twice', inPairs({ answer: 'A cat.' }), []],
  ['a second reason', inPairs({ reason: 'It purrs.', rationale: 'It meows.' }), [field('rationale', 'It meows.')]],
  ['a reason', inPairs({ reason: 'It purrs.' }), []],
  ['a list of reasons', inPairs({ reason: ['It purrs.', 'It meows.'] }), [field('reason', '[It purrs., It meows.]')]],
  [
    'an explanation and how sure it is',
    inPairs({ explanation: 'It purrs.', confidence: 0.9 }),
    [field('explanation', 'It purrs.'), field('confidence', '0.9')],
  ],
  ['the kind of a pair', inPairs({ kind: 'conversation' }, { type: 'detailed description' }), []],
  ['a type that is no kind', inPairs({ type: 'counting' }, { type: 'colors' }), [field('type', 'counting', 2)]],
  ['the kind of all pairs', withPairs({ kind: 'detail' }), [field('kind', 'detail')]],
  ['numbers', inPairs({ id: 1, question_id: 'q-1', index: 0 }, { '#': 2, number: 2 }), [field('#', '2')]],
  [
    'a text as id',
    inPairs({ id: 'The cat is on the sofa, and the sofa is red.' }),
    [field('id', 'The cat is on the sofa, and the sofa is red.')],
  ],
  ['that all went well', withPairs({ success: true, status: 'ok', count: 2, error: null, note: '' }), []],
  ['that a pair is valid', inPairs({ valid: true }), []],
  ['another number of pairs than there are', withPairs({ total: 5 }), [field('total', '5')]],
  [
    'an image that was not seen',
    `${withPairs({})}\nNote: I could not see the image, so I guessed. Bye!`,
    [field('text', 'Note: I could not see the image, so I guessed')],
  ],
  ['an image that was not there', `No image was provided.\n${withPairs({})}`, [field('text', 'No image was provided')]],
  ...[
    "I'm sorry, but I can't identify people. Here are the other pairs:",
    'I cannot help with the third question.',
    'Es tut mir leid, das dritte Paar fehlt.',
    '抱歉，我只能写一个问题。',
    'I made up the second answer.',
    'The image was blurry.',
    'These answers may be inaccurate.',
    'Score: 2/10',
    'Pair 2 fails the guidelines.',
  ].flatMap((words): Row[] => [
    [`“${words}” before the pairs`, `${words}\n${withPairs({})}`, [field('text', words.replace(/[.!:]$/, '').split('. ')[0] ?? '')]],
    [`“${words}” behind the pairs`, `${withPairs({})}\n${words}`, [field('text', words.replace(/[.!:]$/, '').split('. ')[0] ?? '')]],
  ]),
  ['two remarks', `Sorry! I guessed.\n${withPairs({})}`, [field('text', 'Sorry', 2)]],
  [
    'a remark beside questions and answers in words',
    'I cannot see it well.\nQ: What is it?\nA: A cat.',
    [field('text', 'I cannot see it well')],
  ],
  ['a remark inside of a pair', 'Q: Can you see it?\nA: Sorry, I cannot.', []],
  ['words that open and close', `Sure! Here are the pairs:\n${withPairs({})}\nLet me know if you want more.`, []],
  ['other words around the pairs', `Sure, I can see the image!\n${withPairs({})}\nI hope that you do not see this as an error.`, []],
  [
    'two texts of a turn',
    JSON.stringify([
      { role: 'user', content: 'What is it?', text: 'Who?' },
      { role: 'assistant', content: 'A cat.' },
    ]),
    [field('text', 'Who?')],
  ],
  ['facts as an object', withPairs({ metadata: { model: 'x', topics: ['cat'] } }), [field('metadata', '{model: x, topics: [cat]}')]],
  ['facts beside a list in an object', JSON.stringify({ result: { pairs: [one], source: 'caption' } }), [field('source', 'caption')]],
  ['options', inPairs({ options: { A: 'A cat', B: 'A dog' }, correct_option: 'A' }), [field('correct_option', 'A')]],
  ['an input', JSON.stringify([{ instruction: 'Describe it.', input: 'Look left.', output: 'A cat.' }]), []],
  [
    'a mark at an option',
    inPairs({
      options: [
        { text: 'a cat', correct: true },
        { text: 'a dog', correct: false },
      ],
    }),
    [field('correct', 'true', 2)],
  ],
  ['the names of the images', JSON.stringify({ image_1: [one], image_2: [two] }), [field('image_1', ''), field('image_2', '')]],
  ['a list of kinds', inPairs({ kind: 'conversation | detail | reasoning' }), [field('kind', 'conversation | detail | reasoning')]],
  ['one kind in two words', inPairs({ kind: 'conversation, general' }), []],
  [
    'comments in JSON',
    withPairs({}).replace('[', '[ // may be wrong\n').replace('},{', '}, /* next */ {'),
    [field('//', 'may be wrong', 2)],
  ],
  ['numbered parts', JSON.stringify({ question1: 'What?', answer1: 'A cat.', hint1: 'Meow.' }), [field('hint1', 'Meow.')]],
  [
    'turns of a chat',
    JSON.stringify([
      {
        conversations: [
          { from: 'human', value: '<image>\nWhat is it?' },
          { from: 'gpt', value: 'A cat.' },
        ],
        image: 'cat.jpg',
      },
    ]),
    [field('image', 'cat.jpg')],
  ],
  [
    'a system turn',
    JSON.stringify([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is it?' },
      { role: 'assistant', content: 'A cat.', name: 'bot' },
    ]),
    [field('system', 'Be brief.'), field('name', 'bot')],
  ],
  ['JSON in a string', JSON.stringify({ pairs: JSON.stringify([{ ...one, source: 'caption' }]) }), [field('source', 'caption')]],
  ['JSON in a string that is no pair', withPairs({ boxes: '[[1, 2]]' }), [field('boxes', '[[1, 2]]')]],
  ['JSON Lines', `${JSON.stringify({ ...one, topic: 'cat' })}\n${JSON.stringify({ ...two, topic: 'sofa' })}`, [field('topic', 'cat', 2)]],
  ['an object before the pairs', `{"passage": "A sofa."}\n${withPairs({})}`, [field('passage', 'A sofa.')]],
  ['the thoughts of the model', withPairs({ thought: 'I look at the sofa.' }), [field('thought', 'I look at the sofa.')]],
  ['a form that was repeated', `{"pairs": [{"instruction": "...", "response": "...", "note": "Your note"}]}\n${withPairs({})}`, []],
  ['a schema that was repeated', `{"type": "object", "properties": {"pairs": {"type": "array"}}}\n${withPairs({})}`, []],
  ['a long text', withPairs({ passage: 'cat '.repeat(100) }), [field('passage', `${'cat '.repeat(19)}cat…`)]],
]

describe('fields that are not used', () => {
  it.each(rows)('%s', (_, reply, fields) => {
    expect(parseReply({ text: reply }).unusedFields).toEqual(fields)
  })

  it('are named up to thirty', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field${at}`, 'x']))
    expect(parseReply({ text: withPairs(many) }).unusedFields).toHaveLength(30)
  })
})

const failureOf = (text: string, isInPrompt?: (text: string) => boolean) => {
  try {
    parseReply({ text }, { form: 'pairs', pairsPerItem: 3, ...(isInPrompt && { isInPrompt }) })
  } catch (error) {
    if (error instanceof CallFailure) return error
    throw error
  }
  return null
}
const unclear = (reason: ReturnType<typeof message>) => ({ code: 'wrong-shape', text: message('reply.pairsUnreadable', { reason }) })
const pair = (instruction: string, response: string) => JSON.stringify({ pairs: [{ instruction, response }] })
const pairsOf = (text: string) => parseReply({ text }).pairs.map(({ instruction, response }) => [instruction, response])

describe('pairs that are not meant', () => {
  it.each(['// {"instruction": "Who?", "response": "Kim."}\n', '/* "question": "Who?", "answer": "Kim." */'])(
    'are in a comment: %s',
    (comment) => {
      expect(failureOf(withPairs({}).replace('[', `[ ${comment}`))).toMatchObject(unclear(message('reply.hiddenPairs')))
    },
  )
})

describe('a text that goes on in another field', () => {
  it.each([
    'answer_continued',
    'response_part2',
    'responsePart2',
    'answer continuation',
    'continuation',
    'rest_of_answer',
    'Response (continued)',
    'question_cont',
  ])('is a failure: %s', (key) => {
    expect(failureOf(inPairs({ [key]: 'and it purrs.' }))).toMatchObject(unclear(message('reply.textGoesOn', { key })))
    expect(failureOf(inPairs({ [key]: '' }))).toBeNull()
  })
  it.each(['answer_2', 'response_2'])('is a second answer: %s', (key) => {
    expect(failureOf(inPairs({ [key]: 'and it purrs.' }))).toMatchObject(unclear(message('reply.pairInPair', { key })))
  })
  it.each(['truncated', 'is_incomplete'])('is a failure where the model states that it is cut: %s', (key) => {
    expect(failureOf(inPairs({ [key]: true }))).toMatchObject(unclear(message('reply.pairMarkedBad', { mark: `${key}: true` })))
  })
})

describe('control tokens of chat templates', () => {
  const stops = [
    '<|im_end|>',
    '<|eot_id|>',
    '<end_of_turn>',
    '</s>',
    '[/INST]',
    '<｜end▁of▁sentence｜>',
    '<|endoftext|>',
    '<eos>',
    '<|end|>',
    '<end_of_utterance>',
  ]

  it.each(stops)('are removed at the end of a text: %s', (stop) => {
    expect(pairsOf(pair(`What is it?${stop}`, `A cat. ${stop}\n${stop} `))).toEqual([['What is it?', 'A cat.']])
    expect(pairsOf(`Question: What is it?\nAnswer: A cat.${stop}`)).toEqual([['What is it?', 'A cat.']])
    expect(pairsOf(`${pair('What is it?', 'A cat.')}${stop}`)).toEqual([['What is it?', 'A cat.']])
  })
  it.each([...stops, '<|im_start|>', '[INST]', '<<SYS>>', '<start_of_turn>', '<s>'])('are a failure anywhere else: %s', (token) => {
    for (const reply of [pair(`What${token} is it?`, 'A cat.'), pair('What is it?', `A cat.${token}user\nAnd now?`)])
      expect(failureOf(reply)).toMatchObject(unclear(message('reply.controlToken', { token })))
  })
  it('are text where the prompt has them', () => {
    const reply = pair('What does <|im_end|> do?', 'It ends a turn.')
    expect(failureOf(reply, (text) => text === '<|im_end|>')).toBeNull()
    expect(failureOf(reply, () => false)).not.toBeNull()
  })
  it.each([
    ['### Instruction:', 'A cat.\n\n### Instruction:\nWhat next?'],
    ['<0xF0>', 'A cat <0xF0><0x9F>'],
    ['▁', 'A▁cat is▁there'],
    ['Ġ', 'AĠcat and aĠdog'],
  ])('are headings of templates and pieces of a tokenizer too: %s', (token, response) => {
    expect(failureOf(pair('What is it?', response))).toMatchObject(unclear(message('reply.controlToken', { token })))
  })
  it.each(['A cat.\nHuman: And now?\nAssistant: A dog.', 'A cat.\n\n**Question 2:** Where?\n**Answer 2:** There.'])(
    'stand for turns as names do: %s',
    (response) => expect(failureOf(pair('What is it?', response))).toMatchObject(unclear(message('reply.turnsInText'))),
  )
  it.each([
    'It is in quotes: `</s>` or "<|im_end|>", as is this.',
    'It was <s>red</s> blue.',
    'It was <s>red</s>',
    'In F#, f <| x |> g.',
    'a < b > c </span>',
    'Options:\nA: a cat\nB: a dog',
    'Ġgantija is in Malta.',
    'Oġġett fuq il-mejda, OĠĠETT.',
  ])('are not seen in %s', (text) => expect(pairsOf(pair('What is it?', text))).toEqual([['What is it?', text]]))
})

describe('one question with two answers', () => {
  const list = (...pairs: readonly object[]) => JSON.stringify({ pairs })

  it('is a contradiction', () => {
    const other = { instruction: 'What is it', response: 'A dog.' }
    expect(failureOf(list(one, two, other))).toMatchObject(unclear(message('reply.twoAnswers', { text: 'What is it' })))
    expect(failureOf(`${JSON.stringify(one)}\n${JSON.stringify(other)}`)).not.toBeNull()
    expect(failureOf('Question: Which?\nAnswer: A cat.\n\nQuestion: Which?\nAnswer: A dog.')).not.toBeNull()
  })
  it('is none where the answers differ in nothing but punctuation, or the pairs in their kind', () => {
    expect(failureOf(list(one, { instruction: 'What is it?', response: 'a cat' }))).toBeNull()
    expect(failureOf(list({ ...one, kind: 'conversation' }, { ...one, response: 'A tabby cat on a sofa.', kind: 'detail' }))).toBeNull()
  })
  it('is none in two conversations', () => {
    const rounds = (response: string) => ({ rounds: [two, { ...one, response }] })
    expect(failureOf(JSON.stringify({ conversations: [rounds('A cat.'), rounds('A dog.')] }))).toBeNull()
  })
})
