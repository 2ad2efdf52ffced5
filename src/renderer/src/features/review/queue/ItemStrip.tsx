import { IconMovie, IconPhoto } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../../shared/contract'
import { showHidden } from '../../../../../shared/text/hiddenCharacters'
import { spanStart } from '../../../../../shared/video'
import { deferProps } from '../../../components/deferProps'
import { useCall } from '../../../api/queries'
import classes from '../review.module.css'
import type { StripItem } from '../session/reviewView'
import { KEEP_MS } from './usePrefetch'

interface Props {
  readonly items: readonly StripItem[]
  readonly currentId: number | null
  readonly projectUuid: string
  readonly onGoTo: (candidateId: number) => void
}

/** Width of an image and the gap after it, in pixels. */
const PLACE_WIDTH = 72

/** Shows the items around the current one, with a dot for each of their pairs in the queue. */
export const ItemStrip = deferProps(function ItemStrip({ items, currentId, projectUuid, onGoTo }: Props) {
  const { t } = useTranslation()
  return (
    <nav className={classes.items} aria-label={t('review.neighbours')}>
      {items.map((item, place) => (
        // Moved by a transform, which costs no layout and shifts nothing.
        <div key={item.pairs[0]?.id} className={classes.stripPlace} style={{ transform: `translateX(${place * PLACE_WIDTH}px)` }}>
          <StripButton
            item={item}
            currentId={item.pairs.some(({ id }) => id === currentId) ? currentId : null}
            projectUuid={projectUuid}
            onGoTo={onGoTo}
          />
        </div>
      ))}
    </nav>
  )
})

interface ButtonProps {
  readonly item: StripItem
  /** The current pair, if it belongs to this item. */
  readonly currentId: number | null
  readonly projectUuid: string
  readonly onGoTo: (candidateId: number) => void
}

const sameItem = (one: StripItem, other: StripItem) =>
  one.itemId === other.itemId &&
  one.pairs.length === other.pairs.length &&
  one.pairs.every(({ id, state }, at) => id === other.pairs[at]?.id && state === other.pairs[at].state)

const sameButton = (one: ButtonProps, other: ButtonProps) =>
  one.currentId === other.currentId &&
  one.projectUuid === other.projectUuid &&
  one.onGoTo === other.onGoTo &&
  sameItem(one.item, other.item)

const StripButton = memo(function StripButton({ item: { itemId, sourceId, pairs }, currentId, projectUuid, onGoTo }: ButtonProps) {
  const { t } = useTranslation()
  const item = useCall('item.get', { id: itemId ?? 0 }, { enabled: itemId !== null, gcTime: KEEP_MS })
  const [isUnshown, setUnshown] = useState(false)
  const [first] = pairs
  if (itemId === null || !first) return <span className={classes.stripImage} />
  const medium = item.data?.media[0]
  const target = pairs.find(({ state }) => state === 'pending') ?? first
  const states = pairs.map(({ state }) => t(`common.states.${state}`)).join(', ')
  return (
    <button
      type="button"
      className={classes.stripButton}
      aria-current={currentId === null ? undefined : 'true'}
      aria-label={t('review.neighbour', { item: sourceId, state: states })}
      title={`${showHidden(sourceId)} · ${states}`}
      onClick={() => currentId === null && onGoTo(target.id)}
    >
      <span className={classes.stripImage}>
        {item.data && medium && !isUnshown ? (
          <img
            src={mediaUrl(medium.id, projectUuid, 'thumb', medium.kind === 'video' ? spanStart(item.data.context) : 0)}
            alt=""
            draggable={false}
            onError={() => setUnshown(true)}
          />
        ) : medium?.kind === 'video' ? (
          <IconMovie size={18} aria-hidden />
        ) : (
          <IconPhoto size={18} aria-hidden />
        )}
      </span>
      <span className={classes.dots}>
        {pairs.map(({ id, state }) => (
          <i key={id} className={classes.dot} data-dot={state} data-current={id === currentId} />
        ))}
      </span>
    </button>
  )
}, sameButton)
