import type { ExemplarPolicy, ProviderSettings } from '../../../shared/domain'
import type { WritableDb } from '../../store/sql/types'
import { lastDecisionId, listApprovedWithoutEmbedding, saveEmbeddings, withoutEmbedding } from '../../store/search/embeddings'
import { getItem } from '../../store/library/items'
import { contextText } from '../../store/search/searchTerms'
import type { Provider } from '../providers/provider'

/** Number of texts per request, and of characters per text: fits into the 8,191 tokens of usual models in any script. */
const batch = 64
const maxCharacters = 6_000

export interface ItemEmbedder {
  /** Ensures that the item and the items of approved pairs have embeddings. Throws what `Provider.embed` throws. */
  ensure(itemId: number): Promise<void>
}

export type EmbeddingChoice = Pick<ProviderSettings, 'kind'> & Partial<Pick<ProviderSettings, 'embeddingModel'>>

/** Returns the embedding model that chooses exemplars, or null if they are chosen by their words. */
export function embeddingModelFor({ fill }: ExemplarPolicy, provider: EmbeddingChoice): string | null {
  return provider.kind !== 'demo' && (fill === 'similar' || fill === 'diverse') ? (provider.embeddingModel ?? null) : null
}

interface EmbedderOptions {
  readonly model: string
  /** Items that will be requested, in order. */
  readonly upcoming: readonly number[]
  readonly signal: AbortSignal
  /** Carries out a write. Also called before each request, with an empty write, so that a run that was taken over sends none. */
  readonly store: (work: () => void) => Promise<void>
}

/** Creates an embedder that requests embeddings on first use, in batches and once per item; they are stored in the project. */
export function createItemEmbedder(
  db: WritableDb,
  embed: NonNullable<Provider['embed']>,
  { model, upcoming, signal, store }: EmbedderOptions,
): ItemEmbedder {
  const places = new Map(upcoming.map((id, at) => [id, at]))
  const underWay = new Map<number, Promise<void>>()
  let seenDecision = -1

  async function embedAll(itemIds: readonly number[]): Promise<void> {
    if (itemIds.length === 0) return
    await store(() => undefined)
    const vectors = await embed(itemIds.map(textOf), signal)
    const embeddings = itemIds.map((itemId, at) => ({ itemId, vector: unit(vectors[at] ?? new Float32Array()) }))
    await store(() => saveEmbeddings(db, model, embeddings))
  }

  function textOf(itemId: number): string {
    const item = getItem(db, itemId)
    const text = item ? contextText(item.context).slice(0, maxCharacters) : ''
    return text.trim() || (item?.sourceId ?? String(itemId)) // servers refuse an empty text
  }

  /** Requests each embedding once, no matter how many calls wait for it. */
  function ensureItems(itemIds: readonly number[]): Promise<unknown> {
    const missing = withoutEmbedding(db, model, itemIds).filter((id) => !underWay.has(id))
    if (missing.length > 0) {
      const asked = embedAll(missing).finally(() => missing.forEach((id) => underWay.delete(id)))
      for (const id of missing) underWay.set(id, asked)
    }
    return Promise.all(itemIds.map((id) => underWay.get(id)))
  }

  async function ensurePool(): Promise<void> {
    const last = lastDecisionId(db)
    if (last === seenDecision) return
    for (;;) {
      const missing = listApprovedWithoutEmbedding(db, model, batch)
      if (missing.length === 0) break
      await ensureItems(missing)
    }
    seenDecision = last
  }

  return {
    ensure: async (itemId) => {
      await ensurePool()
      if (withoutEmbedding(db, model, [itemId]).length === 0) return
      const at = places.get(itemId)
      const next = at === undefined ? [itemId] : upcoming.slice(at, at + batch)
      if (underWay.has(itemId)) await underWay.get(itemId)
      else await ensureItems(next)
    },
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}
