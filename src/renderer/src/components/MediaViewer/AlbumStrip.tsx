import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Media } from '../../../../shared/domain'
import { Thumbnail } from '../Thumbnail'
import classes from './MediaViewer.module.css'

interface Props {
  readonly media: readonly Media[]
  readonly projectUuid: string
  readonly place: number
  readonly onChoose: (place: number) => void
}

/** The pictures of an album in their order; the one that is shown is marked. */
export function AlbumStrip({ media, projectUuid, place, onChoose }: Props) {
  const { t } = useTranslation()
  const current = useRef<HTMLButtonElement>(null)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- whenever another place is the current one
  useEffect(() => current.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' }), [place])
  return (
    <div className={classes.album} role="group" aria-label={t('review.media.strip')}>
      {media.map((medium, index) => (
        <button
          // oxlint-disable-next-line react/no-array-index-key -- an album may hold a picture twice
          key={index}
          ref={index === place ? current : undefined}
          type="button"
          className={classes.albumPlace}
          aria-current={index === place}
          aria-label={t('review.media.stripPlace', { number: index + 1, total: media.length, name: medium.fileName })}
          onClick={() => onChoose(index)}
        >
          <Thumbnail medium={medium} projectUuid={projectUuid} className={classes.albumPicture} />
          <span aria-hidden>{index + 1}</span>
        </button>
      ))}
    </div>
  )
}
