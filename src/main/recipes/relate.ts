import type { Candidate } from '../../shared/domain'
import type { Fingerprint } from '../media/neighbours/fingerprint'
import { createImageNeighbours } from '../retrieval/imageNeighbours'
import { startGrouping } from '../retrieval/textGroups'
import { findTextNeighbours } from '../retrieval/textNeighbours'
import { wordsOf } from '../store/search/words'

/** An exported pair, as far as relations go by it. */
export interface RelatablePair extends Pick<Candidate, 'itemId' | 'callId' | 'kind' | 'conversation' | 'turn' | 'instruction'> {
  /** the same for items that show the same media */
  readonly shown: string
  /** of the first image or frame that is shown; null where it is not known */
  readonly fingerprint: Fingerprint | null
}

/** The places of the pairs that stand before the one at a place in training, first to last: never its own. */
export interface RelatedTo {
  (place: number): ArrayLike<number>
  /** All places in the order in which they are answered quickest, where an answer takes time; any other gives the same answers. */
  readonly inAskingOrder?: () => Uint32Array
}

export interface Relating {
  /** Takes the next pair: its place is the number of those before it. */
  add(pair: RelatablePair): void
  /** To be called once, when all are there. */
  finish(): RelatedTo
}

/**
 * The in-context rule of a training set (C_psi of MIMIC-IT, arXiv 2306.05425). Takes all exported pairs one by one, by item and then by age,
 * and keeps of them what it needs, since there may be millions; then answers for any of them.
 */
export type Relate = () => Relating

/** As many similar pairs as the paper takes (K of LACR and LADD). */
export const similarCount = 10

/**
 * Of an item with very many pairs only so many before and after each are related to it: all of them would be the square of their
 * number, and no context of a model holds more.
 */
export const nearbyCount = 100

/** No pair needs another. */
export const relateNone: Relate = () => ({ add: () => undefined, finish: () => () => [] })

/** The earlier turns on the same image or album, be they of one item or of several: LACONV, VST. */
export const relateEarlier: Relate = within(byMedia, 'earlier')

/** All other pairs on the same clip, which is an item: TVC, E4D. */
export const relateMutual: Relate = within(byItem, 'others')

/** All other pairs on the same video, be they of one item or of several: DC. */
export const relateMutualOnVideo: Relate = within(byMedia, 'others')

/** The earlier rounds of the same conversation of the same reply; pairs without one have the earlier ones of their item: SN. */
export const relateEarlierRounds: Relate = within(byConversation, 'earlier')

/** The most similar instructions about other images: T2T. */
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

/** T2T, of the same kind where pairs have kinds: CGD, LACR, LADD. */
export const relateSimilar: Relate = inGroups(byKind, () => relateByTexts)

/** I2I, of the same kind where pairs have kinds. */
export const relateSimilarImages: Relate = inGroups(byKind, () => relateByImages)

/** By text and by image in turn, as many as either alone. */
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
 * LA: turns of a conversation have the earlier ones on their image (LACONV), details and reasoning pairs about other images that are
 * similar by their instruction (T2T) or by their image (I2I).
 */
export const relateByKind: Relate = inGroups(isTurn, (isOfTurns) => (isOfTurns ? relateEarlier : relateSimilarInTurn))

/** Whether a rule looks at fingerprints, which take time to make. */
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

/** Applies rules to groups of pairs, each by itself. */
function inGroups<K>(groupOf: (pair: RelatablePair) => K, ruleOf: (group: K) => Relate): Relate {
  return () => {
    const groups = new Map<K, { readonly rule: Relating; readonly places: number[] }>()
    /** by place: the places of its group, and its position among them */
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

/** Holds nothing of the rules but their answers, which are made of much less than they have read. */
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

/** Pairs of the same key, the turns of a conversation in its order. */
function within(keyOf: KeyOf, which: 'earlier' | 'others'): Relate {
  return () => {
    const known = new Map<string, number[]>()
    /** by place */
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
 * Pairs about the images most like a pair's own, by the bits in which their fingerprints differ: a pair of each image, nearest first, and only
 * then a second one of each. Each image is looked for once, however many pairs it has.
 */
function relateByImages(): Relating {
  const numbers = new Map<string, number>()
  const images: Image[] = []
  /** by place; -1 where none is known */
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
