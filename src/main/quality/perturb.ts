import type { Context, Pair } from '../../shared/domain'
import type { CheckKind } from '../../shared/quality'

/** A response with a deliberate error. */
interface Perturbed {
  readonly kind: CheckKind
  readonly response: string
  /** the wrong words in it */
  readonly falseWords: string
}

const colours = ['red', 'blue', 'green', 'yellow', 'white', 'black', 'brown', 'orange', 'pink', 'purple', 'grey', 'gray']
const numbers = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const objects = ['elephant', 'bicycle', 'piano', 'umbrella', 'refrigerator', 'giraffe', 'canoe', 'wheelbarrow', 'violin', 'snowboard']
const negatable = ['is', 'are', 'was', 'were', 'has', 'have', 'can']
/** Minimum length of words that indicate the topic of a sentence. */
const telling = 4

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
const pattern = (word: string) => new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu')

/** Returns the number of occurrences of the words in a text. */
export function countWords(text: string, words: string): number {
  return [...text.matchAll(new RegExp(pattern(words).source, 'giu'))].length
}

const withCase = (word: string, like: string) => (/^\p{Lu}/u.test(like) ? word.charAt(0).toUpperCase() + word.slice(1) : word)

/** Replaces the first of `known` that both the response and the context contain by one of `others` that neither contains. */
function exchange(
  kind: CheckKind,
  response: string,
  context: string,
  known: readonly string[],
  others: readonly string[],
  random: () => number,
) {
  const held = known.find((word) => countWords(response, word) > 0 && countWords(context, word) > 0)
  const free = others.filter((word) => countWords(response, word) === 0 && countWords(context, word) === 0)
  const falseWord = free[Math.floor(random() * free.length)]
  if (held === undefined || falseWord === undefined) return null
  const changed = response.replace(new RegExp(pattern(held).source, 'giu'), (found) => withCase(falseWord, found))
  return { kind, response: changed, falseWords: falseWord }
}

/** Negates the first sentence of which at least half the words appear in the context. */
function negate(response: string, context: string): Perturbed | null {
  const known = new Set(wordsOf(context))
  for (const sentence of response.match(/[^.!?]+[.!?]*/gu) ?? []) {
    const words = wordsOf(sentence).filter((word) => word.length >= telling)
    const supported = words.filter((word) => known.has(word))
    const verb = negatable.find((word) => countWords(sentence, word) === 1)
    if (!verb || supported.length < 2 || supported.length * 2 < words.length || countWords(sentence, 'not') > 0) continue
    const negated = verb === 'has' || verb === 'have' ? `${verb} no` : `${verb} not`
    const changed = sentence.replace(pattern(verb), (found) => withCase(negated, found))
    return { kind: 'negation', response: response.replace(sentence, () => changed), falseWords: negated }
  }
  return null
}

/** Maximum share of common words of two responses; above it one could be mistaken for the other. */
const alike = 0.3
const enough = 4

/** Returns the response of another item, if nobody could mistake it for a response about this one. */
function replaceBy(response: string, context: string, foreign: Pair): Perturbed | null {
  const own = new Set([...wordsOf(response), ...wordsOf(context)].filter((word) => word.length >= telling))
  const others = wordsOf(foreign.response).filter((word) => word.length >= telling)
  const common = others.filter((word) => own.has(word))
  if (others.length < enough || common.length > others.length * alike) return null
  return { kind: 'foreign', response: foreign.response, falseWords: foreign.response }
}

/**
 * Adds an error to a pair that a careful reviewer notices: the response of another item, another colour, number or object, or a negated
 * sentence. Only statements that the item's context supports are changed: for others it is unknown whether the draft was right and the
 * opposite wrong.
 * @param foreign pairs of other items
 * @param random numbers in [0, 1)
 * @returns null if no such error is possible
 */
export function perturb(pair: Pair, context: Context, foreign: readonly Pair[], random: () => number): Perturbed | null {
  const { response } = pair
  const said = JSON.stringify(context)
  const labels = [...(context.boxes?.map(({ label }) => label) ?? []), ...(context.objects ?? [])].map((label) => label.toLowerCase())
  // English words are not inserted into other languages.
  const others = foreign.flatMap((other) => replaceBy(response, said, other) ?? []).slice(0, 1)
  const made = [
    ...others,
    exchange('colour', response, said, colours, colours.slice(0, 10), random),
    exchange('number', response, said, numbers, numbers, random),
    exchange('object', response, said, labels, objects, random),
    negate(response, said),
  ].filter((one) => one !== null)
  return made[Math.floor(random() * made.length)] ?? null
}

/** Returns true if the error is still present after an edit. */
export const stillWrong = (bad: string, falseWords: string, edited: string): boolean =>
  falseWords === bad ? edited.includes(bad) : countWords(edited, falseWords) >= countWords(bad, falseWords)
