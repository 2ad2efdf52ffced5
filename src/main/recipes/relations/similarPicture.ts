import type { Fingerprint } from '../../media/neighbours/fingerprint'
import { createPictureNeighbours } from '../../retrieval/pictureNeighbours'

interface Pictured {
  readonly id: number
  /** the same for what shows the same media */
  readonly shown: string
  /** of what it shows first; null where that is not known */
  readonly fingerprint: Fingerprint | null
}

interface Picture {
  readonly fingerprint: Fingerprint
  readonly ids: number[]
}

/**
 * Finds the pairs about the pictures most like a pair's own, by the bits in which their fingerprints differ: a pair of each picture, nearest
 * first, and only then a second one of each. Each picture is looked for once, however many pairs it has.
 */
export function indexPictures(pairs: readonly Pictured[]): (pair: Pictured, count: number) => readonly number[] {
  const byMedia = new Map<string, Picture>()
  for (const { id, shown, fingerprint } of pairs) {
    const known = byMedia.get(shown)
    if (known) known.ids.push(id)
    else if (fingerprint) byMedia.set(shown, { fingerprint, ids: [id] })
  }
  const pictures = [...byMedia.values()]
  const places = new Map([...byMedia.keys()].map((shown, place) => [shown, place]))
  const neighbours = createPictureNeighbours(pictures.map(({ fingerprint }) => fingerprint))
  const found = new Map<string, readonly number[]>()

  return ({ shown }, count) => {
    const place = places.get(shown)
    if (place === undefined) return []
    const key = `${place} ${count}`
    let ids = found.get(key)
    if (!ids) {
      const nearest = neighbours.nearestTo(place, count).flatMap((other) => pictures[other] ?? [])
      const rounds = Math.max(0, ...nearest.map((picture) => picture.ids.length))
      const inRounds = Array.from({ length: Math.min(rounds, count) }, (_, round) => nearest.flatMap((picture) => picture.ids[round] ?? []))
      found.set(key, (ids = inRounds.flat().slice(0, count)))
    }
    return ids
  }
}
