import { setTimeout as sleep } from 'node:timers/promises'
import type { CallParsedInput, candidateCalls, Handler } from '../../shared/contract'
import { countUpTo } from '../store/candidates/candidateParts'
import {
  countCandidates,
  listCandidates,
  listSimilarCandidates,
  pairsOfSameItems,
  readCandidates,
  requireCandidate,
  usedExemplars,
} from '../store/candidates/candidates'
import { readOrigin } from '../store/candidates/candidateOrigin'
import { getDraft } from '../store/candidates/drafts'
import { hasUnnamed, saveLanguages } from '../store/candidates/languages'
import { idsAt, keysAt, readTableRows } from '../store/candidates/tableRows'
import { listDecisions } from '../store/decisions/decisionHistory'
import type { CallParts, Desktop } from './parts'
import type { TopicHandlers } from './ownCalls'
import type { Session } from '../project/session'

/** Limit for counting text matches in the window's process: about 30 ms. */
const maxCountedAtOnce = 20_000

/** Creates the handlers of calls that list candidates: the queue, the table and the grid. */
export function createCandidateHandlers({ desktop, session, queues, db, reviewer }: CallParts): TopicHandlers<typeof candidateCalls> {
  const found: Handler<'candidate.found'> = ({ filter }) => {
    if (!filter.query) return { count: countCandidates(db(), filter, reviewer()), more: false }
    const count = countUpTo(db(), filter, maxCountedAtOnce + 1, reviewer())
    return { count: Math.min(count, maxCountedAtOnce), more: count > maxCountedAtOnce }
  }
  const idsOf = async ({ sort, ...place }: CallParsedInput<'table.ids'>): Promise<number[]> => {
    const range = { ...place, reviewer: reviewer() }
    return sort ? (await queues.range(db(), { ...range, sort })).ids : idsAt(db(), range)
  }

  return {
    'candidate.page': ({ filter, after, limit }) => listCandidates(db(), filter, after, limit, reviewer()),
    'candidate.get': ({ id }) => {
      const candidate = requireCandidate(db(), id)
      return {
        candidate,
        exemplars: usedExemplars(db(), candidate.callId),
        decisions: listDecisions(db(), id),
        draft: getDraft(db(), id, reviewer()),
      }
    },
    'candidate.origin': ({ id }) => readOrigin(db(), requireCandidate(db(), id)),
    'candidate.list': ({ ids }) => readCandidates(db(), ids),
    'candidate.similar': ({ id, limit }) => listSimilarCandidates(db(), id, limit),
    'candidate.queue': (request) => queues.page(db(), request),
    'table.rows': async (place) => readTableRows(db(), await idsOf(place)),
    'table.ids': idsOf,
    'table.key': async ({ sort, ...place }) => {
      const range = { ...place, limit: 1, reviewer: reviewer() }
      if (!sort) return (await keysAt(db(), range))[0] ?? null
      const { queue, ids } = await queues.range(db(), { ...range, sort })
      return ids.length > 0 ? { queue, at: place.from + 1 } : null
    },
    'grid.open': async ({ candidateId, ...grid }) => {
      const { queue, ids } = await queues.openGrid(db(), { ...grid, reviewer: reviewer() })
      const first = candidateId !== null && grid.cards === 'items' ? pairsOfSameItems(db(), [candidateId]) : [candidateId ?? 0]
      const place = candidateId === null ? -1 : ids.findIndex((id) => first.includes(id))
      return { queue, total: ids.length, place: place < 0 ? null : place }
    },
    'grid.rows': ({ from, limit, ...grid }) => {
      const ids = queues.gridIds(db(), { ...grid, reviewer: reviewer() }, from, limit)
      return ids && { ids, rows: readTableRows(db(), grid.cards === 'items' ? pairsOfSameItems(db(), ids) : ids) }
    },
    'grid.ids': ({ from, limit, ...grid }) => {
      const ids = queues.gridIds(db(), { ...grid, reviewer: reviewer() }, from, limit)
      return ids && grid.cards === 'items' ? pairsOfSameItems(db(), ids) : ids
    },
    'candidate.found': found,
    'candidate.count': async ({ filter }) => {
      const { count, more } = await found({ filter })
      return more ? desktop.runJob('count', { project: session.require().directory, filter, reviewer: reviewer() }) : count
    },
  }
}

const naming = new WeakSet<Desktop>()

/** Number of pairs detected per job: about a twentieth of a second. */
const languagesPerStep = 200
/** Pause after a job, as a multiple of its time: reviewing stays fast on a computer with few cores. */
const restPerStep = 3
/** Number of languages stored per write, so that no key press waits longer than a few milliseconds. */
const languagesPerWrite = 50
const pauseMs = 5

/**
 * Detects the languages of new and changed pairs in the background, unless it is already running. They are stored by this process, because
 * a write of another process makes the window reload everything.
 */
export async function nameLanguages(desktop: Desktop, session: Session): Promise<void> {
  const project = session.current()
  if (!project || project.info.readOnly || naming.has(desktop)) return
  naming.add(desktop)
  try {
    while (session.current() === project && hasUnnamed(project.db)) {
      const from = performance.now()
      const named = await desktop.runJob('languages', { project: project.directory, limit: languagesPerStep })
      const took = performance.now() - from
      for (let at = 0; at < named.length && session.current() === project; at += languagesPerWrite) {
        saveLanguages(project.db, named.slice(at, at + languagesPerWrite))
        await sleep(pauseMs)
      }
      await sleep(restPerStep * took)
    }
  } catch {
    // The remaining pairs are detected next time.
  } finally {
    naming.delete(desktop)
  }
}

const settledMs = 3000

/** Starts `nameLanguages` after a delay, so that it does not slow down what the reviewer waits for. */
export function nameLanguagesLater(desktop: Desktop, session: Session): void {
  setTimeout(() => void nameLanguages(desktop, session), settledMs).unref()
}
