import { countBits } from './fingerprint'

/** A fingerprint is cut into four words of 16 bits, and found by each of them. */
const wordBits = 16
export const words = 4

/** The words of 16 bits by how many of their bits are set. */
export const ringsOf: readonly Uint16Array[] = Array.from({ length: wordBits + 1 }, (_, bits) =>
  Uint16Array.from(Array.from({ length: 2 ** wordBits }, (__, word) => word).filter((word) => countBits(word) === bits)),
)

export const wordOf = (high: number, low: number, word: number): number =>
  ((word < 2 ? high : low) >>> (word % 2 === 0 ? wordBits : 0)) & 0xffff

/** Which fingerprints have a certain word: those from `starts[word]` to `starts[word + 1]` of `members`, rising. */
export interface Table {
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/** Finds fingerprints by one of their words; they are given by their two halves. */
export function indexBy(word: number, high: Uint32Array, low: Uint32Array): Table {
  const values = Uint16Array.from(high, (each, kind) => wordOf(each, low[kind] ?? 0, word))
  const starts = new Uint32Array(2 ** wordBits + 1)
  for (const value of values) starts[value + 1] = (starts[value + 1] ?? 0) + 1
  for (let value = 0; value < 2 ** wordBits; value++) starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0)
  const next = starts.slice()
  const members = new Uint32Array(values.length)
  for (const [kind, value] of values.entries()) {
    const at = next[value] ?? 0
    members[at] = kind
    next[value] = at + 1
  }
  return { starts, members }
}
