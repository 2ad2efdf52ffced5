import { setTimeout as sleep } from 'node:timers/promises'
import type { ReadableDb, WritableDb } from '../store/sql/types'
import { listUnnamed, saveLanguages, undetermined, type NamedText } from '../store/candidates/languages'

/** About a tenth of a second of work, stored in one write, so that reviewers rarely wait for it. */
const pairsAtOnce = 500
const pauseMs = 20

/** Detects the languages of some pairs without a language, as ISO 639-1 codes (eld, 60 languages). Stores nothing. */
export async function detectLanguages(db: ReadableDb, limit: number): Promise<NamedText[]> {
  const waiting = listUnnamed(db, limit)
  if (waiting.length === 0) return [] // loading the detector is slower than this check
  const { eld } = await import('eld/extrasmall')
  return waiting.map((pair) => ({ ...pair, language: eld.detect(pair.text).language || undetermined }))
}

/**
 * Detects and stores the languages of all pairs without a language, in batches. It can be aborted at any time and continues from there
 * later. @returns the number of pairs
 */
export async function nameLanguages(db: WritableDb, signal?: AbortSignal): Promise<number> {
  for (let count = 0; ;) {
    const named = await detectLanguages(db, pairsAtOnce)
    if (named.length === 0) return count
    saveLanguages(db, named)
    count += named.length
    signal?.throwIfAborted()
    await sleep(pauseMs)
  }
}
