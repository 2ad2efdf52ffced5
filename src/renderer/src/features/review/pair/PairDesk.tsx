import { Center, Loader } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, Decision, ProjectInfo, UsedExemplar } from '../../../../../shared/domain'
import { ContextView } from '../../../components/ContextView/ContextView'
import { LinkMedia } from '../../../components/text/MediaLinks/MediaLinks'
import { MediaViewer } from '../../../components/MediaViewer/MediaViewer'
import { ProblemNotice } from '../../../components/ProblemNotice'
import { useCall } from '../../../api/queries'
import { useStable } from '../../../app/state/useStable'
import { PaneEdge } from '../../comfort/PaneEdge'
import { GuidelinesSection } from '../../guidelines/GuidelinesSection'
import { useKeyScope } from '../../../app/keys/useActions'
import { SecondReviewPanel } from '../../quality/SecondReviewPanel'
import { ActionBar } from './ActionBar'
import { History, Section, UsedExemplars } from '../panels/DetailsPanel'
import { ExemplarReasonPanel } from '../panels/ExemplarReasonPanel'
import { FixSuggestions } from './FixSuggestions'
import { ItemPairs } from './ItemPairs'
import { MarksSection } from './MarksSection'
import { PairPanel } from './PairPanel'
import { RejectPanel } from '../panels/RejectPanel'
import classes from '../review.module.css'
import { TurnList } from './TurnList'
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
  /** an undo or redo is under way, which will bring another pair */
  readonly busy: boolean
  /** all pairs of the item, to be shown at a time; null for one */
  readonly pairs: readonly Candidate[] | null
  readonly guidelines: boolean
  readonly onToggleGuidelines: () => void
  readonly onFocusPair: () => void
  readonly strip: ReactNode
}

const noExemplars: readonly UsedExemplar[] = []
const noDecisions: readonly Decision[] = []

/** One pair beside its media; words and boxes, sentences and videos link to each other. */
export function PairDesk(props: Props) {
  const item = useCall('item.get', { id: props.candidate.itemId }, { gcTime: KEEP_MS })
  return (
    <LinkMedia item={item.data}>
      <Desk {...props} />
    </LinkMedia>
  )
}

/** One pair and all that is needed to judge it. Keys decide once its text, its media and what was typed before are there. */
function Desk({ session, candidate, project, busy, pairs, guidelines, onToggleGuidelines, onFocusPair, strip }: Props) {
  const { t } = useTranslation()
  const { id, itemId } = candidate
  const item = useCall('item.get', { id: itemId }, { gcTime: KEEP_MS })
  const detail = useCall('candidate.get', { id }, { gcTime: KEEP_MS })
  const [settledItem, setSettledItem] = useState<number | null>(null)
  const [showBoxes, setShowBoxes] = useState(true)
  const [context, setContext] = useState(true)
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
  useKeyScope({ level: 'panel', actions: { leaveField: () => (editor.editing ? leaveField() : false) } })

  // The next pair's context begins at its top; the guidelines stay where they are read.
  const details = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!guidelines) details.current?.scrollTo({ top: 0, behavior: 'instant' })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for every pair
  }, [id, guidelines])

  const { toggleBoxes } = useStable({ toggleBoxes: () => setShowBoxes(!showBoxes) })

  const pair = (
    <>
      <PairPanel candidate={candidate} editor={editor} />
      <FixSuggestions session={session} editor={editor} enabled={free} />
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
          {/* A form has its own buttons, and those of the pair are dead below it. */}
          {!tools.form && (
            <ActionBar actions={actions} ready={free} editing={editor.editing} pinned={isPinned(candidate)} onLeaveField={leaveField} />
          )}
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a place that scrolls must be reached by key */}
        <section ref={details} className={classes.details} tabIndex={0} data-scrolls aria-label={t('review.details')}>
          {detail.error && <ProblemNotice error={detail.error} onRetry={() => void detail.refetch()} />}
          {tools.bar}
          <SecondReviewPanel candidateId={id} />
          <MarksSection candidateId={id} />
          {candidate.conversation !== null && <TurnList session={session} candidate={candidate} enabled={free} />}
          <Section title={t('review.context')} open={context} onToggle={() => setContext(!context)}>
            {item.data && <ContextView key={itemId} context={item.data.context} severalMedia={item.data.media.length > 1} />}
          </Section>
          <GuidelinesSection open={guidelines} onToggle={onToggleGuidelines} />
          <UsedExemplars exemplars={detail.data?.exemplars ?? noExemplars} />
          <History decisions={detail.data?.decisions ?? noDecisions} />
        </section>
        <PaneEdge pane="reviewDetails" side="bottom" />
      </div>
      <PaneEdge pane="reviewSide" side="right" />
    </div>
  )
}
