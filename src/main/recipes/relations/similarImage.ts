import type { Fingerprint } from '../../media/neighbours/fingerprint'
import { createImageNeighbours } from '../../retrieval/imageNeighbours'

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
export function indexImages(pairs: readonly Imaged[]): (pair: Imaged, count: number) => readonly number[] {
  const byMedia = new Map<string, Image>()
  for (const { id, shown, fingerprint } of pairs) {
    const known = byMedia.get(shown)
    if (known) known.ids.push(id)
    else if (fingerprint) byMedia.set(shown, { fingerprint, ids: [id] })
  }
  const images = [...byMedia.values()]
  const places = new Map([...byMedia.keys()].map((shown, place) => [shown, place]))
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
