import type { Work, WorkSessionKey } from '../../../../../shared/review'
import type { call as callMain } from '../../../api/api'
import { createWorkClock, type WorkClock } from './workClock'

/** Interval at which a session is stored, in milliseconds. A killed process loses at most this much. */
const STORE_EVERY_MS = 3000
/** Minimum working time for a meaningful rate, in milliseconds. */
const MIN_RATE_MS = 30_000

export interface WorkView {
  readonly status: 'off' | 'running' | 'paused'
  /** Number of decisions in this session. */
  readonly decisions: number
  readonly activeMs: number
  /** Number of decisions today in all sessions of the reviewer; null until known. */
  readonly today: number | null
  readonly perHour: number | null
  /** Average seconds per decision; null without decisions or with too little working time. */
  readonly secondsEach: number | null
}

interface Options {
  readonly call: typeof callMain
  readonly newClock?: () => WorkClock
  /** Returns the start of the current day, in milliseconds since 1970. */
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
 * Creates the work session of the reviewer. It starts with the first decision or by key, pauses by key, and is stored every few
 * seconds. A decision on another day starts a new session.
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

  /** Stores a session. A failure is retried at the next interval; the review session reports decisions that cannot be stored. */
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

  /** Ends a session that was started on another day. */
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
    /** Sets the name of the reviewer. A different reviewer gets a new session. */
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
    /** Starts, pauses or resumes the session. */
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
    /** Sets whether the review screen is open. Time does not count while it is not. */
    setHere: (is: boolean) => {
      here = is
      if (!is) run?.clock.pause()
      else if (!paused) run?.clock.resume()
      beat()
      if (!is) void store()
      publish()
    },
    /** Stores the current state of the session. */
    store: () => store(),
  }
}
