import type { Candidate } from '../../shared/domain'
import type { Fingerprint } from '../media/neighbours/fingerprint'
import { createImageNeighbours } from '../retrieval/imageNeighbours'
import { startGrouping } from '../retrieval/textGroups'
import { findTextNeighbours } from '../retrieval/textNeighbours'
import { wordsOf } from '../store/search/words'

/** The properties of an exported pair that relations depend on. */
export interface RelatablePair extends Pick<Candidate, 'itemId' | 'callId' | 'kind' | 'conversation' | 'turn' | 'instruction'> {
  /** Key that is equal for items with the same media. */
  readonly shown: string
  /** Fingerprint of the first image or frame; null if unknown. */
  readonly fingerprint: Fingerprint | null
}

/** Returns the indexes of the pairs that precede the pair at an index in training, first to last, without its own. */
export interface RelatedTo {
  (place: number): ArrayLike<number>
  /** Returns all indexes in the order in which queries are fastest, if queries are slow; the order does not change the answers. */
  readonly inAskingOrder?: () => Uint32Array
}

export interface Relating {
  /** Adds the next pair; its index is the number of pairs added before. */
  add(pair: RelatablePair): void
  /** Must be called once, after all pairs were added. */
  finish(): RelatedTo
}

/**
 * Creates the in-context rule of a training set (C_psi of MIMIC-IT, arXiv 2306.05425). The rule receives all exported pairs one by one,
 * ordered by item and then by age, stores only what it needs, since there may be millions, and then returns the related pairs of any of
 * them.
 */
export type Relate = () => Relating

/** Number of similar pairs, as in the paper (K of LACR and LADD). */
export const similarCount = 10

/**
 * Maximum number of pairs before and after each pair that are related to it within one item: relating all of them would be quadratic, and
 * no model's context could hold more.
 */
export const nearbyCount = 100

/** Relates no pairs. */
export const relateNone: Relate = () => ({ add: () => undefined, finish: () => () => [] })

/** Relates the earlier turns on the same image or album, across items: LACONV, VST. */
export const relateEarlier: Relate = within(byMedia, 'earlier')

/** Relates all other pairs of the same item, which is one clip: TVC, E4D. */
export const relateMutual: Relate = within(byItem, 'others')

/** Relates all other pairs on the same video, across items: DC. */
export const relateMutualOnVideo: Relate = within(byMedia, 'others')

/**
 * Relates the earlier rounds of the same conversation in the same reply; pairs outside of conversations are related to the earlier ones of
 * their item: SN.
 */
export const relateEarlierRounds: Relate = within(byConversation, 'earlier')

/** Relates the most similar instructions about other images: T2T. */
const relateByTexts: Relate = () => {
  const grouping = startGrouping(wordsOf)
  return {
    add: ({ instruction, shown }) => grouping.add({ text: instruction, group: shown }),
    finish: () => toNearest(findTextNeighbours(grouping.finish())),
  }
}

const toNearest = ({ nearestTo, inAskingOrder }: ReturnType<typeof findTextNeighbours>): RelatedTo =>
  Object.assign((place: number) => nearestTo(place, similarCount), { inAskingOrder })

const byKind = ({ kind }: RelatablePair) => kind

/** Applies T2T, within the same kind if pairs have kinds: CGD, LACR, LADD. */
export const relateSimilar: Relate = inGroups(byKind, () => relateByTexts)

/** Applies I2I, within the same kind if pairs have kinds. */
export const relateSimilarImages: Relate = inGroups(byKind, () => relateByImages)

/** Alternates between T2T and I2I and returns as many pairs as either rule alone. */
const relateSimilarInTurn: Relate = () => {
  const rules = [relateSimilar(), relateSimilarImages()] as const
  return {
    add: (pair) => rules.forEach((rule) => rule.add(pair)),
    finish: () => takeInTurn(rules[0].finish(), rules[1].finish()),
  }
}

function takeInTurn(byText: RelatedTo, byImage: RelatedTo): RelatedTo {
  const related = (place: number) => {
    const [texts, images] = [byText(place), byImage(place)]
    const inTurn = Array.from({ length: similarCount }, (_, at) => [texts[at], images[at]].filter((other) => other !== undefined))
    return [...new Set(inTurn.flat())].slice(0, similarCount)
  }
  return Object.assign(related, byText.inAskingOrder && { inAskingOrder: byText.inAskingOrder })
}

const isTurn = ({ kind }: RelatablePair) => kind === null || kind === 'conversation'

/**
 * Implements LA: turns of a conversation are related to the earlier ones on their image (LACONV); details and reasoning are related to
 * pairs about other images with a similar instruction (T2T) or a similar image (I2I).
 */
export const relateByKind: Relate = inGroups(isTurn, (isOfTurns) => (isOfTurns ? relateEarlier : relateSimilarInTurn))

/** Returns whether a rule needs fingerprints, which are slow to compute. */
export const comparesImages = (rule: Relate): boolean => rule === relateSimilarImages || rule === relateByKind

type KeyOf = (pair: RelatablePair) => string

function byItem({ itemId }: RelatablePair): string {
  return String(itemId)
}

function byMedia({ itemId, shown }: RelatablePair): string {
  return shown === '' ? `item ${itemId}` : shown
}

function byConversation({ itemId, callId, conversation }: RelatablePair): string {
  return conversation === null ? String(itemId) : `${itemId}:${callId}:${conversation}`
}

/** Applies a rule to each group of pairs separately. */
function inGroups<K>(groupOf: (pair: RelatablePair) => K, ruleOf: (group: K) => Relate): Relate {
  return () => {
    const groups = new Map<K, { readonly rule: Relating; readonly places: number[] }>()
    /** For each pair, the indexes of its group; `positions` has its position in that list. */
    const own: number[][] = []
    const positions: number[] = []
    return {
      add(pair) {
        const key = groupOf(pair)
        const { rule, places } = groups.get(key) ?? { rule: ruleOf(key)(), places: [] }
        if (places.length === 0) groups.set(key, { rule, places })
        rule.add(pair)
        positions.push(places.push(own.push(places) - 1) - 1)
      },
      finish: () => joinGroups(own, positions, new Map([...groups.values()].map(({ rule, places }) => [places, rule.finish()]))),
    }
  }
}

/** Combines the answers of the groups. Holds only the answer functions, which need much less memory than the rules' input. */
function joinGroups(
  own: readonly number[][],
  positions: readonly number[],
  relatedIn: ReadonlyMap<readonly number[], RelatedTo>,
): RelatedTo {
  const related = (place: number) => {
    const places = own[place] ?? []
    return Array.from(relatedIn.get(places)?.(positions[place] ?? 0) ?? [], (position) => places[position] ?? 0)
  }
  const inAskingOrder = () => {
    const lists = [...relatedIn].map(([places, group]) => group.inAskingOrder?.().map((position) => places[position] ?? 0) ?? places)
    return joinNumbers(lists, own.length)
  }
  return Object.assign(related, [...relatedIn.values()].some((group) => group.inAskingOrder) && { inAskingOrder })
}

function joinNumbers(lists: readonly ArrayLike<number>[], length: number): Uint32Array {
  const joined = new Uint32Array(length)
  let next = 0
  for (const list of lists) {
    joined.set(list, next)
    next += list.length
  }
  return joined
}

/** Relates pairs with the same key; turns of a conversation are sorted by turn. */
function within(keyOf: KeyOf, which: 'earlier' | 'others'): Relate {
  return () => {
    const known = new Map<string, number[]>()
    /** Group of each pair. */
    const groups: number[][] = []
    const turns: number[] = []
    return {
      add(pair) {
        const key = keyOf(pair)
        const group = known.get(key) ?? []
        if (group.push(groups.push(group) - 1) === 1) known.set(key, group)
        turns.push(keyOf === byConversation ? (pair.turn ?? 0) : 0)
      },
      finish() {
        const positions = new Uint32Array(groups.length)
        for (const group of known.values()) {
          group.sort((one, other) => (turns[one] ?? 0) - (turns[other] ?? 0) || one - other)
          for (const [position, place] of group.entries()) positions[place] = position
        }
        return (place) => {
          const [group, position] = [groups[place] ?? [], positions[place] ?? 0]
          const earlier = group.slice(Math.max(0, position - nearbyCount), position)
          return which === 'earlier' ? earlier : [...earlier, ...group.slice(position + 1, position + 1 + nearbyCount)]
        }
      },
    }
  }
}

interface Image {
  readonly fingerprint: Fingerprint
  readonly places: number[]
}

/**
 * Relates pairs about the images most similar to a pair's own image, by the number of differing fingerprint bits. Returns one pair of each
 * image, nearest first, before a second pair of any image. Each image is searched for only once, however many pairs it has.
 */
function relateByImages(): Relating {
  const numbers = new Map<string, number>()
  const images: Image[] = []
  /** Image of each pair; -1 if unknown. */
  const imageOf: number[] = []
  return {
    add({ shown, fingerprint }) {
      const known = numbers.get(shown)
      const number = known ?? (fingerprint ? images.push({ fingerprint, places: [] }) - 1 : -1)
      if (number >= 0 && known === undefined) numbers.set(shown, number)
      images[number]?.places.push(imageOf.length)
      imageOf.push(number)
    },
    finish() {
      const neighbours = createImageNeighbours(images.map(({ fingerprint }) => fingerprint))
      const findNearest = (image: number): readonly number[] => {
        const nearest = neighbours.nearestTo(image, similarCount).flatMap((other) => images[other] ?? [])
        const rounds = Math.min(similarCount, Math.max(0, ...nearest.map(({ places }) => places.length)))
        const inRounds = Array.from({ length: rounds }, (_, round) => nearest.flatMap(({ places }) => places[round] ?? []))
        return inRounds.flat().slice(0, similarCount)
      }
      const found = new Map<number, readonly number[]>()
      return (place) => {
        const image = imageOf[place] ?? -1
        if (image < 0) return []
        const places = found.get(image) ?? findNearest(image)
        found.set(image, places)
        return places
      }
    },
  }
}
