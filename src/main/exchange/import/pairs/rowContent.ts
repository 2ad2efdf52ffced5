import { z } from 'zod'
import { message, Message } from '../../../../shared/messages/message'
import { faultCode, schemaFault } from '../row/entry'
import { idSchema } from '../json/jsonRow'
import { mediaKeys, mediaOf } from '../formats/llava/llava'
import type { NamedMedium } from '../formats/llava/turns'
import { keysOf, type LeftOut } from '../row/leftOut'
import { isKeyed, type Keyed } from '../row/shapes'
import type { PairContent, PairMedium, RecordPair } from './record'
import type { PairNotes } from './pairNotes'
import { readAnswer, readQuestion, readTurns, splitReasoning, toPair, type Turns } from './turns'

const rowSchema = z.looseObject({
  ...mediaKeys,
  id: idSchema.nullish().transform((id) => id ?? null),
  system: z.string({ error: faultCode('import.expectedText') }).nullish(),
  label: z.boolean({ error: faultCode('import.asPairs.labelExpected') }).nullish(),
  kto_tag: z.boolean({ error: faultCode('import.asPairs.labelExpected') }).nullish(),
})
type Row = z.infer<typeof rowSchema>

const rowKeys = keysOf(
  'id image images file_name video videos system label kto_tag conversations messages prompt completion chosen rejected rejected_response ' +
    'question answer query instruction input output response history objects preferred_output non_preferred_output reasoning',
)
const turnKeys = keysOf('from role value content tool_calls reasoning_content')

const textsSchema = z.string({ error: faultCode('import.expectedText') })
const historySchema = z.array(z.tuple([textsSchema, textsSchema]))

interface Read {
  readonly turns: Turns
  /** The chosen and the rejected answer to the last question. */
  readonly preference?: { readonly chosen: string; readonly rejected: string }
}

const none: Turns = { system: null, pairs: [], open: null, hasLeadingAnswer: false, hasLateSystem: false, media: [], marks: [] }

function withAnswers(turns: Turns, chosen: unknown, rejected: unknown, names: readonly [string, string]): Read | Message {
  const [better, worse] = [readAnswer(chosen, names[0]), readAnswer(rejected, names[1])]
  if (better instanceof Message) return better
  if (worse instanceof Message) return worse
  if (turns.open === null) return message('import.asPairs.noQuestion', { first: names[0], second: names[1] })
  return { turns, preference: { chosen: better, rejected: worse } }
}

/** Reads chosen and rejected conversations that are identical except for the last turn (TRL rows without `prompt`). */
function readWholeConversations(chosen: unknown, rejected: unknown): Read | Message {
  const [better, worse] = [readTurns(chosen, 'chosen'), readTurns(rejected, 'rejected')]
  if (better instanceof Message) return better
  if (worse instanceof Message) return worse
  const [last, other] = [better.pairs.at(-1), worse.pairs.at(-1)]
  if (!last || !other || better.open !== null || worse.open !== null) return message('import.asPairs.answerExpected', { key: 'chosen' })
  const before = ({ pairs }: Turns) =>
    JSON.stringify(pairs.map(({ instruction, response }, at) => [instruction, at < pairs.length - 1 ? response : '']))
  if (before(better) !== before(worse)) return message('import.asPairs.otherPrompt')
  return {
    turns: { ...better, pairs: better.pairs.slice(0, -1), open: last.instruction },
    preference: { chosen: last.response, rejected: other.response },
  }
}

/** Reads an Alpaca row; `history` contains the earlier questions and answers. */
function readAlpaca(row: Keyed): Read | Message {
  const instruction = textsSchema.safeParse(row['instruction'])
  if (!instruction.success) return schemaFault(instruction.error, 'instruction')
  const input = textsSchema.nullish().safeParse(row['input'])
  if (!input.success) return schemaFault(input.error, 'input')
  const history = historySchema.nullish().safeParse(row['history'])
  if (!history.success) return schemaFault(history.error, 'history')
  const asked = [
    ...(history.data ?? []).map(([question]) => question),
    [instruction.data, input.data ?? ''].filter((text) => text !== '').join('\n'),
  ]
  const questions = asked.map(readQuestion)
  const turns: Turns = {
    ...none,
    marks: questions.flatMap(({ marks }) => marks),
    pairs: (history.data ?? []).map(([, answer], at) => toPair(questions[at]?.text ?? '', answer)),
    open: questions.at(-1)?.text ?? '',
  }
  if ('chosen' in row || 'rejected' in row) return withAnswers(turns, row['chosen'], row['rejected'], ['chosen', 'rejected'])
  const [key, given] =
    'output' in row ? ['output', row['output']] : 'response' in row ? ['response', row['response']] : ['answer', row['answer']]
  if (given === undefined || given === null) return message('import.asPairs.noPairs')
  const answer = readAnswer(given, key ?? 'output')
  if (answer instanceof Message) return answer
  return { turns: { ...turns, open: null, pairs: [...turns.pairs, toPair(turns.open ?? '', answer)] } }
}

/** Reads a question given as text, with its answer or answers. */
function readAsked(row: Keyed, key: 'question' | 'prompt'): Read | Message {
  const { text, marks } = readQuestion(String(row[key]))
  const turns: Turns = { ...none, marks, open: text }
  if ('chosen' in row || 'rejected' in row) return withAnswers(turns, row['chosen'], row['rejected'], ['chosen', 'rejected'])
  const given = ['completion', 'answer', 'response', 'output'].find((name) => name in row) ?? 'answer'
  if (row[given] === undefined || row[given] === null) return message('import.asPairs.noPairs')
  const answer = readAnswer(row[given], given)
  return answer instanceof Message ? answer : { turns: { ...turns, open: null, pairs: [toPair(text, answer)] } }
}

function readRow(row: Keyed): Read | Message {
  const { input, conversations, messages, prompt, chosen, rejected } = row
  if (isKeyed(input) && 'messages' in input) {
    const turns = readTurns(input['messages'], 'input.messages')
    if (turns instanceof Message) return turns
    return withAnswers(turns, row['preferred_output'], row['non_preferred_output'], ['preferred_output', 'non_preferred_output'])
  }
  const given = conversations ?? messages
  if (given !== undefined && given !== null) {
    const turns = readTurns(given, conversations == null ? 'messages' : 'conversations')
    if (turns instanceof Message) return turns
    if ('chosen' in row || 'rejected' in row) return withAnswers(turns, chosen, rejected, ['chosen', 'rejected'])
    if (!('rejected_response' in row)) return { turns }
    const last = turns.pairs.at(-1)
    if (!last || turns.open !== null) return message('import.asPairs.answerExpected', { key: 'messages' })
    const before = { ...turns, pairs: turns.pairs.slice(0, -1), open: last.instruction }
    const reasoned = last.rationale === null ? last.response : `<think>${last.rationale}</think>${last.response}`
    return withAnswers(before, reasoned, row['rejected_response'], ['messages', 'rejected_response'])
  }
  if (Array.isArray(prompt)) {
    const turns = readTurns(prompt, 'prompt')
    if (turns instanceof Message) return turns
    if ('chosen' in row || 'rejected' in row) return withAnswers(turns, chosen, rejected, ['chosen', 'rejected'])
    const answer = readAnswer(row['completion'], 'completion')
    if (answer instanceof Message) return answer
    if (turns.open === null) return message('import.asPairs.noQuestion', { first: 'prompt', second: 'completion' })
    return { turns: { ...turns, pairs: [...turns.pairs, toPair(turns.open, answer)], open: null } }
  }
  if ('instruction' in row) return readAlpaca(row)
  // ms-swift uses `query` instead of `instruction`.
  if ('query' in row) return readAlpaca({ ...row, instruction: row['query'] })
  if (typeof row['question'] === 'string') return readAsked(row, 'question')
  if (typeof prompt === 'string') return readAsked(row, 'prompt')
  if (Array.isArray(chosen) && Array.isArray(rejected)) return readWholeConversations(chosen, rejected)
  return message('import.asPairs.noPairs')
}

/** Replaces the marks of ms-swift in texts, in order, with the names and boxes of `objects`, in source pixels. */
function createObjectReader(objects: unknown) {
  const { ref = [], bbox = [] } = isKeyed(objects) ? (objects as { ref?: unknown; bbox?: unknown }) : {}
  const [names, boxes] = [Array.isArray(ref) ? [...(ref as unknown[])] : [], Array.isArray(bbox) ? [...(bbox as unknown[])] : []]
  return {
    put: (text: string) =>
      text.replace(/<(ref-object|bbox)>/g, (mark, kind: string) => {
        const next = kind === 'bbox' ? boxes.shift() : names.shift()
        return next === undefined ? mark : typeof next === 'string' ? next : JSON.stringify(next)
      }),
    /** Number of names and boxes without a mark. */
    unused: () => names.length + boxes.length,
  }
}

/** Sorts media in the order of their marks, because rows list images and videos separately. */
function orderMedia(media: readonly NamedMedium[], marks: readonly NamedMedium['kind'][]): readonly NamedMedium[] {
  const count = (kinds: readonly string[], kind: string) => kinds.filter((each) => each === kind).length
  const kinds = media.map(({ kind }) => kind)
  if (marks.length !== media.length || count(marks, 'video') !== count(kinds, 'video')) return media
  const waiting = { image: media.filter(({ kind }) => kind === 'image'), video: media.filter(({ kind }) => kind === 'video') }
  return marks.flatMap((kind) => waiting[kind].shift() ?? [])
}

/**
 * Reads a row of a training set of any supported shape: conversations of LLaVA, ShareGPT, Qwen, InternVL, LLaMA-Factory and ms-swift;
 * messages of chat APIs and axolotl; prompts and completions of TRL; Alpaca instructions; chosen and rejected answers; labels. Returns a
 * Message if the row is invalid. Sources: the documentation of these loaders, as listed in the README of the export formats.
 */
export function readRowContent(value: unknown, name: string, notes: PairNotes, leftOut: LeftOut): PairContent | Message {
  const parsed = rowSchema.safeParse(value)
  if (!parsed.success) return schemaFault(parsed.error, '')
  const row: Row = parsed.data
  const read = readRow(row)
  if (read instanceof Message) return read
  const { turns, preference } = read
  const label = row.label ?? row.kto_tag ?? null
  const { put, unused } = createObjectReader(row['objects'])
  const placed = (pair: RecordPair): RecordPair => ({ ...pair, instruction: put(pair.instruction), response: put(pair.response) })
  let pairs = turns.pairs.map(placed)
  if (preference) {
    const instruction = put(turns.open ?? '')
    const [chosen, rejected] = [splitReasoning(preference.chosen), splitReasoning(preference.rejected)]
    if (chosen.response.trim() === rejected.response.trim()) return message('import.asPairs.sameAnswers')
    const draft = { instruction, response: rejected.response }
    pairs = [...pairs, { instruction, ...chosen, draft, label: null }]
  } else if (label !== null) pairs = pairs.map((pair, at) => (at === pairs.length - 1 ? { ...pair, label } : pair))
  const media = orderMedia(mediaOf(row, turns.media), turns.marks)
  const first = media[0]?.name
  const item = row.id ?? (first === undefined || /^data:/i.test(first) ? name : first.slice(0, 80))
  if (turns.hasLeadingAnswer) notes.add('leadingAnswer', item)
  if (turns.hasLateSystem) notes.add('lateSystem', item)
  if (!preference && turns.open !== null) notes.add('unanswered', item)
  if (turns.marks.length > 0 && media.length > 0 && turns.marks.length !== media.length) notes.add('marksDiffer', item)
  if (pairs.length === 0) return message('import.asPairs.noPairs')
  leftOut.addKeys(row, rowKeys, item)
  leftOut.addKey('objects', item, unused())
  for (const turn of [row['conversations'], row['messages']].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])))
    if (isKeyed(turn)) leftOut.addKeys(turn, turnKeys, item, 'turns.')
  return {
    id: row.id,
    media: media.map(({ bytes, ...medium }): PairMedium => (bytes === undefined ? medium : { ...medium, embedded: bytes })),
    system: [row.system?.trim() ?? '', turns.system ?? ''].filter((text) => text !== '').join('\n') || null,
    pairs,
    isPreference: preference !== undefined || label !== null,
  }
}
