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

/** A small picture of a medium, whole, on neutral grey. It says nothing that the text beside it does not, so it has no words. */
export function Thumbnail({ medium, projectUuid, className }: Props) {
  const [failedId, setFailedId] = useState<number | null>(null)
  const broken = !medium || medium.id === failedId
  return (
    <span className={`${classes.ground} ${className ?? ''}`}>
      {broken ? (
        medium?.kind === 'video' ? (
          <IconMovie aria-hidden />
        ) : (
          <IconPhotoOff aria-hidden />
        )
      ) : (
        <img
          className={classes.picture}
          src={mediaUrl(medium.id, projectUuid, 'thumb')}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailedId(medium.id)}
        />
      )}
    </span>
  )
}
