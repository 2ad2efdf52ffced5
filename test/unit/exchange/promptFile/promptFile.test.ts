import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPromptFile } from '../../../../src/main/exchange/promptFile/promptFile'
import type { DraftedPair, FileExemplar, PromptText } from '../../../../src/shared/domain'
import { readPromptFile } from '../../../support/inEnglish'

const base: PromptText = { outputForm: 'pairs', systemMessage: 'Ours.', contextTemplate: '{{ captions }}' }
const user = (content: unknown) => ({ role: 'user', content })
const assistant = (content: unknown) => ({ role: 'assistant', content })
const good = [{ Question: 'Where is it?', Answer: 'On the table.' }]
const drafted = (instruction: string, response: string, more: Partial<DraftedPair> = {}): DraftedPair => {
  return { instruction, response, kind: null, conversation: null, turn: null, rationale: null, ...more }
}
const file = (...in_context: unknown[]) => JSON.stringify({ system_message: 'Theirs.', in_context })
const read = (content: string, repair = false) => readPromptFile(content, base, { repair })
const findingsOf = (content: string) => read(content).findings.map(({ kind, at }) => [kind, at])
const pairsOf = (content: unknown) => read(file(user('a'), assistant(content))).exemplars.flatMap(({ pairs }) => pairs)

describe('a prompt file', () => {
  it('brings its message, and each user turn with the pairs of the assistant’s', () => {
    const { text, exemplars, findings } = read(file(user('captions: a cup'), assistant(good)))
    expect(text).toEqual({ ...base, systemMessage: 'Theirs.' })
    expect(exemplars).toEqual([{ annotation: 'captions: a cup', pairs: [drafted('Where is it?', 'On the table.')] }])
    expect(findings).toEqual([])
  })

  it.each([
    ['lines', 'Question: Why?\nAnswer: Because.\n\nQuestion: How?\nAnswer: So.'],
    ['numbered, bold lines', '1. **Question:** Why?\n**Answer:** Because.\n2. **Question:** How?\n**Answer:** So.'],
    [
      'JSON in a text',
      JSON.stringify([
        { question: 'Why?', answer: 'Because.' },
        { instruction: 'How?', response: 'So.' },
      ]),
    ],
    ['a list of texts', ['Question: Why?\nAnswer: Because.', 'Question: How?\r\nAnswer: So.']],
  ])('holds assistant turns as %s', (_, content) => {
    expect(pairsOf(content)).toEqual([drafted('Why?', 'Because.'), drafted('How?', 'So.')])
  })

  it('keeps colons, new lines and reasons of lines', () => {
    expect(pairsOf('Question: What: a list?\nAnswer: Note: two things\n- one: 1\n\n- two: 2\nReason: seen: both')).toEqual([
      drafted('What: a list?', 'Note: two things\n- one: 1\n\n- two: 2', { rationale: 'seen: both' }),
    ])
  })

  it('keeps what stands under other keys as lines `Key: text` of the text before', () => {
    const choices = { 'Options 1': 'A dog', 'Options 2': 'A cat', Answer: 2, Hint: ['ears'], Type: 'multiple choice', Reason: 'It purrs.' }
    expect(pairsOf([{ Question: 'Who is it?', ...choices }])).toEqual([
      drafted('Who is it?\nOptions 1: A dog\nOptions 2: A cat', '2\nHint: ["ears"]\nType: multiple choice', { rationale: 'It purrs.' }),
    ])
    expect(pairsOf([{ Activity: 'Yoga', Kind: 'Detail', Question: 'Where?', Answer: 'Here.' }])).toEqual([
      drafted('Activity: Yoga\nWhere?', 'Here.', { kind: 'detail' }),
    ])
    expect(pairsOf('Question: Who?\nOptions 1: A dog\nType: choice\nAnswer: 1')).toEqual([
      drafted('Who?\nOptions 1: A dog\nType: choice', '1'),
    ])
  })

  it('numbers conversations and their rounds, in objects and in lines', () => {
    const talk = [drafted('Why?', 'Because.', { conversation: 0, turn: 0 }), drafted('How?', 'So.', { conversation: 0, turn: 1 })]
    const other = drafted('Who?', 'She.', { conversation: 1, turn: 0 })
    expect(pairsOf([{ Conversation: 1, Round: '1', Question: 'Why?', Answer: 'Because.' }])).toEqual(talk.slice(0, 1))
    const lines = ['Conversation 1:', 'Round 1:', 'Question: Why?', 'Answer: Because.', 'Round 2:', 'Question: How?', 'Answer: So.']
    expect(pairsOf([...lines, '', 'Conversation: 2', 'Question: Who?', 'Answer: She.'].join('\n'))).toEqual([...talk, other])
    expect(pairsOf('Question: Why?\nAnswer: Because.\nConversation: they talk.')).toEqual([
      drafted('Why?', 'Because.\nConversation: they talk.'),
    ])
    expect(findingsOf(file(user('a'), assistant('Conversation 1:\nYoga\nQuestion: Why?\nAnswer: So.')))).toEqual([
      ['unparsable-assistant-turn', 1],
    ])
  })
})

describe('what a prompt file gets wrong', () => {
  it.each(['absent', null, {}, 'text', { role: 'user', content: 'a' }])('is named where in_context is no list but %j', (in_context) => {
    const content = JSON.stringify(in_context === 'absent' ? { system_message: 'Theirs.' } : { system_message: 'Theirs.', in_context })
    expect(findingsOf(content)).toEqual([['no-in-context', null]])
    expect(read(content, true)).toMatchObject({ text: { systemMessage: 'Theirs.' }, exemplars: [] })
    expect(read(read(content, true).repaired ?? '').findings).toEqual([])
  })

  it.each([{}, { images: [], annotations: [{ caption: 'A cup.' }] }, { in_context: [1, 2] }, { system_message: '', in_context: [] }])(
    'leaves nothing to use where there is neither message nor example: %j',
    (value) => {
      for (const repair of [false, true]) {
        const { findings, ...rest } = read(JSON.stringify(value), repair)
        expect(rest).toEqual({ text: null, exemplars: [], repaired: null })
        expect(findings[0]).toMatchObject({ kind: 'no-system-message', repair: null })
      }
    },
  )

  it.each([undefined, null, '', ' \n', [], {}])('is named where a user turn says %j; its answers go to no other example', (content) => {
    const two = file(user('a'), assistant(good), user(content), assistant([{ Question: 'And?', Answer: 'So.' }]))
    expect(findingsOf(two)).toEqual([['missing-user-turn', 2]])
    for (const repair of [false, true])
      expect(read(two, repair).exemplars).toEqual([{ annotation: 'a', pairs: [drafted('Where is it?', 'On the table.')] }])
  })

  it('never joins answers over a turn of another role', () => {
    const turns = file(user('a'), assistant(good), { content: 'b' }, assistant([{ Question: 'And?', Answer: 'So.' }]))
    expect(read(turns, true)).toMatchObject({
      exemplars: [{ annotation: 'a', pairs: [{ instruction: 'Where is it?' }] }],
      findings: [{ at: 2 }, { kind: 'missing-user-turn', at: 3, repair: 'Skip the turn.' }],
    })
  })

  it('is not repaired where the file ends in the middle, wherever that is', () => {
    const whole = file(user('a'), assistant(good), user('b'), assistant([{ Question: 'And?', Answer: 'So it is.' }]))
    for (let end = 1; end < whole.length; end++) {
      const { text, findings } = read(whole.slice(0, end), true)
      expect(text).toBeNull()
      expect(findings).toMatchObject([{ kind: 'invalid-json', repair: null }])
    }
    expect(read(whole.slice(0, -20)).findings[0]?.message).toContain('The file ends unexpectedly')
  })

  it('is named with its turn', () => {
    expect(findingsOf(file(assistant(good), user('a'), assistant(good), assistant([{ Question: 'And?', Answer: 'So.' }])))).toEqual([
      ['missing-user-turn', 0],
      ['missing-user-turn', 3],
    ])
    expect(findingsOf(file(user('a'), assistant(good), user('b'), assistant(good), user('a'), assistant(good)))).toEqual([
      ['identical-exemplars', 5],
    ])
    for (const content of ['I cannot say.', '', [], {}, [{ Question: 'Only?' }], ['x', good[0]], null, 7])
      expect(findingsOf(file(user('a'), assistant(content)))).toEqual([['unparsable-assistant-turn', 1]])
    expect(findingsOf(file(user('a'), user('b'), assistant(good), user('c'), { role: 'tool' }))).toEqual([
      ['unparsable-assistant-turn', 0],
      ['unparsable-assistant-turn', 4],
      ['unparsable-assistant-turn', 3],
    ])
    expect(findingsOf(JSON.stringify({ in_context: [user('a'), assistant(good)] }))).toEqual([['no-system-message', null]])
  })

  it('is named with line and column where it is not valid JSON', () => {
    const { text, findings } = read('{\n  "system_message": "x",\n  "in_context": [,]\n}')
    expect(text).toBeNull()
    expect(findings).toMatchObject([
      { kind: 'invalid-json', at: 3, message: expect.stringContaining('line 3, column 18'), repair: expect.any(String) },
    ])
  })

  it.each(['', 'no prompt', '[]', '7', 'null', '"text"', '[1, 2'])('“%s” cannot be used, and nothing else is made of it', (content) => {
    for (const repair of [false, true]) {
      const { text, exemplars, findings, repaired } = read(content, repair)
      expect({ text, exemplars, repaired }).toEqual({ text: null, exemplars: [], repaired: null })
      expect(findings).toHaveLength(1)
      expect(findings[0]?.repair).toBeNull()
    }
  })

  it('can be put right: the repaired file has nothing left to find', () => {
    const broken = `{"system_message": "Theirs.", "in_context": [
      ${[user('a'), assistant(good), assistant([{ Question: 'And?', Answer: 'So.' }]), user('b'), user('c'), assistant('no'), user('d')].map((turn) => JSON.stringify(turn)).join(',')},
      ${JSON.stringify(user('e'))}, ${JSON.stringify(assistant([good[0], 'stray']))}, ${JSON.stringify(user('e'))}, ${JSON.stringify(assistant(good))},
    ]}`
    const { exemplars, findings, repaired } = read(broken, true)
    expect(findings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['invalid-json', 'missing-user-turn', 'unparsable-assistant-turn', 'identical-exemplars']),
    )
    expect(exemplars).toEqual([
      { annotation: 'a', pairs: [drafted('Where is it?', 'On the table.'), drafted('And?', 'So.')] },
      { annotation: 'e', pairs: [drafted('Where is it?', 'On the table.')] },
    ])
    expect(read(repaired ?? '')).toMatchObject({ exemplars, findings: [], text: { systemMessage: 'Theirs.' } })
  })
})

const words = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .map((text) => text.toWellFormed().trim())
  .filter(Boolean)
const trouble = fc.constantFrom(': ', '\n', '\nAnswer: ', '\nQuestion: x', '"', '{"Question":', '\u2028', '```')
const text = fc
  .array(fc.oneof(words, trouble), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('').trim())
  .filter(Boolean)
const pairs = fc.array(
  fc
    .record({
      instruction: text,
      response: text,
      rationale: fc.option(text),
      kind: fc.constantFrom(null, 'detail' as const),
      conversation: fc.option(fc.nat(20)),
      turn: fc.option(fc.nat(20)),
    })
    .map((pair) => ({ ...drafted('', ''), ...pair })),
  { minLength: 1, maxLength: 4 },
)
const exemplars: fc.Arbitrary<FileExemplar[]> = fc.uniqueArray(fc.record({ annotation: text, pairs }), {
  maxLength: 4,
  selector: (exemplar) => JSON.stringify(exemplar),
})

describe('a written prompt file', () => {
  it('reads back as it was, whatever people write', () => {
    fc.assert(
      fc.property(text, exemplars, (systemMessage, written) => {
        const back = read(formatPromptFile(systemMessage, written))
        expect(back.findings).toEqual([])
        expect(back.text?.systemMessage).toBe(systemMessage)
        expect(back.exemplars).toEqual(written)
      }),
    )
  })

  it('as lines reads back too, unless a line of an answer looks like a key', () => {
    const plain = text.filter((value) => !/^\W*\w+\W*:/m.test(value) && !/[\r\u2028\u2029{[]/.test(value))
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, plain), { minLength: 1, maxLength: 4 }), (list) => {
        const content = list.map(([question, answer]) => `Question: ${question}\nAnswer: Note: ${answer}`).join('\n\n')
        expect(pairsOf(content)).toEqual(list.map(([question, answer]) => drafted(question, `Note: ${answer}`)))
      }),
    )
  })
})
