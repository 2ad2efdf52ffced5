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
  /** undefined until it is known who sits at the desk */
  reviewer: string | undefined
  readonly session: ReviewSession
  readonly work: WorkSession
}

/** The work goes on where it was left when the reviewer comes back from another screen. */
let sessions = new WeakMap<QueryClient, Held>()
onProjectLeft(() => {
  sessions = new WeakMap()
})

/** What other screens show of candidates. */
const shownElsewhere: readonly CallName[] = ['item.page', 'exemplar.list', 'project.stats', 'prompt.preview', 'run.list', 'coldStart.get']

/** What the cold start shows beside the pair; read after every decision. */
const shownBeside: readonly CallName[] = ['coldStart.get', 'project.stats', 'exemplar.list', 'item.page', 'quality.counts']

/** How often the queue looks for new drafts while a run goes on. */
const READ_EVERY = 2000

/** Reads calls again. A first reading that is under way may be older than the decision, and an invalidation would keep its answer. */
async function readAgain(client: QueryClient, names: readonly CallName[]): Promise<void> {
  const predicate = isCall(names)
  await client.cancelQueries({ predicate })
  await client.invalidateQueries({ predicate })
}

/** The detail of a pair is read again where it is shown. Found by its hash: by its key, all queries would be compared. */
function forgetDetail(client: QueryClient, id: number): void {
  const detail = client.getQueryCache().get(hashKey(callKey('candidate.get', { id })))
  detail?.invalidate()
  if (detail?.isActive()) void detail.fetch(undefined, { cancelRefetch: true }).catch(() => undefined) // the desk shows why
}

/** What one reviewer typed is not there for the next one: with the name, the review begins anew. */
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

/** The name that the person at the desk gave; until then nobody is known to sit there, and with the name the review goes on. */
export function useReviewer(): string | undefined {
  const settings = useCall('app.settings', {}).data
  return settings?.reviewerNamed ? settings.reviewer : undefined
}

/** The review of this project by who sits at the desk, and what is to be drawn of it; it follows the filter that the window asks for. */
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
    // Any other order is made anew: there the pair comes first, and the queue follows.
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

  // What fails after the screen is left is reported in the window; what was stored is read again by the other screens.
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
