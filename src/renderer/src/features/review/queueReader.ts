import type { call as callMain } from '../../api'
import { appendPage, missingAround, replaceCandidate, type QueueList } from './queueList'

const PAGE = 50
/** Pages are read while fewer entries than this lie ahead. */
const READ_AHEAD = 100

interface Options {
  readonly call: typeof callMain
  /** the list that is reviewed now; what is read for an earlier one is dropped */
  readonly current: () => QueueList
  /** something has been read, or could not be */
  readonly onRead: (error: unknown) => void
}

/** Keeps the list filled around the candidate on the screen. */
export function createQueueReader({ call, current, onRead }: Options) {
  const fetching = new Set<number>()
  let reading: QueueList | null = null

  async function readAhead(): Promise<void> {
    const list = current()
    if (reading === list || list.complete || list.ids.length - list.index > READ_AHEAD) return
    reading = list
    try {
      const page = await call('candidate.page', { filter: list.filter, after: list.cursor, limit: PAGE })
      if (list !== current()) return
      appendPage(list, page)
    } catch (error) {
      if (list === current()) onRead(error)
      return
    } finally {
      if (reading === list) reading = null
    }
    onRead(null)
    void readAhead()
  }

  /** Reads again what had been dropped to its id. */
  async function readOne(id: number) {
    if (fetching.has(id)) return
    fetching.add(id)
    try {
      const { candidate } = await call('candidate.get', { id })
      const list = current()
      if (list.ids.includes(id)) list.loaded.set(id, candidate)
      replaceCandidate(list, candidate)
      onRead(null)
    } catch (error) {
      onRead(error)
    } finally {
      fetching.delete(id)
    }
  }

  return {
    readAround: () => {
      for (const id of missingAround(current(), 4, 8)) void readOne(id)
      return readAhead()
    },
    /** reads nothing for this list until it is released: decisions are on their way that it must already see */
    hold: (list: QueueList) => {
      reading = list
    },
    release: (list: QueueList) => {
      if (reading === list) reading = null
    },
  }
}
