import type { DraftedPair, OutputForm, UnusedField } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { CallFailure } from '../run/callFailure'
import { pairsRequested } from '../prompt/outputForms'
import { elementsAround } from './elements'
import { findJson, type FoundJson, type FoundValue } from './findJson'
import { type FoundList, joinLists, plainText } from './joinLists'
import { namesPairs, roleOf } from './keyNames'
import { UnclearShape } from './rawPair'
import { isObject, type Json } from './readJson'
import { readPairs } from './readPairs'
import { holdsPairs, readTranscript } from './readTranscript'
import { readTurn } from './readTurns'
import { missingOfForm } from './replyForm'
import { describeComments, findRemarks, linesBeside } from './remarks'
import { stripReasoning } from './stripReasoning'
import { leavesPairsOut, toDraftedPairs, withoutPlaceholders } from './toDraftedPairs'
import { listUnusedFields } from './unusedFields'

/** Parts of a completion that determine whether it contains pairs. */
export interface Reply {
  readonly text: string
  /** `finish_reason` of Chat Completions. */
  readonly finishReason?: string | null
  readonly refusal?: string | null
}

export interface Requested {
  /** Requested form; a reply in it must be complete, with kinds, rounds and reasons. Plain pairs are accepted in every form. */
  readonly form: OutputForm
  readonly pairsPerItem: number
  /** Returns whether the prompt contains a text: a control token from the prompt may be part of a pair. */
  readonly isInPrompt?: (text: string) => boolean
}

export interface ParsedReply {
  readonly pairs: readonly DraftedPair[]
  /** Content of the reply other than the pairs. */
  readonly unusedFields: readonly UnusedField[]
}

/** Factor on the number of requested pairs above which a reply is assumed to repeat itself. */
const maxExcess = 3

/**
 * Parses the pairs in a model's reply, all of them or none. Accepts the many shapes in which models write pairs, and unambiguous damage.
 * Never takes pairs from the model's reasoning, nor a part of a reply that is cut off, damaged or contains two versions of an answer.
 * @throws CallFailure refused, empty, cut-off, not-json, wrong-shape
 */
export function parseReply(reply: Reply, requested?: Requested): ParsedReply {
  if (reply.refusal) throw new CallFailure('refused', message('reply.modelRefused', { text: shorten(reply.refusal) }))
  if (reply.finishReason === 'content_filter') throw new CallFailure('refused', message('reply.filterWithheld'))
  const answer = stripReasoning(reply.text)
  if (answer.endsInReasoning) throw new CallFailure('cut-off', message('reply.endsInReasoning'))
  if (reply.finishReason === 'length') throw new CallFailure('cut-off', message('reply.cutOff'))
  if (answer.text === '' && answer.hadReasoning) throw new CallFailure('cut-off', message('reply.onlyReasoning'))
  if (answer.text === '') throw new CallFailure('empty', message('reply.empty'))
  try {
    return readAnswer(answer.text, requested)
  } catch (error) {
    if (!(error instanceof UnclearShape)) throw error
    throw new CallFailure('wrong-shape', message('reply.pairsUnreadable', { reason: error.issue }))
  }
}

/** Matches the text that programs write after truncating a reply, and models when they stop early. */
const saysCutOff =
  /^[\s`]{0,20}(?:\.{3}|…)?\s{0,9}[[(<]?\s{0,9}(?:(?:output|reply|response|text|message)\s{1,9})?(?:was\s{1,9})?(?:truncated|cut off|to be continued|continued(?: (?:below|in the next \w+))?)\b[^\n]{0,40}\s*$/i

/** Matches the text that models write in place of omitted pairs. */
const saysLeftOut =
  /^[\s`]{0,20}(?:\.{3,9}|…)[\s`]{0,20}$|\b(?:(?:more|other|remaining|additional|further)\s{1,9}(?:pairs?|questions?|items?|entries|examples?|rounds?|turns?|conversations?)|\d{1,3}\s{1,9}(?:more|others)|rest)\b[^\n]{0,40}\b(?:omitted|not shown|left out|skipped|for brevity)\b/i

/** Matches the text with which models offer or announce the pairs that they did not write. */
const saysMoreFollows =
  /\b(?:continue|generate|provide|give|send|write|create|add|complete|finish|reply)\b[^\n]{0,40}\b(?:remaining (?:\w{1,12} )?(?:pairs?|questions?|ones?|items?|entries|examples?|rounds?|turns?|conversations?)\b|the rest\b(?! of the (?:images?|pictures?|photos?|videos?|clips?|frames?)))|\b(?:remaining|other) (?:pairs?|questions?|ones?|items?|entries|examples?) (?:will )?(?:follow|come)|^\W{0,9}(?:part|batch) (\d{1,3}) ?(?:of|\/) ?(?!\1\b)\d{1,3}\W{0,9}$/im

/** Matches the text with which models retract pairs. */
const saysWrong =
  /^[\s`*_#>-]{0,20}(?:corrections?|erratum)\b[*_]{0,2}:|(?<!\b(?:no|none of (?:the|these)) )\b(?:pairs?|questions?|answers?|responses?)\b[^\n.]{0,80}\b(?:should (?:instead )?(?:be (?:removed|ignored|discarded|dropped|corrected|changed|replaced|["“])|read\b)|(?:is|are|was|were) (?:actually )?(?:wrong|incorrect)\b)/im

function readAnswer(text: string, requested: Requested | undefined): ParsedReply {
  const wanted = requested ? pairsRequested(requested.form, requested.pairsPerItem) : null
  const { values, fault } = findJson(text)
  if (fault) throw failureOfFault(fault, text)
  const after = text.slice(values.at(-1)?.end ?? 0)
  if (values.length > 0 && (saysLeftOut.test(after) || saysMoreFollows.test(after)))
    throw new CallFailure('cut-off', message('reply.dotsForPairs'))
  if (saysCutOff.test(after)) throw new CallFailure('cut-off', message('reply.cutOff'))
  const lists = readLists(text, values)
  if (lists.length === 0) {
    const pairs = checkPairs(readText(text, values, requested?.isInPrompt), requested, wanted)
    return { pairs, unusedFields: findRemarks(linesBeside(text, pairs)) }
  }
  const textBeside = textAround(text, values)
  const filled = lists.map((list) => ({ ...list, groups: withoutPlaceholders(list.groups) })).filter(({ groups }) => groups.length > 0)
  if (filled.some(({ elided }) => elided) || lists.some(({ groups }) => leavesPairsOut(groups)))
    throw new CallFailure('cut-off', message('reply.dotsForPairs'))
  if (filled.length > 0 && holdsPairs(textBeside)) throw new UnclearShape(message('reply.pairsBesideJson'))
  if (filled.length > 0 && saysWrong.test(after)) throw new UnclearShape(message('reply.pairsCorrected', { text: shorten(after) }))
  if (filled.length > 0) {
    const pairs = checkPairs(toDraftedPairs(joinLists(filled, wanted), requested?.isInPrompt), requested, wanted)
    const ofForm = new Set(lists.filter((list) => !filled.some(({ at }) => at === list.at)).map(({ at }) => at))
    const read = values.filter((_, at) => !ofForm.has(at))
    const comments = read.flatMap((each) => each.comments).filter((comment) => comment !== '')
    if (comments.some(namesPairs)) throw new UnclearShape(message('reply.hiddenPairs'))
    const fields = listUnusedFields(
      read.map(({ value }) => value),
      pairs,
    )
    return { pairs, unusedFields: [...fields, ...describeComments(comments), ...findRemarks(textBeside)] }
  }
  if (lists.every(({ groups }) => groups.every(({ pairs }) => pairs.length === 0))) throw new CallFailure('empty', message('reply.noPairs'))
  throw new UnclearShape(message('reply.repeatsForm'))
}

/** Returns the text around the values, each of which is replaced by an empty line. */
const textAround = (text: string, values: readonly FoundValue[]) =>
  [...values, { start: text.length }].map(({ start }, at) => text.slice(values[at - 1]?.end ?? 0, start)).join('\n\n')

interface ReadList extends FoundList {
  /** Index of the list's value; null if every value is a turn of one chat. */
  readonly at: number | null
  readonly elided: boolean
}

function readLists(text: string, values: readonly FoundValue[]): readonly ReadList[] {
  if (values.length > 1 && values.every(({ value }) => readTurn(value) !== null)) {
    const groups = readPairs(values.map(({ value }) => value)) ?? []
    return [{ at: null, groups, isSingle: false, elided: values.some(({ elided }) => elided), before: '', element: null }]
  }
  const elements = elementsAround(text, values)
  return values.flatMap(({ value, start, end, elided }, at) => {
    const groups = readPairs(value)
    if (groups === null) return []
    if (groups.some(({ pairs }) => pairs.length > 0) && isHidden(text.slice(0, start), text.slice(end)))
      throw new UnclearShape(message('reply.hiddenPairs'))
    const before = text.slice(Math.max(values[at - 1]?.end ?? 0, start - 2000), start)
    return [{ at, groups, isSingle: isSinglePair(value), elided, before, element: elements[at] ?? null }]
  })
}

/** Returns whether a value is struck out (`~~`) or commented out in HTML. */
const isHidden = (before: string, after: string) =>
  (/~~\s*$/.test(before.slice(-20)) && /^\s*~~/.test(after.slice(0, 20))) || before.lastIndexOf('<!--') > before.lastIndexOf('-->')

const isSinglePair = (value: Json) => isObject(value) && [...value.keys()].some((key) => roleOf(key) === 'instruction')

function readText(text: string, values: readonly FoundValue[], isInPrompt: Requested['isInPrompt']): DraftedPair[] {
  try {
    const transcript = readTranscript(text)
    if (transcript !== null) return toDraftedPairs(withoutPlaceholders([transcript]), isInPrompt)
  } catch (error) {
    if (!(error instanceof UnclearShape)) throw error
    throw new CallFailure('not-json', message('reply.textNotClear', { reason: error.issue }))
  }
  if (values.length > 0) throw new UnclearShape(message('reply.noList'))
  throw notJson(text)
}

function checkPairs(pairs: DraftedPair[], requested: Requested | undefined, wanted: number | null): DraftedPair[] {
  if (pairs.length === 0) throw new CallFailure('empty', message('reply.noPairs'))
  if (wanted !== null && pairs.length > maxExcess * wanted)
    throw new CallFailure('wrong-shape', message('reply.wrongPairCount', { count: pairs.length, wanted }))
  const question = contradictionIn(pairs)
  if (question !== null) throw new UnclearShape(message('reply.twoAnswers', { text: shorten(question) }))
  const missing = requested ? missingOfForm(pairs, requested.form) : null
  if (missing) throw new CallFailure('wrong-shape', message('reply.notInForm', { reason: missing }))
  return withoutRepeats(pairs)
}

/** Removes duplicate pairs; the rounds of a conversation may repeat each other. */
function withoutRepeats(pairs: readonly DraftedPair[]): DraftedPair[] {
  const known = new Set<string>()
  return pairs.filter(({ instruction, response, conversation }) => {
    const key = JSON.stringify([instruction, response])
    if (conversation === null && known.has(key)) return false
    if (conversation === null) known.add(key)
    return true
  })
}

/** Returns the question that two pairs of one kind answer differently, or null. Rounds of different conversations may ask the same. */
function contradictionIn(pairs: readonly DraftedPair[]): string | null {
  const answers = new Map<string, string>()
  for (const { instruction, response, kind, conversation } of pairs) {
    if (conversation !== null) continue
    const [question, answer] = [JSON.stringify([kind, plainText(instruction)]), plainText(response)]
    if ((answers.get(question) ?? answer) !== answer) return instruction
    answers.set(question, answer)
  }
  return null
}

function failureOfFault({ kind, at }: NonNullable<FoundJson['fault']>, text: string): CallFailure {
  switch (kind) {
    case 'unclosed':
      return new CallFailure('cut-off', message('reply.jsonCutOff'))
    case 'too-deep':
      return new CallFailure('wrong-shape', message('reply.tooDeep'))
    case 'too-many':
      return new CallFailure('wrong-shape', message('reply.tooManyValues'))
    case 'damaged':
      return new CallFailure('not-json', message('reply.jsonDamagedAt', { text: shorten(text.slice(at)) }))
  }
}

const notJson = (text: string) => new CallFailure('not-json', message('reply.notJson', { text: shorten(text) }))

function shorten(text: string): string {
  const line = text.slice(0, 1000).replace(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
