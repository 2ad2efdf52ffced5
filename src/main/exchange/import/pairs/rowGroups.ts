import type { PairRecord } from './record'

/** Groups rows that are single turns: consecutive rows of an item with increasing turn numbers are one conversation. */
export function startRowGroups(file: string) {
  let [group, last] = [0, -1]
  let of: string | null = null
  return (item: string | null, turn: number | null): PairRecord['conversation'] => {
    if (item === null || turn === null) {
      of = null
      return null
    }
    if (item !== of || turn <= last) group++
    of = item
    last = turn
    return { key: `${file} ${group}`, turn }
  }
}
