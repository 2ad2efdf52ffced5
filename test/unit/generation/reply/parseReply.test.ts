import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallFailure } from '../../../../src/main/generation/run/callFailure'
import { plainText } from '../../../../src/main/generation/reply/joinLists'
import { parseReply, type Reply } from '../../../../src/main/generation/reply/parseReply'
import { cleanText } from '../../../../src/shared/text/cleanText'
import { draftedPairSchema, pairSchema, type DraftedPair, type Pair } from '../../../../src/shared/domain'

const good = { pairs: [{ instruction: 'What is it?', response: 'A cat: [striped], {green-eyed}.\nIt said "meow".' }] }
const json = JSON.stringify(good)

/** A pair of which nothing but its text is known. */
const plain = (pair: Pair): DraftedPair => draftedPairSchema.parse(pair)

const failureOf = (reply: Reply | string): CallFailure => {
  try {
    parseReply(typeof reply === 'string' ? { text: reply } : reply)
  } catch (error) {
    if (error instanceof CallFailure) return error
    throw error
  }
  throw new Error('no failure')
}

describe('a reply with pairs', () => {
  it.each([
    ['as asked', json],
    ['spread over lines', JSON.stringify(good, null, 2)],
    ['in a code fence', '```json\n' + json + '\n```'],
    ['between words', `Sure [as you wished]! Here {they} are:\n\n${json}\n\nAnything else?`],
    ['as a bare list', JSON.stringify(good.pairs)],
    ['as a single pair', JSON.stringify(good.pairs[0])],
    ['with question and answer', JSON.stringify({ pairs: [{ Question: good.pairs[0]?.instruction, Answer: good.pairs[0]?.response }] })],
    ['with further keys', JSON.stringify({ pairs: [{ id: 1, ...good.pairs[0], colour: 'grey' }], note: 'x' })],
    ['after thoughts', `<think>The user wants {"pairs": []}, so</think>\n${json}`],
    ['with a trailing comma', json.replace(/}]}$/, '},]}')],
    ['with raw line breaks in strings', json.replaceAll('\\n', '\n')],
    ['after a byte order mark', `\uFEFF${json}`],
  ])('is read when it comes %s', (_, text) => {
    expect(parseReply({ text, finishReason: 'stop' }).pairs).toEqual(good.pairs.map(plain))
  })

  it('keeps pairs beyond those asked for, trimmed and without what a database cannot hold', () => {
    const pairs = [1, 2, 3, 4].map((number) => ({ instruction: `  What is ${number}?\0 `, response: `Half a pair: \ud83d` }))
    expect(parseReply({ text: JSON.stringify({ pairs }) }).pairs).toEqual(
      [1, 2, 3, 4].map((number) => plain({ instruction: `What is ${number}?`, response: 'Half a pair: \ufffd' })),
    )
  })

  it('keeps HTML and scripts as the text that they are', () => {
    const pair = { instruction: '<img src=x onerror=alert(1)>', response: '<script>alert(2)</script>' }
    expect(parseReply({ text: JSON.stringify({ pairs: [pair] }) }).pairs).toEqual([plain(pair)])
  })
})

describe('the place of a pair in its reply', () => {
  const round = { instruction: 'Where is it?', response: 'On the left.', reason: 'The shelf is on the left.' }
  const rounds = [0, 1, 2, 3].map((at) => ({
    instruction: round.instruction,
    response: round.response,
    kind: null,
    conversation: Math.floor(at / 2),
    turn: at % 2,
    rationale: round.reason,
  }))

  it.each([
    ['conversations of rounds', { conversations: [{ rounds: [round, round] }, { rounds: [round, round] }] }],
    ['conversations with an activity', { conversations: [{ activity: 'Sweep', turns: [round, round] }, { turns: [round, round] }] }],
    [
      'lists of rounds',
      [
        [round, round],
        [round, round],
      ],
    ],
    ['a bare list of conversations', [{ rounds: [round, round] }, { rounds: [round, round] }]],
  ])('is read from %s', (_, value) => {
    expect(parseReply({ text: JSON.stringify(value) }).pairs).toEqual(rounds)
  })

  it.each([
    ['conversation', 'conversation'],
    ['detail', 'Detailed description'],
    ['reasoning', 'complex reasoning'],
    [null, 'poem'],
    [null, 7],
  ])('is %s for the kind %j', (kind, said) => {
    expect(parseReply({ text: JSON.stringify({ pairs: [{ kind: said, ...good.pairs[0] }] }) }).pairs).toMatchObject([{ kind }])
  })

  it('names the pair of a conversation that has no response', () => {
    const conversations = [{ rounds: [round] }, { rounds: [{ instruction: 'And now?' }] }]
    expect(failureOf(JSON.stringify({ conversations }))).toMatchObject({
      code: 'wrong-shape',
      message: expect.stringContaining('pair 2 has no response'),
    })
  })
})

describe('a reply without usable pairs', () => {
  it.each([
    ['empty', ''],
    ['empty', ' \n '],
    ['empty', '{"pairs": []}'],
    ['not-json', 'I would be glad to help. Which image (or [images]) do you mean?'],
    ['not-json', '"just a string"'],
    ['not-json', '42'],
    ['cut-off', json.slice(0, -1)],
    ['cut-off', json.slice(0, -2)],
    ['cut-off', json.slice(0, 30)],
    ['cut-off', '```json\n' + json.slice(0, -12)],
    ['cut-off', '{'],
    ['wrong-shape', '{"items": [1, 2]}'],
    ['wrong-shape', '{"pairs": "none"}'],
    ['wrong-shape', '{"pairs": [{"instruction": "What?"}]}'],
    ['wrong-shape', '{"pairs": [{"instruction": "What?", "response": "  "}]}'],
    ['wrong-shape', '{"pairs": [{"instruction": "What?", "response": ["a"]}]}'],
    ['wrong-shape', '{"pairs": ["What?"]}'],
  ])('is %s: %j', (code, text) => {
    expect(failureOf(text).code).toBe(code)
  })

  it('is cut off when the most tokens were reached, even where it happens to parse', () => {
    expect(failureOf({ text: json, finishReason: 'length' }).code).toBe('cut-off')
  })

  it('is refused when the model or the content filter says so', () => {
    expect(failureOf({ text: '', refusal: 'I cannot help with that.' })).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('I cannot help'),
    })
    expect(failureOf({ text: '', finishReason: 'content_filter' }).code).toBe('refused')
  })

  it('says which pair lacks what', () => {
    expect(failureOf('{"pairs": [{"instruction": "a", "response": "b"}, {"instruction": "c"}]}').message).toContain(
      'pair 2 has no response',
    )
  })
})

describe('any reply', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '`', 'pairs', 'instruction'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
  })

  it('gives pairs or a typed failure, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.json()), fc.option(fc.constantFrom('stop', 'length', 'odd')), (reply, finishReason) => {
        try {
          expect(
            pairSchema
              .array()
              .nonempty()
              .safeParse(parseReply({ text: reply, finishReason }).pairs).success,
          ).toBe(true)
        } catch (error) {
          if (!(error instanceof CallFailure)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })

  const words = fc
    .string({
      unit: fc.oneof(fc.constantFrom('{', '"', '```', '\n', '\\', ']'), fc.string({ unit: 'binary', maxLength: 4 })),
      minLength: 1,
    })
    .map((value) => cleanText(value).trim())
    .filter((value) => /[^\p{Cf}\s]/u.test(value))
  const pairs = fc.uniqueArray(fc.record({ instruction: words, response: words }, { noNullPrototype: true }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ instruction }) => plainText(instruction),
  })

  it('that holds pairs in a fence gives exactly these', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom('', 'Here you are:\n', 'Three (3) pairs:\n'), (given, before) => {
        expect(
          parseReply({ text: `${before}\`\`\`json\n${JSON.stringify({ pairs: given }, null, 1)}\n\`\`\`\nDone.` }).pairs,
        ).toMatchObject(given)
      }),
      { numRuns: 500 },
    )
  })

  it('that stops anywhere in the middle gives no pairs at all', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (given, at) => {
        const whole = JSON.stringify({ pairs: given })
        expect(failureOf(whole.slice(0, 1 + (at % (whole.length - 1)))).code).toBe('cut-off')
      }),
      { numRuns: 500 },
    )
  })
})
