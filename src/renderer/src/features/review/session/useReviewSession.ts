import { hashKey, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { CallName } from '../../../../../shared/contract'
import { call, on } from '../../../api/api'
import { showProblem } from '../../../components/showProblem'
import { callKey, isCall, useCall } from '../../../api/queries'
import { onProjectLeft } from '../../../app/state/createStore'
import { shell } from '../../../app/state/shell'
import { askForReviewerName } from './reviewerNamePrompt'
import { createPacedReader } from '../queue/pacedReader'
import { createReviewSession, type ReviewSession } from './reviewSession'
import { useDesk } from './useDesk'
import { createWorkSession, type WorkSession } from '../work/workSession'

interface Held {
  readonly projectUuid: string
  /** Name of the reviewer; undefined until known. */
  reviewer: string | undefined
  readonly session: ReviewSession
  readonly work: WorkSession
}

/** Sessions are kept so that the review resumes where it was left when the reviewer returns from another screen. */
let sessions = new WeakMap<QueryClient, Held>()
onProjectLeft(() => {
  sessions = new WeakMap()
})

/** Calls whose results other screens show. They depend on candidates. */
const shownElsewhere: readonly CallName[] = ['item.page', 'exemplar.list', 'project.stats', 'prompt.preview', 'run.list', 'coldStart.get']

/** Calls whose results are shown next to the pair during the cold start. They are read again after every decision. */
const shownBeside: readonly CallName[] = ['coldStart.get', 'project.stats', 'exemplar.list', 'item.page', 'quality.counts']

/** Minimum interval between checks for new drafts during a run, in milliseconds. */
const READ_EVERY = 2000

/** Reads calls again. Cancels reads in progress first: they may predate the decision, and invalidation alone would keep their result. */
async function readAgain(client: QueryClient, names: readonly CallName[]): Promise<void> {
  const predicate = isCall(names)
  await client.cancelQueries({ predicate })
  await client.invalidateQueries({ predicate })
}

/** Invalidates the detail of a pair, and reads it again if shown. Looks it up by hash, because a lookup by key compares all queries. */
function forgetDetail(client: QueryClient, id: number): void {
  const detail = client.getQueryCache().get(hashKey(callKey('candidate.get', { id })))
  detail?.invalidate()
  if (detail?.isActive()) void detail.fetch(undefined, { cancelRefetch: true }).catch(() => undefined) // The desk shows the error.
}

/** Returns the session of the reviewer, or creates one. A new name starts a new session, so that reviewers do not see each other's text. */
function hold(client: QueryClient, projectUuid: string, reviewer: string | undefined): Held {
  const last = sessions.get(client)
  const known = last?.projectUuid === projectUuid ? last : null
  if (known && reviewer !== undefined) known.reviewer ??= reviewer
  if (known && (reviewer ?? known.reviewer) === known.reviewer) return known
  if (known) client.removeQueries({ queryKey: ['candidate.get'] })
  const readProgress = createPacedReader(() => readAgain(client, shownBeside))
  const work = known?.work ?? createWorkSession({ call })
  const created = createReviewSession({
    call,
    onDecisions: work.decided,
    onStored: (candidate, counts) => {
      forgetDetail(client, candidate.id)
      void client.invalidateQueries({
        predicate: isCall(candidate.conversation === null ? ['candidate.found'] : ['candidate.found', 'turn.list']),
      })
      if (counts) client.setQueryData(callKey('candidate.counts', {}), counts)
      void readProgress()
    },
  })
  const session = askForReviewerName(client, created)
  const held = { projectUuid, reviewer, session, work }
  sessions.set(client, held)
  return held
}

/** Returns the name of the reviewer, or undefined if none has been entered. Entering the first name does not restart the review. */
export function useReviewer(): string | undefined {
  const settings = useCall('app.settings', {}).data
  return settings?.reviewerNamed ? settings.reviewer : undefined
}

/** Returns the review session of the current reviewer in this project, and its view. The session follows the filter of the window. */
export function useReviewSession(projectUuid: string) {
  const client = useQueryClient()
  const filter = shell.use((state) => state.reviewFilter)
  const reviewer = useReviewer()
  const { session, work } = hold(client, projectUuid, reviewer)
  const order = useDesk().desk?.order
  const view = useSyncExternalStore(session.subscribe, session.getView)

  useEffect(() => {
    if (!order) return
    const { resumeAt } = shell.get()
    if (resumeAt) shell.set({ resumeAt: null })
    // Any other order is recomputed: the pair is shown first, and the queue follows.
    if (resumeAt && order.kind === 'import') {
      const { candidate, before } = resumeAt
      session.startAt(filter, [candidate], { first: before, key: { itemId: candidate.itemId, id: candidate.id } })
    } else {
      session.show(filter, order)
      if (resumeAt) session.goTo(resumeAt.candidate.id)
    }
  }, [session, filter, order])
  const pairId = view.candidate?.id ?? null
  useEffect(() => shell.set({ pairId }), [pairId])
  useEffect(() => on('data.changed', ({ topics }) => void (topics.includes('pairs') && session.refresh({ changed: true }))), [session])
  useEffect(() => {
    let next = 0
    return on('run.progress', ({ active }) => {
      if (active && Date.now() < next) return
      next = Date.now() + READ_EVERY
      void session.refresh()
    })
  }, [session])

  // Failures after the screen was left are reported in the window. Other screens read the stored data again.
  useEffect(
    () => () => {
      void session.settled().then(() => {
        void client.invalidateQueries({ predicate: isCall(shownElsewhere) })
        const { failure } = session.getView()
        if (failure && shell.get().screen !== 'review') showProblem(failure.error)
      })
    },
    [client, session],
  )
  return { session, work, view, filter }
}
