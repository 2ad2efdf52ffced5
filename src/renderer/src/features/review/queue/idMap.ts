/** Binary logarithm of the number of IDs per page. */
const PAGE_BITS = 9

/**
 * An immutable map from IDs to values. A change copies only one page of IDs and the list of pages, so that it costs about the same in a
 * queue of 100,000 pairs as in a queue of 100. A change without effect returns the same object.
 */
export class IdMap<V> {
  private readonly pages: ReadonlyMap<number, ReadonlyMap<number, V>>
  readonly size: number

  private constructor(pages: ReadonlyMap<number, ReadonlyMap<number, V>>, size: number) {
    this.pages = pages
    this.size = size
  }

  static empty<V>(): IdMap<V> {
    return new IdMap<V>(new Map(), 0)
  }

  get(id: number): V | undefined {
    return this.pages.get(id >> PAGE_BITS)?.get(id)
  }

  has(id: number): boolean {
    return this.pages.get(id >> PAGE_BITS)?.has(id) ?? false
  }

  set(id: number, value: V): IdMap<V> {
    return this.has(id) && this.get(id) === value ? this : this.setAll([[id, value]])
  }

  setAll(entries: readonly (readonly [id: number, value: V])[]): IdMap<V> {
    if (entries.length === 0) return this
    const changed = new Map<number, Map<number, V>>()
    let size = this.size
    for (const [id, value] of entries) {
      const number = id >> PAGE_BITS
      const page = changed.get(number) ?? new Map(this.pages.get(number))
      changed.set(number, page)
      if (!page.has(id)) size++
      page.set(id, value)
    }
    return new IdMap(new Map([...this.pages, ...changed]), size)
  }

  delete(id: number): IdMap<V> {
    if (!this.has(id)) return this
    const page = new Map(this.pages.get(id >> PAGE_BITS))
    page.delete(id)
    return new IdMap(new Map(this.pages).set(id >> PAGE_BITS, page), this.size - 1)
  }

  /** Returns a map with the entries that match a predicate. */
  filter(passes: (id: number, value: V) => boolean): IdMap<V> {
    return IdMap.empty<V>().setAll([...this.entries()].filter(([id, value]) => passes(id, value)))
  }

  *entries(): Generator<[number, V]> {
    for (const page of this.pages.values()) yield* page
  }
}
