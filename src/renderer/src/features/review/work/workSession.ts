import type { Work, WorkSessionKey } from '../../../../../shared/review'
import type { call as callMain } from '../../../api/api'
import { createWorkClock, type WorkClock } from './workClock'

/** A killed process loses no more than this of a session. */
const STORE_EVERY_MS = 3000
/** A rate from less work than this says nothing. */
const MIN_RATE_MS = 30_000

export interface WorkView {
  readonly status: 'off' | 'running' | 'paused'
  /** of this session */
  readonly decisions: number
  readonly activeMs: number
  /** decided today, in all sessions of the reviewer; null until it is known */
  readonly today: number | null
  readonly perHour: number | null
  /** seconds a decision takes; null before the first */
  readonly secondsEach: number | null
}

interface Options {
  readonly call: typeof callMain
  readonly newClock?: () => WorkClock
  /** when today began; ms since 1970 */
  readonly midnight?: () => number
}

interface Run {
  readonly clock: WorkClock
  key: WorkSessionKey | null
  decisions: number
  stored: Work | null
}

export type WorkSession = ReturnType<typeof createWorkSession>

/**
 * The review session of the person at the desk: it begins with the first decision or by key, pauses by key, and is stored
 * every few seconds. A decision on another day begins another one.
 */
export function createWorkSession({ call, newClock = createWorkClock, midnight = () => new Date().setHours(0, 0, 0, 0) }: Options) {
  const listeners = new Set<() => void>()
  const newRun = (): Run => ({ clock: newClock(), key: null, decisions: 0, stored: null })
  let reviewer: string | null = null
  let day = midnight()
  let earlier: number | null = null
  let run: Run | null = null
  let paused = false
  let here = true
  let timer: ReturnType<typeof setInterval> | undefined
  let tail: Promise<void> = Promise.resolve()
  let view = makeView()

  function makeView(): WorkView {
    const decisions = run?.decisions ?? 0
    const activeMs = run?.clock.activeMs() ?? 0
    const hasRate = decisions > 0 && activeMs >= MIN_RATE_MS
    return {
      status: run === null ? 'off' : paused ? 'paused' : 'running',
      decisions,
      activeMs,
      today: earlier === null ? null : earlier + decisions,
      perHour: hasRate ? Math.round((decisions * 3_600_000) / activeMs) : null,
      secondsEach: hasRate ? activeMs / 1000 / decisions : null,
    }
  }

  function publish() {
    view = makeView()
    for (const listener of listeners) listener()
  }

  /** What fails is retried with the next beat; a decision that cannot be stored is reported by the review session. */
  function store(of = run): Promise<void> {
    if (of === null) return Promise.resolve()
    tail = tail
      .then(async () => {
        const work = { decisions: of.decisions, activeMs: Math.round(of.clock.activeMs()) }
        if (of.stored?.decisions === work.decisions && of.stored.activeMs === work.activeMs) return
        if (of.key === null) of.key = await call('session.start', work)
        else await call('session.keep', { ...of.key, ...work })
        of.stored = work
      })
      .catch(() => undefined)
    return tail
  }

  function beat() {
    clearInterval(timer)
    if (!run || paused || !here) return
    timer = setInterval(() => {
      void store()
      publish()
    }, STORE_EVERY_MS)
  }

  async function readToday() {
    const asked = day
    const by = reviewer
    const sum = await call('session.sum', { from: asked }).catch(() => null)
    if (asked !== day || by !== reviewer || earlier !== null || !sum) return
    earlier = Math.max(0, sum.decisions - (run?.stored?.decisions ?? 0))
    publish()
  }

  function begin() {
    run = newRun()
    paused = false
    beat()
  }

  /** What was begun on another day ends there. */
  function turnDay() {
    if (day === midnight()) return
    void store()
    day = midnight()
    earlier = 0
    run = null
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getView: () => view,
    /** Who sits at the desk; another one begins a session of their own. */
    setReviewer: (name: string) => {
      if (reviewer === name) return
      if (reviewer !== null) run = null
      reviewer = name
      earlier = null
      beat()
      void readToday()
      publish()
    },
    decided: (more: number) => {
      turnDay()
      if (!run && more > 0) begin()
      if (run) run.decisions = Math.max(0, run.decisions + more)
      run?.clock.touch()
      publish()
    },
    touch: () => {
      if (!paused) run?.clock.touch()
    },
    /** Begins a session, pauses it, goes on. */
    toggle: () => {
      turnDay()
      if (!run) begin()
      else {
        paused = !paused
        if (paused) run.clock.pause()
        else run.clock.resume()
        beat()
      }
      void store()
      publish()
    },
    /** The desk is left, or somebody comes back to it. */
    setHere: (is: boolean) => {
      here = is
      if (!is) run?.clock.pause()
      else if (!paused) run?.clock.resume()
      beat()
      if (!is) void store()
      publish()
    },
    /** Stores what the session has come to now. */
    store: () => store(),
  }
}
