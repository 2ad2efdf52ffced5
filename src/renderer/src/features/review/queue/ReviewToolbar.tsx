import { ActionIcon, Menu, SegmentedControl, Tooltip } from '@mantine/core'
import { deferProps } from '../../../components/deferProps'
import { ProgressBar } from '../../../components/ProgressBar'
import { IconDots, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { memo, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Counts } from '../../../../../shared/domain'
import type { Desk } from '../../../../../shared/review'
import type { Action } from '../../../../../shared/keymap'
import type { CandidateFilter } from '../../../../../shared/review'
import { useCall } from '../../../api/queries'
import { KeyHint, useKeyShortcuts } from '../../../app/keys/KeyHint'
import { availableActions, carryOut } from '../../../app/keys/keyScopes'
import { keysOfAction } from '../../../app/keys/keyText'
import { useKeymap } from '../../../app/keys/Keymap'
import { reviewViews, showView, tableState, type ReviewViewName } from '../../table/tableState'
import flow from '../flow.module.css'
import { VerdictMark } from '../pair/VerdictMark'
import classes from '../review.module.css'
import type { WorkView } from '../work/workSession'
import { PairSearch, showFilter } from './QueueFilters'
import { QueueMenu } from './QueueMenu'

const shownCounts = ['accepted', 'edited', 'rejected', 'ignored'] as const

interface PlaceProps {
  readonly position: number
  readonly total: number | null
  readonly read: number
  readonly counts: Counts | null
  /** Number of undecided pairs; null if unknown. */
  readonly left: number | null
  /** Progress from 0 to 1; null if unknown. */
  readonly progress: number | null
  /** Number of skipped pairs. */
  readonly skipped: number
}

interface ToolbarProps extends PlaceProps {
  /** Progress of the cold start. */
  readonly coldStart: ReactNode
  /** Tools to choose the queue and its view, and the work figures. */
  readonly tools: ReactNode
}

/** Toolbar with the position in the queue, the progress and the decision counts, followed by the queue tools. */
export const ReviewToolbar = memo(function ReviewToolbar({ coldStart, tools, ...place }: ToolbarProps) {
  const { t } = useTranslation()
  return (
    <section className={classes.toolbar} aria-label={t('review.strip')}>
      <Place {...place} />
      {coldStart}
      {tools}
    </section>
  )
})

const Place = deferProps(function Place({ position, total, read, counts, left, progress, skipped }: PlaceProps) {
  const { t } = useTranslation()
  const isBlind = useCall('quality.counts', {}).data?.blind ?? false
  const place = Math.min(position, total ?? position)
  return (
    <>
      <span
        className={`${classes.position} steady numbers`}
        data-widest={total === null ? '' : t('review.place', { position: total, total })}
      >
        {total === null ? t('review.positionOpen', { position, read }) : t('review.place', { position: place, total })}
      </span>
      {progress !== null && (
        <ProgressBar
          className={classes.progress}
          size="xs"
          transitionDuration={0}
          done={progress}
          total={1}
          label={t(left === null ? 'review.progressByPlace' : 'review.progress')}
        />
      )}
      {left !== null && (
        <span className={`${flow.left} steady numbers`} data-widest={t('flow.left', { count: total ?? left })}>
          {t('flow.left', { count: left })}
        </span>
      )}
      {skipped > 0 && (
        <span className={`${flow.left} numbers`} title={t('flow.skippedHint')}>
          {t('flow.skipped', { count: skipped })}
        </span>
      )}
      {counts && (
        <span className={flow.counts} title={t(isBlind ? 'flow.ownCountsHint' : 'flow.projectCountsHint')}>
          {shownCounts.map((state) => (
            <VerdictMark key={state} state={state} count={counts[state]} />
          ))}
        </span>
      )}
    </>
  )
})

interface ToolsProps {
  readonly filter: CandidateFilter
  readonly searchField: Ref<HTMLInputElement>
  readonly desk: Desk | null
  readonly status: WorkView['status']
  /** Work figures of the reviewer. */
  readonly figures: ReactNode
  readonly actions: {
    readonly toggleWholeItem: () => void
    readonly togglePause: () => void
    readonly setDesk: (part: Partial<Desk>) => void
  }
  /** Returns the focus to the pair. */
  readonly onLeave: () => void
}

/** Tools of the queue: search, filter and order, view, pause, and a menu with further actions. */
export function QueueTools({ filter, searchField, desk, status, figures, actions, onLeave }: ToolsProps) {
  const { t } = useTranslation()
  const view = tableState.use((state) => state.view)
  const PauseIcon = status === 'off' ? IconPlayerPlay : IconPlayerPause
  const pauseWord = t(status === 'off' ? 'flow.start' : 'flow.pause')
  const pauseKey = keysOfAction('pause', useKeymap())
  return (
    <div className={classes.queueTools} role="group" aria-label={t('flow.queueTools')}>
      <PairSearch filter={filter} field={searchField} />
      <QueueMenu
        filter={filter}
        desk={desk}
        hasOwnOrder={view === 'table'}
        onShow={showFilter}
        onDesk={actions.setDesk}
        onToggleWholeItem={actions.toggleWholeItem}
        onLeave={onLeave}
      />
      <SegmentedControl
        className={classes.views}
        size="xs"
        aria-label={t('review.view')}
        value={view}
        data={reviewViews.map((value) => ({ value, label: t(`review.viewNames.${value}`) }))}
        onChange={(chosen: ReviewViewName) => {
          showView(chosen)
          onLeave()
        }}
      />
      <span className={flow.pace}>
        {figures}
        <Tooltip label={pauseKey ? `${pauseWord} · ${pauseKey}` : pauseWord}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={pauseWord}
            aria-keyshortcuts={useKeyShortcuts('pause')}
            onClick={() => {
              actions.togglePause()
              onLeave()
            }}
          >
            <PauseIcon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </span>
      <MoreMenu onLeave={onLeave} />
    </div>
  )
}

const moreActions = ['skip', 'wholeItem', 'similar', 'undo', 'redo', 'focusMode', 'ownFigures'] as const satisfies readonly Action[]

/** Menu with further actions on the queue and their keys. */
function MoreMenu({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={260} returnFocus={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('review.more')}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MoreItems onLeave={onLeave} />
      </Menu.Dropdown>
    </Menu>
  )
}

function MoreItems({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation()
  const available = availableActions()
  return moreActions.map((action) => (
    <Menu.Item
      key={action}
      rightSection={<KeyHint action={action} />}
      disabled={!available.includes(action)}
      onClick={() => {
        onLeave()
        carryOut(action)
      }}
    >
      {t(`keys.actions.${action}`)}
    </Menu.Item>
  ))
}
