/** Lists of whole numbers below 2^32, by index. */
export interface NumberLists {
  set(place: number, list: ArrayLike<number>): void
  /** Returns the list at an index; empty if none was stored. */
  get(place: number): Uint32Array
}

/** Returns an array of at least `length` numbers that starts with the given ones; at least doubles the size if it is too short. */
export function grow(numbers: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= numbers.length) return numbers
  const larger = new Uint32Array(Math.max(numbers.length * 2, length))
  larger.set(numbers)
  return larger
}

/** Creates storage that keeps all lists in one array: a million short lists take little more memory than their numbers. */
export function createNumberLists(): NumberLists {
  let starts = new Uint32Array(1024)
  let lengths = new Uint32Array(1024)
  let numbers = new Uint32Array(1024)
  let used = 0
  return {
    set(place, list) {
      starts = grow(starts, place + 1)
      lengths = grow(lengths, place + 1)
      numbers = grow(numbers, used + list.length)
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
