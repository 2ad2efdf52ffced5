import type { DraftedPair, UnusedField } from '../../../shared/domain'
import { cleanReplyText } from './cleanText'
import { findJson } from './findJson'
import { judgesPair, kindNamed, letterOfOption, namesOptions, numberedPart, plainKey, type Role, roleOf, weakRoleOf } from './keyNames'
import { describesType, isPlaceholder, isSchema } from './placeholders'
import { isList, isObject, type Json, JsonNumber, type JsonObject } from './readJson'
import { readTurn } from './readTurns'
import { unusedField } from './unusedField'

/** Fields that are named of one reply, and parts of a value that are looked at to show its beginning. */
const maxFields = 30
const maxShown = 20

/** What became of a value, and the fields in it to name where the value itself is not named. `nothing` says nothing that could be lost. */
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

/** The texts that the pairs of a reply have. */
interface Known {
  readonly texts: ReadonlySet<string>
  readonly instructions: readonly string[]
  readonly kinds: ReadonlySet<DraftedPair['kind']>
  readonly count: number
  readonly factsOf: (key: string) => KeyFacts
}

interface KeyFacts {
  readonly name: string
  /** the part of a pair that it names */
  readonly role: Role | null
  /** its texts stand below the question */
  readonly isAsked: boolean
}

function readKey(key: string): KeyFacts {
  const name = plainKey(key)
  const role = roleOf(numberedPart(key)?.name ?? key) ?? weakRoleOf(key)
  return { name, role, isAsked: namesOptions(key) || letterOfOption(key) !== null || name === 'input' }
}

/** Lists repeat their keys. */
function createFactsOf(): Known['factsOf'] {
  const known = new Map<string, KeyFacts>()
  return (key) => {
    const facts = known.get(key) ?? readKey(key)
    known.set(key, facts)
    return facts
  }
}

/**
 * Lists the fields of a reply that no pair was made of, in the order of the reply, however the pairs were found in it. A field of which a
 * part is in a pair is no such field, but the fields in it may be.
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

/** @param isAsked whether it stands in what is written below a question: its options, or Alpaca's input */
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

/** Whether a key names the medium that the pairs under it are about: `image_2`. */
const namesMedium = (key: string) => /^(?:image|img|picture|photo|frame|video|clip|scene|region|page) ?\d{1,4}$/.test(plainKey(key))
const withName = (fate: Fate, key: string): Fate => (fate.kind === 'used' ? { ...fate, lost: [{ key, value: '' }, ...fate.lost] } : fate)

/** @param parts each with the name that it has as a whole; null: its own fields name it */
function joinFates(parts: readonly (readonly [fate: Fate, whole: Lost | null])[]): Fate {
  const kinds = new Set(parts.map(([{ kind }]) => kind))
  const lost = parts.flatMap(([fate, whole]) => (fate.kind === 'unused' && whole ? [whole] : fate.lost))
  return { kind: kinds.has('used') ? 'used' : kinds.has('unused') ? 'unused' : 'nothing', lost }
}

/** JSON in a string: where no pair is in it, it is a text like others. */
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

/** What every model adds: a number for each pair, how many pairs there are, the kind of a pair, and that all went well. */
function saysNothing(key: string, value: Json, { kinds, count, factsOf }: Known): boolean {
  const [{ name, role }, text] = [factsOf(key), textOf(value)]
  if (counters.test(name)) return value instanceof JsonNumber || text.length <= 40
  if (totals.test(name)) return text === String(count)
  if (role === 'kind') return kindNamed(text) !== null && kinds.has(kindNamed(text))
  return (judgesPair(key) && value === true) || (successes.test(name) && good.test(text))
}

/** The text of a value as pairs have it. */
const textOf = (value: Json): string =>
  typeof value === 'string' ? cleanReplyText(value) : value instanceof JsonNumber ? value.source : String(value)

/** The beginning of a value, in the style of JSON. */
function describe(value: Json): string {
  if (isList(value)) return `[${value.slice(0, maxShown).map(describe).join(', ')}]`
  if (!isObject(value)) return textOf(value)
  const entries = [...value].slice(0, maxShown).map(([key, each]) => `${key}: ${describe(each)}`)
  return `{${entries.join(', ')}}`
}
