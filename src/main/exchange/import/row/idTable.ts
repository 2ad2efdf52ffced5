import { createReadStream } from 'node:fs'

const pieceBytes = 1024 * 1024
/** Longer than any key with its id. */
const longestMatch = 1024

/**
 * Finds the ids that occur more than once under a key of a JSON file, without parsing the JSON, which would take as long as the import.
 * Not exact: ids with escapes may be missed and hash collisions may give false positives, so callers must check the result.
 */
export async function findRepeated(file: string, key: string): Promise<(id: string) => boolean> {
  const name = `"${key}"`
  const idAfter = /\s*:\s*(?:"([^"\\]*)"|(-?\d+)(?=[\s,}]))/y
  const counts = new IdTable()
  let hasRepeated = false
  let text = ''
  for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: pieceBytes }) as AsyncIterable<string>) {
    text += piece
    let end = 0
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      idAfter.lastIndex = at + name.length
      const match = idAfter.exec(text)
      if (match === null) continue
      end = idAfter.lastIndex
      const id = match[1] ?? match[2] ?? ''
      if (counts.add(id, 1) === undefined) continue
      counts.set(id, 2)
      hasRepeated = true
    }
    text = text.slice(Math.max(end, text.length - longestMatch))
  }
  return hasRepeated ? (id) => counts.get(id) === 2 : () => false
}

/** Computes FNV-1a with two seeds, as an integer below 2^53: with a million ids, one file in 18,000 has a collision. */
function hashOf(text: string): number {
  let high = 0x811c9dc5
  let low = 0x9747b28c
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x5bd1e995)
    low ^= low >>> 15
  }
  return ((high ^ (low << 7)) & 0x1fffff) * 0x100000000 + (low >>> 0)
}

/**
 * Maps ids to numbers with 12 bytes per entry, where a Map needs over a hundred, for files with a million rows. It stores hashes instead of
 * the ids, so an unknown id may very rarely be taken for a known one; callers must check before they rely on a match.
 */
export class IdTable {
  #hashes = new Float64Array(1024).fill(-1)
  #numbers = new Uint32Array(1024)
  #size = 0

  /** Number of ids in the table. */
  get size(): number {
    return this.#size
  }

  #slot(hash: number): number {
    const mask = this.#hashes.length - 1
    let slot = (hash ^ (hash / 0x100000000)) & mask
    while (this.#hashes[slot] !== -1 && this.#hashes[slot] !== hash) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [hashes, numbers] = [this.#hashes, this.#numbers]
    this.#hashes = new Float64Array(hashes.length * 2).fill(-1)
    this.#numbers = new Uint32Array(hashes.length * 2)
    for (const [index, hash] of hashes.entries()) {
      if (hash === -1) continue
      const slot = this.#slot(hash)
      this.#hashes[slot] = hash
      this.#numbers[slot] = numbers[index] ?? 0
    }
  }

  get(id: string): number | undefined {
    const slot = this.#slot(hashOf(id))
    return this.#hashes[slot] === -1 ? undefined : this.#numbers[slot]
  }

  /** @param number from 0 to 2^32 - 1 */
  set(id: string, number: number): void {
    const hash = hashOf(id)
    this.#put(hash, this.#slot(hash), number)
  }

  /** Sets the number of a new id. @returns the number of a known id, which is not changed */
  add(id: string, number: number): number | undefined {
    const hash = hashOf(id)
    const slot = this.#slot(hash)
    if (this.#hashes[slot] !== -1) return this.#numbers[slot]
    this.#put(hash, slot, number)
    return undefined
  }

  #put(hash: number, free: number, number: number): void {
    let slot = free
    if (this.#hashes[slot] === -1) {
      if (++this.#size > this.#hashes.length * 0.7) {
        this.#grow()
        slot = this.#slot(hash)
      }
      this.#hashes[slot] = hash
    }
    this.#numbers[slot] = number
  }
}
