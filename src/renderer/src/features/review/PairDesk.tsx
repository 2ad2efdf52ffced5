import { Center, Loader } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, Decision, ProjectInfo, UsedExemplar } from '../../../../shared/domain'
import { ContextView } from '../../components/ContextView/ContextView'
import { MediaViewer } from '../../components/MediaViewer/MediaViewer'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../queries'
import { useStable } from '../../state/useStable'
import { useActions } from '../keys/useActions'
import { ActionBar } from './ActionBar'
import { Guidelines, History, Section, UsedExemplars } from './DetailsPanel'
import { ItemPairs } from './ItemPairs'
import { MarksSection } from './MarksSection'
import { PairPanel } from './PairPanel'
import { RejectPanel } from './RejectPanel'
import classes from './review.module.css'
import type { ReviewSession } from './reviewSession'
import { useEditor } from './useEditor'
import { KEEP_MS } from './usePrefetch'
import { reviewActions, useDecisionKeys } from './useReviewKeys'

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

/** One pair and all that is needed to judge it. Keys decide once its text, its media and what was typed before are there. */
export function PairDesk({ session, candidate, project, busy, pairs, guidelines, onToggleGuidelines, onFocusPair, strip }: Props) {
  const { t } = useTranslation()
  const { id, itemId } = candidate
  const item = useCall('item.get', { id: itemId }, { gcTime: KEEP_MS })
  const detail = useCall('candidate.get', { id }, { gcTime: KEEP_MS })
  const [settledItem, setSettledItem] = useState<number | null>(null)
  const [showBoxes, setShowBoxes] = useState(true)
  const [box, setBox] = useState<{ readonly itemId: number; readonly index: number | null }>({ itemId, index: null })
  const [context, setContext] = useState(true)
  const [askedFor, setAskedFor] = useState<number | null>(null)
  const editor = useEditor(session, candidate, detail.data?.draft ?? null)

  const asking = askedFor === id
  const ready = !busy && !detail.isPending && (settledItem === itemId || item.isError)
  const actions = useStable({ ...reviewActions(session, candidate, editor, () => setAskedFor(id)) })
  const closeReasons = () => {
    setAskedFor(null)
    onFocusPair()
  }
  const { leaveField } = useStable({
    leaveField: () => {
      editor.leave()
      onFocusPair()
    },
  })
  useDecisionKeys(actions, ready && !asking)
  useActions({ leaveField: () => (editor.editing ? leaveField() : false) })

  // The next pair's context begins at its top; the guidelines stay where they are read.
  const details = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!guidelines) details.current?.scrollTo({ top: 0, behavior: 'instant' })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for every pair
  }, [id, guidelines])

  const highlighted = box.itemId === itemId ? box.index : null
  const { highlight, toggleBoxes } = useStable({
    highlight: (index: number | null) => setBox({ itemId, index }),
    toggleBoxes: () => setShowBoxes(!showBoxes),
  })

  return (
    <div className={classes.desk} data-ready={ready}>
      <div className={classes.left}>
        {item.data ? (
          <MediaViewer
            itemId={itemId}
            media={item.data.media}
            missing={item.data.missing}
            context={item.data.context}
            projectUuid={project.uuid}
            showBoxes={showBoxes}
            onToggleBoxes={toggleBoxes}
            highlighted={highlighted}
            onHighlight={highlight}
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
          {pairs ? (
            <ItemPairs session={session} pairs={pairs} currentId={id} current={<PairPanel candidate={candidate} editor={editor} />} />
          ) : (
            <PairPanel candidate={candidate} editor={editor} />
          )}
        </section>
        <div className={classes.actionPlace}>
          {asking && <RejectPanel onReject={(reason) => (closeReasons(), actions.rejectWith(reason))} onCancel={closeReasons} />}
          <ActionBar
            actions={actions}
            ready={ready && !asking}
            editing={editor.editing}
            pinned={candidate.pinned}
            onLeaveField={leaveField}
          />
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a place that scrolls must be reached by key */}
        <section ref={details} className={classes.details} tabIndex={0} data-scrolls aria-label={t('review.details')}>
          {detail.error && <ProblemNotice error={detail.error} onRetry={() => void detail.refetch()} />}
          <MarksSection candidateId={id} />
          <Section title={t('review.context')} open={context} onToggle={() => setContext(!context)}>
            {item.data && (
              <ContextView
                key={itemId}
                context={item.data.context}
                severalMedia={item.data.media.length > 1}
                highlighted={highlighted}
                onHighlight={highlight}
              />
            )}
          </Section>
          <Guidelines open={guidelines} onToggle={onToggleGuidelines} />
          <UsedExemplars exemplars={detail.data?.exemplars ?? noExemplars} />
          <History decisions={detail.data?.decisions ?? noDecisions} />
        </section>
      </div>
    </div>
  )
}
