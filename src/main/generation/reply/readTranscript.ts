import { type Group, type RawPair, UnclearShape } from './rawPair'
import { message } from '../../../shared/messages/message'
import { kindNamed, roleOf, type Role } from './keyNames'

interface Part {
  readonly role: Role
  readonly lines: string[]
}

const label = /^[\s#>*_-]{0,12}(?:\d{1,3}[.)]\s{0,3})?[*_]{0,3}([\p{L}\p{M}]{1,24})\s{0,2}#?\d{0,3}[*_]{0,3}\s{0,2}[:：][*_]{0,3}\s*(.*)$/u
const separator =
  /^\s*(?:[-*_=]{3,}|\x60{3}\w{0,10}|[#*_\s]*(pair|pairs|q ?& ?a|example|conversation)?\s{0,2}#?(\d{1,3})[.):]?[*_\s]*)\s*$/i
const listEntry = /^\s*(?:[-*•]|\d{1,3}[.)])\s/

/**
 * Reads pairs that are written as lines `Question: …` and `Answer: …`, the style of the published Syphus prompts.
 * @returns null if the text has no such lines
 * @throws UnclearShape if it is ambiguous which text belongs to which pair
 */
export function readTranscript(text: string): Group | null {
  const parts = splitParts(text)
  if (parts === null) return null
  const isYaml = yamlEntry.test(text)
  const [isKindFirst, pairs] = [parts[0]?.role === 'kind', [] as RawPair[]]
  for (let at = 0; at < parts.length;) {
    const number = pairs.length + 1
    const named = new Map<Role, Part>()
    if (isKindFirst && parts[at]?.role === 'kind') named.set('kind', parts[at++] as Part)
    const [question, answer] = [parts[at], parts[at + 1]]
    if (question?.role !== 'instruction' || answer?.role !== 'response')
      throw new UnclearShape(message('reply.turnsOutOfOrder', { number }))
    let last = answer
    for (at += 2; isExtra(parts[at], isKindFirst, named); at++) {
      last = parts[at] as Part
      named.set(last.role, last)
    }
    const read = (part: Part | undefined) => part && joinLines(part, { number, isYaml, isLast: at >= parts.length && part === last })
    const [instruction, response, rationale, kind] = [question, answer, named.get('rationale'), named.get('kind')].map(read)
    pairs.push({ instruction, response, rationale, kind: kind === undefined ? null : kindNamed(kind) })
  }
  return { isConversation: false, pairs: withoutQuotes(pairs, isYaml) }
}

const yamlEntry = /^[ \t]*- [\p{Ll}_]{1,24}:/mu

/** Returns whether a part describes the answer before it. */
const isExtra = (part: Part | undefined, isKindFirst: boolean, known: ReadonlyMap<Role, Part>) =>
  (part?.role === 'rationale' || (part?.role === 'kind' && !isKindFirst)) && !known.has(part.role)

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

/** Removes quotation marks. YAML quotes all texts or only those that need it; elsewhere they are removed only if all texts have them. */
function withoutQuotes(pairs: readonly RawPair[], isYaml: boolean): readonly RawPair[] {
  const texts = pairs.flatMap(({ instruction, response, rationale }) =>
    [instruction, response, rationale].filter((text) => text !== undefined),
  )
  const used = isYaml ? quotings : quotings.filter(({ pattern }) => texts.every((text) => typeof text === 'string' && pattern.test(text)))
  const read = (value: RawPair['instruction']) =>
    typeof value === 'string' ? (used.find(({ pattern }) => pattern.test(value))?.read(value) ?? value) : value
  return pairs.map((pair) => ({
    ...pair,
    instruction: read(pair.instruction),
    response: read(pair.response),
    rationale: read(pair.rationale),
  }))
}

const maxParts = 10_000

const tableHead = /^\s*\|([^\n]{1,500})\|\s*$/

/** Returns whether a text contains pairs as lines or as a table; next to JSON, they would be lost. */
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
  const written = new Set((splitParts(text) ?? []).filter(({ lines }) => lines.some((line) => /\S/.test(line))).map(({ role }) => role))
  return (written.has('instruction') && written.has('response')) || text.split(/\r\n|\r|\n/).some(isHead)
}

/** Splits a text into its labelled parts; null unless it labels both a question and an answer. */
function splitParts(text: string): readonly Part[] | null {
  const parts: Part[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, name, rest = ''] = line.length < 10_000 ? (label.exec(line) ?? []) : []
    const role = name === undefined ? null : roleOf(name)
    if (parts.length > maxParts) throw new UnclearShape(message('reply.farTooManyPairs'))
    if (role !== null && (role !== 'kind' || kindNamed(rest) !== null)) parts.push({ role, lines: [rest] })
    else parts.at(-1)?.lines.push(line)
  }
  const roles = new Set(parts.map(({ role }) => role))
  return roles.has('instruction') && roles.has('response') ? withoutSeparators(parts) : null
}

/** Empties the lines between pairs: rules, fences and the numbers of the pairs. */
function withoutSeparators(parts: readonly Part[]): readonly Part[] {
  let asked = 0
  return parts.map(({ role, lines }, at) => {
    if (role === 'instruction') asked += 1
    const next = at === parts.length - 1 ? null : asked + 1
    return { role, lines: lines.map((line, row) => (row > 0 && isSeparator(line, next) ? '' : line)) }
  })
}

/** @param next number of the pair that follows; another number on a line of its own is the end of an answer, as in “There are⏎3.” */
function isSeparator(line: string, next: number | null): boolean {
  const [found, name, number] = separator.exec(line) ?? []
  return found !== undefined && (number === undefined || name !== undefined || Number(number) === next)
}

interface Place {
  readonly number: number
  /** Whether no further part follows. */
  readonly isLast: boolean
  readonly isYaml: boolean
}

/** Matches another label, such as “Difficulty: easy” or “**Source:** the caption”. */
const otherLabel = /^[\s>]{0,12}[*_]{0,3}\p{L}[\p{L}\p{M}]{1,23}[*_]{0,3}:[*_]{0,3} ?\S/u

/**
 * Joins the lines of a part. Rejects a paragraph after an empty line, and a line after the last answer unless it is a list entry, since
 * both may be the model's own words. Also rejects a line with its own label, which may be an unrequested part of the pair.
 */
function joinLines({ lines }: Part, { number, isLast, isYaml }: Place): string {
  const [first = '', ...rest] = lines
  // YAML marks block texts: `|` keeps line breaks, `>` folds them.
  const block = /^\s*([|>])[-+]?\s*$/.exec(first)?.[1]
  const written =
    block === undefined
      ? (isYaml ? lines.map((line) => line.trim()).join(' ') : lines.join('\n')).trim()
      : rest
          .map((line) => line.trim())
          .join(block === '|' ? '\n' : ' ')
          .trim()
  const [, ...others] = written.split('\n')
  if (
    /\n\s*\n/.test(written) ||
    (block === undefined && lines.slice(1).some((line) => otherLabel.test(line))) ||
    (isLast && !others.every((line) => listEntry.test(line)))
  )
    throw new UnclearShape(message('reply.endOfPairUnclear', { number }))
  return written
}
