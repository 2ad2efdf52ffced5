import type { Candidate } from '../../../shared/domain'
import { readCandidates } from '../candidates/candidates'
import { readLeftOut } from '../library/leftOut'
import type { ReadableDb } from '../sql/types'
import { readContextText, readSimilarPool, samenessOf, type PooledPair } from './similarPool'
import { prepare } from '../sql/statement'
import { numbersSchema } from '../sql/stored'
import { takeBest } from '../sql/takeBest'
import { scoreTexts } from './wordIndex'

/**
 * Approved pairs that are not pinned, the most similar to an item first: by how well the context of a pair's item and the pair's own
 * words match the words of the item's context (BM25 each, see `scoreTexts`, added up). Pairs of an item with exactly the same context come
 * before all others; among equals, the pair decided last. Of more than 20,000 approved pairs, those decided last are looked at. May find fewer
 * than asked for, or none.
 */
export function listSimilarExemplars(db: ReadableDb, { itemId, limit }: { itemId: number; limit: number }): Candidate[] {
  const { contexts, texts, pairs } = readSimilarPool(db)
  const wanted = readContextText(db, itemId)
  const sameness = samenessOf(wanted)
  const byContext = scoreTexts(contexts, wanted)
  const byText = scoreTexts(texts, wanted)
  for (const [place, { item }] of pairs) {
    const score = (byText[place] ?? 0) + (byContext[item.place] ?? 0)
    byText[place] = score > 0 && item.sameness === sameness ? Infinity : score
  }
  const pinned = new Set(numbersSchema.parse(prepare(db, `SELECT id FROM candidate WHERE pinned_at IS NOT NULL`).pluck().all()))
  const leftOut = readLeftOut(db)
  const isWanted = ({ candidateId, item }: PooledPair) => item.itemId !== itemId && !pinned.has(candidateId) && !leftOut.has(item.itemId)
  const best = takeBest(pairs.keys(), {
    count: limit,
    isWanted: (place) => {
      const pair = pairs.get(place)
      return pair !== undefined && (byText[place] ?? 0) > 0 && isWanted(pair)
    },
    isBefore: (one, other) => {
      const [a, b] = [byText[one] ?? 0, byText[other] ?? 0]
      return a > b || (a === b && one > other)
    },
  })
  return readCandidates(
    db,
    best.flatMap((place) => pairs.get(place)?.candidateId ?? []),
  )
}
