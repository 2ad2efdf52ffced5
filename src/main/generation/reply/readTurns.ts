import { message } from '../../../shared/messages/message'
import { plainKey, roleOf } from './keyNames'
import { type Group, type RawPair, UnclearShape } from './rawPair'
import { isList, isObject, type Json } from './readJson'

interface Turn {
  readonly speaker: 'instruction' | 'response' | 'system'
  readonly text: Json
}

/**
 * Reads the turns of a chat, as in ShareGPT (`from`, `value`) and Chat Completions (`role`, `content`).
 * @returns one exchange as a plain pair, several as one conversation; null if the list contains anything else
 * @throws UnclearShape if turns are missing
 */
export function readTurns(list: readonly Json[]): readonly Group[] | null {
  const turns = list.map(readTurn)
  if (turns.length < 2 || !turns.every((turn) => turn !== null)) return null
  const spoken = turns.filter(({ speaker }) => speaker !== 'system')
  const pairs: RawPair[] = []
  for (let at = 0; at < spoken.length; at += 2) {
    const [question, answer] = [spoken[at], spoken[at + 1]]
    if (question?.speaker !== 'instruction' || answer?.speaker !== 'response')
      throw new UnclearShape(message('reply.lonelyTurn', { number: at + 1 }))
    pairs.push({ instruction: question.text, response: answer.text, kind: null, rationale: undefined })
  }
  return [{ isConversation: pairs.length > 1, pairs }]
}

export function readTurn(value: Json): Turn | null {
  if (!isObject(value)) return null
  const keys = new Map([...value].map(([key, each]) => [plainKey(key), each]))
  const name = keys.get('from') ?? keys.get('role') ?? keys.get('speaker')
  const text = keys.get('value') ?? keys.get('content') ?? keys.get('text')
  if (typeof name !== 'string' || text === undefined) return null
  const speaker = speakerNamed(name)
  return speaker && { speaker, text: withoutMediaToken(partsAsText(text)) }
}

function speakerNamed(name: string): Turn['speaker'] | null {
  const key = plainKey(name)
  if (key === 'system') return key
  if (['model', 'chatgpt'].includes(key)) return 'response'
  const role = roleOf(key)
  return role === 'instruction' || role === 'response' ? role : null
}

/** Joins the parts of a text; the content of Chat Completions may be a list of parts. */
function partsAsText(text: Json): Json {
  if (!isList(text)) return text
  const parts = text.map((part) => (isObject(part) && part.get('type') === 'text' ? part.get('text') : undefined))
  return parts.every((part) => typeof part === 'string') ? parts.join('\n') : text
}

/** Removes LLaVA's `<image>`, which represents the image and is not part of the question. */
const withoutMediaToken = (text: Json): Json =>
  typeof text === 'string' ? text.replace(/^\s*<(?:image|video)>\s*\n|\n\s*<(?:image|video)>\s*$/g, '') : text
