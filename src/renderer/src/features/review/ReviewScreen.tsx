import { Center, Loader } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, ProjectInfo } from '../../../../shared/domain'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ColdStartMark } from '../coldStart/ColdStartMark'
import { useGuidelinesOpen } from '../guidelines/useGuidelinesOpen'
import { isTextField } from '../../app/keys/actionFor'
import { once, useActions } from '../../app/keys/useActions'
import { shell } from '../../app/state/shell'
import { WorkNotices } from '../quality/WorkNotices'
import { call } from '../../api/api'
import { showProblem } from '../../components/showProblem'
import { HighlightProvider } from '../../app/state/highlight'
import { gridState } from '../grid/gridState'
import { openCard, type OpenedCard } from '../grid/openCard'
import { PairGrid } from '../grid/PairGrid'
import { PairTable } from '../table/PairTable'
import { leaveSimilar, showSimilar, showView, tableState } from '../table/tableState'
import { FailureAlert } from './panels/FailureAlert'
import flowClasses from './flow.module.css'
import { NamePrompt } from './panels/NamePrompt'
import { namePrompt } from './session/reviewerNamePrompt'
import { ItemStrip } from './queue/ItemStrip'
import { PairDesk } from './pair/PairDesk'
import { PauseCover } from './panels/PauseCover'
import { QueueEnd } from './queue/QueueEnd'
import { FilterChips } from './queue/QueueFilters'
import { QueueTools, ReviewToolbar } from './queue/ReviewToolbar'
import classes from './review.module.css'
import type { ReviewView } from './session/reviewView'
import { useFlow } from './session/useFlow'
import { usePrefetch } from './queue/usePrefetch'
import { useQueueKeys } from './session/useReviewKeys'
import { useReviewSession } from './session/useReviewSession'
import { WorkFigures } from './panels/WorkFigures'

type Opened = Parameters<Parameters<typeof PairTable>[0]['onOpen']>[0]

const isPair = (target: EventTarget | null) => target instanceof Element && target.matches('[data-pair], [data-table]')

const coldStartMark = <ColdStartMark />
const none: readonly Candidate[] = []
const signsOfLife = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** Screen for reviewing pairs by keyboard: the queue at the top, the media on the left, the pair and its details on the right. */
export function ReviewScreen({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const { session, work, view, filter } = useReviewSession(project.uuid)
  const screen = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const { open: guidelines, toggle: toggleGuidelines } = useGuidelinesOpen()
  const currentId = view.candidate?.id ?? null
  const isAskingName = namePrompt.use(({ decide }) => decide !== null)
  const shownView = tableState.use((state) => state.view)
  const atDesk = shownView === 'desk'
  usePrefetch(atDesk ? view.upcoming : none, project.uuid)
  const focusMode = shell.use((state) => state.focusMode)
  const flow = useFlow(session, work, atDesk && currentId !== null)
  const openPair = async ({ place, first, rows, sort, total }: Opened) => {
    const key = await call('table.key', { filter, ...(sort && { sort }), from: place })
    if (!key) return
    const candidates = rows.map((row) => row.candidate)
    session.startAt(filter, candidates, { first, key, ...(sort && { order: sort, total }) })
    tableState.set({ view: 'desk', filter, place })
  }

  const openFromGrid = (opened: OpenedCard) => {
    openCard(session, filter, opened)
    showView('desk')
  }

  const focusPair = useCallback(() => {
    const pair = screen.current?.querySelector<HTMLElement>('[data-pair], [data-table]') ?? screen.current
    pair?.focus({ preventScroll: true })
  }, [])
  const leaveField = (event: KeyboardEvent) => {
    const { activeElement } = document
    const isAtPair = event.target === document.body || event.target === screen.current || isPair(event.target)
    if (filter.similarTo !== undefined && isAtPair && !event.defaultPrevented) return leaveSimilar()
    if (focusMode && isAtPair) return shell.set({ focusMode: false })
    // From the details below the pair, return the focus to the pair.
    if (activeElement?.matches('[data-scrolls], [data-scrolls] [role="region"]')) return focusPair()
    // The pair handles leaving its own fields, because it must keep the draft.
    if (!isTextField(activeElement) || !screen.current?.contains(activeElement) || activeElement?.closest('[data-pair]')) return false
    focusPair()
  }
  const search = () => {
    searchField.current?.focus()
    searchField.current?.select()
  }
  useQueueKeys(session, {
    search,
    guidelines: toggleGuidelines,
    leaveField,
    // The key of the current view returns to the desk.
    show: (next) => showView(next === shownView ? 'desk' : next),
    similar: !atDesk ? undefined : () => (currentId === null ? false : showSimilar(currentId)),
  })

  useActions({ focusMode: once(() => shell.set({ focusMode: !focusMode })) }, atDesk)

  // The first pair takes the focus from the button that opened the screen. Any pair takes it if the focused element was removed,
  // so that Space and screen readers continue from the pair.
  const arrived = useRef(false)
  useEffect(() => {
    const { activeElement } = document
    const free = activeElement === document.body || activeElement === screen.current || activeElement?.id === 'content'
    const first = currentId !== null && !arrived.current && !isTextField(activeElement)
    if (currentId !== null) arrived.current = true
    // A dialog above the desk keeps the focus.
    if ((free || first) && !activeElement?.closest('[role="dialog"]')) focusPair()
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

  const announced = view.announcement
    ? t(`review.said.${view.announcement.word}`, { count: 0, place: 0, turns: 0, ...view.announcement.values })
    : ''
  const gridPlace = gridState.use((state) => state.place)
  const gridTotal = gridState.use((state) => state.opened?.total ?? null)
  const inGrid = shownView === 'grid'
  const { desk, paused, goal, actions: flowActions } = flow
  // The cards are the remaining pairs. Add the pairs decided before, so that the position matches the position on the desk.
  const before = desk?.gridCards === 'pairs' && view.total !== null && gridTotal !== null ? Math.max(0, view.total - gridTotal) : 0
  const position = inGrid ? before + gridPlace + 1 : view.position
  const total = inGrid ? gridTotal && before + gridTotal : view.total
  const place = view.status === 'end' && !inGrid ? t('review.end') : t('review.position', { position, total: total ?? view.read })
  const { status, perHour, today } = flow.view
  const { pairs, candidate } = view
  const placeInItem =
    pairs && atDesk && t('flow.placeInItem', { place: pairs.findIndex(({ id }) => id === candidate?.id) + 1, count: pairs.length })
  const figures = useMemo(() => <WorkFigures perHour={perHour} today={today} goal={goal} />, [perHour, today, goal])
  const tools = useMemo(
    () => (
      <QueueTools
        filter={filter}
        searchField={searchField}
        desk={desk}
        status={status}
        figures={figures}
        actions={flowActions}
        onLeave={focusPair}
      />
    ),
    [filter, desk, status, figures, flowActions, focusPair],
  )
  const placeInTable = () => {
    const { filter: known, place: left, sort } = tableState.get()
    return session.placeInTable(filter, sort) ?? (known === filter ? left : 0)
  }
  return (
    <div className={classes.screen} ref={screen} tabIndex={-1} data-focus-mode={focusMode}>
      <output className="visually-hidden" aria-live="polite">
        {(announced || placeInItem) && [announced, `${place}.`, placeInItem && `${placeInItem}.`].filter(Boolean).join(' ')}
      </output>
      <div className={flowClasses.below} inert={paused}>
        {!focusMode && (
          <ReviewToolbar
            position={position}
            total={total}
            read={view.read}
            counts={view.counts}
            left={view.left}
            progress={view.progress}
            skipped={view.skipped}
            coldStart={coldStartMark}
            tools={tools}
          />
        )}
        {!focusMode && <FilterChips filter={filter} />}
        <NamePrompt settled={session.settled} onLeave={focusPair} />
        <WorkNotices isRushed={view.isRushed} check={view.check} onGoTo={session.goToCheck} onClose={session.dismissCheck} />
        {view.failure && (
          <FailureAlert failure={view.failure} currentId={currentId} onGoTo={session.goTo} onClose={session.dismissFailure} />
        )}
        {inGrid ? (
          <PairGrid
            key={JSON.stringify(filter)}
            session={session}
            filter={filter}
            desk={desk}
            projectUuid={project.uuid}
            isBusy={view.isBusy || paused || isAskingName}
            announcement={view.announcement}
            currentId={currentId}
            onDesk={flowActions.setDesk}
            onOpen={openFromGrid}
            onSimilar={showSimilar}
          />
        ) : shownView === 'table' ? (
          <PairTable
            key={JSON.stringify(filter)}
            session={session}
            projectUuid={project.uuid}
            isBusy={view.isBusy || paused || isAskingName}
            filter={filter}
            place={placeInTable()}
            change={view.counts}
            onOpen={(opened) => void openPair(opened).catch(showProblem)}
            onSimilar={showSimilar}
          />
        ) : candidate ? (
          <HighlightProvider value={filter.query ?? ''}>
            <PairDesk
              session={session}
              candidate={candidate}
              project={project}
              busy={view.isBusy || paused || isAskingName}
              pairs={pairs}
              guidelines={guidelines}
              onToggleGuidelines={toggleGuidelines}
              onFocusPair={focusPair}
              strip={
                <div className={classes.stripRow}>
                  <ItemStrip items={view.strip} currentId={currentId} projectUuid={project.uuid} onGoTo={session.goTo} />
                  <span className={classes.announced} aria-hidden>
                    {announced}
                  </span>
                </div>
              }
            />
          </HighlightProvider>
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

/** Content shown instead of a pair: the end of the queue, an error, or a loading indicator. */
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
