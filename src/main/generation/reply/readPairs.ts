import { message } from '../../../shared/messages/message'
import { findJson } from './findJson'
import {
  judgesPair,
  kindNamed,
  letterOfOption,
  namesContinuation,
  namesConversations,
  namesOneMoreAnswer,
  namesOptions,
  namesReasoning,
  namesRounds,
  namesVersions,
  numberedPart,
  type Role,
  roleOf,
  stemOf,
  weakRoleOf,
} from './keyNames'
import { describesType, isSchema } from './placeholders'
import { readTurns } from './readTurns'
import { type Group, type RawPair, UnclearShape } from './rawPair'
import { isList, isObject, type Json, JsonNumber, type JsonObject } from './readJson'

const maxLevels = 8

/**
 * Finds the pairs in a JSON value, whatever wraps them: a list, objects with a list, numbered keys, turns of a chat, JSON in a string.
 * @returns null if the value was not meant as pairs
 * @throws UnclearShape
 */
export function readPairs(value: Json, level = 0): readonly Group[] | null {
  if (level > maxLevels) return null
  if (typeof value === 'string') return readEncoded(value, level)
  if (isList(value)) return readList(value, level)
  return isObject(value) ? readObject(value, level) : null
}

function readEncoded(text: string, level: number): readonly Group[] | null {
  if (!/^\s*(?:[[{"]|```)/.test(text)) return null
  const { values, fault } = findJson(text)
  const found = values.flatMap(({ value }) => readPairs(value, level + 1) ?? [])
  const isPartial = fault !== null || values.some(({ elided }) => elided)
  if (isPartial && (found.length > 0 || fault?.kind === 'unclosed')) throw new UnclearShape(message('reply.innerJsonDamaged'))
  return found.length > 0 ? found : null
}

function readList(list: readonly Json[], level: number): readonly Group[] | null {
  if (list.length === 0) return [plain([])]
  const turns = readChat(list, level)
  if (turns !== null) return turns
  const entries = list.map((entry) => (isList(entry) ? readRounds(entry, level + 1) : readPairs(entry, level + 1)))
  if (entries.every((entry) => entry === null)) return null
  const place = entries.indexOf(null)
  if (place >= 0) throw new UnclearShape(message('reply.pairNotObject', { number: place + 1 }))
  return joinPlain(entries.flatMap((entry) => entry ?? []))
}

function readObject(object: JsonObject, level: number): readonly Group[] | null {
  if (isSchema(object)) return null
  const numbered = readNumbered(object, level)
  if (numbered !== null) return [plain(numbered)]
  const pair = readPair(object)
  if (pair !== null && !isWrapper(pair, level)) {
    refuseMarked(object)
    refuseInnerPairs(object, level)
    return [plain([pair])]
  }
  const found = [...object].flatMap(([key, value]) => {
    const groups = readKey(key, value, level)
    return groups === null ? [] : [{ key, groups }]
  })
  const filled = found.filter(({ groups }) => groups.some(({ pairs }) => pairs.length > 0))
  const [first, ...others] = filled.length > 0 ? filled : found
  if (first === undefined) return null
  if (filled.length > 0) refuseError(object)
  if (others.length === 0) return first.groups
  return joinKeys(filled.length > 0 ? filled : found)
}

/** Keys by which models mark a pair as truncated. */
const saysCut = /^(?:is_?)?(?:truncated|incomplete|cut_?off)$/i
const verdicts = /^(?:verdict|decision|status|action)$/i
const isBad = (key: string, value: Json) =>
  (judgesPair(key) && value === false) ||
  (saysCut.test(key) && value === true) ||
  (verdicts.test(key) &&
    typeof value === 'string' &&
    /^(?:reject(?:ed)?|discard(?:ed)?|drop(?:ped)?|removed?|invalid|skip(?:ped)?|bad)$/i.test(value.trim()))

function refuseMarked(object: JsonObject): void {
  for (const [key, value] of object)
    if (isBad(key.trim(), value)) throw new UnclearShape(message('reply.pairMarkedBad', { mark: `${key}: ${String(value)}` }))
}

/** Rejects an object with an error message, since pairs are missing from it. */
function refuseError(object: JsonObject): void {
  for (const [key, value] of object)
    if (/^errors?$/i.test(key.trim()) && typeof value === 'string' && value.trim() !== '')
      throw new UnclearShape(message('reply.errorBesidePairs', { text: value.slice(0, 160) }))
}

/** Rejects pairs nested in a pair: follow-up questions, or the rounds before it, would be lost. */
function refuseInnerPairs(object: JsonObject, level: number): void {
  for (const [key, value] of object) {
    const { name } = numberedPart(key) ?? {}
    if (namesContinuation(key) && typeof value === 'string' && !isBlank(value)) throw new UnclearShape(message('reply.textGoesOn', { key }))
    const isOneMore = namesOneMoreAnswer(key) || (name !== undefined && ['instruction', 'response'].includes(roleOf(name) ?? ''))
    if (isOneMore && !isBlank(value)) throw new UnclearShape(message('reply.pairInPair', { key }))
    if (roleOf(key) !== null || namesOptions(key) || namesReasoning(key) || !(isList(value) || isObject(value))) continue
    const holdsPairs = readPairs(value, level + 1)?.some(({ pairs }) => pairs.length > 0) ?? false
    if (holdsPairs || (namesRounds(key) && isList(value) && value.length > 0)) throw new UnclearShape(message('reply.pairInPair', { key }))
  }
}

interface KeyGroups {
  readonly key: string
  readonly groups: readonly Group[]
}

/** Joins lists under several keys if the keys are numbers or kinds. A draft and a final list, or two versions, are not one answer. */
function joinKeys(found: readonly KeyGroups[]): readonly Group[] {
  const stems = new Set(found.map(({ key }) => stemOf(key)))
  const groups = found.flatMap((each) => each.groups)
  if (stems.size === 1 && ![...stems].some(namesVersions)) return joinPlain(groups)
  if (found.every(({ key }) => kindNamed(key) !== null))
    return [
      plain(found.flatMap(({ key, groups: own }) => own.flatMap(({ pairs }) => pairs.map((pair) => ({ ...pair, kind: kindNamed(key) }))))),
    ]
  const same = new Set(found.map((each) => JSON.stringify(each.groups)))
  const [first] = found
  if (same.size === 1 && first) return first.groups
  throw new UnclearShape(message('reply.severalLists', { keys: found.map(({ key }) => key).join(', ') }))
}

function readKey(key: string, value: Json, level: number): readonly Group[] | null {
  if (namesReasoning(key) && kindNamed(key) === null) return null
  if (typeof value === 'string' && namesReasoning(key)) return null
  if (namesConversations(key) && isList(value) && value.length > 0) {
    const turns = readChat(value, level)
    if (turns !== null) return turns
    return value.flatMap((entry, index) => {
      const groups = asConversations(readPairs(entry, level + 1))
      if (groups === null) throw new UnclearShape(message('reply.conversationWithoutRounds', { number: index + 1 }))
      return groups
    })
  }
  return namesRounds(key) && isList(value) ? readRounds(value, level + 1) : readPairs(value, level + 1)
}

const plain = (pairs: readonly RawPair[]): Group => ({ isConversation: false, pairs })

const joinPlain = (groups: readonly Group[]): readonly Group[] =>
  groups.every(({ isConversation }) => !isConversation) ? [plain(groups.flatMap(({ pairs }) => pairs))] : groups

/** Marks plain pairs as one conversation per group; conversations stay as they are. */
const asConversations = (groups: readonly Group[] | null): readonly Group[] | null =>
  groups === null || groups.every(({ pairs }) => pairs.length === 0) ? groups : groups.map(({ pairs }) => ({ isConversation: true, pairs }))

const readRounds = (list: readonly Json[], level: number) => readChat(list, level) ?? asConversations(readPairs(list, level))

/** Reads the turns of a chat, or the pairs in its answer if the chat asks for pairs. */
function readChat(list: readonly Json[], level: number): readonly Group[] | null {
  const turns = readTurns(list)
  const [only, ...others] = (turns ?? []).flatMap(({ pairs }) => pairs)
  const inner = only && others.length === 0 ? readPairs(only.response ?? null, level + 1) : null
  return inner?.some(({ pairs }) => pairs.length > 0) ? inner : turns
}

const partsOf = (object: JsonObject) =>
  new Set([...object.keys()].map(roleOf).filter((role) => role === 'instruction' || role === 'response'))

function readPair(object: JsonObject): RawPair | null {
  const parts = new Map<Role, { key: string; value: Json }>()
  const weak = new Map<Role, Json>()
  let input: Json | undefined
  const choices: (readonly [key: string, value: Json])[] = []
  for (const [key, value] of object) {
    const role = roleOf(key)
    const known = role === null ? undefined : parts.get(role)
    if (/^input$/i.test(key.trim())) input = value
    else if (namesOptions(key)) choices.push([key, value])
    else if (letterOfOption(key) !== null) choices.push([key, new Map([[letterOfOption(key) ?? '', value]])])
    else if (role !== null && (known === undefined || isBlank(known.value))) parts.set(role, { key, value })
    else if (known !== undefined && !isBlank(value) && !isSame(known.value, value) && (role === 'instruction' || role === 'response'))
      throw new UnclearShape(message('reply.twoTexts', { role, first: known.key, second: key }))
    const weakRole = weakRoleOf(key)
    if (weakRole !== null) weak.set(weakRole, value)
  }
  const [given, response] = (['instruction', 'response'] as const).map(
    (role) => parts.get(role)?.value ?? (parts.size > 0 ? weak.get(role) : undefined),
  )
  const asked = withInput(given, input)
  if (asked === undefined && response === undefined) return null
  const options = choices.flatMap(([key, value]) => readOptions(key, value))
  const instruction = typeof asked === 'string' && options.length > 0 ? withOptions(asked, options) : asked
  // It is ambiguous whether options are counted from 0 or 1.
  if (
    response instanceof JsonNumber &&
    options.length > 0 &&
    !options.some((option) => option.replace(/^\w{1,2}\. /, '') === response.source)
  )
    throw new UnclearShape(message('reply.optionByNumber', { number: response.source }))
  const kind = parts.get('kind')?.value
  return { instruction, response, kind: typeof kind === 'string' ? kindNamed(kind) : null, rationale: parts.get('rationale')?.value }
}

/** Returns the options of a question with their letters. */
function readOptions(key: string, value: Json): readonly string[] {
  const entries: (readonly [string | null, Json])[] = isList(value) ? value.map(lettered) : isObject(value) ? [...value] : []
  return entries.map(([letter, option]) => {
    const text = option instanceof JsonNumber ? option.source : option
    if (typeof text !== 'string') throw new UnclearShape(message('reply.optionNotText', { key }))
    return letter === null ? text.trim() : `${letter}. ${text.trim()}`
  })
}

/** Returns the letter and text of an option such as `{"label": "A", "text": "a cat"}`. */
function lettered(option: Json): readonly [string | null, Json] {
  if (!isObject(option)) return [null, option]
  const [letter, text] = [/^(?:label|letter|key|id)$/i, /^(?:text|option|value|content)$/i].map((name) =>
    [...option].flatMap(([key, value]) => (name.test(key) && typeof value === 'string' ? [value] : [])),
  )
  return [letter?.length === 1 ? (letter[0] ?? null) : null, text?.length === 1 ? (text[0] ?? null) : null]
}

/** Appends the options to a multiple-choice question, which is incomplete without them. */
const withOptions = (question: string, options: readonly string[]) =>
  options.every((option) => question.includes(option)) ? question : [question, ...options].join('\n')

/** Joins Alpaca's `input`, the subject of the `instruction`; without an instruction, it is the instruction. */
function withInput(instruction: Json | undefined, input: Json | undefined): Json | undefined {
  if (instruction === undefined) return input
  if (input === undefined || isBlank(input) || typeof instruction !== 'string' || instruction === input) return instruction
  return typeof input === 'string' ? `${instruction}\n${input}` : input
}

const isBlank = (value: Json) => value === null || (typeof value === 'string' && value.trim() === '')
const isSame = (one: Json, other: Json) => typeof one === 'string' && typeof other === 'string' && one.trim() === other.trim()

/** Returns whether an apparent half of a pair is a wrapper: `output` and `response` are also names of lists. */
function isWrapper({ instruction, response }: RawPair, level: number): boolean {
  if (describesType(instruction) || describesType(response)) return false
  const inner = response ?? instruction
  const mayHold = isList(inner) || isObject(inner) || (typeof inner === 'string' && instruction === undefined)
  if (!mayHold || inner === undefined) return false
  return readPairs(inner, level + 1)?.some(({ pairs }) => pairs.length > 0) ?? false
}

/** Reads `{"question1": …, "answer1": …, "question2": …}`, even if the first pair has no number. */
function readNumbered(object: JsonObject, level: number): readonly RawPair[] | null {
  const parts = new Map<string, Map<string, Json>>()
  for (const [key, value] of object) {
    const { name, number } = (isObject(value) ? null : numberedPart(key)) ?? { name: key, number: '' }
    const own = parts.get(number) ?? new Map<string, Json>()
    if (own.has(name)) throw new UnclearShape(message('reply.twoTexts', { role: roleOf(name) ?? name, first: name, second: key }))
    parts.set(number, own.set(name, value))
  }
  const rest = parts.get('')
  const isWhole = (part: JsonObject) => part !== rest && [...partsOf(part)].length === 2
  if (![...parts.values()].some(isWhole)) return null
  if (rest) refuseInnerPairs(rest, level)
  return [...parts.values()].map(readPair).filter((pair) => pair !== null)
}
