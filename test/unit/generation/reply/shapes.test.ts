import { describe, expect, it } from 'vitest'
import { CallFailure } from '../../../../src/main/generation/run/callFailure'
import { parseReply, type Requested } from '../../../../src/main/generation/reply/parseReply'
import type { CallErrorCode } from '../../../../src/shared/domain'

type Pairs = readonly (readonly [instruction: string, response: string])[]
type Row = readonly [name: string, text: string, expected: Pairs | CallErrorCode, pairsPerItem?: number]

const one = ['What is it?', 'A cat.'] as const
const two = ['Where does it sit?', 'On the "red" sofa, on the left.'] as const
const three = ['How many are there?', '3'] as const
const draft = { instruction: 'Is this a draft?', response: 'It is.' }
const toPair = ([instruction, response]: readonly [string, string]) => ({ instruction, response })
const pairs = [one, two].map(toPair)
const json = JSON.stringify({ pairs })
const draftJson = JSON.stringify({ pairs: [draft] })
const object = (pair: readonly [string, string]) => JSON.stringify(toPair(pair))
const list = (...all: readonly (readonly [string, string])[]) => JSON.stringify({ pairs: all.map(toPair) })
const fence = (text: string) => `\`\`\`json\n${text}\n\`\`\``
const keys = (instruction: string, response: string) => JSON.stringify({ pairs: [{ [instruction]: one[0], [response]: one[1] }] })
const both: Pairs = [one, two]
const tag = ['What does <think> do in HTML?', 'Nothing; </think> closes it, as </thinking> would.'] as const

const reasoning: readonly Row[] = [
  ...['reasoning_process', 'thinking_mode', 'step_by_step', 'reflexion', 'monologue'].map((name): Row => [
    `an element <${name}>`,
    `<${name}>${draftJson}</${name}>${json}`,
    both,
  ]),
  ['reasoning in brackets', `[REASONING]${draftJson}[/REASONING]${json}`, both],
  ['the start and end of a thought', `<start_of_thought>${draftJson}<end_of_thought>${json}`, both],
  ['Gemini', `<ctrl94>thought\n${draftJson}<ctrl95>${json}`, both],
  ['Command A, with an action', `<|START_THINKING|>${draftJson}<|END_THINKING|><|START_ACTION|>${json}<|END_ACTION|>`, both],
  ['the command line of Ollama', `Thinking...\nMaybe ${draftJson}\n...done thinking.\n\n${json}`, both],
  ['the command line of Ollama, cut off', `Thinking...\nMaybe ${draftJson}`, 'cut-off'],
  ['a plan', `<plan>${draftJson}</plan>${json}`, both],
  ['the process of thinking', `<thinking_process>${draftJson}</thinking_process>${json}`, both],
  ['antThinking', `<antThinking>${draftJson}</antThinking>${json}`, both],
  ['think', `<think>Maybe ${draftJson}</think>\n${json}`, both],
  ['thinking', `<thinking>Maybe ${draftJson}</thinking>${json}`, both],
  ['reasoning', `<reasoning>Maybe ${draftJson}</reasoning>${json}`, both],
  ['thought, in upper case', `<THOUGHT>Maybe ${draftJson}</THOUGHT>${json}`, both],
  ['with attributes', `<think type="deep" budget='5'>Maybe ${draftJson}</think>${json}`, both],
  ['Magistral', `[THINK]Maybe ${draftJson}[/THINK]${json}`, both],
  ['Seed-OSS', `<seed:think>Hm<seed:cot_budget_reflect>5</seed:cot_budget_reflect> ${draftJson}</seed:think>${json}`, both],
  ['Kimi-VL', `◁think▷Maybe ${draftJson}◁/think▷${json}`, both],
  ['Command A', `<|START_THINKING|>${draftJson}<|END_THINKING|><|START_RESPONSE|>${json}<|END_RESPONSE|>`, both],
  ['OpenThinker', `<|begin_of_thought|>${draftJson}<|end_of_thought|>\n<|begin_of_solution|>${json}<|end_of_solution|>`, both],
  ['MedGemma', `<unused94>thought\n${draftJson}<unused95>${json}`, both],
  ['Gemma', `<|channel>thought\n${draftJson}<channel|>${json}`, both],
  ['Granite', `Here is my thought process: ${draftJson}\nHere is my response:\n${json}`, both],
  ['Open WebUI', `<details type="reasoning" done="true"><summary>Thought</summary>${draftJson}</details>\n${json}`, both],
  ['a fence of thoughts', `\`\`\`thinking\n${draftJson}\n\`\`\`\n${fence(json)}`, both],
  ['GLM, with an answer tag', `<think>${draftJson}</think><answer>${json}</answer>`, both],
  ['an answer tag alone', `Let me see: ${draftJson} <answer>${json}</answer>`, both],
  ['escaped as HTML', `&lt;think&gt;${draftJson}&lt;/think&gt;${json}`, both],
  [
    'harmony',
    `<|channel|>analysis<|message|>Maybe ${draftJson}<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>${json}<|return|>`,
    both,
  ],
  ['harmony without its marks', `analysisWe need pairs: ${draftJson}assistantfinal${json}`, both],
  ['harmony with a comment', `<|channel|>analysis ${draftJson}<|channel|>commentary I will ${draftJson}<|channel|>final ${json}`, both],
  ['end without start', `The user wants pairs, e.g. ${draftJson}. Now write.\n</think>\n\n${json}`, both],
  ['end without start behind an odd bracket', `Form: {"pairs": [ and so on, or {"instruction": "x\n</think>\n${json}`, both],
  ['end mentioned in the reasoning', `<think>I end with </think> then ${draftJson} okay</think>${json}`, both],
  ['two starts, one end', `<think>\n<think>Maybe ${draftJson}</think>${json}`, both],
  ['nested', `<think>a<think>b</think> ${draftJson} c</think>${json}`, both],
  ['nested in another', `<reasoning><think>b</think> ${draftJson} c</reasoning>${json}`, both],
  ['two blocks', `<think>${draftJson}</think>\n<think>Again ${draftJson}</think>${json}`, both],
  ['words before it', `Sure!\n<think>Maybe ${draftJson}</think>\n${json}`, both],
  ['an empty block', `<think>\n\n</think>\n\n${json}`, both],
  ['between two parts', `${object(one)}\n<think>And ${draftJson}</think>\n${object(two)}`, both],
  ['tags in a whole reply of JSON', list(tag, two), [tag, two]],
  ['tags in a fence', fence(list(tag)), [tag]],
  ['tags in an answer behind reasoning', `<think>Maybe ${draftJson}</think>${list(tag)}`, [tag]],
  ['tags in an answer behind an end', `Maybe ${draftJson}</think>\nHere: ${list(tag)} Done.`, [tag]],
  ['tags in a damaged answer', list(tag).replace(/]}$/, ',]}'), [tag]],
  ['tags in JSON Lines', `${object(tag)}\n${object(two)}`, [tag, two]],
  ['a tag that is mentioned', `I leave out \`<think>\` here.\n${json}`, both],
  ['start without end', `<think>The user wants ${json}`, 'cut-off'],
  ['start without end behind words', `Sure!\n<think>\nSo ${draftJson}\n\n${json}`, 'cut-off'],
  ['nothing behind it', `<think>Maybe ${draftJson}</think>\n`, 'cut-off'],
  ['nothing behind it but marks', `<think>Maybe</think><|im_end|>`, 'cut-off'],
  ['harmony without a final part', `<|channel|>analysis<|message|>Maybe ${draftJson}<|end|><|start|>assistant`, 'cut-off'],
  ['harmony that ends in its analysis', `<|channel|>analysis<|message|>Maybe ${draftJson}`, 'cut-off'],
  ['words behind it', `<think>Maybe ${draftJson}</think>I cannot say.`, 'not-json'],
]

const several: readonly Row[] = [
  ['pairs in another element', `<notes>${draftJson}</notes>\n${json}`, 'wrong-shape'],
  ['examples in an element', `<examples>${draftJson}</examples>\n<output>${json}</output>`, 'wrong-shape'],
  ['an element for each pair', `<pair1>${object(one)}</pair1>\n<pair2>${object(two)}</pair2>`, both],
  ['the prompt before the answer', `<|im_start|>user\nAs ${draftJson}<|im_end|>\n<|im_start|>assistant\n${json}`, 'wrong-shape'],
  ['the prompt of Llama', `[INST] As ${draftJson} [/INST] ${json}`, 'wrong-shape'],
  [
    'another turn behind the answer',
    `${list(one)}<|im_end|>\n<|im_start|>user\nMore<|im_end|>\n<|im_start|>assistant\n${list(two)}`,
    'wrong-shape',
  ],
  ['an example from the prompt', `Example 1:\n${draftJson}\n\nThe pairs:\n${list(one)}`, 'wrong-shape'],
  ['examples as the answer', `Example 1:\n${list(one)}\nExample 2:\n${list(two)}`, both],
  ['a bad list and a good one', `Bad:\n${draftJson}\nGood:\n${list(one)}`, 'wrong-shape'],
  ['two options', `Option A:\n${draftJson}\nOption B:\n${list(one)}`, 'wrong-shape'],
  ...[
    'On reflection, a better version:',
    'Here is a more polished set:',
    'Let me redo this with more detail.',
    'Second attempt:',
    'Replace the above with:',
    'Let me rephrase them.',
    'Updated pairs:',
  ].map((words): Row => [`a list, “${words}” and another`, `${draftJson}\n${words}\n${list(one)}`, 'wrong-shape']),
  ['more pairs of another kind', `${list(one)}\nHere are more detailed pairs:\n${list(two)}`, both],
  ['one list or another', `${draftJson}\n\nor\n\n${list(one)}`, 'wrong-shape'],
  ...[
    '**Correction:** it is a dog.',
    'Wait, it is a dog, so the first answer is wrong.',
    'Self-check: pair 2 is not visible in the image, so it should be removed.',
    'The answer to question 1 should be "A dog."',
  ].map((words): Row => [`“${words}” behind the pairs`, `${fence(json)}\n\n${words}`, 'wrong-shape']),
  ...['All answers should be checked against the image.', 'None of the answers are wrong.', 'I corrected the spelling of question 2.'].map(
    (words): Row => [`“${words}” behind the pairs`, `${fence(json)}\n\n${words}`, both],
  ),
  ['a pair that was not used', `${json}\nI did not use ${JSON.stringify(draft)}.`, 'wrong-shape'],
  ['a pair to see the form, then the whole list', `For example ${JSON.stringify(draft)}:\n${list(one, two, three)}`, 'wrong-shape'],
  ['an idea, then a list', `I could write ${JSON.stringify(draft)}, but this is better:\n${list(one)}`, 'wrong-shape'],
  ['a pair that was skipped', `${list(one, two)}\nNote: I skipped ${object(three)}, which cannot be seen.`, 'wrong-shape'],
  ['a draft under a heading', `**Thinking:** maybe ${JSON.stringify(draft)}\n**Answer:**\n${list(one, two)}`, 'wrong-shape'],
  ['JSON Lines', [one, two, three].map(object).join('\n'), [one, two, three]],
  ['JSON Lines in a fence', fence([one, two].map(object).join('\n')), both],
  ['JSON Lines with commas', [one, two].map(object).join(',\n'), both],
  ['numbered JSON Lines', [one, two].map((pair, at) => `${at + 1}. ${object(pair)}`).join('\n\n'), both],
  ['several fences', `First:\n${fence(list(one))}\nSecond:\n${fence(list(two))}`, both],
  ['fences of a bare pair', `${fence(object(one))}\n\n${fence(object(two))}\nDone.`, both],
  ['lists of lists', JSON.stringify([{ pairs: [toPair(one)] }, { pairs: [toPair(two)] }]), both],
  ['a pair to leave out', JSON.stringify({ pairs: [{ ...toPair(one), keep: false }, toPair(two)] }), 'wrong-shape'],
  ['a pair to keep', JSON.stringify({ pairs: [{ ...toPair(one), keep: true, status: 'accepted' }] }), [one]],
  ['a pair with its verdict', JSON.stringify({ pairs: [{ ...toPair(one), verdict: 'Rejected' }, toPair(two)] }), 'wrong-shape'],
  ['an error beside the pairs', JSON.stringify({ pairs, error: 'I cannot see more.' }), 'wrong-shape'],
  ['no error beside the pairs', JSON.stringify({ pairs, error: null }), both],
  ['pairs struck out', `~~${draftJson}~~\n${json}`, 'wrong-shape'],
  ['pairs in a comment of HTML', `<!-- ${draftJson} -->\n${json}`, 'wrong-shape'],
  ['a comment of HTML before the pairs', `<!-- the pairs -->\n${json}`, both],
  ['a pair twice in a list', list(one, two, one), both],
  ['a pair twice in lines of text', `Q: ${one[0]}\nA: ${one[1]}\n\nQ: ${one[0]}\nA: ${one[1]}`, [one]],
  ['the same list twice', `${json}\n${json}`, both],
  ['a list, then with one more', `${list(one)}\n${list(one, two)}`, both],
  ['other JSON before it', `{"captions": ["a cat"], "size": [1, 2]}\n${json}`, both],
  ['more lines than asked for', [one, two, three].map(object).join('\n'), [one, two, three], 1],
  ['a draft and a final list', `Draft:\n${list(three)}\n\nFinal:\n${list(one)}`, 'wrong-shape'],
  ['a list and a better one', `${list(one)}\nWait, I can do better.\n${list(two)}`, 'wrong-shape'],
  ['a list and a shorter one', `${json}\nCorrected:\n${list(one)}`, 'wrong-shape'],
  ['another response to the same', `${list(one, two)}\n${list([one[0], 'A dog.'], two)}`, 'wrong-shape'],
  ['another response in another line', `${object(one)}\n${object(['what is it', 'A dog.'])}`, 'wrong-shape'],
  ['half of it changed', `${list(one, two)}\n${list(one, three)}`, 'wrong-shape'],
  ['another question for the same response', `${list(two)}\n${list(['Where is it?', two[1]])}`, 'wrong-shape'],
  ['two whole answers', `${list(one, two)}\n${list(three, ['Is it red?', 'Yes.'])}`, 'wrong-shape', 2],
  ['a part, then a whole answer', `${list(three)}\n${list(one, two)}`, 'wrong-shape', 2],
  ['a whole answer, then one more', `${list(one, two)}\n${list(three)}`, [one, two, three], 2],
  ['a damaged line', `${object(one)}\n{"instruction": "b", "response" "c"}`, 'not-json'],
  ['a line that is cut off', `${object(one)}\n{"instruction": "b", "resp`, 'cut-off'],
  ['a fence that is cut off', `${fence(list(one))}\n\`\`\`json\n{"pairs": [{"instruction": "b`, 'cut-off'],
  ['a cut-off fence before a whole one', `\`\`\`json\n${list(one).slice(0, -9)}\n\`\`\`\n${fence(list(two))}`, 'not-json'],
  ['a line without a response', `${object(one)}\n{"instruction": "b"}`, 'wrong-shape'],
  ['seven pairs for two', Array.from({ length: 7 }, (_, at) => object([`${at}?`, 'Yes.'])).join('\n'), 'wrong-shape', 2],
]

const wrappers: readonly Row[] = [
  ['a first pair without a number', JSON.stringify({ question: one[0], answer: one[1], question2: two[0], answer2: two[1] }), both],
  ['numbered parts beside a list', JSON.stringify({ question1: one[0], answer1: one[1], pairs: [toPair(two)] }), 'wrong-shape'],
  ['numbered parts with two questions', JSON.stringify({ question1: one[0], prompt1: 'Why?', answer1: one[1] }), 'wrong-shape'],
  [
    'numbered parts with input',
    JSON.stringify({ instruction1: 'Name it:', input1: 'felis', output1: one[1] }),
    [['Name it:\nfelis', one[1]]],
  ],
  ['a second answer', JSON.stringify({ question: one[0], answer: one[1], answer_2: 'A dog.' }), 'wrong-shape'],
  ['a whole answer of Chat Completions', JSON.stringify({ choices: [{ message: { role: 'assistant', content: json } }] }), both],
  [
    'the chat that asked for them',
    JSON.stringify({
      messages: [
        { role: 'user', content: 'Write pairs.' },
        { role: 'assistant', content: json },
      ],
    }),
    both,
  ],
  ...['qa_pairs', 'data', 'items', 'results', 'output', 'response', 'answer', 'questions', 'anything else'].map((name): Row => [
    name,
    JSON.stringify({ [name]: pairs }),
    both,
  ]),
  ['two levels', JSON.stringify({ result: { data: pairs, total: 2 } }), both],
  ['numbered keys', JSON.stringify({ pair1: toPair(one), pair2: toPair(two) }), both],
  ['bare numbers as keys', JSON.stringify({ pairs: { 1: toPair(one), 2: toPair(two) } }), both],
  ['ordinals as keys', JSON.stringify({ first_pair: toPair(one), second_pair: toPair(two) }), both],
  ['numbered parts', JSON.stringify({ question1: one[0], answer1: one[1], question2: two[0], answer2: two[1] }), both],
  ['pairs as a string', JSON.stringify({ pairs: JSON.stringify(pairs) }), both],
  ['JSON as a string', JSON.stringify(json), both],
  ['JSON as a string of a string', JSON.stringify(JSON.stringify(json)), both],
  ['JSON as the inside of a string', `Here: ${JSON.stringify(json).slice(1, -1)}\n\nDone.`, both],
  ['JSON as a string between words', `Here: ${JSON.stringify(json)}\n\nDone.`, both],
  ['a list of strings of JSON', JSON.stringify(pairs.map((pair) => JSON.stringify(pair))), both],
  ['a function call', JSON.stringify({ name: 'write_pairs', arguments: json }), both],
  ['a chat message', JSON.stringify({ role: 'assistant', content: json }), both],
  ['thoughts as a key', JSON.stringify({ thoughts: [draft], reasoning: 'Because.', pairs }), both],
  ['the schema filled in', JSON.stringify({ type: 'object', properties: { pairs } }), both],
  ['two lists under two keys', JSON.stringify({ original: [toPair(one)], improved: [toPair(two)] }), 'wrong-shape'],
  ...['attempt_', 'v', 'version ', 'draft', 'Iteration '].map((name): Row => [
    `lists under “${name}1” and “${name}2”`,
    JSON.stringify({ [`${name}1`]: [draft], [`${name}2`]: pairs }),
    'wrong-shape',
  ]),
  ['parts of an answer under numbers', JSON.stringify({ set_1: [toPair(one)], set_2: [toPair(two)] }), both],
  ['a key that occurs twice', `{"pair": ${object(one)}, "pair": ${object(two)}}`, 'not-json'],
  ['parts that occur twice', `{"instruction": "a", "response": "b", "instruction": "c", "response": "d"}`, 'not-json'],
  ['a list of numbers', '{"items": [1, 2]}', 'wrong-shape'],
  ['lists of questions and answers', '{"questions": ["a"], "answers": ["b"]}', 'wrong-shape'],
  ['a question as the key', '{"What is it?": "A cat."}', 'wrong-shape'],
]

const exchange = (pair: readonly [string, string]) => [
  { from: 'human', value: pair[0] },
  { from: 'gpt', value: pair[1] },
]
const messages = (pair: readonly [string, string]) => [
  { role: 'user', content: pair[0] },
  { role: 'assistant', content: pair[1] },
]

const parts: readonly Row[] = [
  ...(
    [
      ['question', 'answer'],
      ['input', 'output'],
      ['prompt', 'completion'],
      ['q', 'a'],
      ['Q', 'A'],
      ['user', 'assistant'],
      ['human', 'gpt'],
      ['instruction', 'output'],
      ['Question Text', 'Answer Text'],
      ['pregunta', 'respuesta'],
      ['问题', '答案'],
      ['質問', '回答'],
      ['질문', '답변'],
      ['السؤال', 'الإجابة'],
      ['pytanie', 'odpowiedź'],
      ['soru', 'cevap'],
      ['câu hỏi', 'trả lời'],
      ['प्रश्न', 'उत्तर'],
      ['fråga', 'svar'],
      ['Ｑ', 'Ａ'],
      ['user_message', 'assistant_message'],
      ['user_input', 'model_output'],
      ['instruction', 'expected_output'],
      ['question', 'ground_truth'],
      ['task', 'answer'],
    ] as const
  ).map(([instruction, response]): Row => [`${instruction} and ${response}`, keys(instruction, response), [one]]),
  ['Alpaca without input', '{"instruction": "Name it.", "input": "", "output": "A cat."}', [['Name it.', 'A cat.']]],
  ['Alpaca with input', '{"instruction": "Name it:", "input": "felis", "output": "A cat."}', [['Name it:\nfelis', 'A cat.']]],
  ['ShareGPT', JSON.stringify({ conversations: [...exchange(one), ...exchange(two)] }), both],
  ['a list of ShareGPT records', JSON.stringify([{ conversations: exchange(one) }, { conversations: exchange(two) }]), both],
  ['LLaVA', JSON.stringify([{ id: '1', conversations: exchange([`<image>\n${one[0]}`, one[1]]) }]), [one]],
  ['chat messages', JSON.stringify({ messages: [{ role: 'system', content: 'Be kind.' }, ...messages(one)] }), [one]],
  ['chat messages in parts', JSON.stringify([{ role: 'user', content: [{ type: 'text', text: one[0] }] }, messages(one)[1]]), [one]],
  ['chat messages as JSON Lines', [...messages(one), ...messages(two)].map((turn) => JSON.stringify(turn)).join('\n'), both],
  ['a turn without an answer', JSON.stringify({ conversations: [...exchange(one), exchange(two)[0]] }), 'wrong-shape'],
  ['a number', '{"pairs": [{"instruction": "How many?", "response": 3}]}', [['How many?', '3']]],
  ['a number as written', '{"pairs": [{"instruction": "What price?", "response": 3.10}]}', [['What price?', '3.10']]],
  [
    'a boolean',
    '{"pairs": [{"instruction": "Is it?", "response": true}, {"instruction": "And?", "response": False}]}',
    [
      ['Is it?', 'true'],
      ['And?', 'false'],
    ],
  ],
  ['a number as the instruction', '{"pairs": [{"instruction": 3, "response": "x"}]}', 'wrong-shape'],
  ['no response', '{"pairs": [{"instruction": "a", "response": "b"}, {"instruction": "c"}]}', 'wrong-shape'],
  ['null as the response', '{"pairs": [{"instruction": "a", "response": null}]}', 'wrong-shape'],
  ['a response that is missing', '{"pairs": [{"instruction": "a", "response": }]}', 'wrong-shape'],
  ['a list as the response', '{"pairs": [{"instruction": "a", "response": ["b"]}]}', 'wrong-shape'],
  ['two instructions', '{"pairs": [{"instruction": "a", "question": "b", "response": "c"}]}', 'wrong-shape'],
  ['two responses', '{"pairs": [{"instruction": "a", "answer": "b", "response": "c"}]}', 'wrong-shape'],
  ['the same twice', '{"pairs": [{"instruction": "a", "question": "a", "response": "c"}]}', [['a', 'c']]],
  ['a pair that is a string', '{"pairs": [{"instruction": "a", "response": "c"}, "b"]}', 'wrong-shape'],
  ['problem and solution', '{"pairs": [{"problem": "What is it?", "solution": "A cat."}]}', [one]],
  [
    'the options of a question',
    '[{"question": "Which?", "options": ["a cat", "a dog"], "answer": "a cat"}]',
    [['Which?\na cat\na dog', 'a cat']],
  ],
  [
    'options with letters',
    '[{"question": "Which?", "Choices": {"A": "a cat", "B": "a dog"}, "answer": "A"}]',
    [['Which?\nA. a cat\nB. a dog', 'A']],
  ],
  [
    'options that the question holds',
    '[{"question": "A cat or a dog?", "options": ["cat", "dog"], "answer": "cat"}]',
    [['A cat or a dog?', 'cat']],
  ],
  ['options of numbers alone', '[{"question": "How many?", "options": [], "answer": "2"}]', [['How many?', '2']]],
]

const echoes: readonly Row[] = [
  ...[
    ['Question about the image', 'Answer about the image'],
    ['question goes here', 'answer goes here'],
    ['instruction_1', 'response_1'],
    ['First question?', 'First answer.'],
    ['“…”', '“…”'],
    ['???', '???'],
    ['Q1', 'A1'],
    ['问题', '答案'],
    ['null', 'null'],
    ['(more pairs)', '(more pairs)'],
  ].map(([instruction, response]): Row => [
    `“${instruction}”, “${response}”`,
    JSON.stringify({ pairs: [{ instruction, response }, ...pairs] }),
    both,
  ]),
  ['an answer that was to come', '{"pairs": [{"instruction": "What is it?", "response": "your answer here"}]}', 'wrong-shape'],
  [
    'a question about text',
    '{"pairs": [{"instruction": "Write the text in the image.", "response": "text"}]}',
    [['Write the text in the image.', 'text']],
  ],
  ['“insert” in brackets', `{"pairs": [{"instruction": "<insert question>", "response": "<insert answer>"}, ${object(one)}]}`, [one]],
  ['an example in words', `{"pairs": [{"instruction": "Example question", "response": "Example answer"}, ${object(one)}]}`, [one]],
  ['underscores', `{"pairs": [{"instruction": "your_question_here", "response": "your_answer_here"}, ${object(one)}]}`, [one]],
  ...['etc.', '...', '…', '(more pairs)', '[...]', 'And so on'].map((dots): Row => [
    `“${dots}” behind a pair`,
    JSON.stringify({ pairs: [toPair(one), { instruction: dots, response: dots }] }),
    'cut-off',
  ]),
  ['numbered brackets', `{"pairs": [{"instruction": "[question 1]", "response": "[answer 1]"}, ${object(one)}]}`, [one]],
  ['the form', `{"pairs": [{"instruction": "…", "response": "…"}]}\n${json}`, both],
  ['the form with dots', `In the form {"pairs": [{"instruction": "...", "response": "..."}, ...]}:\n${json}`, both],
  ['the form with types', `{"pairs": [{"instruction": "string", "response": "string"}]}\n${json}`, both],
  ['the form with names', `{"pairs": [{"instruction": "<instruction>", "response": "<your response here>"}]}\n${json}`, both],
  ['the form in TypeScript', `{ pairs: { instruction: string; response: string }[] }\n\n${json}`, both],
  [
    'a JSON schema',
    `${JSON.stringify({ type: 'object', properties: { pairs: { type: 'array', items: { type: 'object', properties: { instruction: { type: 'string' }, response: { type: 'string' } } } } } })}\n${json}`,
    both,
  ],
  ['the types of a pair', `{"instruction": {"type": "string"}, "response": {"type": "string"}}\n${json}`, both],
  ['the form as the first pair', JSON.stringify({ pairs: [{ instruction: '…', response: '…' }, ...pairs] }), both],
  ['nothing but the form', '{"pairs": [{"instruction": "…", "response": "…"}]}', 'wrong-shape'],
  ['a response left open', '{"pairs": [{"instruction": "What?", "response": "..."}]}', 'wrong-shape'],
  ['a word that is a type', '{"pairs": [{"instruction": "Which type has it?", "response": "string"}]}', [['Which type has it?', 'string']]],
  ...[
    ['Question 1?', 'Answer 1.'],
    ['tbd', 'TBD'],
    ['${instruction}', '${response}'],
    ['____', '____'],
    ['-', '-'],
    ['xxx', 'xxx'],
    ['N/A', 'n/a'],
  ].map(([instruction, response]): Row => [`“${instruction}”`, JSON.stringify({ pairs: [{ instruction, response }, ...pairs] }), both]),
  [
    'an answer that says there is none',
    '{"pairs": [{"instruction": "What is its name?", "response": "N/A"}]}',
    [['What is its name?', 'N/A']],
  ],
]

const damage: readonly Row[] = [
  ...[
    '{"question1": "a", "answer1" "b"}',
    '{"user_message": "a", "assistant_message" "b"}',
    '{"task": "a", "target" "b"}',
    '{"role": "user", "content" "b"}',
  ].map((damaged): Row => [`the damaged ${damaged} beside a pair`, `${damaged}\n${object(one)}`, 'not-json']),
  ['a quotation mark too few', `{"pairs": [{"instruction": "Say "a", "response": "b"}]}`, 'not-json'],
  ['a number in quotation marks', `{"pairs": [{"instruction": "Who?", "response": "The "#1" fan"}]}`, [['Who?', 'The "#1" fan']]],
  ['strings beside each other', `{"pairs": [{"instruction": "What is it?", "response": "A " "cat."}]}`, 'not-json'],
  ['codes of Python', String.raw`{'pairs': [{'instruction': 'Caf\xe9?', 'response': '\U0001f408'}]}`, [['Café?', '🐈']]],
  ['a code that is damaged', String.raw`{"pairs": [{"instruction": "a", "response": "\u00e "}]}`, 'not-json'],
  [
    'LaTeX between dollar signs that is not escaped',
    String.raw`{"pairs": [{"instruction": "Which?", "response": "It shows $a \ne b$ and $x \to 0$,\nu is $\nu$.\nIt costs $5."}]}`,
    [['Which?', String.raw`It shows $a \ne b$ and $x \to 0$,` + '\n' + String.raw`u is $\nu$.` + '\nIt costs $5.']],
  ],
  [
    'a folder of Windows whose only invalid escape is \\u',
    String.raw`{"pairs": [{"instruction": "Where?", "response": "C:\new\temp\users"}]}`,
    [['Where?', String.raw`C:\new\temp\users`]],
  ],
  [
    'a folder of Windows',
    String.raw`{"pairs": [{"instruction": "Where?", "response": "C:\Users\name"}]}`,
    [['Where?', String.raw`C:\Users\name`]],
  ],
  ['a line behind a colon', String.raw`{"pairs": [{"instruction": "Q:\nWhat?", "response": "A:\nIt"}]}`, [['Q:\nWhat?', 'A:\nIt']]],
  [
    'LaTeX behind unescaped brackets',
    String.raw`{"pairs": [{"instruction": "a", "response": "\(\nu = 3\), \[x \to 0\]\nnext"}]}`,
    [['a', String.raw`\(\nu = 3\), \[x \to 0\]` + '\nnext']],
  ],
  [
    'line breaks behind escaped brackets',
    String.raw`{"pairs": [{"instruction": "a", "response": "\\[\nu = 3\n\\]\nto"}]}`,
    [['a', '\\[\nu = 3\n\\]\nto']],
  ],
  [
    'LaTeX of bold text',
    String.raw`{"pairs": [{"instruction": "a", "response": "\textbf{b} \neq c"}]}`,
    [['a', String.raw`\textbf{b} \neq c`]],
  ],
  ['a response that nobody sees', `{"pairs": [{"instruction": "What is it?", "response": "\u200b"}]}`, 'wrong-shape'],
  [
    'LaTeX with single backslashes',
    String.raw`{"pairs": [{"instruction": "What is \frac{1}{2} \times \theta?", "response": "\beta\nand more"}]}`,
    [[String.raw`What is \frac{1}{2} \times \theta?`, '\\beta\nand more']],
  ],
  ['strings joined by a plus', `{"pairs": [{"instruction": "What is it?", "response": "A " +\n "cat."}]}`, 'not-json'],
  ['trailing commas', json.replaceAll('}', ',}').replace(']', ',]'), both],
  ['a missing comma between pairs', json.replace('},{', '}\n{'), both],
  ['comments', json.replace('[', "[ // don't\n").replace('},{', '}, /* "next" */ {').replace(/}$/, '\n# end\n}'), both],
  [
    'Python',
    `pairs = [{'instruction': 'What's it?', 'response': "It's a cat.", 'kind': None, 'sure': True}]`,
    [["What's it?", "It's a cat."]],
  ],
  ['smart quotes', `{“pairs”: [{“instruction”: “What is it?”, “response”: “A "big" cat, I'd say.”}]}`, [[one[0], `A "big" cat, I'd say.`]]],
  ['German quotes', `{„pairs“: [{„instruction“: „Was ist das?“, „response“: „Eine Katze.“}]}`, [['Was ist das?', 'Eine Katze.']]],
  ['French quotes', `{«pairs»: [{«instruction»: «Qu’est-ce ?», «response»: «L’été, un chat.»}]}`, [['Qu’est-ce ?', 'L’été, un chat.']]],
  ['Chinese punctuation', `{“问题”：“这是什么？”，“答案”：“一只猫，很大。”}`, [['这是什么？', '一只猫，很大。']]],
  ['bare keys', `{pairs: [{instruction: "What is it?", response: "A cat."}]}`, [one]],
  [
    'raw line breaks',
    `{"pairs": [{"instruction": "What is it?", "response": "A cat.\n\n- big\t- red"}]}`,
    [[one[0], 'A cat.\n\n- big\t- red']],
  ],
  [
    'quotation marks in strings',
    `{"pairs": [{"instruction": "Who said "meow" here?", "response": "A 5" cat"}]}`,
    [['Who said "meow" here?', 'A 5" cat']],
  ],
  [
    'escapes that are none',
    String.raw`{"pairs": [{"instruction": "What\'s in snake\_case?", "response": "\(x\)"}]}`,
    [["What's in snake_case?", String.raw`\(x\)`]],
  ],
  ['a brace too much', `${json}}`, both],
  ['quotation marks and commas', `{"pairs": [{"instruction": "a", "response": "He said "x", "y" and left"}]}`, 'not-json'],
  ['a quotation mark that is missing', `{"pairs": [{"instruction": "a, "response": "b"}]}`, 'not-json'],
  ['a bare text', `{"pairs": [{"instruction": "a", "response": A cat.}]}`, 'not-json'],
  ['a bracket that is missing', `[{"instruction": "a", "response": "b", {"instruction": "c", "response": "d"}]`, 'not-json'],
  ['a bracket of another kind', `{"pairs": [{"instruction": "a", "response": "b"]}}`, 'not-json'],
  ['dots for pairs', `{"pairs": [${object(one)}, ...]}`, 'cut-off'],
  ...['[truncated]', '... (output truncated)', '…continued below', '(to be continued)', '<response was cut off>'].map((mark): Row => [
    mark,
    `${fence(json)}\n${mark}`,
    'cut-off',
  ]),
  ['words behind that name a cut', `${json}\nThe sofa is cut off at the left, so I left it out.`, both],
  ['dots for pairs in a string of JSON', JSON.stringify({ pairs: `[${object(one)}, ...]` }), 'wrong-shape'],
  ['a cut-off list in a closed fence', `\`\`\`json\n{"pairs": [${object(one)},\n\`\`\``, 'cut-off'],
  ['a string that never ends', `{"pairs": [{"instruction": "a", "response": "b}]}`, 'cut-off'],
  ['a cut-off string of JSON', JSON.stringify({ pairs: JSON.stringify(pairs).slice(0, -5) }), 'wrong-shape'],
  ['a cut-off inside of a string', JSON.stringify(json).slice(1, -9), 'cut-off'],
]

const transcripts: readonly Row[] = [
  [
    'kinds before the questions',
    'Type: conversation\nQuestion: What is it?\nAnswer: A cat.\nType: detailed description\nQuestion: Where?\nAnswer: Left.',
    [one, ['Where?', 'Left.']],
  ],
  [
    'kinds behind the answers',
    '- question: What is it?\n  answer: A cat.\n  kind: detail\n- question: Where?\n  answer: Left.\n  kind: detail',
    [one, ['Where?', 'Left.']],
  ],
  ['a part that nobody asked for', 'Question: What is it?\nAnswer: A cat.\nDifficulty: easy\nQuestion: Where?\nAnswer: Left.', 'not-json'],
  ['YAML with some quotation marks', '- question: "What is it?"\n  answer: A cat.', [one]],
  ['YAML that ends in a number', '- question: How many are there?\n  answer: There are\n    3.', [['How many are there?', 'There are 3.']]],
  [
    'an answer that ends in a number',
    'Q: How many are there?\nA: There are\n7\nQ: What is it?\nA: A cat.',
    [['How many are there?', 'There are\n7'], one],
  ],
  ['a last answer that ends in a number', 'Q: What is it?\nA: A cat.\nQ: How many are there?\nA: There are\n7', 'not-json'],
  ['numbers between the pairs', '1.\nQ: What is it?\nA: A cat.\n2.\nQ: What is that?\nA: A dog.', [one, ['What is that?', 'A dog.']]],
  ['YAML with a long line', '- question: What\n    is it?\n  answer: A cat.', [one]],
  ['the prompt of Alpaca before JSON', `### Instruction:\nWrite pairs.\n### Response:\n${json}`, both],
  ['Human and AI', 'Human: What is it?\nAI: A cat.', [one]],
  [
    'Syphus',
    'Question: What is it?\nAnswer: A cat.\nQuestion: Where?\nAnswer: On the sofa: left.',
    [one, ['Where?', 'On the sofa: left.']],
  ],
  ['with empty lines', 'Question: What is it?\n\nAnswer: A cat.\n\nQuestion: Where?\nAnswer: Left.\n', [one, ['Where?', 'Left.']]],
  [
    'in bold, numbered',
    '**Question 1:** What is it?\n**Answer 1:** A cat.\n\n---\n\n**Question 2:** Where?\n**Answer 2:** Left.',
    [one, ['Where?', 'Left.']],
  ],
  ['Q and A behind words', 'Here are two pairs:\n\nQ1: What is it?\nA1: A cat.\nQ2: Where?\nA2: Left.', [one, ['Where?', 'Left.']]],
  ['Instruction and Response', '1. Instruction: What is it?\nResponse: A cat.', [one]],
  ['Chinese', '问题：这是什么？\n答案：一只猫。', [['这是什么？', '一只猫。']]],
  [
    'with lines of a list',
    'Question: What is there?\nAnswer: Two things:\n- a cat\n- a sofa',
    [['What is there?', 'Two things:\n- a cat\n- a sofa']],
  ],
  ['behind reasoning', '<think>Question: x\nAnswer: y</think>\nQuestion: What is it?\nAnswer: A cat.', [one]],
  ['a question without an answer', 'Question: What is it?\nAnswer: A cat.\nQuestion: Where?', 'not-json'],
  ['words behind it', 'Question: What is it?\nAnswer: A cat.\n\nLet me know if you need more!', 'not-json'],
  ['words right behind it', 'Question: What is it?\nAnswer: A cat.\nI hope this helps!', 'not-json'],
  ['an empty answer', 'Question: What is it?\nAnswer:\nQuestion: Where?\nAnswer: Left.', 'not-json'],
  ['a question alone', 'Question: What do you mean?', 'not-json'],
]

const asked = '"instruction": "What is it?"'
const nothingLost: readonly Row[] = [
  ['a follow-up question within a pair', `{"pairs": [{${asked}, "response": "A cat.", "follow_up": ${object(two)}}]}`, 'wrong-shape'],
  ...['follow_up_answer', 'followUpAnswer', 'next_answer', 'second response'].map((key): Row => [
    `a part “${key}” within a pair`,
    JSON.stringify({ pairs: [{ ...toPair(one), [key.replace(/answer|response/i, 'question')]: two[0], [key]: two[1] }] }),
    'wrong-shape',
  ]),
  ['a follow-up question without an answer', JSON.stringify({ pairs: [{ ...toPair(one), follow_up_question: two[0] }] }), [one]],
  ['follow-up questions within a pair', `{"pairs": [{${asked}, "response": "A cat.", "followups": [${object(two)}]}]}`, 'wrong-shape'],
  ['pairs beside a pair', `{${asked}, "response": "A cat.", "pairs": [${object(two)}]}`, 'wrong-shape'],
  ['the rounds before a pair', `[{${asked}, "response": "A cat.", "history": [["Hello", "Hi"]]}]`, 'wrong-shape'],
  ['an answer and a final answer', `[{${asked}, "answer": "A dog.", "final_answer": "A cat."}]`, 'wrong-shape'],
  ['a response and a revised one', `[{${asked}, "response": "A dog.", "revised_response": "A cat."}]`, 'wrong-shape'],
  ['the same answer twice', `[{${asked}, "answer": "A cat.", "final_answer": "A cat."}]`, [one]],
  ['a final answer alone', `[{${asked}, "thoughts": "Hm", "final_answer": "A cat."}]`, [one]],
  [
    'options with letters',
    `[{${asked}, "options": [{"label": "A", "text": "a cat"}, {"label": "B", "text": "a dog"}], "answer": "A"}]`,
    [['What is it?\nA. a cat\nB. a dog', 'A']],
  ],
  ['options by key', `[{${asked}, "option_a": "a cat", "option_b": "a dog", "answer": "A"}]`, [['What is it?\nA. a cat\nB. a dog', 'A']]],
  ['options that are numbers', `[{${asked}, "options": [1, 2], "answer": 2}]`, [['What is it?\n1\n2', '2']]],
  ['an option without a text', `[{${asked}, "options": [{"url": 1}], "answer": "A"}]`, 'wrong-shape'],
  ['the place of an option', `[{${asked}, "choices": ["a cat", "a dog"], "answer": 1}]`, 'wrong-shape'],
  ['more pairs as text behind JSON', `${list(one)}\n\nQuestion: ${two[0]}\nAnswer: ${two[1]}`, 'wrong-shape'],
  ['more pairs as text before JSON', `Question: ${two[0]}\nAnswer: ${two[1]}\n\n${list(one)}`, 'wrong-shape'],
  ['more pairs as a table behind JSON', `${list(one)}\n\n| Question | Answer |\n|---|---|\n| a | b |`, 'wrong-shape'],
  ['pairs that are omitted, behind JSON', `${list(one)}\n(2 more pairs omitted for brevity)`, 'cut-off'],
  ...[
    'Would you like me to continue with the remaining pairs?',
    "Let me know if you'd like me to generate the remaining ones.",
    '(1/2 pairs. Reply "continue" for the rest.)',
    'The remaining pair follows in the next message.',
    '**Part 1 of 2**',
  ].map((offer): Row => [`the offer “${offer}” in place of pairs`, `${fence(list(one))}\n${offer}`, 'cut-off']),
  ...[
    'Let me know if you would like more pairs!',
    'Shall I write pairs for the rest of the images?',
    'I can generate pairs for the remaining images as well.',
    'Part 2 of 2',
  ].map((offer): Row => [`the offer “${offer}” after all pairs`, `${fence(json)}\n${offer}`, both]),
  ['dots behind JSON Lines', `${object(one)}\n${object(two)}\n...`, 'cut-off'],
  ['a comment in place of pairs', list(one).replace(/]}$/, ', // more pairs here\n]}'), 'cut-off'],
  ['a comment in place of two pairs', list(one).replace(/]}$/, ' /* two more */]}'), 'cut-off'],
  ['a remark behind JSON on what is not seen', `${list(one)}\n\nNote: other details were left out, as they are not visible.`, [one]],
  ['quoted texts of YAML', '- question: "What is \\"it\\"?"\n  answer: "A cat."', [['What is "it"?', 'A cat.']]],
  ['texts of YAML in single quotes', "- question: 'What''s it?'\n  answer: 'A cat.'", [["What's it?", 'A cat.']]],
  ['an answer that is a quotation', 'Question: What does it say?\nAnswer: "STOP"', [['What does it say?', '"STOP"']]],
  [
    'a block of YAML',
    '- question: What is it?\n  answer: |\n    A cat.\n    It sits.\n- question: Where?\n  answer: There.',
    [
      ['What is it?', 'A cat.\nIt sits.'],
      ['Where?', 'There.'],
    ],
  ],
]

describe.each([
  ['reasoning', reasoning],
  ['what would be lost', nothingLost],
  ['several values', several],
  ['wrappers', wrappers],
  ['parts', parts],
  ['a form that is repeated', echoes],
  ['damage', damage],
  ['lines of text', transcripts],
])('a reply with %s', (_, rows) => {
  it.each(rows.map(([name, text, expected, pairsPerItem = 3]) => ({ name, text, expected, pairsPerItem })))(
    '$name',
    ({ text, expected, pairsPerItem }) => {
      expect(outcome(text, { form: 'pairs', pairsPerItem })).toEqual(expected)
    },
  )
})

function outcome(text: string, requested: Requested): Pairs | CallErrorCode {
  try {
    return parseReply({ text, finishReason: 'stop' }, requested).pairs.map(({ instruction, response }) => [instruction, response])
  } catch (error) {
    if (error instanceof CallFailure) return error.code
    throw error
  }
}
