import { IconFlagFilled, IconStarFilled } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate } from '../../../../shared/domain'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { Highlighted } from '../../components/text/Highlighted'
import { itemName } from '../../components/text/itemName'
import { ShownText } from '../../components/text/ShownText'
import { verdictIcons } from '../review/pair/VerdictMark'
import { isPinned } from '../review/session/verdict'
import type { Card } from './cards'
import { CardMedium } from './CardMedium'
import classes from './Grid.module.css'

export const cardId = (place: number) => `grid-card-${place}`

export interface CardPress {
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

interface Props {
  readonly place: number
  readonly column: number
  /** The card; undefined while it is being read. */
  readonly card: Card | undefined
  /** Current version of its first pair. */
  readonly first: Candidate | undefined
  /** All pairs of an item; null if the card shows a single pair. */
  readonly pairs: readonly Candidate[] | null
  readonly width: number
  readonly mediaHeight: number
  readonly projectUuid: string
  readonly isPointed: boolean
  readonly isSelected: boolean
  readonly onPress: (place: number, event: CardPress) => void
  readonly onOpen: (place: number) => void
}

/** Maximum number of pairs shown on the card of an item. */
const SHOWN_PAIRS = 4

/** Card with the medium, the text below it, and the verdict. The grid has the focus and the keys; `isPointed` marks the active card. */
export const GridCard = memo(function GridCard({ place, column, card, first, pairs, ...props }: Props) {
  const { t } = useTranslation()
  const { width, mediaHeight, projectUuid, isPointed, isSelected, onPress, onOpen } = props
  const row = card?.rows[0]
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid handles the keys for its cards
    <div
      id={cardId(place)}
      role="gridcell"
      className={classes.card}
      aria-colindex={column + 1}
      aria-selected={isSelected}
      data-place={place}
      data-pointed={isPointed}
      data-verdict={pairs ? undefined : first?.state}
      style={{ width }}
      onClick={(event) => onPress(place, event)}
      onDoubleClick={() => onOpen(place)}
    >
      <div className={classes.media} style={{ height: mediaHeight }}>
        {row && <CardMedium key={row.medium?.id ?? 0} medium={row.medium} projectUuid={projectUuid} width={width} />}
      </div>
      <div className={classes.text}>
        {first && pairs ? (
          <ItemText pairs={pairs} fileName={row?.medium?.fileName} />
        ) : first ? (
          <>
            <span className={classes.signs}>
              {row && row.flaggedBy.length > 0 && (
                <IconFlagFilled size={14} role="img" aria-label={t('table.flaggedBy', { names: row.flaggedBy.join(', ') })} />
              )}
              {isPinned(first) && <IconStarFilled size={14} role="img" aria-label={t('table.pinned')} />}
              <Verdict state={first.state} />
            </span>
            <p className={classes.instruction} dir="auto" title={showHidden(first.instruction)}>
              <Highlighted text={first.instruction} />
            </p>
            <p className={classes.response} dir="auto" title={showHidden(first.response)}>
              <Highlighted text={first.response} />
            </p>
          </>
        ) : (
          <p className={classes.response}>{t(card ? 'grid.hidden' : 'table.reading')}</p>
        )}
      </div>
    </div>
  )
})

/** Shows the name of the item, and its first pairs with their verdicts. */
function ItemText({ pairs, fileName }: { readonly pairs: readonly Candidate[]; readonly fileName: string | undefined }) {
  const { t } = useTranslation()
  const more = pairs.length - SHOWN_PAIRS
  return (
    <>
      <p className={classes.item}>
        <ShownText text={itemName(pairs[0]?.itemSourceId ?? '', fileName)} />
        {more > 0 && <span> · {t('grid.more', { count: more })}</span>}
      </p>
      {pairs.slice(0, SHOWN_PAIRS).map(({ id, state, instruction, response }) => (
        <p key={id} className={classes.line} title={showHidden(`${instruction}\n${response}`)} dir="auto">
          <Verdict state={state} />
          <span>
            <Highlighted text={instruction} />
          </span>
        </p>
      ))}
    </>
  )
}

/** Shows a verdict as an icon, with its name for screen readers. A pending pair has no icon. */
function Verdict({ state }: { readonly state: Candidate['state'] }) {
  const { t } = useTranslation()
  const Sign = verdictIcons[state]
  return (
    <span className={classes.verdict} data-state={state}>
      {state !== 'pending' && <Sign size={16} stroke={2.5} aria-hidden />}
      <span className="visually-hidden">{t(`common.states.${state}`)}</span>
    </span>
  )
}
