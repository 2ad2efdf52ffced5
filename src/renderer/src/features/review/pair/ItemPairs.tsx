import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate } from '../../../../../shared/domain'
import { useActions } from '../../../app/keys/useActions'
import classes from '../flow.module.css'
import type { ReviewSession } from '../session/reviewSession'
import { VerdictMark } from './VerdictMark'
import { showHidden } from '../../../../../shared/text/hiddenCharacters'
import { ShownText } from '../../../components/text/ShownText'

interface Props {
  readonly session: ReviewSession
  readonly pairs: readonly Candidate[]
  readonly currentId: number
  /** The current pair in full. */
  readonly current: ReactNode
}

/** Returns whether the target is in a scrollable area, which handles the arrow keys itself while it has the focus. */
const scrollsItself = ({ target }: KeyboardEvent) => target instanceof Element && target.closest('[data-scrolls]') !== null

/** Lists all pairs of the item with the current one in full. The arrow keys move between them. */
export function ItemPairs({ session, pairs, currentId, current }: Props) {
  const { t } = useTranslation()
  const here = useRef<HTMLLIElement>(null)
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'nearest' })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for every pair
  }, [currentId])
  useActions({
    previousOfItem: (event) => (scrollsItself(event) ? false : session.moveInItem(-1)),
    nextOfItem: (event) => (scrollsItself(event) ? false : session.moveInItem(1)),
  })
  return (
    <ol className={classes.pairs} aria-label={t('flow.pairsOfItem')}>
      {pairs.map((pair) =>
        pair.id === currentId ? (
          <li key={pair.id} ref={here} className={classes.current} aria-current="true">
            {current}
          </li>
        ) : (
          <li key={pair.id}>
            <button type="button" className={classes.other} title={showHidden(pair.response)} onClick={() => session.showSibling(pair)}>
              <VerdictMark state={pair.state} />
              <span className={`${classes.question} verbatim`}>
                <ShownText text={pair.instruction} />
              </span>
              <span className={`${classes.answer} verbatim`}>
                <ShownText text={pair.response} />
              </span>
            </button>
          </li>
        ),
      )}
    </ol>
  )
}
