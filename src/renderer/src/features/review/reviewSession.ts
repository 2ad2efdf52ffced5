import type { StepOutcome } from '../../../../shared/editing'
import type { CandidateCursor, DecisionResult } from '../../../../shared/contract'
import { candidateStateSchema, type Candidate, type Counts } from '../../../../shared/domain'
import type { CheckNotice } from '../../../../shared/quality'
import type { CandidateFilter } from '../../../../shared/review'
import type { call as callMain } from '../../api'
import { createDwell } from './dwell'
import { hasteAfter, isHurried } from './haste'
import {
  appendPage,
  createQueueList,
  currentCandidate,
  doubtAll,
  expectNew,
  moveBy,
  moveTo,
  replaceCandidate,
  showCandidate,
  takeRead,
  type QueueList,
} from './queueList'
import { createQueueReader } from './queueReader'
import {
  neighboursOf,
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
import { createWriter } from './writer'

export interface SessionOptions {
  readonly call: typeof callMain
  /** a candidate was changed in the store, so what is known of its history is old */
  readonly onStored?: (candidate: Candidate, counts: Counts | null) => void
  readonly now?: () => number
}

export type ReviewSession = ReturnType<typeof createReviewSession>

/** A rate from less work than this says nothing. */
const TELLING_SECONDS = 30

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
export function createReviewSession({ call, onStored, now }: SessionOptions) {
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
  let list: QueueList = createQueueList({})
  let counts: Counts | null = null
  let announcement: Announcement | null = null
  let failure: Failure | null = null
  let error: unknown = null
  let decisions = 0
  let activeSeconds = 0
  let haste = 0
  let missed: { readonly check: CheckNotice; readonly until: number } | null = null
  let typing = false
  let moving = 0
  let view = makeView()

  function makeView(): ReviewView {
    return {
      status: statusOf(list, error),
      candidate: currentCandidate(list),
      busy: moving > 0,
      position: list.before + list.index + 1,
      total: totalOf(list, counts),
      read: list.before + list.ids.length,
      counts,
      neighbours: neighboursOf(list),
      upcoming: upcomingOf(list),
      decided: decisions,
      perHour: decisions > 0 && activeSeconds >= TELLING_SECONDS ? Math.round((decisions * 3600) / activeSeconds) : null,
      announcement,
      error,
      failure,
      hurried: isHurried(haste),
      check: missed && decisions < missed.until ? missed.check : null,
    }
  }

  function publish() {
    view = makeView()
    for (const listener of listeners) listener()
  }

  /** After every move: the clock starts again, and what will be needed is read. */
  function arrive() {
    dwell.restart()
    publish()
    void reader.readAround()
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

  /** Starts at the top of a filter, once all decisions made so far are stored. */
  async function open(filter: CandidateFilter) {
    list = createQueueList(filter)
    error = null
    const mine = list
    reader.hold(mine)
    arrive()
    await writer.settled()
    reader.release(mine)
    if (mine === list) await Promise.all([reader.readAround(), readCounts()])
  }

  /** Forgets what is in memory but the order, after another screen may have changed it. */
  function reread() {
    if (writer.idle()) list.loaded.clear()
    arrive()
    void readCounts()
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
    replaceCandidate(list, write.after)
    counts = shift(before, write.after)
    haste = hasteAfter(haste, decision.verdict, seconds)
    decisions++
    activeSeconds += seconds
    announcement = { word: pin ? 'acceptedAndPinned' : write.after.state }
    failure = failure?.candidateId === before.id ? null : failure
    moveBy(list, 1)
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
          activeSeconds -= seconds
          drafts.set(before.id, decision.pair ?? draft)
          takeBack(write, thrown)
        },
      )
    arrive()
  }

  /** A second look changes no count of the project, and what a final decision changes is known once it is stored. */
  const shift = (from: Candidate, to: Candidate) => (list.filter.look === undefined ? moved(counts, from, to) : counts)

  function tellMissed(check: CheckNotice | null) {
    missed = check && { check, until: decisions + CHECK_TOLD_FOR }
    publish()
  }

  /** A write is stored: the store's word counts, unless a later write of the same candidate is under way. */
  function settle(id: number, result: DecisionResult) {
    const shown = list.loaded.get(id)
    if (!writer.next(id)) replaceCandidate(list, result.candidate)
    const sure = writer.idle() && !sameCounts(counts, result.counts)
    if (sure) counts = result.counts
    onStored?.(result.candidate, writer.idle() ? result.counts : null)
    // As a rule the store says what was shown already, and nothing has to be drawn again.
    if (sure || shown !== list.loaded.get(id)) publish()
  }

  /** A write failed: the pair is as it was, and on the screen again unless the reviewer is typing in another. */
  function takeBack(write: { readonly id: number; readonly before: Candidate; readonly after: Candidate }, thrown: unknown) {
    const later = writer.next(write.id)
    counts = shift(write.after, write.before)
    if (later) later.before = write.before
    else replaceCandidate(list, write.before)
    const first = failure === null
    if (first) failure = { candidateId: write.id, error: thrown }
    if (!first || typing || later) return publish()
    showCandidate(list, write.before)
    arrive()
  }

  /** Undo and redo go to the candidate that they change; keys that decide rest until it is on the screen. */
  async function travel(name: 'decision.undo' | 'decision.redo', done: Announcement['word'], nothing: Announcement['word']) {
    moving++
    publish()
    try {
      const result = await writer.run(() => call(name, {}))
      announcement = { word: result ? done : nothing }
      if (result) {
        missed = missed?.check.candidateId === result.candidate.id ? null : missed
        drafts.set(result.candidate.id, undefined)
        failure = null
        showCandidate(list, result.candidate)
        counts = writer.idle() ? result.counts : counts
        onStored?.(result.candidate, counts)
      }
    } catch (thrown) {
      failure = { candidateId: currentCandidate(list)?.id ?? 0, error: thrown }
    } finally {
      moving--
      arrive()
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
        onStored?.(candidate, writer.idle() ? outcome.counts : null)
      }
      if (writer.idle()) counts = outcome.counts
      if (outcome.candidates.some(({ author }) => author !== null)) expectNew(list)
      if (leave && currentCandidate(list)?.id === from?.id) moveBy(list, 1)
      failure = null
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
    replaceCandidate(list, { ...candidate, pinned, ...(reason === undefined ? {} : { pinnedReason: reason }) })
    publish()
    writer
      .run(() => call('exemplar.pin', { candidateId: candidate.id, pinned, ...(reason === undefined ? {} : { reason }) }))
      .then(
        (stored) => {
          replaceCandidate(list, stored)
          onStored?.(stored, null)
        },
        (thrown: unknown) => {
          replaceCandidate(list, candidate)
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
    show: (filter: CandidateFilter) => {
      if (list.filter === filter && statusOf(list, error) !== 'end') reread()
      else void open(filter)
    },
    /** Goes to a pair of the table, the last of those given; the queue goes on behind it, at its key. `first`: the place of the first given. */
    startAt: (filter: CandidateFilter, candidates: readonly Candidate[], first: number, key: CandidateCursor) => {
      list = createQueueList(filter, first)
      error = null
      appendPage(list, { candidates, next: key })
      moveBy(list, candidates.length - 1)
      arrive()
      void readCounts()
    },
    /**
     * Candidates were added: counts are read again, and new ones join behind the last. With `changed`, others may have decided too:
     * what lies ahead and is decided leaves the queue, and what is on the screen stays there, as it now is.
     */
    refresh: async ({ changed = false }: { readonly changed?: boolean } = {}) => {
      expectNew(list)
      if (changed) doubtAll(list)
      await Promise.all([reader.readAround(), readCounts()])
    },
    retry: () => {
      error = null
      arrive()
    },
    move: (places: number) => {
      const index = list.index
      moveBy(list, places)
      if (list.index !== index) arrive()
    },
    goTo: (candidateId: number) => {
      if (moveTo(list, candidateId)) arrive()
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
    touch: dwell.touch,
    settled: writer.settled,
  }
}
