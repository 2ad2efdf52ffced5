import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CandidateCursor } from '../../../shared/contract'
import type { CandidateFilter } from '../../../shared/review'
import { readKeys, skipKeys } from './candidateParts'
import { changeNumber } from '../sql/changeNumber'
import type { ReadableDb } from '../sql/types'

/** Every so many places the key is kept, so that any place is reached by a short walk. */
const step = 500

interface Places {
  readonly asked: string
  readonly change: string
  /** the key before place 0, 500, 1000 …; null stands before the first */
  readonly keys: (CandidateCursor | null)[]
  /** the last one is within reach of the last key */
  complete: boolean
}

const known = new WeakMap<ReadableDb, Places>()

function placesOf(db: ReadableDb, filter: CandidateFilter, reviewer: string): Places {
  const asked = JSON.stringify([filter, reviewer])
  const change = changeNumber(db)
  const last = known.get(db)
  if (last?.asked === asked && last.change === change) return last
  const places: Places = { asked, change, keys: [null], complete: false }
  known.set(db, places)
  return places
}

interface Range {
  readonly filter: CandidateFilter
  readonly reviewer: string
  readonly from: number
  readonly limit: number
}

/**
 * Keys from a place on in what a filter finds. A page costs the same anywhere once the way there has been walked, which is done in steps
 * with turns for others between them; any change of the file begins it anew.
 */
export async function keysAt(db: ReadableDb, { filter, reviewer, from, limit }: Range): Promise<CandidateCursor[]> {
  const wanted = Math.floor(from / step)
  let places = placesOf(db, filter, reviewer)
  for (let walked = 0; places.keys.length <= wanted && !places.complete;) {
    const next = skipKeys(db, filter, { after: places.keys.at(-1) ?? null, places: step, reviewer })
    if (typeof next === 'number') places.complete = true
    else places.keys.push(next)
    if (++walked % 20 === 0) {
      await nextTurn()
      places = placesOf(db, filter, reviewer)
    }
  }
  const after = places.keys[wanted]
  if (after === undefined) return []
  const skipped = from - wanted * step
  return readKeys(db, filter, { after, limit: skipped + limit, reviewer }).slice(skipped)
}

/** The same as ids. */
export const idsAt = async (db: ReadableDb, range: Range): Promise<number[]> => (await keysAt(db, range)).map(({ id }) => id)
