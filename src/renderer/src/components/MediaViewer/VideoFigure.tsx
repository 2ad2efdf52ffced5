import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../shared/contract'
import type { Media } from '../../../../shared/domain'
import { useActions } from '../../features/keys/useActions'
import classes from './MediaViewer.module.css'

/** Films do not tell how long a frame lasts; a 30th of a second steps through all common ones. */
const FRAME_SECONDS = 1 / 30

interface Props {
  readonly medium: Media
  readonly projectUuid: string
  readonly size: { readonly width: number; readonly height: number }
  readonly onSettled: (mediaId: number) => void
  readonly onRatio: (mediaId: number, ratio: number) => void
}

/** One film with the browser's own controls; space plays, comma and full stop step. */
export function VideoFigure({ medium, projectUuid, size, onSettled, onRatio }: Props) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const step = (seconds: number) => {
    if (!video.current) return
    video.current.pause()
    video.current.currentTime += seconds
  }
  useActions(
    {
      play: () => {
        if (video.current?.paused) void video.current.play().catch(() => undefined)
        else video.current?.pause()
      },
      frameBack: () => step(-FRAME_SECONDS),
      frameForward: () => step(FRAME_SECONDS),
    },
    failure === null,
  )
  if (failure !== null)
    return (
      <div className={classes.unshown} style={size} role="note">
        {t('review.media.unshownVideo', { name: medium.fileName, why: failure })}
      </div>
    )
  return (
    <figure className={classes.figure} style={size}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said stands in the context */}
      <video
        ref={video}
        src={mediaUrl(medium.id, projectUuid)}
        controls
        preload="metadata"
        aria-label={t('review.media.video', { name: medium.fileName })}
        onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight } }) => {
          if (videoHeight > 0) onRatio(medium.id, videoWidth / videoHeight)
          onSettled(medium.id)
        }}
        onError={() => {
          setFailure(video.current?.error?.message || t('review.media.noReason'))
          onSettled(medium.id)
        }}
      />
    </figure>
  )
}
