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

/** Not the very first frame of a video, which is often black. */
const EARLY = '#t=0.5'

/** A small image of a medium, whole, on neutral grey. It says nothing that the text beside it does not, so it has no words. */
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
