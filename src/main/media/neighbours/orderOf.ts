/**
 * Returns the places of values of 32 bits in rising order of the values, equal ones in their own order. It sorts numbers of 64 bits, a value
 * above its place, which needs no function that compares two of them.
 */
export function orderOf(values: Uint32Array): Uint32Array {
  const halves = new Uint32Array(values.length * 2) // the lower half first, as on every processor that Electron runs on
  for (let place = 0; place < values.length; place++) {
    halves[place * 2] = place
    halves[place * 2 + 1] = values[place] ?? 0
  }
  new BigUint64Array(halves.buffer).sort()
  return values.map((_, at) => halves[at * 2] ?? 0)
}
