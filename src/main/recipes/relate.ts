import type { Candidate } from '../../shared/domain'
import type { Fingerprint } from '../media/neighbours/fingerprint'
import { createImageNeighbours } from '../retrieval/imageNeighbours'
import { createTextNeighbours } from '../retrieval/textNeighbours'

/** An exported pair, as far as relations go by it. */
export interface RelatablePair extends Pick<Candidate, 'id' | 'itemId' | 'callId' | 'kind' | 'conversation' | 'turn' | 'instruction'> {
  /** the same for items that show the same media */
  readonly shown: string
  /** of the first image or frame that is shown; null where it is not known */
  readonly fingerprint: Fingerprint | null
}

/** The places of the pairs that stand before the one at a place in training, first to last: never its own. */
interface RelatedTo {
  (place: number): ArrayLike<number>
  /** All places in the order in which they are answered quickest, where an answer takes time; any other gives the same answers. */
  readonly inAskingOrder?: () => Uint32Array
}

/**
 * The in-context rule of a training set (C_psi of MIMIC-IT, arXiv 2306.05425). Takes all exported pairs, by item and then by age; answers
 * for any of them by its place.
 */
export type Relate = (pairs: readonly RelatablePair[]) => RelatedTo

/** As many similar pairs as the paper takes (K of LACR and LADD). */
export const similarCount = 10

/**
 * Of an item with very many pairs only so many before and after each are related to it: all of them would be the square of their
 * number, and no context of a model holds more.
 */
export const nearbyCount = 100

/** No pair needs another. */
export const relateNone: Relate = () => () => []

/** The earlier turns on the same image or album, be they of one item or of several: LACONV, VST. */
export const relateEarlier: Relate = within(byMedia, 'earlier')

/** All other pairs on the same clip, which is an item: TVC, E4D. */
export const relateMutual: Relate = within(byItem, 'others')

/** All other pairs on the same video, be they of one item or of several: DC. */
export const relateMutualOnVideo: Relate = within(byMedia, 'others')

/** The earlier rounds of the same conversation of the same reply; pairs without one have the earlier ones of their item: SN. */
export const relateEarlierRounds: Relate = (pairs) => {
  const turnOf = (place: number) => pairs[place]?.turn ?? 0
  const isSameTalk = (one: number, other: number) => sameConversation(pairs[one], pairs[other])
  const inTurn = [...pairs.keys()].toSorted((one, other) => (isSameTalk(one, other) ? turnOf(one) - turnOf(other) : 0))
  return among(pairs, inTurn, within(byConversation, 'earlier'))
}

/** The most similar instructions about other images: T2T. */
const relateByTexts: Relate = (pairs) => {
  const neighbours = createTextNeighbours(pairs, ({ instruction, shown }) => ({ text: instruction, group: shown }))
  return Object.assign((place: number) => neighbours.nearestTo(place, similarCount), { inAskingOrder: neighbours.inAskingOrder })
}

/** Pairs about the most similar other images: I2I. */
const relateByImages: Relate = (pairs) => indexImages(pairs, similarCount)

const byKind = ({ kind }: RelatablePair) => kind

/** T2T, of the same kind where pairs have kinds: CGD, LACR, LADD. */
export const relateSimilar: Relate = (pairs) => inGroups(pairs, byKind, () => relateByTexts)

/** I2I, of the same kind where pairs have kinds. */
export const relateSimilarImages: Relate = (pairs) => inGroups(pairs, byKind, () => relateByImages)

/** By text and by image in turn, as many as either alone. */
const relateSimilarInTurn: Relate = (pairs) => {
  const [byText, byImage] = [relateSimilar(pairs), relateSimilarImages(pairs)]
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
export const relateByKind: Relate = (pairs) => inGroups(pairs, isTurn, (isOfTurns) => (isOfTurns ? relateEarlier : relateSimilarInTurn))

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

const sameConversation = (one?: RelatablePair, other?: RelatablePair) =>
  one !== undefined && other !== undefined && one.conversation !== null && byConversation(one) === byConversation(other)

/** Applies a rule to the pairs at some places, in their order. */
function among(pairs: readonly RelatablePair[], places: readonly number[], rule: Relate): RelatedTo {
  const positions = new Uint32Array(pairs.length)
  for (const [position, place] of places.entries()) positions[place] = position
  const related = rule(places.flatMap((place) => pairs[place] ?? []))
  const { inAskingOrder } = related
  return Object.assign((place: number) => Array.from(related(positions[place] ?? 0), (position) => places[position] ?? 0), {
    ...(inAskingOrder && { inAskingOrder: () => inAskingOrder().map((position) => places[position] ?? 0) }),
  })
}

/** Applies rules to groups of pairs, each by itself. */
function inGroups<K>(pairs: readonly RelatablePair[], groupOf: (pair: RelatablePair) => K, ruleOf: (group: K) => Relate): RelatedTo {
  const known = new Map<K, number[]>()
  const ownPlaces = pairs.map((pair, place) => {
    const own = known.get(groupOf(pair)) ?? []
    if (own.push(place) === 1) known.set(groupOf(pair), own)
    return own
  })
  const groups = new Map([...known].map(([group, own]) => [own, among(pairs, own, ruleOf(group))]))
  const related = (place: number) => groups.get(ownPlaces[place] ?? [])?.(place) ?? []
  const inAskingOrder = () => {
    const order = new Uint32Array(ownPlaces.length)
    let next = 0
    for (const [own, ofGroup] of groups) {
      order.set(ofGroup.inAskingOrder?.() ?? own, next)
      next += own.length
    }
    return order
  }
  return Object.assign(related, [...groups.values()].some((group) => group.inAskingOrder) && { inAskingOrder })
}

function within(keyOf: KeyOf, which: 'earlier' | 'others'): Relate {
  return (pairs) => {
    const known = new Map<string, number[]>()
    const positions = new Uint32Array(pairs.length)
    const groups = pairs.map((pair, place) => {
      const key = keyOf(pair)
      const group = known.get(key) ?? []
      if (group.length === 0) known.set(key, group)
      positions[place] = group.push(place) - 1
      return group
    })
    return (place) => {
      const [group, position] = [groups[place] ?? [], positions[place] ?? 0]
      const earlier = group.slice(Math.max(0, position - nearbyCount), position)
      return which === 'earlier' ? earlier : [...earlier, ...group.slice(position + 1, position + 1 + nearbyCount)]
    }
  }
}

interface Imaged {
  /** the same for what shows the same media */
  readonly shown: string
  /** of what it shows first; null where that is not known */
  readonly fingerprint: Fingerprint | null
}

interface Image {
  readonly fingerprint: Fingerprint
  readonly places: number[]
}

/**
 * Finds the pairs about the images most like a pair's own, by the bits in which their fingerprints differ: a pair of each image, nearest
 * first, and only then a second one of each. Each image is looked for once, however many pairs it has.
 */
function indexImages(pairs: readonly Imaged[], count: number): RelatedTo {
  const numbers = new Map<string, number>()
  const images: Image[] = []
  const imageOf = new Int32Array(pairs.length)
  for (const [place, { shown, fingerprint }] of pairs.entries()) {
    const known = numbers.get(shown)
    const number = known ?? (fingerprint ? images.push({ fingerprint, places: [] }) - 1 : -1)
    if (number >= 0 && known === undefined) numbers.set(shown, number)
    images[number]?.places.push(place)
    imageOf[place] = number
  }
  const neighbours = createImageNeighbours(images.map(({ fingerprint }) => fingerprint))
  const found = new Map<number, readonly number[]>()

  return (place) => {
    const image = imageOf[place] ?? -1
    if (image < 0) return []
    let places = found.get(image)
    if (!places) {
      const nearest = neighbours.nearestTo(image, count).flatMap((other) => images[other] ?? [])
      const rounds = Math.max(0, ...nearest.map((other) => other.places.length))
      const inRounds = Array.from({ length: Math.min(rounds, count) }, (_, round) => nearest.flatMap((other) => other.places[round] ?? []))
      found.set(image, (places = inRounds.flat().slice(0, count)))
    }
    return places
  }
}
