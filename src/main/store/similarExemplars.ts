import { z } from 'zod'
import type { Candidate } from '../../shared/domain'
import { readCandidates } from './candidates'
import type { Database } from './database'
import { getItem } from './items'
import { contextText, distinctWords } from './search'
import { prepare } from './statement'
import { numberSchema } from './stored'

/** Most words of an item that are looked up, and most entries of the index that a search may walk through. */
const mostWords = 40
const mostEntries = 400

type Index = 'item_text' | 'candidate_text'

/** Both in the words of FTS5: the smaller a score, the better the match. */
const searches = {
  item_text: `SELECT item_text.rowid AS id, bm25(item_text) AS score FROM item_text
    WHERE item_text MATCH ? AND item_text.rowid <> ? AND (
      EXISTS (SELECT 1 FROM candidate WHERE state = 'accepted' AND item_id = item_text.rowid)
      OR EXISTS (SELECT 1 FROM candidate WHERE state = 'edited' AND item_id = item_text.rowid))
    ORDER BY score LIMIT ?`,
  candidate_text: `SELECT candidate.id, bm25(candidate_text) AS score FROM candidate_text JOIN candidate ON candidate.id = candidate_text.rowid
    WHERE candidate_text MATCH ? AND candidate.item_id <> ? AND state IN ('accepted', 'edited') AND pinned_at IS NULL
    ORDER BY score LIMIT ?`,
} as const satisfies Record<Index, string>

const foundSchema = z.object({ id: z.number(), score: z.number() })
const foundRowsSchema = foundSchema.array()

/**
 * Approved pairs that are not pinned, the most similar to an item first: by how well the context of a pair's item and the pair's own
 * words match the words of the item's context (BM25, as SQLite's FTS5 computes it). The rarest words are looked for first, and as many
 * more as the time allows: they weigh most, and words that stand everywhere tell nothing apart. May find fewer than asked for, or none.
 */
export function listSimilarExemplars(db: Database, { itemId, limit }: { itemId: number; limit: number }): Candidate[] {
  const item = getItem(db, itemId)
  const words = item ? distinctWords(contextText(item.context)).slice(0, mostWords) : []
  const scores = new Map<number, number>()
  const add = (id: number, score: number) => scores.set(id, (scores.get(id) ?? 0) + score)
  const rare = rarest(db, 'item_text', words)
  const scoreOf = new Map(search(db, 'item_text', rare, itemId, limit).map(({ id, score }) => [id, score]))
  for (const { id, itemId: of } of approvedOf(db, [...scoreOf.keys()])) add(id, scoreOf.get(of) ?? 0)
  // Words that stand in many contexts are not asked about again: to count a word takes as long as to find what has it.
  for (const { id, score } of search(db, 'candidate_text', rarest(db, 'candidate_text', rare), itemId, limit)) add(id, score)
  const ids = [...scores]
    .toSorted(([idA, a], [idB, b]) => a - b || idB - idA)
    .slice(0, limit)
    .map(([id]) => id)
  return readCandidates(db, ids)
}

function search(db: Database, index: Index, words: readonly string[], itemId: number, limit: number): z.infer<typeof foundSchema>[] {
  if (words.length === 0) return []
  const query = words.map((word) => `"${word}"`).join(' OR ')
  return foundRowsSchema.parse(prepare(db, searches[index]).all(query, itemId, limit))
}

/** The rarest of the words that stand in the index at all, so many that together they have no more entries than may be walked through. */
function rarest(db: Database, index: Index, words: readonly string[]): string[] {
  const most = mostEntries / 4
  const entries = prepare(db, `SELECT count(*) FROM (SELECT 1 FROM ${index} WHERE ${index} MATCH ? LIMIT ?)`).pluck()
  const counted = words
    .map((word) => ({ word, count: numberSchema.parse(entries.get(`"${word}"`, most + 1)) }))
    .filter(({ count }) => count > 0 && count <= most)
    .toSorted((a, b) => a.count - b.count)
  let sum = 0
  return counted.filter(({ count }) => (sum += count) <= mostEntries).map(({ word }) => word)
}

const approvedSchema = z.object({ id: z.number(), itemId: z.number() }).array()

/** In one statement too. */
function approvedOf(db: Database, itemIds: readonly number[]): z.infer<typeof approvedSchema> {
  const rows = prepare(
    db,
    `SELECT id, item_id AS itemId FROM candidate
     WHERE item_id IN (SELECT value FROM json_each(?)) AND +state IN ('accepted', 'edited') AND pinned_at IS NULL`,
  )
  return approvedSchema.parse(rows.all(JSON.stringify(itemIds)))
}
