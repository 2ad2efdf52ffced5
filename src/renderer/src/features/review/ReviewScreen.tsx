import { Center, Loader, VisuallyHidden } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../../shared/domain'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ColdStartMark } from '../coldStart/ColdStartMark'
import { isTextField } from '../keys/actionFor'
import { FailureAlert } from './FailureAlert'
import flowClasses from './flow.module.css'
import { NeighbourStrip } from './NeighbourStrip'
import { PairDesk } from './PairDesk'
import { PauseCover } from './PauseCover'
import { QueueEnd } from './QueueEnd'
import { QueueFilters } from './QueueFilters'
import { QueueStrip } from './QueueStrip'
import { QueueTools } from './QueueTools'
import classes from './review.module.css'
import type { ReviewView } from './reviewView'
import { useFlow } from './useFlow'
import { usePrefetch } from './usePrefetch'
import { useQueueKeys } from './useReviewKeys'
import { useReviewSession } from './useReviewSession'
import { WorkFigures } from './WorkFigures'

const coldStartMark = <ColdStartMark />
const signsOfLife = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** Judging pairs beside their media, by keyboard: the queue above, the media left, the pair and what is known of it right. */
export function ReviewScreen({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const { session, work, view, filter } = useReviewSession(project.uuid)
  const flow = useFlow(session, work)
  const screen = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const [guidelines, setGuidelines] = useState(false)
  const currentId = view.candidate?.id ?? null
  usePrefetch(view.upcoming, project.uuid)

  const focusPair = useCallback(() => {
    const pair = screen.current?.querySelector<HTMLElement>('[data-pair]') ?? screen.current
    pair?.focus({ preventScroll: true })
  }, [])
  const [toggleGuidelines] = useState(() => () => setGuidelines((open) => !open))
  const leaveField = () => {
    const { activeElement } = document
    // A field of the pair is left by the pair itself, which keeps its draft.
    if (!isTextField(activeElement) || !screen.current?.contains(activeElement) || activeElement?.closest('[data-pair]')) return false
    focusPair()
  }
  const search = () => {
    searchField.current?.focus()
    searchField.current?.select()
  }
  useQueueKeys(session, { search, guidelines: toggleGuidelines, leaveField })

  // The first pair takes the focus from the button that led here, and any from what has gone: space and screen readers go on from it.
  const arrived = useRef(false)
  useEffect(() => {
    const { activeElement } = document
    const free = activeElement === document.body || activeElement === screen.current || activeElement?.id === 'content'
    const first = currentId !== null && !arrived.current && !isTextField(activeElement)
    if (currentId !== null) arrived.current = true
    if (free || first) focusPair()
  })
  useEffect(() => {
    const touch = () => {
      session.touch()
      work.touch()
    }
    for (const type of signsOfLife) window.addEventListener(type, touch, { passive: true })
    return () => {
      for (const type of signsOfLife) window.removeEventListener(type, touch)
    }
  }, [session, work])

  const said = view.announcement ? t(`review.said.${view.announcement.word}`) : ''
  const place = view.status === 'end' ? t('review.end') : t('review.position', { position: view.position, total: view.total ?? view.read })
  const { desk, paused, goal, actions: flowActions } = flow
  const { status, perHour, today } = flow.view
  const { pairs, candidate } = view
  const placeInItem = pairs && t('flow.placeInItem', { place: pairs.findIndex(({ id }) => id === candidate?.id) + 1, count: pairs.length })
  const tools = useMemo(
    () => desk && <QueueTools order={desk.order} wholeItem={desk.wholeItem} status={status} actions={flowActions} onLeave={focusPair} />,
    [desk, status, flowActions, focusPair],
  )
  const figures = useMemo(() => <WorkFigures perHour={perHour} today={today} goal={goal} />, [perHour, today, goal])
  const filters = useMemo(() => <QueueFilters filter={filter} searchField={searchField} onLeave={focusPair} />, [filter, focusPair])
  return (
    <div className={classes.screen} ref={screen} tabIndex={-1}>
      <VisuallyHidden component="output" aria-live="polite">
        {(said || placeInItem) && [said, `${place}.`, placeInItem && `${placeInItem}.`].filter(Boolean).join(' ')}
      </VisuallyHidden>
      <div className={flowClasses.below} inert={paused}>
        <QueueStrip
          position={view.position}
          total={view.total}
          read={view.read}
          counts={view.counts}
          left={view.left}
          skipped={view.skipped}
          figures={figures}
          said={said}
          tools={tools}
          filters={filters}
          coldStart={coldStartMark}
        />
        {view.failure && (
          <FailureAlert failure={view.failure} currentId={currentId} onGoTo={session.goTo} onClose={session.dismissFailure} />
        )}
        {view.candidate ? (
          <PairDesk
            session={session}
            candidate={view.candidate}
            project={project}
            busy={view.busy || paused}
            pairs={pairs}
            guidelines={guidelines}
            onToggleGuidelines={toggleGuidelines}
            onFocusPair={focusPair}
            strip={<NeighbourStrip neighbours={view.neighbours} currentId={currentId} projectUuid={project.uuid} onGoTo={session.goTo} />}
          />
        ) : (
          <Center className={classes.instead}>
            <Instead view={view} filter={filter} onRetry={session.retry} />
          </Center>
        )}
      </div>
      {paused && <PauseCover view={flow.view} goal={goal} onGoOn={flowActions.togglePause} />}
    </div>
  )
}

/** What stands in the place of a pair: the end, an error, or that it is being read. */
function Instead({
  view,
  filter,
  onRetry,
}: {
  readonly view: ReviewView
  readonly filter: Parameters<typeof QueueEnd>[0]['filter']
  readonly onRetry: () => void
}) {
  const { t } = useTranslation()
  switch (view.status) {
    case 'end':
      return <QueueEnd view={view} filter={filter} />
    case 'failed':
      return <ProblemNotice error={view.error} onRetry={onRetry} />
    case 'loading':
    case 'ready':
      return <Loader aria-label={t('review.loading')} />
  }
}
