import { useEffect, useSyncExternalStore } from 'react'
import { useCall } from '../../../api/queries'
import { onStoreAll } from '../../../app/state/writes'
import { useStable } from '../../../app/state/useStable'
import { once, useActions } from '../../../app/keys/useActions'
import type { ReviewSession } from './reviewSession'
import { useDesk } from './useDesk'
import { useReviewer } from './useReviewSession'
import type { WorkSession } from '../work/workSession'

/** Provides skipping, whole-item review, and the work session with its pauses. @param atPair whether a pair is on the screen */
export function useFlow(session: ReviewSession, work: WorkSession, atPair: boolean) {
  const { desk, setDesk } = useDesk()
  const { data: settings } = useCall('app.settings', {})
  const view = useSyncExternalStore(work.subscribe, work.getView)
  const wholeItem = desk?.wholeItem ?? false
  const paused = view.status === 'paused'

  useEffect(() => session.setWholeItem(wholeItem), [session, wholeItem])
  useEffect(() => session.setPaused(paused), [session, paused])
  const reviewer = useReviewer()
  useEffect(() => {
    if (reviewer !== undefined) work.setReviewer(reviewer)
  }, [work, reviewer])
  useEffect(() => {
    work.setHere(true)
    const forget = onStoreAll(work.store)
    return () => {
      forget()
      work.setHere(false)
    }
  }, [work])

  const actions = useStable({
    skip: () => session.skip(),
    toggleWholeItem: () => {
      setDesk({ wholeItem: !wholeItem })
      session.announce(wholeItem ? 'onePair' : 'wholeItem')
    },
    togglePause: () => {
      const { status } = work.getView()
      work.toggle()
      if (status !== 'running') session.announce(status === 'off' ? 'started' : 'goOn')
    },
    setDesk,
  })
  useActions({
    ...(atPair && { skip: once(actions.skip), wholeItem: once(actions.toggleWholeItem) }),
    pause: once(actions.togglePause),
  })
  return { desk, view, wholeItem, paused, goal: settings?.dailyGoal, actions }
}
