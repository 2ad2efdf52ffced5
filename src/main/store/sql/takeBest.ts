interface Choice {
  readonly count: number
  readonly isWanted: (place: number) => boolean
  readonly isBefore: (one: number, other: number) => boolean
}

/** The first `count` of the places, in their order, without sorting them all. */
export function takeBest(places: Iterable<number>, { count, isWanted, isBefore }: Choice): number[] {
  const best: number[] = []
  for (const place of places) {
    const last = best.at(-1)
    if (best.length >= count && (last === undefined || !isBefore(place, last))) continue
    if (!isWanted(place)) continue
    let at = best.length
    while (at > 0 && isBefore(place, best[at - 1] ?? 0)) at--
    best.splice(at, 0, place)
    if (best.length > count) best.pop()
  }
  return best
}
