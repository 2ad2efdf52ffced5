import { Center, Loader } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, Decision, ProjectInfo, UsedExemplar } from '../../../../../shared/domain'
import { LinkMedia } from '../../../components/text/MediaLinks/MediaLinks'
import { MediaViewer } from '../../../components/MediaViewer/MediaViewer'
import { ProblemNotice } from '../../../components/ProblemNotice'
import { useCall } from '../../../api/queries'
import { useStable } from '../../../app/state/useStable'
import { useUnlessBrief } from '../../../app/state/useUnlessBrief'
import { PaneEdge } from '../../comfort/PaneEdge'
import { useKeyScope } from '../../../app/keys/useActions'
import { SecondReviewPanel } from '../../quality/SecondReviewPanel'
import { ActionBar } from './ActionBar'
import { DetailsTabs } from '../panels/DetailsTabs'
import { ExemplarReasonPanel } from '../panels/ExemplarReasonPanel'
import { FixSuggestions } from './FixSuggestions'
import { ItemPairs } from './ItemPairs'
import { PairPanel } from './PairPanel'
import { useFlag } from './useFlag'
import { RejectPanel } from '../panels/RejectPanel'
import classes from '../review.module.css'
import { useEditingTools } from '../session/useEditingTools'
import type { ReviewSession } from '../session/reviewSession'
import { useEditor } from '../session/useEditor'
import { KEEP_MS } from '../queue/usePrefetch'
import { reviewActions, useDecisionKeys } from '../session/useReviewKeys'
import { isPinned } from '../session/verdict'

interface Props {
  readonly session: ReviewSession
  readonly candidate: Candidate
  readonly project: ProjectInfo
  /** Whether an operation such as an undo is in progress that may change the current pair. */
  readonly busy: boolean
  /** All pairs of the item, to be shown together; null to show only the current pair. */
  readonly pairs: readonly Candidate[] | null
  readonly guidelines: boolean
  readonly onToggleGuidelines: () => void
  readonly onFocusPair: () => void
  readonly strip: ReactNode
}

const noExemplars: readonly UsedExemplar[] = []
const noDecisions: readonly Decision[] = []

/** Shows one pair next to its media. Words are linked to boxes, and sentences to videos. */
export function PairDesk(props: Props) {
  const item = useCall('item.get', { id: props.candidate.itemId }, { gcTime: KEEP_MS })
  return (
    <LinkMedia item={item.data}>
      <Desk {...props} />
    </LinkMedia>
  )
}

/** Shows one pair and everything needed to judge it. Decision keys work once its text, its media and its draft are loaded. */
function Desk({ session, candidate, project, busy, pairs, guidelines, onToggleGuidelines, onFocusPair, strip }: Props) {
  const { t } = useTranslation()
  const { id, itemId } = candidate
  const item = useCall('item.get', { id: itemId }, { gcTime: KEEP_MS })
  const detail = useCall('candidate.get', { id }, { gcTime: KEEP_MS })
  const [settledItem, setSettledItem] = useState<number | null>(null)
  const [showBoxes, setShowBoxes] = useState(true)
  const [asked, setAsked] = useState<{ readonly id: number; readonly why: 'reject' | 'exemplar' } | null>(null)
  const editor = useEditor(session, candidate, detail.data?.draft ?? null)

  const asking = asked?.id === id ? asked.why : null
  const ready = !busy && !detail.isPending && (settledItem === itemId || item.isError)
  const ask = (why: 'reject' | 'exemplar') => setAsked({ id, why })
  const actions = useStable({
    ...reviewActions(session, candidate, editor, { reasons: () => ask('reject'), exemplarReason: () => ask('exemplar') }),
  })
  const closeReasons = () => {
    setAsked(null)
    onFocusPair()
  }
  const { leaveField } = useStable({
    leaveField: () => {
      editor.leave()
      onFocusPair()
    },
  })
  const tools = useEditingTools({ session, candidate, editor, ready: ready && !asking, onFocusPair })
  const free = ready && !asking && !tools.open
  useDecisionKeys(actions, free)
  // The buttons keep their appearance for the few milliseconds until the next pair is ready, but do nothing in the meantime.
  const whenFree = (act: () => void) => () => (free ? act() : undefined)
  const buttons = useStable({
    accept: whenFree(actions.accept),
    edit: whenFree(actions.edit),
    reject: whenFree(actions.reject),
    ignore: whenFree(actions.ignore),
    exemplar: whenFree(actions.exemplar),
  })
  const isShownReady = useUnlessBrief(ready) && !asking && !tools.open
  useKeyScope({ level: 'panel', actions: { leaveField: () => (editor.editing ? leaveField() : false) } })

  const flag = useFlag(id)
  const { toggleBoxes } = useStable({ toggleBoxes: () => setShowBoxes(!showBoxes) })

  const pair = (
    <>
      <PairPanel candidate={candidate} editor={editor} />
      <FixSuggestions session={session} editor={editor} enabled={free} />
      {tools.notice}
      <SecondReviewPanel candidateId={id} />
    </>
  )
  return (
    <div className={classes.desk} data-ready={ready}>
      <div className={classes.left}>
        {item.data ? (
          <MediaViewer
            itemId={itemId}
            item={item.data.sourceId}
            media={item.data.media}
            missing={item.data.missing}
            context={item.data.context}
            projectUuid={project.uuid}
            showBoxes={showBoxes}
            onToggleBoxes={toggleBoxes}
            onSettled={setSettledItem}
          />
        ) : (
          <Center className={classes.noMedia}>
            {item.error ? (
              <ProblemNotice error={item.error} onRetry={() => void item.refetch()} />
            ) : (
              <Loader aria-label={t('review.loading')} />
            )}
          </Center>
        )}
        {strip}
      </div>
      <div className={classes.right}>
        <section className={classes.pair} aria-label={t('review.pair')} tabIndex={-1} data-pair data-candidate={id}>
          {tools.form ?? (pairs ? <ItemPairs session={session} pairs={pairs} currentId={id} current={pair} /> : pair)}
        </section>
        <div className={classes.actionPlace} data-tour="actions">
          {asking === 'reject' && (
            <RejectPanel onReject={(reason) => (closeReasons(), actions.rejectWith(reason))} onCancel={closeReasons} />
          )}
          {asking === 'exemplar' && (
            <ExemplarReasonPanel
              reason={candidate.pinnedReason}
              onPin={(reason) => (closeReasons(), actions.exemplarFor(reason))}
              onCancel={closeReasons}
            />
          )}
          {tools.panel}
          {/* A form has its own buttons, and the buttons of the pair do not work while it is open. */}
          {!tools.form && (
            <ActionBar
              actions={buttons}
              ready={isShownReady}
              editing={editor.editing}
              pinned={isPinned(candidate)}
              flag={flag}
              menu={tools.menu}
              onLeaveField={leaveField}
            />
          )}
        </div>
        <DetailsTabs
          session={session}
          candidate={candidate}
          item={item.data}
          exemplars={detail.data?.exemplars ?? noExemplars}
          decisions={detail.data?.decisions ?? noDecisions}
          enabled={free}
          guidelines={guidelines}
          onToggleGuidelines={onToggleGuidelines}
          notices={detail.error && <ProblemNotice error={detail.error} onRetry={() => void detail.refetch()} />}
        />
        <PaneEdge pane="reviewDetails" side="bottom" />
      </div>
      <PaneEdge pane="reviewSide" side="right" />
    </div>
  )
}
