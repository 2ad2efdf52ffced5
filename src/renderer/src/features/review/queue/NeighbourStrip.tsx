import { IconMovie, IconPhoto } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../../shared/contract'
import { spanStart } from '../../../../../shared/video'
import { useCall } from '../../../api/queries'
import classes from '../review.module.css'
import type { Neighbour } from '../session/reviewView'
import { KEEP_MS } from './usePrefetch'
import { verdictIcons } from '../pair/VerdictMark'
import { showHidden } from '../../../../../shared/text/hiddenCharacters'

interface Props {
  readonly neighbours: readonly Neighbour[]
  readonly currentId: number | null
  readonly projectUuid: string
  readonly onGoTo: (candidateId: number) => void
}

/** The pairs around the one on the screen, with what was decided. */
export function NeighbourStrip({ neighbours, currentId, projectUuid, onGoTo }: Props) {
  const { t } = useTranslation()
  return (
    <nav className={classes.neighbours} aria-label={t('review.neighbours')}>
      {neighbours.map((neighbour) => (
        <Thumb
          key={neighbour.id}
          candidate={neighbour.candidate}
          current={neighbour.id === currentId}
          projectUuid={projectUuid}
          onGoTo={onGoTo}
        />
      ))}
    </nav>
  )
}

interface ThumbProps {
  readonly candidate: Neighbour['candidate']
  readonly current: boolean
  readonly projectUuid: string
  readonly onGoTo: (candidateId: number) => void
}

const Thumb = memo(function Thumb({ candidate, current, projectUuid, onGoTo }: ThumbProps) {
  const { t } = useTranslation()
  const itemId = candidate?.itemId ?? 0
  const item = useCall('item.get', { id: itemId }, { enabled: itemId > 0, gcTime: KEEP_MS })
  const [unshown, setUnshown] = useState(false)
  if (!candidate) return <span className={classes.thumb} />
  const medium = item.data?.media[0]
  const StateIcon = verdictIcons[candidate.state]
  return (
    <button
      type="button"
      className={classes.thumb}
      aria-current={current ? 'true' : undefined}
      aria-label={t('review.neighbour', { item: candidate.itemSourceId, state: t(`common.states.${candidate.state}`) })}
      title={showHidden(candidate.instruction)}
      onClick={() => onGoTo(candidate.id)}
    >
      {item.data && medium && !unshown ? (
        <img
          src={mediaUrl(medium.id, projectUuid, 'thumb', medium.kind === 'video' ? spanStart(item.data.context) : 0)}
          alt=""
          draggable={false}
          onError={() => setUnshown(true)}
        />
      ) : medium?.kind === 'video' ? (
        <IconMovie size={20} aria-hidden />
      ) : (
        <IconPhoto size={20} aria-hidden />
      )}
      {candidate.state !== 'pending' && (
        <span className={classes.thumbMark} data-state={candidate.state}>
          <StateIcon size={12} stroke={3} aria-hidden />
        </span>
      )}
    </button>
  )
})
