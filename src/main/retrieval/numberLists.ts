/** Lists of whole numbers below 2^32, by place. */
interface NumberLists {
  /** Stores a list, once for a place. */
  set(place: number, list: ArrayLike<number>): void
  /** The list at a place; empty where none was stored. */
  get(place: number): Uint32Array
}

/** Lists side by side in one array: a million short ones take little more memory than their numbers. */
export function createNumberLists(count: number): NumberLists {
  const starts = new Uint32Array(count)
  const lengths = new Uint32Array(count)
  let numbers = new Uint32Array(1024)
  let used = 0
  return {
    set(place, list) {
      if (used + list.length > numbers.length) {
        const larger = new Uint32Array(Math.max(numbers.length * 2, used + list.length))
        larger.set(numbers)
        numbers = larger
      }
      numbers.set(list, used)
      starts[place] = used
      lengths[place] = list.length
      used += list.length
    },
    get(place) {
      const start = starts[place] ?? 0
      return numbers.subarray(start, start + (lengths[place] ?? 0))
    },
  }
}
