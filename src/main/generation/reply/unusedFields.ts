import type { DraftedPair, UnusedField } from '../../../shared/domain'
import { cleanReplyText } from './cleanText'
import { findJson } from './findJson'
import { judgesPair, kindNamed, letterOfOption, namesOptions, numberedPart, plainKey, type Role, roleOf, weakRoleOf } from './keyNames'
import { describesType, isPlaceholder, isSchema } from './placeholders'
import { isList, isObject, type Json, JsonNumber, type JsonObject } from './readJson'
import { readTurn } from './readTurns'
import { unusedField } from './unusedField'

/** Maximum number of fields listed per reply, and of entries shown of a value. */
const maxFields = 30
const maxShown = 20

/** Use of a value, and the fields in it that are listed unless the value itself is. `nothing` means that no information is lost. */
interface Fate {
  readonly kind: 'used' | 'unused' | 'nothing'
  readonly lost: readonly Lost[]
}
interface Lost {
  readonly key: string
  readonly value: Json
}
const used: Fate = { kind: 'used', lost: [] }
const unused: Fate = { kind: 'unused', lost: [] }
const nothing: Fate = { kind: 'nothing', lost: [] }

/** Texts of the pairs of a reply. */
interface Known {
  readonly texts: ReadonlySet<string>
  readonly instructions: readonly string[]
  readonly kinds: ReadonlySet<DraftedPair['kind']>
  readonly count: number
  readonly factsOf: (key: string) => KeyFacts
}

interface KeyFacts {
  readonly name: string
  /** Part of a pair that the key names. */
  readonly role: Role | null
  /** Whether its texts are written below the question. */
  readonly isAsked: boolean
}

function readKey(key: string): KeyFacts {
  const name = plainKey(key)
  const role = roleOf(numberedPart(key)?.name ?? key) ?? weakRoleOf(key)
  return { name, role, isAsked: namesOptions(key) || letterOfOption(key) !== null || name === 'input' }
}

/** Caches the facts of keys, since lists repeat them. */
function createFactsOf(): Known['factsOf'] {
  const known = new Map<string, KeyFacts>()
  return (key) => {
    const facts = known.get(key) ?? readKey(key)
    known.set(key, facts)
    return facts
  }
}

/**
 * Lists the fields of a reply that no pair uses, in the order of the reply, no matter how the pairs were found. A field that is partly used
 * is not listed, but the fields in it may be.
 */
export function listUnusedFields(values: readonly Json[], pairs: readonly DraftedPair[]): UnusedField[] {
  const known: Known = {
    texts: new Set(pairs.flatMap(({ instruction, response, rationale }) => [instruction, response, rationale ?? ''])),
    instructions: pairs.map(({ instruction }) => instruction),
    kinds: new Set(pairs.map(({ kind }) => kind)),
    count: pairs.length,
    factsOf: createFactsOf(),
  }
  const found = new Map<string, UnusedField>()
  for (const value of values)
    for (const lost of fateOf('', value, known).lost) {
      const name = lost.key.trim()
      const field = found.get(name)
      if (field) found.set(name, { ...field, count: field.count + 1 })
      else if (name !== '' && found.size < maxFields) found.set(name, unusedField(name, describe(lost.value)))
    }
  return [...found.values()]
}

/** @param isAsked whether the value belongs to the text below a question: its options, or Alpaca's input */
function fateOf(key: string, value: Json, known: Known, isAsked = known.factsOf(key).isAsked): Fate {
  if (isList(value))
    return joinFates(value.map((each) => [fateOf(key, each, known, isAsked), isObject(each) ? null : { key, value: each }]))
  if (isObject(value)) return fateOfObject(value, known, isAsked)
  if (isAsked && known.instructions.some((instruction) => instruction.includes(textOf(value)))) return used
  return (typeof value === 'string' && fateOfEncoded(value, known)) || fateOfScalar(key, value, known)
}

const speakerKeys = new Set(['from', 'role', 'speaker'])
const textKeys = ['value', 'content', 'text']

function fateOfObject(object: JsonObject, known: Known, isAsked: boolean): Fate {
  if (isSchema(object) || describesType(object)) return nothing
  const turn = readTurn(object)
  const textKey = turn && textKeys.find((name) => [...object.keys()].some((key) => plainKey(key) === name))
  const fields = [...object].filter(([key]) => !turn || (!speakerKeys.has(plainKey(key)) && plainKey(key) !== textKey))
  const spoken: readonly (readonly [string, Json])[] = turn ? [[turn.speaker, turn.text]] : []
  const parts = [...spoken, ...fields].map(([key, value]): readonly [Fate, Lost] => [
    fateOf(key, value, known, isAsked || known.factsOf(key).isAsked),
    { key, value },
  ])
  return joinFates(parts.map(([fate, whole]) => [namesMedium(whole.key) ? withName(fate, whole.key) : fate, whole]))
}

/** Returns whether a key names the medium of the pairs below it, such as `image_2`. */
const namesMedium = (key: string) => /^(?:image|img|picture|photo|frame|video|clip|scene|region|page) ?\d{1,4}$/.test(plainKey(key))
const withName = (fate: Fate, key: string): Fate => (fate.kind === 'used' ? { ...fate, lost: [{ key, value: '' }, ...fate.lost] } : fate)

/** @param parts each with its name as a whole; null if its own fields name it */
function joinFates(parts: readonly (readonly [fate: Fate, whole: Lost | null])[]): Fate {
  const kinds = new Set(parts.map(([{ kind }]) => kind))
  const lost = parts.flatMap(([fate, whole]) => (fate.kind === 'unused' && whole ? [whole] : fate.lost))
  return { kind: kinds.has('used') ? 'used' : kinds.has('unused') ? 'unused' : 'nothing', lost }
}

/** Returns the fate of JSON in a string, or null if it contains no pair and counts as text. */
function fateOfEncoded(text: string, known: Known): Fate | null {
  if (!/^\s*(?:[[{"]|```)/.test(text)) return null
  const { values, fault } = findJson(text)
  const inner = joinFates(values.map(({ value }) => [fateOf('', value, known), null]))
  return !fault && inner.kind === 'used' ? inner : null
}

function fateOfScalar(key: string, value: Json, known: Known): Fate {
  const [text, { role }] = [textOf(value), known.factsOf(key)]
  if (role !== null && role !== 'kind' && known.texts.has(text)) return used
  if (value === null || text === '' || isPlaceholder(text) || saysNothing(key, value, known)) return nothing
  const isBegun = role === 'instruction' && known.instructions.some((instruction) => instruction.startsWith(`${text}\n`))
  return isBegun ? used : unused
}

const counters =
  /^(?:(?:pair|question|item|qa|example|entry|turn|round|conversation|q) ?)?(?:id|index|idx|number|num|no|nr)$|^(?:n|i|uuid|turn|round)$/
const totals = /^(?:total|count|(?:total|num|number of) pairs|(?:total|pair) count)$/
const successes = /^(?:success|ok|status)$/
const good = /^(?:true|ok|success|successful|done|complete|completed)$/i

/**
 * Returns whether a field has no information of its own: the number of a pair, the count of pairs, the kind of a pair, or a success flag.
 */
function saysNothing(key: string, value: Json, { kinds, count, factsOf }: Known): boolean {
  const [{ name, role }, text] = [factsOf(key), textOf(value)]
  if (counters.test(name)) return value instanceof JsonNumber || text.length <= 40
  if (totals.test(name)) return text === String(count)
  if (role === 'kind') return kindNamed(text) !== null && kinds.has(kindNamed(text))
  return (judgesPair(key) && value === true) || (successes.test(name) && good.test(text))
}

/** Returns the text of a value, cleaned like the texts of pairs. */
const textOf = (value: Json): string =>
  typeof value === 'string' ? cleanReplyText(value) : value instanceof JsonNumber ? value.source : String(value)

/** Formats the beginning of a value in a JSON-like notation. */
function describe(value: Json): string {
  if (isList(value)) return `[${value.slice(0, maxShown).map(describe).join(', ')}]`
  if (!isObject(value)) return textOf(value)
  const entries = [...value].slice(0, maxShown).map(([key, each]) => `${key}: ${describe(each)}`)
  return `{${entries.join(', ')}}`
}
