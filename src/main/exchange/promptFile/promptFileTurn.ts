import { z } from 'zod'
import { draftedPairSchema, type DraftedPair } from '../../../shared/domain'

/** Content of an assistant turn of a prompt file. `complete`: it contains only pairs. */
interface AssistantTurn {
  readonly pairs: DraftedPair[]
  readonly complete: boolean
}

type Field = 'instruction' | 'response' | 'rationale' | 'kind' | 'conversation' | 'turn'

/** Keys used in published files, in lower case. */
const fields: ReadonlyMap<string, Field> = new Map([
  ...['question', 'instruction', 'q', 'user'].map((key) => [key, 'instruction'] as const),
  ...['answer', 'response', 'a', 'assistant'].map((key) => [key, 'response'] as const),
  ...['reason', 'rationale'].map((key) => [key, 'rationale'] as const),
  ...['kind', 'type'].map((key) => [key, 'kind'] as const),
  ['conversation', 'conversation'],
  ...['round', 'turn'].map((key) => [key, 'turn'] as const),
])

const fieldOf = (key: string) => fields.get(key.trim().toLowerCase())

/** Reads the content of an assistant turn: text (lines `Key: text`, or JSON), an object, or a list of either. */
export function readAssistantTurn(content: unknown): AssistantTurn {
  const entries = Array.isArray(content) ? content : [content]
  const parts = entries.map((entry) => (typeof entry === 'string' ? readText(entry) : readObject(entry)))
  return { pairs: parts.flatMap(({ pairs }) => pairs), complete: parts.length > 0 && parts.every(({ complete }) => complete) }
}

/**
 * Formats pairs as a list of objects, which preserves any text: lines `Key: text` would lose answers that look like a key. Conversations
 * and their rounds are numbered from 1.
 */
export function formatAssistantTurn(pairs: readonly DraftedPair[]): Record<string, string>[] {
  return pairs.map(({ instruction, response, rationale, kind, conversation, turn }) => ({
    ...(conversation === null ? {} : { Conversation: String(conversation + 1) }),
    ...(turn === null ? {} : { Round: String(turn + 1) }),
    ...(kind === null ? {} : { Kind: kind }),
    ...{ Question: instruction, Answer: response },
    ...(rationale === null ? {} : { Reason: rationale }),
  }))
}

/**
 * Reads an object as one pair. Values of other keys, such as the choices of a question, become lines `Key: text` after the preceding text,
 * or before the instruction if there is none, as Syphus flattens them.
 */
function readObject(value: unknown): AssistantTurn {
  const object = z.record(z.string(), z.unknown()).safeParse(value)
  if (!object.success) return { pairs: [], complete: false }
  const texts = new Map<Field, string>()
  let before: string[] = []
  let open: Field | null = null
  for (const [key, content] of Object.entries(object.data)) {
    const text = plainText(content)
    if (text === null) continue
    const field = fieldOf(key)
    if (field === undefined || texts.has(field) || !takes(field, text)) {
      const line = `${key}: ${text}`
      if (open) texts.set(open, `${texts.get(open)}\n${line}`)
      else before.push(line)
      continue
    }
    texts.set(field, text)
    if (field !== 'instruction' && field !== 'response') continue
    open = field
    texts.set(field, [...before, text].join('\n'))
    before = []
  }
  const pair = toPair([...texts])
  return { pairs: pair ? [pair] : [], complete: pair !== null }
}

/** Converts a value to text; null if it is empty. */
function plainText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value
  return value === null || value === undefined ? null : JSON.stringify(value)
}

/** Returns whether a field accepts a text; a value that it does not accept is treated as an ordinary line. */
function takes(field: Field, text: string): boolean {
  switch (field) {
    case 'kind':
      return kindOf(text) !== null
    case 'conversation':
    case 'turn':
      return placeOf(text) !== null
    case 'instruction':
    case 'response':
    case 'rationale':
      return true
  }
}

function readText(text: string): AssistantTurn {
  const json = tryParse(text)
  if (json !== undefined && json !== null && typeof json === 'object') return readAssistantTurn(json)
  const groups: [Field, string][][] = []
  let strayed = false
  for (const line of text.split(/\r\n?|\n/)) {
    const match = /^\s*(?:\d+[.)]\s*)?\*{0,2}([A-Za-z]+)\*{0,2}(?:\s*(\d+))?\s*:\*{0,2}\s?(.*)$/.exec(line)
    const [, key, number, rest = ''] = match ?? []
    const named = key === undefined ? undefined : fieldOf(key)
    // In “Round 2:”, the value precedes the colon.
    const said = (named === 'conversation' || named === 'turn') && rest.trim() === '' ? (number ?? '') : rest
    const field = named !== undefined && takes(named, said) ? named : undefined
    const group = groups.at(-1)
    if (field !== undefined && opensPair(field, group)) groups.push([[field, said]])
    else if (field !== undefined && group && !has(group, field)) group.push([field, said])
    else if (group && isText(group.at(-1)?.[0])) continueLast(group, line)
    else strayed ||= line.trim() !== ''
  }
  const pairs = continueNumbering(groups.map(toPair))
  return { pairs: pairs.filter((pair) => pair !== null), complete: !strayed && pairs.length > 0 && pairs.every((pair) => pair !== null) }
}

/** Numbers the conversations and turns: a heading such as `Conversation 1:` also applies to the pairs below it. */
function continueNumbering(pairs: readonly (DraftedPair | null)[]): (DraftedPair | null)[] {
  let last: DraftedPair | null = null
  return pairs.map((pair) => {
    if (pair === null) return null
    const conversation: number | null = pair.conversation ?? last?.conversation ?? null
    const next: number = conversation === last?.conversation ? (last?.turn ?? -1) + 1 : 0
    last = { ...pair, conversation, turn: pair.turn ?? (conversation === null ? null : next) }
    return last
  })
}

const has = (group: readonly (readonly [Field | undefined, string])[], field: Field) => group.some(([name]) => name === field)

/**
 * Returns whether a field starts a new pair: the first field does; an instruction does if the current pair already has one; a kind,
 * conversation or turn does if the current pair already has a response.
 */
function opensPair(field: Field, group: readonly (readonly [Field, string])[] | undefined): boolean {
  if (!group) return true
  if (field === 'instruction') return has(group, 'instruction')
  return (field === 'kind' || field === 'conversation' || field === 'turn') && has(group, 'response')
}

/** Returns whether a field may continue over several lines. */
const isText = (field: Field | undefined) => field === 'instruction' || field === 'response' || field === 'rationale'

function continueLast(group: [Field, string][], line: string): void {
  const last = group.at(-1)
  if (last) last[1] += `\n${line}`
}

function toPair(entries: readonly (readonly [Field | undefined, string])[]): DraftedPair | null {
  const texts = new Map(entries.map(([field, text]) => [field, text.trim()]))
  const pair = draftedPairSchema.safeParse({
    instruction: texts.get('instruction'),
    response: texts.get('response'),
    rationale: texts.get('rationale') || null,
    kind: kindOf(texts.get('kind')),
    conversation: placeOf(texts.get('conversation')),
    turn: placeOf(texts.get('turn')),
  })
  return pair.success ? pair.data : null
}

const kindSchema = draftedPairSchema.shape.kind.catch(null)
const kindOf = (text: string | undefined) => kindSchema.parse(text?.trim().toLowerCase())

/** Converts a number that counts from 1 in a file to a 0-based index. */
const placeOf = (text = '') => (/^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) - 1 : null)

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
