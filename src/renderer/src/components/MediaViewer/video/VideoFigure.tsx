import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../../shared/contract'
import type { Media } from '../../../../../shared/domain'
import type { Text } from '../../../../../shared/messages/message'
import { useActions } from '../../../app/keys/useActions'
import { useCall } from '../../../api/queries'
import { useStable } from '../../../app/state/useStable'
import { useMediaLinks } from '../../text/MediaLinks/MediaLinks'
import type { Adjustment } from '../image/adjustments'
import { BrokenMedium } from '../BrokenMedium'
import classes from '../MediaViewer.module.css'
import { clock, fitSegments, isDuring, segmentToLoop, type Segment } from './segments'
import { Turned } from '../image/Turned'
import type { Size } from '../image/turning'
import { useVideo } from './useVideo'
import { VideoBar } from './VideoBar'
import { nextSpeed, setSpeed, viewerSettings } from '../viewerSettings'
import { ShownText } from '../../text/ShownText'

const none: readonly number[] = []

interface Props {
  readonly item: string
  readonly medium: Media
  readonly projectUuid: string
  readonly size: Size
  readonly adjustment: Adjustment
  /** Timed segments, sorted by start. */
  readonly segments: readonly Segment[]
  /** Additional buttons. */
  readonly more: ReactNode
  /** Announces a text to screen readers. */
  readonly say: (words: string) => void
  readonly onSettled: (mediaId: number) => void
  readonly onRatio: (mediaId: number, ratio: number) => void
}

/**
 * A video with its bar: exact steps from frame to frame, timed sentences as a track and as subtitles, and a loop over a segment. Shows the
 * reason if the video cannot be played.
 */
export function VideoFigure(props: Props) {
  const { item, medium, projectUuid, size, adjustment, segments: given, more, say, onSettled, onRatio } = props
  const { t } = useTranslation()
  const [failure, setFailure] = useState<Text | null>(null)
  const [duration, setDuration] = useState((medium.durationMs ?? 0) / 1000)
  const { shown: segments, outside } = useMemo(() => fitSegments(given, duration), [given, duration])
  const [loop, setLoop] = useState<Segment | null>(null)
  const [subtitles, setSubtitles] = useState(true)
  const [playing, setPlaying] = useState(false)
  const { speed, volume, muted } = viewerSettings.use((settings) => settings)
  const links = useMediaLinks()
  // An item that is part of a video starts at the beginning of its clip.
  const begin = segments.find(({ kind }) => kind === 'clip')?.start ?? 0
  const { data: times = none, isPending } = useCall('media.frameTimes', { id: medium.id })

  const repeat = useCallback(
    (at: number, video: HTMLVideoElement) => {
      if (loop && !video.paused && (at >= loop.end || at < loop.start - 0.5)) video.currentTime = loop.start
    },
    [loop],
  )
  const { video, canvas, time, seek, step, show, shown, possible } = useVideo(medium.id, { times, duration, onTime: repeat })
  const { goTo } = useStable({ goTo: seek })
  useEffect(() => {
    links?.setSeek(goTo)
    return () => links?.setSeek(null)
  }, [links, goTo])
  useEffect(() => links?.followVideo(time, playing), [links, time, playing])
  useEffect(() => setSpeed(video.current, speed), [video, speed])
  useEffect(() => {
    if (video.current) Object.assign(video.current, { volume, muted })
  }, [video, volume, muted])
  // The helper process may be able to decode a video that the window cannot play.
  const framesOnly = failure !== null && times.length > 0 && possible
  useEffect(() => {
    if (framesOnly) show(0)
  }, [framesOnly, show])

  const toggleLoop = () => {
    const next = loop ? null : (segmentToLoop(segments, time) ?? { start: 0, end: duration, text: '', kind: 'clip' as const })
    setLoop(next)
    if (next && video.current && (time < next.start || time >= next.end)) seek(next.start)
  }
  const toggleSubtitles = () => setSubtitles(!subtitles)
  const togglePlay = () => {
    if (video.current?.paused) void video.current.play().catch(() => undefined)
    else video.current?.pause()
  }
  const changeSpeed = (by: 1 | -1) => {
    const next = nextSpeed(speed, by)
    viewerSettings.set({ speed: next })
    say(t('media.said.speed', { speed: next }))
  }
  useActions(
    {
      play: () => (framesOnly ? false : togglePlay()),
      slower: () => (framesOnly ? false : changeSpeed(-1)),
      faster: () => (framesOnly ? false : changeSpeed(1)),
      frameBack: () => step(-1),
      frameForward: () => step(1),
      loop: () => (framesOnly ? false : toggleLoop()),
      subtitles: toggleSubtitles,
    },
    failure === null || framesOnly,
  )
  const fail = (why: Text) => {
    setFailure(why)
    onSettled(medium.id)
  }
  if (failure !== null && !framesOnly && !isPending)
    return <BrokenMedium item={item} medium={medium} size={size} why={failure} onRetry={() => setFailure(null)} />
  const outsideText = t('review.media.outside', {
    times: outside.map(({ start, end, text }) => t('review.media.segment', { start: clock(start), end: clock(end), text })).join(' · '),
  })
  const said = segments.filter((segment) => segment.kind === 'sentence' && isDuring(segment, time))
  return (
    <div className={classes.video}>
      <figure className={classes.figure} style={size} data-drawn={shown !== null}>
        <Turned size={size} adjustment={adjustment}>
          <canvas
            ref={canvas}
            className={classes.drawn}
            {...(failure === null
              ? { 'aria-hidden': true }
              : { role: 'img', 'aria-label': t('review.media.video', { name: medium.fileName }) })}
          />
          {failure === null && (
            // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said stands below, and over the video as subtitles
            <video
              ref={video}
              src={mediaUrl(medium.id, projectUuid) + (begin > 0 ? `#t=${begin}` : '')}
              preload="auto"
              aria-label={t('review.media.video', { name: medium.fileName })}
              onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight, duration: seconds } }) => {
                // The sound of a video may be playable even if its images cannot be decoded.
                if (medium.problem && videoHeight === 0) return fail(medium.problem)
                if (videoHeight > 0) onRatio(medium.id, videoWidth / videoHeight)
                if (Number.isFinite(seconds)) setDuration(seconds)
                setSpeed(video.current, speed)
                if (video.current) Object.assign(video.current, { volume, muted })
                onSettled(medium.id)
              }}
              onClick={togglePlay}
              onPlay={() => setPlaying(true)}
              onPause={() => setPlaying(false)}
              onRateChange={({ currentTarget }) => viewerSettings.set({ speed: currentTarget.playbackRate })}
              onError={() => fail(video.current?.error?.message || t('review.media.noReason'))}
            />
          )}
        </Turned>
      </figure>
      {subtitles && segments.length > 0 && (
        <p className={`${classes.subtitle} verbatim`} data-testid={said.length > 0 ? 'subtitle' : undefined}>
          {said.map(({ start, text }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two sentences may begin at once
            <span key={`${start} ${index}`} className={classes.sentence}>
              {text}
            </span>
          ))}
        </p>
      )}
      {framesOnly && (
        <p className={classes.note} role="note">
          {t('review.media.framesOnly', { name: medium.fileName })}
        </p>
      )}
      <VideoBar
        playback={framesOnly ? null : { playing, speed, onPlay: togglePlay, onSpeed: changeSpeed, onLoop: toggleLoop }}
        time={time}
        duration={duration}
        times={times}
        loop={loop}
        segments={segments}
        subtitles={subtitles}
        more={more}
        onSeek={goTo}
        onStep={step}
        onSubtitles={toggleSubtitles}
      />
      {outside.length > 0 && (
        <p className={`${classes.note} verbatim`} role="note" title={outsideText}>
          <ShownText text={outsideText} />
        </p>
      )}
    </div>
  )
}
