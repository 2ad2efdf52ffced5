import type { StepOutcome } from '../../../../../shared/editing'
import type { DecisionResult } from '../../../../../shared/contract'
import { candidateStateSchema, type Candidate, type Counts } from '../../../../../shared/domain'
import { defaultDesk } from '../../../../../shared/flow'
import type { CheckNotice } from '../../../../../shared/quality'
import type { CandidateFilter, QueueOrder } from '../../../../../shared/review'
import type { TableSort } from '../../../../../shared/tableSort'
import type { call as callMain } from '../../../api/api'
import { createDwell } from './dwell'
import { hasteAfter, isHurried } from './haste'
import { createItemReader } from '../queue/itemReader'
import {
  appendPage,
  createQueueList,
  currentCandidate,
  doubtAll,
  expectNew,
  moveBy,
  moveTo,
  moveToNextAnswer,
  putAside,
  replaceCandidate,
  showCandidate,
  takeFromAside,
  takeRead,
  type QueueList,
  type TablePlace,
} from '../queue/queueList'
import { createQueueReader } from '../queue/queueReader'
import {
  leftOf,
  needsSize,
  needsWaiting,
  neighboursOf,
  progressOf,
  statusOf,
  totalOf,
  upcomingOf,
  type Announcement,
  type Failure,
  type ReviewView,
  type SaidValues,
} from './reviewView'
import { createTypedDrafts } from './typedDrafts'
import { decided, type ReviewDecision } from './verdict'
import { backToItem, keepGuest, nextItems, nextUndecided, passGuest, passItem, showSibling } from './wholeItem'
import { createWriter } from './writer'

export interface SessionOptions {
  readonly call: typeof callMain
  /** a candidate was changed in the store, so what is known of its history is old */
  readonly onStored?: (candidate: Candidate, counts: Counts | null) => void
  /** the reviewer decided on so many more pairs, or on so many less */
  readonly onDecision?: (more: number) => void
  readonly now?: () => number
}

export type ReviewSession = ReturnType<typeof createReviewSession>

/** Read and decoded ahead where whole items come up. */
const REST_AHEAD = 3
const ITEMS_AHEAD = 2
/** Entries read again at a time behind a step over several pairs; main takes no more than 200. */
const READ_BEHIND = 100

/** So many decisions after a missed check it is no longer spoken of. */
const CHECK_TOLD_FOR = 8

const moved = (counts: Counts | null, from: Candidate, to: Candidate): Counts | null => {
  if (!counts || from.state === to.state) return counts
  return { ...counts, [from.state]: counts[from.state] - 1, [to.state]: counts[to.state] + 1 }
}

const sameCounts = (one: Counts | null, other: Counts) =>
  one !== null && candidateStateSchema.options.every((state) => one[state] === other[state])

/**
 * One reviewer at work: the queue in memory, decisions that show at once and are stored behind, in order. It knows nothing of
 * the screen, which subscribes to its view; each change costs the same however long the queue is.
 */
export function createReviewSession({ call, onStored, onDecision, now }: SessionOptions) {
  const listeners = new Set<() => void>()
  const dwell = createDwell(now)
  const writer = createWriter<{ readonly id: number; before: Candidate; readonly after: Candidate }>()
  const drafts = createTypedDrafts({
    call,
    run: writer.run,
    onFailure: (candidateId, thrown) => {
      failure ??= { candidateId, error: thrown }
      publish()
    },
  })
  const reader = createQueueReader({
    call,
    current: () => list,
    underWay: (candidateId) => writer.next(candidateId) !== undefined,
    onRead: (thrown) => {
      if (view.status === 'loading') dwell.restart()
      error = thrown
      publish()
    },
  })
  const items = createItemReader({
    call,
    onRead: (pairs, thrown) => {
      itemUnread = thrown !== null
      for (const pair of pairs) if (!writer.next(pair.id)) replaceCandidate(list, pair)
      for (const pair of pairs) if (writer.next(pair.id)) items.put(writer.next(pair.id)?.after ?? pair)
      publish()
    },
  })
  const skipped = new Set<number>()
  let list: QueueList = createQueueList({})
  /** the order that was asked for; a list that began in the table has the table's own */
  let order: QueueOrder = defaultDesk.order
  let whole = false
  /** the pairs of the item could not be read: it is gone through pair by pair */
  let itemUnread = false
  let resting = false
  let counts: Counts | null = null
  /** undecided pairs of a queue that has decided ones too */
  let waiting: number | null = null
  /** the list that was left for similar pairs, to come back to */
  let beforeSimilar: QueueList | null = null
  let announcement: Announcement | null = null
  let failure: Failure | null = null
  let error: unknown = null
  let decisions = 0
  /** decisions made, taken back and made again: what was read before one of them is old */
  let steps = 0
  let haste = 0
  let missed: { readonly check: CheckNotice; readonly until: number } | null = null
  let typing = false
  let moving = 0
  let view = makeView()

  /** Second looks come up pair by pair: the other pairs of the item ask for none. */
  function byItem() {
    return whole && list.filter.look === undefined
  }

  function makeView(): ReviewView {
    const candidate = currentCandidate(list)
    const pairs = byItem() && candidate ? items.get(candidate.itemId) : null
    const total = totalOf(list, counts)
    const left = leftOf(list, counts, waiting)
    return {
      status: statusOf(list, error),
      candidate,
      busy: moving > 0 || (byItem() && pairs === null && !itemUnread),
      position: list.before + list.index + 1,
      total,
      read: list.before + list.ids.length,
      counts,
      neighbours: neighboursOf(list),
      upcoming: byItem() && candidate ? upcomingItems(candidate, pairs) : upcomingOf(list),
      left,
      progress: progressOf(list, total, left),
      skipped: list.aside.length,
      pairs,
      announcement,
      error,
      failure,
      hurried: isHurried(haste),
      check: missed && decisions < missed.until ? missed.check : null,
    }
  }

  /** What comes up next where whole items do: the rest of this one, then one pair each of the next ones. */
  function upcomingItems(candidate: Candidate, pairs: readonly Candidate[] | null): readonly Candidate[] {
    const rest = (pairs ?? []).filter(({ id, state }) => id !== candidate.id && state === 'pending')
    return [...rest.slice(0, REST_AHEAD), ...nextItems(list, candidate.itemId, ITEMS_AHEAD)]
  }

  function readItems() {
    const candidate = currentCandidate(list)
    if (!byItem() || !candidate || itemUnread) return
    items.read(candidate.itemId)
    for (const { itemId } of nextItems(list, candidate.itemId, ITEMS_AHEAD)) items.read(itemId)
  }

  function publish() {
    readItems()
    view = makeView()
    for (const listener of listeners) listener()
  }

  /** After every move: the clock starts again, and what will be needed is read. */
  function arrive() {
    dwell.restart()
    itemUnread = false
    publish()
    void reader.readAround()
  }

  /** Puts a newer version of a candidate wherever it is held. */
  function put(candidate: Candidate) {
    replaceCandidate(list, candidate)
    items.put(candidate)
  }

  /** After a pair is done with: to the next of the queue, or of the item and then to the next item. */
  function goOn({ id, itemId }: Candidate) {
    const pairs = byItem() ? items.get(itemId) : null
    const next = pairs && nextUndecided(pairs, id, skipped)
    if (next) showSibling(list, next)
    else if (pairs) passItem(list, itemId)
    else moveBy(list, 1)
  }

  async function readCounts() {
    try {
      const read = await call('candidate.counts', {})
      if (writer.idle()) counts = read
    } catch (thrown) {
      error = thrown
    }
    publish()
  }

  const countFound = async (filter: CandidateFilter) => {
    const { count, more } = await call('candidate.found', { filter })
    return more ? call('candidate.count', { filter }) : count
  }

  /** Counts the queue where the counts of the project do not tell, and again where a decision came between. Without it the end is open. */
  async function readSize(): Promise<void> {
    const mine = list
    if (!needsSize(mine)) return
    await writer.settled()
    const made = steps
    const { filter } = mine
    const [size, pending] = await Promise.all([
      countFound(filter),
      needsWaiting(mine) ? countFound({ ...filter, states: ['pending'] }) : null,
    ]).catch(() => [null, null])
    if (mine !== list) return
    if (made !== steps) return readSize()
    mine.expected = size === null ? mine.expected : size + mine.left.size
    waiting = pending
    publish()
  }

  const readFigures = () => Promise.all([readCounts(), readSize()])

  /** Starts at the top of a filter, once all decisions made so far are stored. */
  async function open(filter: CandidateFilter) {
    list = createQueueList(filter, { order, skipped })
    waiting = null
    error = null
    announcement = null
    const mine = list
    reader.hold(mine)
    arrive()
    await writer.settled()
    reader.release(mine)
    if (mine === list) await Promise.all([reader.readAround(), readFigures()])
  }

  /** Forgets what is in memory but the order, after another screen may have changed it. */
  function reread() {
    if (writer.idle()) list.loaded.clear()
    list.guest = null
    items.forget()
    arrive()
    void readFigures()
  }

  /** Decides on the candidate on the screen and goes on in the same tick. With `pin` it becomes an exemplar once that is stored, for the reason `why`. */
  function decide(decision: ReviewDecision, pin = false, why?: string | null) {
    const before = currentCandidate(list)
    if (!before) return
    const write = { id: before.id, before, after: decided(before, decision) }
    const seconds = dwell.seconds()
    const final = list.filter.look === 'disagreement' ? { final: true as const } : {}
    const draft = drafts.get(before.id)
    drafts.set(before.id, null)
    passGuest(list, before)
    put(write.after)
    takeFromAside(list, before.id)
    shift(before, write.after)
    haste = hasteAfter(haste, decision.verdict, seconds)
    decisions++
    onDecision?.(1)
    announcement = { word: pin ? 'acceptedAndPinned' : write.after.state }
    failure = failure?.candidateId === before.id ? null : failure
    goOn(before)
    void writer
      .add(write, async () => call('decision.add', { candidateId: before.id, ...decision, seconds, ...final }))
      .then(
        (result) => {
          settle(write.id, result)
          if (result.check) tellMissed(result.check)
          else if (pin) setPinned(result.candidate, true, why)
        },
        (thrown: unknown) => {
          decisions--
          onDecision?.(-1)
          drafts.set(before.id, decision.pair ?? draft)
          takeBack(write, thrown)
        },
      )
    arrive()
  }

  /** A second look changes no count of the project, and what a final decision changes is known once it is stored. */
  function shift(from: Candidate, to: Candidate) {
    steps++
    if (list.filter.look !== undefined) return
    counts = moved(counts, from, to)
    if (waiting !== null) waiting += Number(to.state === 'pending') - Number(from.state === 'pending')
  }

  function tellMissed(check: CheckNotice | null) {
    missed = check && { check, until: decisions + CHECK_TOLD_FOR }
    publish()
  }

  /** A write is stored: the store's word counts, unless a later write of the same candidate is under way. */
  function settle(id: number, result: DecisionResult) {
    const shown = list.loaded.get(id)
    if (!writer.next(id)) put(result.candidate)
    const sure = writer.idle() && !sameCounts(counts, result.counts)
    if (sure) counts = result.counts
    onStored?.(result.candidate, writer.idle() ? result.counts : null)
    // As a rule the store says what was shown already, and nothing has to be drawn again.
    if (sure || shown !== list.loaded.get(id)) publish()
  }

  /** A write failed: the pair is as it was, and on the screen again unless the reviewer is typing in another. */
  function takeBack(write: { readonly id: number; readonly before: Candidate; readonly after: Candidate }, thrown: unknown) {
    const later = writer.next(write.id)
    shift(write.after, write.before)
    if (later) later.before = write.before
    else put(write.before)
    const first = failure === null
    if (first) failure = { candidateId: write.id, error: thrown }
    if (!first || typing || later) return publish()
    showCandidate(list, write.before)
    arrive()
  }

  /** Reads the entries behind this one again, until one of them still answers. */
  async function readBehind(): Promise<void> {
    const mine = list
    const ids = mine.ids.slice(mine.index + 1, mine.index + 1 + READ_BEHIND)
    if (ids.length === 0) return
    const read = await call('candidate.list', { ids })
    if (mine !== list) return
    for (const candidate of read) takeRead(mine, candidate)
    if (mine.ids.slice(mine.index + 1).every((id) => mine.left.has(id) || !mine.loaded.has(id))) await readBehind()
  }

  /** A redone decision goes on as when it was made, and a redone step over several pairs behind all that it changed. */
  async function goOnAfterRedo(candidate: Candidate, pairs: number) {
    if (candidate.state === 'pending') return
    if (pairs === 1) return goOn(candidate)
    await readBehind()
    if (byItem()) passItem(list, candidate.itemId)
    else moveToNextAnswer(list)
  }

  /** Undo goes to the candidate that it changes, redo to the next one; keys that decide rest until it is on the screen. */
  async function travel(name: 'decision.undo' | 'decision.redo', done: Announcement['word'], nothing: Announcement['word']) {
    moving++
    publish()
    try {
      const result = await writer.run(async () => {
        const made = await call(name, {})
        if (made && !made.marks) await drafts.reread(made.candidate.id)
        return made
      })
      const marks = name === 'decision.undo' ? 'marksUndone' : 'marksRedone'
      announcement = { word: result ? (result.marks ? marks : done) : nothing, values: { count: result?.pairs ?? 1 } }
      if (result) {
        missed = missed?.check.candidateId === result.candidate.id ? null : missed
        failure = null
        showCandidate(list, result.candidate)
        if ((result.pairs ?? 1) > 1) {
          items.forget()
          drafts.forgetDecided()
        }
        const byHand = result.marks ? 0 : (result.decided ?? 1)
        if (byHand > 0) onDecision?.(name === 'decision.undo' ? -byHand : byHand)
        items.put(result.candidate)
        steps++
        counts = writer.idle() ? result.counts : counts
        onStored?.(result.candidate, counts)
        if (name === 'decision.redo' && !result.marks) await goOnAfterRedo(result.candidate, result.pairs ?? 1)
      }
    } catch (thrown) {
      failure = { candidateId: currentCandidate(list)?.id ?? 0, error: thrown }
    } finally {
      moving--
      arrive()
      if (needsWaiting(list)) void readSize()
    }
  }

  /**
   * A step over several pairs: keys that decide rest until it is stored. What it changed is taken over, and with `leave` the queue goes on
   * to the first pair behind that still answers.
   * @returns what it changed; null where it failed, which the screen then says
   */
  async function take(work: () => Promise<StepOutcome>, leave: boolean): Promise<StepOutcome | null> {
    const from = currentCandidate(list)
    moving++
    publish()
    try {
      const outcome = await writer.run(work)
      for (const candidate of outcome.candidates) {
        drafts.set(candidate.id, undefined)
        takeRead(list, candidate)
        put(candidate)
        if (candidate.state !== 'pending') takeFromAside(list, candidate.id)
        onStored?.(candidate, writer.idle() ? outcome.counts : null)
      }
      steps++
      if (writer.idle()) counts = outcome.counts
      if (outcome.decided) onDecision?.(outcome.decided)
      if (outcome.candidates.some(({ author }) => author !== null)) expectNew(list)
      items.forget()
      if (from && leave && currentCandidate(list)?.id === from.id) goOn(from)
      failure = null
      if (needsWaiting(list)) void readSize()
      return outcome
    } catch (thrown) {
      failure = { candidateId: from?.id ?? 0, error: thrown }
      return null
    } finally {
      moving--
      arrive()
    }
  }

  function setPinned(candidate: Candidate, pinned: boolean, reason?: string | null) {
    put({ ...candidate, pinned, ...(reason === undefined ? {} : { pinnedReason: reason }) })
    publish()
    writer
      .run(() => call('exemplar.pin', { candidateId: candidate.id, pinned, ...(reason === undefined ? {} : { reason }) }))
      .then(
        (stored) => {
          put(stored)
          onStored?.(stored, null)
        },
        (thrown: unknown) => {
          put(candidate)
          failure ??= { candidateId: candidate.id, error: thrown }
        },
      )
      .finally(publish)
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getView: () => view,
    /**
     * Starts at the top of another filter; for the same one goes on where the reviewer was, after other screens have had their turn.
     * Who was at the end starts at the top too: what has been drafted meanwhile may belong to any item.
     */
    show: (filter: CandidateFilter, asked: QueueOrder = defaultDesk.order) => {
      const sameOrder = order.kind === asked.kind && order.seed === asked.seed
      if (filter.similarTo !== undefined && list.filter.similarTo === undefined) beforeSimilar = list
      else if (beforeSimilar?.filter === filter && sameOrder) list = beforeSimilar
      if (filter.similarTo === undefined) beforeSimilar = null
      const same = list.filter === filter && sameOrder
      order = asked
      if (same && statusOf(list, error) !== 'end') reread()
      else void open(filter)
    },
    /** The place that the pair on the screen has in the table now; null where the queue has another order. */
    placeIn: (filter: CandidateFilter, sort: TableSort | null): number | null => {
      const sameOrder = sort ? JSON.stringify(list.order) === JSON.stringify(sort) : list.order.kind === 'import'
      if (list.filter !== filter || !sameOrder) return null
      return list.before + list.ids.slice(0, list.index).filter((id) => !list.left.has(id)).length
    },
    /** Goes to a pair of the table, the last of those given; the queue goes on behind it. */
    startAt: (filter: CandidateFilter, candidates: readonly Candidate[], { first, key, order: asked, total }: TablePlace) => {
      // Who goes to a pair wants to see it, put aside or not.
      for (const { id } of candidates) skipped.delete(id)
      list = createQueueList(filter, { skipped, before: first, ...(asked && { order: asked }) })
      error = null
      appendPage(list, { candidates, next: key, ...(total !== undefined && { total }) })
      moveBy(list, candidates.length - 1)
      waiting = null
      arrive()
      void readFigures()
    },
    /**
     * Candidates were added: counts are read again, and new ones join behind the last. With `changed`, others may have decided too:
     * what lies ahead and is decided leaves the queue, and what is on the screen stays there, as it now is.
     */
    refresh: async ({ changed = false }: { readonly changed?: boolean } = {}) => {
      expectNew(list, changed)
      if (changed) doubtAll(list)
      items.forget()
      await Promise.all([reader.readAround(), readFigures()])
    },
    retry: () => {
      error = null
      arrive()
    },
    move: (places: number) => {
      const { index, guest } = list
      const candidate = currentCandidate(list)
      announcement = null
      if (!byItem()) moveBy(list, places)
      else if (places < 0) backToItem(list, candidate?.itemId ?? null)
      else if (candidate) passItem(list, candidate.itemId)
      if (list.index !== index || guest !== null) arrive()
    },
    /** The pair above or below among all of the item, where they are shown at a time. */
    moveInItem: (places: 1 | -1) => {
      const { pairs, candidate } = view
      const place = pairs?.findIndex(({ id }) => id === candidate?.id) ?? -1
      const pair = place < 0 ? undefined : pairs?.[place + places]
      if (pair) {
        showSibling(list, pair)
        arrive()
      } else if (candidate) {
        announcement = { word: 'noFurther' }
        publish()
      }
    },
    showSibling: (pair: Candidate) => {
      showSibling(list, pair)
      arrive()
    },
    goTo: (candidateId: number) => {
      const held = list.loaded.get(candidateId)
      if (!moveTo(list, candidateId) && held) showCandidate(list, held)
      else if (list.ids[list.index] !== candidateId) return
      arrive()
    },
    /** Nothing was to be decided: to the next pair. */
    pass: (candidate: Candidate) => {
      goOn(candidate)
      arrive()
    },
    /** Puts the pair on the screen aside for now; it returns at the end. */
    skip: () => {
      const candidate = currentCandidate(list)
      if (!candidate) return
      announcement = { word: candidate.state === 'pending' ? 'skipped' : 'onlyPending' }
      if (candidate.state !== 'pending') return publish()
      const { itemId } = candidate
      const pairs = byItem() ? items.get(itemId) : null
      putAside(list, candidate)
      const next = pairs && nextUndecided(pairs, candidate.id, skipped)
      if (next) showSibling(list, next)
      else if (pairs && skipped.has(candidate.id)) passItem(list, itemId)
      arrive()
    },
    /** All pairs of an item at a time, or one. */
    setWholeItem: (is: boolean) => {
      if (whole === is) return
      whole = is
      keepGuest(list)
      arrive()
    },
    /** While the reviewer rests, no time counts. */
    setResting: (is: boolean) => {
      if (resting === is) return
      resting = is
      if (is) dwell.touch()
      else dwell.goOn()
    },
    decide,
    undo: () => travel('decision.undo', 'undone', 'nothingToUndo'),
    redo: () => travel('decision.redo', 'redone', 'nothingToRedo'),
    /** @param reason why; null takes an earlier one away */
    pin: (candidate: Candidate, pinned: boolean, reason?: string | null) => {
      announcement = { word: pinned ? 'pinned' : 'unpinned' }
      setPinned(candidate, pinned, reason)
    },
    announce: (word: Announcement['word'], values: SaidValues = {}) => {
      announcement = { word, values }
      publish()
    },
    take,
    seconds: dwell.seconds,
    /** does work behind the writes made so far */
    run: writer.run,
    draftOf: drafts.get,
    keepDraft: drafts.set,
    saveDraft: drafts.save,
    discardDraft: (candidateId: number) => {
      drafts.discard(candidateId)
      publish()
    },
    goToCheck: (candidateId: number) => {
      tellMissed(null)
      if (moveTo(list, candidateId)) arrive()
    },
    dismissCheck: () => tellMissed(null),
    dismissFailure: () => {
      failure = null
      publish()
    },
    /** while the reviewer types, nothing moves the screen away */
    setTyping: (is: boolean) => void (typing = is),
    touch: () => {
      if (!resting) dwell.touch()
    },
    settled: writer.settled,
  }
}
