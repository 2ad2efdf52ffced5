import { type Group, type RawPair, UnclearShape } from './rawPair'
import { message } from '../../../shared/messages/message'
import { roleOf, type Role } from './keyNames'

interface Part {
  readonly role: Role
  readonly lines: string[]
}

const label = /^[\s#>*_-]{0,12}(?:\d{1,3}[.)]\s{0,3})?[*_]{0,3}([\p{L}\p{M}]{1,24})\s{0,2}#?\d{0,3}[*_]{0,3}\s{0,2}[:：][*_]{0,3}\s*(.*)$/u
const separator =
  /^\s*(?:[-*_=]{3,}|\x60{3}\w{0,10}|[#*_\s]*(?:pair|pairs|q ?& ?a|example|conversation)?\s{0,2}#?\d{1,3}[.):]?[*_\s]*)\s*$/i
const listEntry = /^\s*(?:[-*•]|\d{1,3}[.)])\s/

/**
 * Reads pairs that are written as lines `Question: …` and `Answer: …`, the style of the published Syphus prompts.
 * @returns null where the text has no such lines
 * @throws UnclearShape where it is not clear which text belongs to which pair
 */
export function readTranscript(text: string): Group | null {
  const parts = splitParts(text)
  if (parts === null) return null
  const pairs: RawPair[] = []
  for (let at = 0; at < parts.length;) {
    const [question, answer] = [parts[at], parts[at + 1]]
    if (question?.role !== 'instruction' || answer?.role !== 'response')
      throw new UnclearShape(message('reply.turnsOutOfOrder', { number: pairs.length + 1 }))
    const reason = parts[at + 2]?.role === 'rationale' ? parts[at + 2] : undefined
    const isLast = at + (reason ? 3 : 2) >= parts.length
    pairs.push({
      instruction: joinLines(question, pairs.length + 1, false),
      response: joinLines(answer, pairs.length + 1, isLast && reason === undefined),
      rationale: reason && joinLines(reason, pairs.length + 1, isLast),
      kind: null,
    })
    at += reason ? 3 : 2
  }
  return { isConversation: false, pairs: withoutQuotes(pairs) }
}

const quotings = [
  {
    pattern: /^"(?:[^"\\\n]|\\.)*"$/,
    read: (text: string) =>
      text
        .slice(1, -1)
        .replace(/\\(["\\/])/g, '$1')
        .replaceAll('\\n', '\n'),
  },
  { pattern: /^'(?:[^'\n]|'')*'$/, read: (text: string) => text.slice(1, -1).replaceAll("''", "'") },
] as const

/** YAML writes texts in quotation marks; where all have them, they are no part of the texts. */
function withoutQuotes(pairs: readonly RawPair[]): readonly RawPair[] {
  const texts = pairs.flatMap(({ instruction, response, rationale }) =>
    [instruction, response, rationale].filter((text) => text !== undefined),
  )
  const quoting = quotings.find(({ pattern }) => texts.every((text) => typeof text === 'string' && pattern.test(text)))
  if (quoting === undefined) return pairs
  const read = (value: RawPair['instruction']) => (typeof value === 'string' ? quoting.read(value) : value)
  return pairs.map((pair) => ({
    ...pair,
    instruction: read(pair.instruction),
    response: read(pair.response),
    rationale: read(pair.rationale),
  }))
}

const maxParts = 10_000

const tableHead = /^\s*\|([^\n]{1,500})\|\s*$/

/** Whether a text has pairs that are written as lines or as a table: beside JSON, they would be lost. */
export function holdsPairs(text: string): boolean {
  const isHead = (line: string) => {
    const roles = new Set(
      tableHead
        .exec(line)?.[1]
        ?.split('|')
        .map((cell) => roleOf(cell)),
    )
    return roles.has('instruction') && roles.has('response')
  }
  return splitParts(text) !== null || text.split(/\r\n|\r|\n/).some(isHead)
}

/** null where question and answer are not both named. */
function splitParts(text: string): readonly Part[] | null {
  const parts: Part[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, name, rest = ''] = line.length < 10_000 ? (label.exec(line) ?? []) : []
    const role = name === undefined ? null : roleOf(name)
    if (parts.length > maxParts) throw new UnclearShape(message('reply.farTooManyPairs'))
    if (role !== null && role !== 'kind') parts.push({ role, lines: [rest] })
    else parts.at(-1)?.lines.push(separator.test(line) ? '' : line)
  }
  const roles = new Set(parts.map(({ role }) => role))
  return roles.has('instruction') && roles.has('response') ? parts : null
}

/** A paragraph behind an empty line may be the model's own words, as may a line behind the last answer; only the entries of a list are not. */
function joinLines({ lines }: Part, number: number, isLast: boolean): string {
  const [first = '', ...rest] = lines
  // YAML writes long texts behind a sign: `|` keeps their lines, `>` does not.
  const block = /^\s*([|>])[-+]?\s*$/.exec(first)?.[1]
  const written =
    block === undefined
      ? lines.join('\n').trim()
      : rest
          .map((line) => line.trim())
          .join(block === '|' ? '\n' : ' ')
          .trim()
  const [, ...others] = written.split('\n')
  if (/\n\s*\n/.test(written) || (isLast && !others.every((line) => listEntry.test(line))))
    throw new UnclearShape(message('reply.endOfPairUnclear', { number }))
  return written
}
