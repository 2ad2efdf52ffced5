import { IconMovie, IconPhotoOff } from '@tabler/icons-react'
import { useState } from 'react'
import { mediaUrl } from '../../../../shared/contract'
import type { RowMedium } from '../../../../shared/table'
import classes from './Table.module.css'

/** Thumbnail of the first medium; for a video, at the start of its span. Decorative, so it has no alternative text. */
export function TableThumbnail({ medium, projectUuid }: { readonly medium: RowMedium | null; readonly projectUuid: string }) {
  const [failed, setFailed] = useState<number | null>(null)
  if (!medium || failed === medium.id)
    return (
      <span className={classes.thumbnail}>
        {medium?.kind === 'video' ? <IconMovie size={18} aria-hidden /> : <IconPhotoOff size={18} aria-hidden />}
      </span>
    )
  return (
    <span className={classes.thumbnail}>
      <img
        key={medium.id}
        src={mediaUrl(medium.id, projectUuid, 'thumb', medium.kind === 'video' ? medium.at : 0)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setFailed(medium.id)}
      />
    </span>
  )
}
