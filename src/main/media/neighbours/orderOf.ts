/**
 * Returns the indices that sort 32-bit values in ascending order; equal values keep their order. Sorts 64-bit numbers with the value in the
 * upper and the index in the lower half, which needs no comparison function.
 */
export function orderOf(values: Uint32Array): Uint32Array {
  const halves = new Uint32Array(values.length * 2) // the lower half first: all processors supported by Electron are little-endian
  for (let place = 0; place < values.length; place++) {
    halves[place * 2] = place
    halves[place * 2 + 1] = values[place] ?? 0
  }
  new BigUint64Array(halves.buffer).sort()
  return values.map((_, at) => halves[at * 2] ?? 0)
}
