import { setTimeout as sleep } from 'node:timers/promises'
import type { WritableDb } from '../store/sql/types'
import { listUnnamed, saveLanguages, undetermined } from '../store/candidates/languages'

/** A tenth of a second of work; written at once, so that who decides meanwhile is seldom waited for. */
const pairsAtOnce = 500
const pauseMs = 20

/**
 * Detects the languages of pairs that wait for it, in turns, as ISO 639-1 writes them (eld, 60 languages). It can be ended at any time, and
 * goes on where it was. @returns of how many
 */
export async function nameLanguages(
  db: WritableDb,
  { most = Number.POSITIVE_INFINITY, signal }: { readonly most?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<number> {
  const { eld } = await import('eld/extrasmall')
  let count = 0
  while (count < most) {
    const waiting = listUnnamed(db, pairsAtOnce)
    if (waiting.length === 0) break
    saveLanguages(
      db,
      waiting.map((pair) => ({ ...pair, language: eld.detect(pair.text).language || undetermined })),
    )
    count += waiting.length
    signal?.throwIfAborted()
    await sleep(pauseMs)
  }
  return count
}
