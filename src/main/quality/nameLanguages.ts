import { setTimeout as sleep } from 'node:timers/promises'
import type { ReadableDb, WritableDb } from '../store/sql/types'
import { listUnnamed, saveLanguages, undetermined, type NamedText } from '../store/candidates/languages'

/** A tenth of a second of work; written at once, so that who decides meanwhile is seldom waited for. */
const pairsAtOnce = 500
const pauseMs = 20

/** Detects the languages of some pairs that wait for it, as ISO 639-1 writes them (eld, 60 languages). Stores nothing. */
export async function detectLanguages(db: ReadableDb, limit: number): Promise<NamedText[]> {
  const waiting = listUnnamed(db, limit)
  if (waiting.length === 0) return [] // to load the detector takes longer than to see that nothing waits
  const { eld } = await import('eld/extrasmall')
  return waiting.map((pair) => ({ ...pair, language: eld.detect(pair.text).language || undetermined }))
}

/** Detects and stores the languages of all pairs that wait for it, in turns. It can be ended at any time, and goes on where it was. @returns of how many */
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
