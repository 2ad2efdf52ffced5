import { Tabs } from '@mantine/core'
import { memo, useLayoutEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, Context, Decision, UsedExemplar } from '../../../../../shared/domain'
import { useCall } from '../../../api/queries'
import { keysOfAction } from '../../../app/keys/keyText'
import { useKeymap } from '../../../app/keys/Keymap'
import { useActions } from '../../../app/keys/useActions'
import { createStore } from '../../../app/state/createStore'
import { typedComments } from '../../../app/state/typedComments'
import { useStable } from '../../../app/state/useStable'
import { ContextView } from '../../../components/ContextView/ContextView'
import { GuidelinesPane } from '../../guidelines/GuidelinesPane'
import { NotesPane } from '../pair/NotesPane'
import { TurnList } from '../pair/TurnList'
import { noMarks } from '../pair/useFlag'
import classes from '../review.module.css'
import type { ReviewSession } from '../session/reviewSession'
import { UsedExemplars } from './DetailsPanel'
import { PairTrace } from './PairTrace'

const tabs = ['context', 'notes', 'history', 'exemplars', 'guidelines'] as const
type Tab = (typeof tabs)[number]

/** The selected tab except the guidelines, whose visibility is stored in the settings. */
const chosenTab = createStore<{ readonly tab: Exclude<Tab, 'guidelines'> }>('window', { tab: 'context' })

interface Props {
  readonly session: ReviewSession
  readonly candidate: Candidate
  readonly item: { readonly context: Context; readonly media: readonly unknown[] } | undefined
  readonly exemplars: readonly UsedExemplar[]
  readonly decisions: readonly Decision[]
  readonly enabled: boolean
  readonly guidelines: boolean
  readonly onToggleGuidelines: () => void
  /** Notices above the content of every tab. */
  readonly notices: ReactNode
}

/** Tabs with the context, notes, history and exemplars of the pair, and the guidelines. */
export const DetailsTabs = memo(function DetailsTabs({
  session,
  candidate,
  item,
  exemplars,
  decisions,
  enabled,
  guidelines,
  onToggleGuidelines,
  notices,
}: Props) {
  const { t } = useTranslation()
  const { id, itemId } = candidate
  const { tab } = chosenTab.use((state) => state)
  const { tags, comments } = useCall('marks.get', { candidateId: id }).data ?? noMarks
  const isTyped = typedComments.use(({ texts }) => Boolean(texts[id]))
  const commentField = useRef<HTMLTextAreaElement>(null)
  const shown: Tab = guidelines ? 'guidelines' : tab

  const choose = (next: Tab) => {
    if (next === 'guidelines') return guidelines || onToggleGuidelines()
    if (guidelines) onToggleGuidelines()
    return chosenTab.set({ tab: next })
  }
  useActions({
    comment: () => {
      choose('notes')
      // The notes are rendered in the next frame.
      requestAnimationFrame(() => commentField.current?.focus())
    },
  })
  // Scroll to the top for the next pair, except in the guidelines.
  const panel = useRef<HTMLElement>(null)
  /** Tracked here, because reading the scroll position from the element would force a synchronous layout. */
  const isScrolled = useRef(false)
  useLayoutEffect(() => {
    if (shown !== 'guidelines' && isScrolled.current) panel.current?.scrollTo({ top: 0, behavior: 'instant' })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for every pair and tab
  }, [id, shown])

  const figure: Partial<Record<Tab, number>> = {
    notes: tags.length + comments.length + (isTyped ? 1 : 0),
    history: decisions.length,
    exemplars: exemplars.length,
  }
  const content = (): ReactNode => {
    switch (shown) {
      case 'context':
        return (
          <>
            {candidate.conversation !== null && <TurnList session={session} candidate={candidate} enabled={enabled} />}
            {item && <ContextView key={itemId} context={item.context} severalMedia={item.media.length > 1} />}
          </>
        )
      case 'notes':
        return <NotesPane candidateId={id} field={commentField} />
      case 'history':
        return <PairTrace candidate={candidate} exemplars={exemplars} decisions={decisions} />
      case 'exemplars':
        return <UsedExemplars exemplars={exemplars} />
      case 'guidelines':
        return <GuidelinesPane />
    }
  }
  const figures = tabs.map((name) => figure[name] ?? 0)
  const { chooseTab } = useStable({ chooseTab: choose })
  return (
    <div className={classes.tabs}>
      <TabBar shown={shown} figures={figures.join(' ')} onChoose={chooseTab} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a place that scrolls must be reached by key */}
      <section
        ref={panel}
        className={classes.details}
        tabIndex={0}
        data-scrolls
        aria-label={t('review.details')}
        onScroll={({ currentTarget }) => (isScrolled.current = currentTarget.scrollTop > 0)}
      >
        <h2 className="visually-hidden">{t(`review.tabs.${shown}`)}</h2>
        {notices}
        <div role="tabpanel" id={`${TABS_ID}-panel-${shown}`} aria-labelledby={`${TABS_ID}-tab-${shown}`}>
          {content()}
        </div>
      </section>
    </div>
  )
})

interface TabBarProps {
  readonly shown: Tab
  /** Number of entries of each tab, in tab order, separated by spaces. A string, so that the bar is rendered only when a number changes. */
  readonly figures: string
  readonly onChoose: (tab: Tab) => void
}

/** ID prefix with which Mantine links a tab to its panel. The panel is outside of `Tabs`, because it changes with every pair. */
const TABS_ID = 'details'

const TabBar = memo(function TabBar({ shown, figures, onChoose }: TabBarProps) {
  const { t, i18n } = useTranslation()
  const guidelinesHint = `${t('review.tabs.guidelines')} · ${keysOfAction('guidelines', useKeymap())}`
  const counts = figures.split(' ').map(Number)
  return (
    <Tabs id={TABS_ID} value={shown} onChange={(next) => onChoose((next ?? 'context') as Tab)}>
      <Tabs.List className={classes.tabList} aria-label={t('review.details')}>
        {tabs.map((name, at) => (
          <Tabs.Tab key={name} value={name} className={classes.tab} title={name === 'guidelines' ? guidelinesHint : undefined}>
            {t(`review.tabs.${name}`)}
            {Boolean(counts[at]) && <span className={`${classes.figure} numbers`}>{counts[at]?.toLocaleString(i18n.language)}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
})
