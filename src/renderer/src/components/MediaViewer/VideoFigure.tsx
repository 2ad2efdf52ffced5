import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../shared/contract'
import type { Media } from '../../../../shared/domain'
import { useActions } from '../../features/keys/useActions'
import { useCall } from '../../queries'
import { stepTarget } from './frameStep'
import classes from './MediaViewer.module.css'
import { isDuring, segmentToLoop, type Segment } from './segments'
import { TimedTrack } from './TimedTrack'
import { useFrameClock } from './useFrameClock'
import { VideoButtons } from './VideoButtons'

interface Props {
  readonly medium: Media
  readonly projectUuid: string
  readonly size: { readonly width: number; readonly height: number }
  /** what is said with times, by start */
  readonly segments: readonly Segment[]
  readonly onSettled: (mediaId: number) => void
  readonly onRatio: (mediaId: number, ratio: number) => void
}

/**
 * One film with the browser's own controls, exact steps from frame to frame, what is said with times as a track below it and as
 * subtitles, and a loop over a part. One that cannot be played says why in its place.
 */
export function VideoFigure({ medium, projectUuid, size, segments, onSettled, onRatio }: Props) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [duration, setDuration] = useState((medium.durationMs ?? 0) / 1000)
  const [loop, setLoop] = useState<Segment | null>(null)
  const [subtitles, setSubtitles] = useState(true)
  // An item that is a part of a film begins where the part begins.
  const begin = segments.find(({ kind }) => kind === 'clip')?.start ?? 0
  const times = useCall('media.frameTimes', { id: medium.id }).data

  const repeat = useCallback(
    (at: number) => {
      if (loop && video.current && !video.current.paused && (at >= loop.end || at < loop.start - 0.5))
        video.current.currentTime = loop.start
    },
    [loop],
  )
  const [time, timeNow] = useFrameClock(video, repeat)

  const seek = (seconds: number) => {
    if (video.current) video.current.currentTime = seconds
  }
  const step = (by: number) => {
    if (!video.current) return
    video.current.pause()
    seek(stepTarget(times ?? [], timeNow(), by, duration))
  }
  const toggleLoop = () => {
    const next = loop ? null : (segmentToLoop(segments, time) ?? { start: 0, end: duration, text: '', kind: 'clip' as const })
    setLoop(next)
    if (next && video.current && (time < next.start || time >= next.end)) seek(next.start)
  }
  const toggleSubtitles = () => setSubtitles(!subtitles)
  useActions(
    {
      play: () => {
        if (video.current?.paused) void video.current.play().catch(() => undefined)
        else video.current?.pause()
      },
      frameBack: () => step(-1),
      frameForward: () => step(1),
      loop: toggleLoop,
      subtitles: toggleSubtitles,
    },
    failure === null,
  )
  const fail = (why: string) => {
    setFailure(why)
    onSettled(medium.id)
  }
  if (failure !== null)
    return (
      <div className={classes.unshown} style={size} role="note">
        {medium.problem
          ? t('review.media.whyNot', { name: medium.fileName, why: medium.problem })
          : t('review.media.unshownVideo', { name: medium.fileName, why: failure })}
      </div>
    )
  const said = segments.filter((segment) => segment.kind === 'sentence' && isDuring(segment, time))
  return (
    <div className={classes.film} style={{ width: Math.max(size.width, 280) }}>
      <figure className={classes.figure} style={size}>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said stands below, and over the film as subtitles */}
        <video
          ref={video}
          src={mediaUrl(medium.id, projectUuid) + (begin > 0 ? `#t=${begin}` : '')}
          controls
          preload="auto"
          aria-label={t('review.media.video', { name: medium.fileName })}
          onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight, duration: seconds } }) => {
            // A film whose pictures cannot be decoded may still have sound that can.
            if (medium.problem && videoHeight === 0) return fail(medium.problem)
            if (videoHeight > 0) onRatio(medium.id, videoWidth / videoHeight)
            if (Number.isFinite(seconds)) setDuration(seconds)
            onSettled(medium.id)
          }}
          onError={() => fail(video.current?.error?.message || t('review.media.noReason'))}
        />
        {subtitles && said.length > 0 && (
          <p className={`${classes.subtitle} verbatim`} data-testid="subtitle">
            {said.map(({ text }) => text).join('\n')}
          </p>
        )}
      </figure>
      <VideoButtons
        time={time}
        times={times ?? []}
        loop={loop}
        subtitles={segments.length > 0 ? subtitles : null}
        onBack={() => step(-1)}
        onForward={() => step(1)}
        onLoop={toggleLoop}
        onSubtitles={toggleSubtitles}
      />
      {segments.length > 0 && <TimedTrack segments={segments} duration={duration} time={time} onSeek={seek} />}
    </div>
  )
}
