import { IconMovie, IconPhotoOff } from '@tabler/icons-react'
import { useState } from 'react'
import { mediaUrl } from '../../../shared/contract'
import type { Media } from '../../../shared/domain'
import classes from './Thumbnail.module.css'

interface Props {
  readonly medium: Pick<Media, 'id' | 'kind'> | undefined
  readonly projectUuid: string
  readonly className?: string | undefined
}

/** Media fragment that skips the very first frame of a video, which is often black. */
const EARLY = '#t=0.5'

/**
 * A small uncropped image of a medium on neutral grey. It has no text alternative, because the text next to it has the same information.
 */
export function Thumbnail({ medium, projectUuid, className }: Props) {
  const [failedId, setFailedId] = useState<number | null>(null)
  const common = { className: classes.image, onError: () => medium && setFailedId(medium.id) }
  return (
    <span className={`${classes.ground} ${className ?? ''}`} data-kind={medium?.kind}>
      {!medium || medium.id === failedId ? (
        medium?.kind === 'video' ? (
          <IconMovie aria-hidden />
        ) : (
          <IconPhotoOff aria-hidden />
        )
      ) : medium.kind === 'video' ? (
        <>
          <video {...common} src={mediaUrl(medium.id, projectUuid) + EARLY} preload="metadata" muted tabIndex={-1} aria-hidden />
          <IconMovie className={classes.sign} size={16} aria-hidden />
        </>
      ) : (
        <img {...common} src={mediaUrl(medium.id, projectUuid, 'thumb')} alt="" loading="lazy" decoding="async" draggable={false} />
      )}
    </span>
  )
}
