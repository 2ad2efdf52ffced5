import type { call as callMain } from '../../../api/api'
import { appendPage, missingAround, takeRead, type QueueList, type QueuePart } from './queueList'

const PAGE = 50
/** A page of an ordered queue; what was decided since it was ordered is left out, so more are asked for. */
const ORDERED_PAGE = 100
/** Pages are read while fewer entries than this lie ahead. */
const READ_AHEAD = 100

interface Options {
  readonly call: typeof callMain
  /** the list that is reviewed now; what is read for an earlier one is dropped */
  readonly current: () => QueueList
  /** whether a decision on this candidate is being stored */
  readonly underWay: (candidateId: number) => boolean
  /** something has been read, or could not be */
  readonly onRead: (error: unknown) => void
}

function readPage(call: typeof callMain, { filter, order, cursor }: QueueList): Promise<QueuePart> {
  if (order.kind === 'import') return call('candidate.page', { filter, after: cursor && 'itemId' in cursor ? cursor : null, limit: PAGE })
  return call('candidate.queue', { filter, order, after: cursor && 'queue' in cursor ? cursor : null, limit: ORDERED_PAGE })
}

/** Keeps the list filled around the candidate on the screen. */
export function createQueueReader({ call, current, underWay, onRead }: Options) {
  const fetching = new Set<number>()
  let reading: QueueList | null = null

  async function readAhead(): Promise<void> {
    const list = current()
    if (reading === list || list.complete || list.ids.length - list.index > READ_AHEAD) return
    reading = list
    try {
      const { cursor } = list
      const page = await readPage(call, list)
      if (list !== current()) return
      appendPage(list, page, cursor)
    } catch (error) {
      if (list === current()) onRead(error)
      return
    } finally {
      if (reading === list) reading = null
    }
    onRead(null)
    void readAhead()
  }

  const readAround = () => {
    for (const id of missingAround(current(), 4, 8)) void readOne(id)
    return readAhead()
  }

  /** Reads again what had been dropped to its id, or may have been changed elsewhere. A decision of ours on its way is newer. */
  async function readOne(id: number) {
    if (fetching.has(id) || underWay(id)) return
    fetching.add(id)
    try {
      const { candidate } = await call('candidate.get', { id, look: current().filter.look })
      if (underWay(id)) return
      if (takeRead(current(), candidate)) void readAround()
      onRead(null)
    } catch (error) {
      onRead(error)
    } finally {
      fetching.delete(id)
    }
  }

  return {
    readAround,
    /** reads nothing for this list until it is released: decisions are on their way that it must already see */
    hold: (list: QueueList) => {
      reading = list
    },
    release: (list: QueueList) => {
      if (reading === list) reading = null
    },
  }
}
