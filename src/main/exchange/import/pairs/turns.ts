import { z } from 'zod'
import { message, type Message } from '../../../../shared/messages/message'
import { schemaFault } from '../row/entry'
import { readContent, roleOf, turnSchema, withoutOuterMarks } from '../formats/llava/turns'
import type { NamedMedium } from '../formats/llava/turns'
import type { RecordPair } from './record'

const turnsSchema = turnSchema.array()

/** Turns as questions and answers. */
export interface Turns {
  readonly system: string | null
  readonly pairs: readonly RecordPair[]
  /** The last question, if it has no answer. */
  readonly open: string | null
  /** Whether an answer preceded the first question and was dropped. */
  readonly hasLeadingAnswer: boolean
  /** Whether a system text followed a question; it is put first, with the others. */
  readonly hasLateSystem: boolean
  /** Media named in the turns themselves. */
  readonly media: readonly NamedMedium[]
  /** Kinds of media by the marks in the questions, in order. */
  readonly marks: readonly NamedMedium['kind'][]
}

/** `<think>…</think>` before an answer, as reasoning models write it. */
const thinking = /^\s*<think>([^]*?)<\/think>/

/** Separates the reasoning from an answer. */
export function splitReasoning(text: string): { response: string; rationale: string | null } {
  const [whole, rationale = ''] = thinking.exec(text) ?? []
  if (whole === undefined) return { response: text, rationale: null }
  return { response: text.slice(whole.length), rationale: rationale.trim() === '' ? null : rationale.trim() }
}

export const toPair = (instruction: string, answer: string, reasoning?: string | null): RecordPair => {
  const { response, rationale } = splitReasoning(answer)
  return { instruction, response, rationale: rationale ?? (reasoning?.trim() || null), draft: null, label: null }
}

/** InternVL numbers the frames of a video: `Frame-1: <image>`. */
const frameMark = /Frame-?\d+: (?=<image>)/g
const mark = /<(image|video)>/g

/** Qwen-VL numbers and names its media in the text: `<img>cat.jpg</img>`. */
const namedMark = /(?:picture ?\d{1,4}: ?)?<img>[^<\n]+<\/img>/gi

/** Reads a question: returns the text without media marks around it, and the kinds of the marks. */
export function readQuestion(written: string): { text: string; marks: NamedMedium['kind'][] } {
  const text = written.replace(namedMark, '<image>')
  const marks = [...text.matchAll(mark)].map(([, kind]) => (kind === 'video' ? ('video' as const) : ('image' as const)))
  return { text: withoutOuterMarks(text.replace(frameMark, '')), marks }
}

/**
 * Reads turns of LLaVA, ShareGPT or chat messages. Returns a Message if they are not a conversation: an unknown role, or two questions or
 * two answers in a row.
 */
export function readTurns(value: unknown, root: string): Turns | Message {
  const parsed = turnsSchema.safeParse(value)
  if (!parsed.success) return schemaFault(parsed.error, root)
  const system: string[] = []
  const pairs: RecordPair[] = []
  const media: NamedMedium[] = []
  const marks: NamedMedium['kind'][] = []
  let open: string | null = null
  let hasLeadingAnswer = false
  let hasLateSystem = false
  for (const [at, turn] of parsed.data.entries()) {
    const name = turn.role ?? turn.from ?? ''
    const role = roleOf(name)
    if (role === undefined) return message('import.asPairs.unknownRole', { role: name, number: at + 1 })
    if (turn['tool_calls'] != null) return message('import.asPairs.unknownRole', { role: 'tool_calls', number: at + 1 })
    const unread = new Set<string>()
    const text = readContent(turn.content ?? turn.value, media, unread)
    const [part] = unread
    if (part !== undefined) return message('import.asPairs.unknownPart', { part, number: at + 1 })
    if (role === 'system') {
      hasLateSystem ||= pairs.length > 0 || open !== null
      system.push(text.trim())
    } else if (role === 'user') {
      const question = readQuestion(text)
      marks.push(...question.marks)
      // Media may have a separate turn before the question.
      if (open !== null && open !== '') return message('import.asPairs.twoQuestions', { number: at + 1 })
      open = question.text
    } else if (open === null) {
      if (pairs.length > 0 || hasLeadingAnswer) return message('import.asPairs.twoAnswers', { number: at + 1 })
      hasLeadingAnswer = true
    } else {
      const { reasoning_content: reasoning } = turn
      pairs.push(toPair(open, text, typeof reasoning === 'string' ? reasoning : null))
      open = null
    }
  }
  return { system: system.filter((text) => text !== '').join('\n') || null, pairs, open, hasLeadingAnswer, hasLateSystem, media, marks }
}

const answerSchema = z.union([z.string(), z.looseObject({ content: z.unknown() }), z.looseObject({ value: z.unknown() })])

/** Reads one answer: a text, a message, or a list of one message. */
export function readAnswer(value: unknown, root: string): string | Message {
  const [only, second] = Array.isArray(value) ? (value as unknown[]) : [value]
  if (second !== undefined) return message('import.asPairs.oneAnswer', { key: root })
  const parsed = answerSchema.safeParse(only)
  if (!parsed.success) return message('import.asPairs.answerExpected', { key: root })
  if (typeof parsed.data === 'string') return parsed.data
  const turns = turnsSchema.safeParse([{ role: 'assistant', ...parsed.data }])
  if (!turns.success) return schemaFault(turns.error, root)
  const [turn] = turns.data
  if (turn && roleOf(turn.role ?? turn.from ?? '') !== 'assistant') return message('import.asPairs.answerExpected', { key: root })
  return readContent(turn?.content ?? turn?.value, [], new Set())
}
