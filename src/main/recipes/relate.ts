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

/** The pairs that stand before one of the set in training, first to last: never itself, and only pairs of the set. */
interface RelatedTo {
  (pair: RelatablePair): readonly number[]
  /** All ids in the order in which they are answered quickest; any other gives the same answers. */
  readonly inAskingOrder?: () => readonly number[]
}

/**
 * The in-context rule of a training set (C_psi of MIMIC-IT, arXiv 2306.05425). Takes all exported pairs, by item and then by age; answers
 * for any of them.
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
  const inTurn = pairs.toSorted((one, other) => (sameConversation(one, other) ? (one.turn ?? 0) - (other.turn ?? 0) : 0))
  return within(byConversation, 'earlier')(inTurn)
}

/** The most similar instructions about other images, of the same kind where pairs have kinds (T2T): CGD, LACR, LADD. */
export const relateSimilar: Relate = (pairs) => {
  const indexOf = new Map([...Map.groupBy(pairs, ({ kind }) => kind)].map(([kind, members]) => [kind, indexTexts(members)]))
  const related = (pair: RelatablePair) => indexOf.get(pair.kind)?.find(pair, similarCount) ?? []
  return Object.assign(related, { inAskingOrder: () => [...indexOf.values()].flatMap((index) => index.inAskingOrder()) })
}

/** Pairs about the most similar other images, of the same kind where pairs have kinds (I2I). */
export const relateSimilarImages: Relate = (pairs) => {
  const indexOf = new Map([...Map.groupBy(pairs, ({ kind }) => kind)].map(([kind, members]) => [kind, indexImages(members)]))
  return (pair) => indexOf.get(pair.kind)?.(pair, similarCount) ?? []
}

/** By text and by image in turn, as many as either alone. */
const relateSimilarInTurn: Relate = (pairs) => {
  const [byText, byImage] = [relateSimilar(pairs), relateSimilarImages(pairs)]
  const related = (pair: RelatablePair) => {
    const [texts, images] = [byText(pair), byImage(pair)]
    const inTurn = Array.from({ length: similarCount }, (_, at) => [texts[at], images[at]].filter((id) => id !== undefined))
    return [...new Set(inTurn.flat())].slice(0, similarCount)
  }
  return Object.assign(related, byText.inAskingOrder && { inAskingOrder: byText.inAskingOrder })
}

/**
 * LA: turns of a conversation have the earlier ones on their image (LACONV), details and reasoning pairs about other images that are
 * similar by their instruction (T2T) or by their image (I2I).
 */
export const relateByKind: Relate = (pairs) => {
  const isTurn = ({ kind }: RelatablePair) => kind === null || kind === 'conversation'
  const turns = pairs.filter(isTurn)
  const earlier = relateEarlier(turns)
  const similar = relateSimilarInTurn(pairs.filter((pair) => !isTurn(pair)))
  return Object.assign((pair: RelatablePair) => (isTurn(pair) ? earlier : similar)(pair), {
    inAskingOrder: () => [...turns.map(({ id }) => id), ...(similar.inAskingOrder?.() ?? [])],
  })
}

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

const sameConversation = (one: RelatablePair, other: RelatablePair) =>
  one.conversation !== null && byConversation(one) === byConversation(other)

function within(keyOf: KeyOf, which: 'earlier' | 'others'): Relate {
  return (pairs) => {
    const groups = new Map<string, number[]>()
    const places = new Map<number, number>()
    for (const pair of pairs) {
      const key = keyOf(pair)
      const group = groups.get(key)
      places.set(pair.id, group?.length ?? 0)
      if (group) group.push(pair.id)
      else groups.set(key, [pair.id])
    }
    return (pair) => {
      const group = groups.get(keyOf(pair)) ?? []
      const place = places.get(pair.id) ?? 0
      const earlier = group.slice(Math.max(0, place - nearbyCount), place)
      return which === 'earlier' ? earlier : [...earlier, ...group.slice(place + 1, place + 1 + nearbyCount)]
    }
  }
}

interface Imaged {
  readonly id: number
  /** the same for what shows the same media */
  readonly shown: string
  /** of what it shows first; null where that is not known */
  readonly fingerprint: Fingerprint | null
}

interface Image {
  readonly fingerprint: Fingerprint
  readonly ids: number[]
}

/**
 * Finds the pairs about the images most like a pair's own, by the bits in which their fingerprints differ: a pair of each image, nearest
 * first, and only then a second one of each. Each image is looked for once, however many pairs it has.
 */
function indexImages(pairs: readonly Imaged[]): (pair: Imaged, count: number) => readonly number[] {
  const byShown = new Map<string, Image>()
  for (const { id, shown, fingerprint } of pairs) {
    const known = byShown.get(shown)
    if (known) known.ids.push(id)
    else if (fingerprint) byShown.set(shown, { fingerprint, ids: [id] })
  }
  const images = [...byShown.values()]
  const places = new Map([...byShown.keys()].map((shown, place) => [shown, place]))
  const neighbours = createImageNeighbours(images.map(({ fingerprint }) => fingerprint))
  const found = new Map<string, readonly number[]>()

  return ({ shown }, count) => {
    const place = places.get(shown)
    if (place === undefined) return []
    const key = `${place} ${count}`
    let ids = found.get(key)
    if (!ids) {
      const nearest = neighbours.nearestTo(place, count).flatMap((other) => images[other] ?? [])
      const rounds = Math.max(0, ...nearest.map((image) => image.ids.length))
      const inRounds = Array.from({ length: Math.min(rounds, count) }, (_, round) => nearest.flatMap((image) => image.ids[round] ?? []))
      found.set(key, (ids = inRounds.flat().slice(0, count)))
    }
    return ids
  }
}

interface Text {
  readonly id: number
  readonly instruction: string
  readonly shown: string
}

interface SimilarTexts {
  /** The ids of the texts most similar to one of the index, best first, none of what shows the same media. */
  find(text: Text, count: number): readonly number[]
  /** All ids, in the order in which they are found quickest. */
  inAskingOrder(): readonly number[]
}

/** By the words of their instructions (BM25), in memory. Ties go to the text that comes first. */
function indexTexts(texts: readonly Text[]): SimilarTexts {
  const neighbours = createTextNeighbours(texts.map(({ instruction, shown }) => ({ text: instruction, group: shown })))
  const places = new Map(texts.map(({ id }, place) => [id, place]))
  const idAt = (place: number) => texts[place]?.id ?? []
  return {
    find: ({ id }, count) => neighbours.nearestTo(places.get(id) ?? -1, count).flatMap(idAt),
    inAskingOrder: () => [...neighbours.inAskingOrder()].flatMap(idAt),
  }
}
