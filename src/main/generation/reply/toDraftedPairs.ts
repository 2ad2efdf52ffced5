import type { DraftedPair } from '../../../shared/domain'
import { message, type Message } from '../../../shared/messages/message'
import { cleanReplyText, requireOneText } from './cleanText'
import { describesType, isPlaceholder, mayBePlaceholder } from './placeholders'
import { type Group, type RawPair, UnclearShape } from './rawPair'
import { type Json, JsonNumber } from './readJson'

/** Removes pairs of a form that the model repeated. */
export const withoutPlaceholders = (groups: readonly Group[]): readonly Group[] =>
  groups.map((group) => ({ ...group, pairs: group.pairs.filter((pair) => !isUnfilled(pair)) })).filter(({ pairs }) => pairs.length > 0)

/** Returns whether dots or “etc.” after a pair replace pairs that the model did not write. */
export const leavesPairsOut = (groups: readonly Group[]): boolean =>
  groups.some(({ pairs }) => pairs.some((pair, at) => standsForOthers(pair) && pairs.slice(0, at).some((each) => !isUnfilled(each))))

const othersFollow = /^\W{0,3}(?:[.…]{1,10}|etc\.?|(?:more|other|further)(?: pairs?| questions?| answers?)?|and so on\.?)\W{0,3}$/i
const standsForOthers = ({ instruction, response }: RawPair) =>
  [instruction, response].every((text) => typeof text === 'string' && othersFollow.test(text.trim()))

const isUnfilled = ({ instruction, response }: RawPair) =>
  (describesType(instruction) && describesType(response)) || (isFormText(instruction) && isFormText(response))

const isFormText = (value: Json | undefined) => typeof value === 'string' && mayBePlaceholder(value.trim())

/**
 * Converts the pairs of all groups, with their positions.
 * @param isInPrompt whether the prompt contains a control token of a text, which is then part of the text
 * @throws UnclearShape if a pair has no instruction or response, or a field has more than one text
 */
export function toDraftedPairs(groups: readonly Group[], isInPrompt: (text: string) => boolean = () => false): DraftedPair[] {
  const pairs: DraftedPair[] = []
  let conversations = 0
  for (const group of groups) {
    const conversation = group.isConversation ? conversations++ : null
    for (const [turn, raw] of group.pairs.entries())
      pairs.push({ ...toDraftedPair(raw, pairs.length + 1, isInPrompt), conversation, turn: conversation === null ? null : turn })
  }
  return pairs
}

function toDraftedPair({ instruction, response, kind, rationale }: RawPair, number: number, isInPrompt: (text: string) => boolean) {
  const clean = (text: string) => {
    const cleaned = cleanReplyText(text)
    requireOneText(cleaned, isInPrompt)
    return cleaned
  }
  return {
    instruction: requireText(
      instruction,
      message('reply.pairWithout', { number, field: 'instruction' }),
      message('reply.instructionNotText', { number }),
      clean,
    ),
    response: requireText(
      isScalar(response) ? sourceOf(response) : response,
      message('reply.pairWithout', { number, field: 'response' }),
      message('reply.responseNotText', { number }),
      clean,
    ),
    kind,
    rationale: typeof rationale === 'string' ? clean(rationale) || null : null,
  }
}

function requireText(value: Json | undefined, missing: Message, noText: Message, clean: (text: string) => string): string {
  if (value === undefined || value === null) throw new UnclearShape(missing)
  if (typeof value !== 'string') throw new UnclearShape(noText)
  const text = clean(value)
  if (text.replaceAll(/[\p{Cf}\s]/gu, '') === '' || isPlaceholder(text)) throw new UnclearShape(missing)
  return text
}

/** Numbers and booleans are responses too, for example to “How many coins?” or “Is it red?”. */
const isScalar = (value: Json | undefined): value is JsonNumber | boolean => value instanceof JsonNumber || typeof value === 'boolean'
const sourceOf = (value: JsonNumber | boolean) => (value instanceof JsonNumber ? value.source : String(value))
