import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../../shared/contract'
import type { Media } from '../../../../../shared/domain'
import type { Text } from '../../../../../shared/messages/message'
import { useActions } from '../../../app/keys/useActions'
import { useCall } from '../../../api/queries'
import { useStable } from '../../../app/state/useStable'
import { useMediaLinks } from '../../text/MediaLinks/MediaLinks'
import { isAsItCame, type Adjustment } from '../image/adjustments'
import { BrokenMedium } from '../BrokenMedium'
import { VideoControls } from './VideoControls'
import { FrameSlider } from './FrameSlider'
import classes from '../MediaViewer.module.css'
import { clock, fitSegments, isDuring, segmentToLoop, type Segment } from './segments'
import { TimedTrack } from './TimedTrack'
import { Turned } from '../image/Turned'
import type { Size } from '../image/turning'
import { useVideo } from './useVideo'
import { VideoButtons } from './VideoButtons'
import { nextSpeed, setSpeed, viewerSettings } from '../viewerSettings'
import { ShownText } from '../../text/ShownText'

const none: readonly number[] = []

interface Props {
  readonly item: string
  readonly medium: Media
  readonly projectUuid: string
  readonly size: Size
  readonly adjustment: Adjustment
  /** what is said with times, by start */
  readonly segments: readonly Segment[]
  /** what else can be done with the view */
  readonly more: ReactNode
  /** tells screen readers what happened */
  readonly say: (words: string) => void
  readonly onSettled: (mediaId: number) => void
  readonly onRatio: (mediaId: number, ratio: number) => void
}

/**
 * One video with the browser's own controls (or ours, where it is turned or lit), exact steps from frame to frame, what is said with times as a track below it and as
 * subtitles, and a loop over a part. One that cannot be played says why in its place.
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
  const [muted, setMuted] = useState(false)
  const speed = viewerSettings.use((settings) => settings.speed)
  const links = useMediaLinks()
  // An item that is a part of a video begins where the part begins.
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
  // What the window cannot play, the helper process may well decode.
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
    <div className={classes.video} style={{ width: Math.max(size.width, 420) }}>
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
              controls={isAsItCame(adjustment)}
              preload="auto"
              aria-label={t('review.media.video', { name: medium.fileName })}
              onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight, duration: seconds } }) => {
                // A video whose images cannot be decoded may still have sound that can.
                if (medium.problem && videoHeight === 0) return fail(medium.problem)
                if (videoHeight > 0) onRatio(medium.id, videoWidth / videoHeight)
                if (Number.isFinite(seconds)) setDuration(seconds)
                setSpeed(video.current, speed)
                onSettled(medium.id)
              }}
              muted={muted}
              onVolumeChange={({ currentTarget }) => setMuted(currentTarget.muted)}
              onPlay={() => setPlaying(true)}
              onPause={() => setPlaying(false)}
              onRateChange={({ currentTarget }) => viewerSettings.set({ speed: currentTarget.playbackRate })}
              onError={() => fail(video.current?.error?.message || t('review.media.noReason'))}
            />
          )}
        </Turned>
        {subtitles && said.length > 0 && (
          <p className={`${classes.subtitle} verbatim`} data-testid="subtitle">
            {said.map(({ text }) => text).join('\n')}
          </p>
        )}
      </figure>
      {failure === null && !isAsItCame(adjustment) && (
        <VideoControls
          muted={muted}
          onMute={() => setMuted(!muted)}
          playing={playing}
          time={time}
          duration={duration}
          onPlay={togglePlay}
          onSeek={seek}
        />
      )}
      {framesOnly && (
        <>
          <p className={classes.note} role="note">
            {t('review.media.framesOnly', { name: medium.fileName })}
          </p>
          <FrameSlider frames={times.length} shown={shown ?? 0} onShow={show} />
        </>
      )}
      <VideoButtons
        time={time}
        times={times}
        loop={loop}
        subtitles={segments.length > 0 ? subtitles : null}
        speed={framesOnly ? null : speed}
        more={more}
        onBack={() => step(-1)}
        onForward={() => step(1)}
        onLoop={framesOnly ? null : toggleLoop}
        onSubtitles={toggleSubtitles}
        onSpeed={changeSpeed}
      />
      {outside.length > 0 && (
        <p className={`${classes.note} verbatim`} role="note" title={outsideText}>
          <ShownText text={outsideText} />
        </p>
      )}
      {segments.length > 0 && <TimedTrack segments={segments} duration={duration} time={time} onSeek={goTo} />}
    </div>
  )
}
