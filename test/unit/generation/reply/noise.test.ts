import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, it } from 'vitest'
import { CallFailure } from '../../../../src/main/generation/run/callFailure'
import { parseReply } from '../../../../src/main/generation/reply/parseReply'
import { cleanPairText, type Pair } from '../../../../src/shared/domain'

/** Words of all that a reply is made of, so that texts of pairs hold it too. */
const vocabulary =
  '{|}|[|]|"|\\|```|\n|: |, |<think>|</think>|[/THINK]|Answer: |“|//|\'|final:|猫|a cat|قطة|x_y|5" wide|...|\ud83d|\u0001|😀|"}]}|#|true|12'
const text = fc
  .array(fc.constantFrom(...vocabulary.split('|')), { minLength: 1, maxLength: 4 })
  .map((chosen) => cleanPairText(chosen.join('')))
  .filter((written) => !/^[.…]*$/.test(written))

const pairsOf = fc
  .array(fc.record({ instruction: text, response: text }, { noNullPrototype: true }), { minLength: 1, maxLength: 4 })
  .map((pairs) => pairs.map((pair, at) => ({ ...pair, instruction: `${pair.instruction}${at}` })))

const draft = '{"pairs": [{"instruction": "DRAFT?", "response": "DRAFT."}]}'
const reasoning = fc.constantFrom(
  '',
  `<think>Hm, ${draft}</think>\n`,
  `<THINKING level="2">{ "${draft}</THINKING>`,
  `[THINK]${draft}[/THINK]`,
  `Well, ${draft} and [ so on\n</think>\n\n`,
  `<think>a<think>${draft}</think>b</think>`,
  `<think>One</think>\n<think>${draft}</think>`,
  `<seed:think>${draft}</seed:think>`,
  `<|channel|>analysis<|message|>${draft}<|end|><|start|>assistant<|channel|>final<|message|>`,
)
const before = fc.constantFrom(
  '',
  'Here they are (all [of] {them}):\n',
  '以下是：\n',
  '1. ',
  '{"pairs": [{"instruction": "…", "response": "…"}]}\n',
  'Note {a}.\n\n',
)
const after = fc.constantFrom('', '\n', '\n\nAnything else?', ' <|im_end|>')
const keys = fc.constantFrom(
  ...([
    ['instruction', 'response'],
    ['question', 'answer'],
    ['Q', 'A'],
    ['prompt', 'completion'],
    ['user', 'assistant'],
    ['input', 'output'],
    ['问题', '答案'],
  ] as const),
)

type Wrap = (entries: readonly object[]) => string
const inKey =
  (name: string): Wrap =>
  (entries) =>
    JSON.stringify({ [name]: entries })
const shapes: readonly Wrap[] = [
  ...['pairs', 'qa_pairs', 'data', 'output', 'list of pairs'].map(inKey),
  (entries) => JSON.stringify(entries),
  (entries) => JSON.stringify({ result: { note: 'x', items: entries } }, null, 2),
  (entries) => entries.map((entry) => JSON.stringify(entry)).join('\n'),
  (entries) => entries.map((entry) => `\`\`\`json\n${JSON.stringify(entry, null, 1)}\n\`\`\``).join('\n\n'),
  (entries) => JSON.stringify({ pairs: JSON.stringify(entries) }),
  (entries) => JSON.stringify(JSON.stringify({ pairs: entries })),
  (entries) => JSON.stringify(Object.fromEntries(entries.map((entry, at) => [`pair${at + 1}`, entry]))),
  (entries) => JSON.stringify({ pairs: entries }).replace(/]}$/, ',],}'),
]
const fences = fc.constantFrom<(json: string) => string>(
  (json) => json,
  (json) => `\`\`\`json\n${json}\n\`\`\``,
  (json) => `\`\`\`\n${json}\n\`\`\``,
)

describe('pairs in any valid noise', () => {
  it('are read exactly', () => {
    fc.assert(
      fc.property(
        pairsOf,
        keys,
        fc.constantFrom(...shapes),
        fences,
        fc.tuple(reasoning, before, after),
        (pairs, names, wrap, fence, around) => {
          const [thought, words, end] = around
          const entries = pairs.map(({ instruction, response }) => ({ [names[0]]: instruction, [names[1]]: response }))
          const reply = `${thought}${words}${fence(wrap(entries))}${end}`
          return isDeepStrictEqual(toPairs(parseReply({ text: reply }, { form: 'pairs', pairsPerItem: 5 }).pairs), pairs)
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it('are never read in part when the reply is cut off', () => {
    fc.assert(
      fc.property(pairsOf, fc.constantFrom(...shapes.slice(0, 7)), reasoning, fc.nat(), (pairs, wrap, thought, at) => {
        const json = wrap(pairs)
        return !isRead(thought + json.slice(0, 1 + (at % (json.length - 1))))
      }),
      { numRuns: 5_000 },
    )
  })
})

const toPairs = (pairs: readonly Pair[]) => pairs.map(({ instruction, response }) => ({ instruction, response }))

function isRead(reply: string): boolean {
  try {
    parseReply({ text: reply })
    return true
  } catch (error) {
    if (error instanceof CallFailure) return false
    throw error
  }
}
