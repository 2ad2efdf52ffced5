import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconBadgeCc,
  IconMaximize,
  IconMinimize,
  IconMinus,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  IconPlus,
  IconRepeat,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { frameAt } from '../../../../../shared/video'
import classes from '../MediaViewer.module.css'
import { ViewButton } from '../ViewButton'
import { viewerSettings } from '../viewerSettings'
import { clock, type Segment } from './segments'
import { TimedTrack } from './TimedTrack'

interface Props {
  /** Null if the video cannot be played, only stepped through frame by frame. */
  readonly playback: {
    readonly playing: boolean
    readonly speed: number
    readonly onPlay: () => void
    readonly onSpeed: (by: 1 | -1) => void
    readonly onLoop: () => void
  } | null
  /** Seconds. */
  readonly time: number
  readonly duration: number
  /** Start of each frame, in seconds. */
  readonly times: readonly number[]
  readonly loop: Segment | null
  readonly segments: readonly Segment[]
  readonly subtitles: boolean
  /** Additional buttons. */
  readonly more: ReactNode
  readonly onSeek: (seconds: number) => void
  readonly onStep: (by: 1 | -1) => void
  readonly onSubtitles: () => void
}

/** The bar below a video: its time with the timed segments, and its controls. */
export function VideoBar({ playback, time, duration, times, loop, segments, subtitles, more, onSeek, onStep, onSubtitles }: Props) {
  const { t } = useTranslation()
  const length = Math.max(duration, times.at(-1) ?? 0)
  return (
    <div className={classes.bar}>
      <input
        className={`${classes.range} ${classes.seek}`}
        style={doneOf(time, length)}
        type="range"
        min={0}
        max={length}
        step={0.01}
        value={Math.min(time, length)}
        aria-label={t('media.position')}
        aria-valuetext={clock(time)}
        onChange={({ currentTarget }) => onSeek(Number(currentTarget.value))}
      />
      {segments.length > 0 && <TimedTrack segments={segments} duration={length} time={time} onSeek={onSeek} />}
      <div className={classes.barRow}>
        {playback && <ViewButton action="play" icon={playback.playing ? IconPlayerPause : IconPlayerPlay} onClick={playback.onPlay} />}
        <ViewButton action="frameBack" icon={IconPlayerTrackPrev} onClick={() => onStep(-1)} />
        <ViewButton action="frameForward" icon={IconPlayerTrackNext} onClick={() => onStep(1)} />
        <span className={`${classes.barText} numbers`}>
          {clock(Math.floor(time))} / {clock(Math.floor(length))}
        </span>
        <span className={`${classes.barQuiet} numbers`}>
          {loop && t('review.media.looping', { start: clock(loop.start), end: clock(loop.end) })}
          {times.length > 0 && <span data-testid="frame">{t('review.media.frame', { number: frameAt(times, time) })}</span>}
        </span>
        {playback && (
          <>
            <ViewButton action="slower" icon={IconMinus} onClick={() => playback.onSpeed(-1)} />
            <span className={`${classes.barText} numbers`} data-testid="speed">
              {t('media.speed', { speed: playback.speed })}
            </span>
            <ViewButton action="faster" icon={IconPlus} onClick={() => playback.onSpeed(1)} />
            <ViewButton action="loop" icon={IconRepeat} onClick={playback.onLoop} pressed={loop !== null} />
          </>
        )}
        {segments.length > 0 && <ViewButton action="subtitles" icon={IconBadgeCc} onClick={onSubtitles} pressed={subtitles} />}
        {playback && <Volume />}
        {more}
        <FillButton />
      </div>
    </div>
  )
}

/** Returns the style of the part of a slider before its thumb. */
const doneOf = (value: number, length: number) =>
  ({ '--done': `${length > 0 ? Math.min(100, (100 * value) / length) : 0}%` }) as CSSProperties

/** Volume of all videos; it is kept from one video to the next. */
function Volume() {
  const { t } = useTranslation()
  const { muted, volume } = viewerSettings.use((settings) => settings)
  const VolumeIcon = muted ? IconVolumeOff : IconVolume
  return (
    <>
      <Tooltip label={t('media.mute')}>
        <ActionIcon
          variant="subtle"
          size="md"
          className={classes.button}
          aria-label={t('media.mute')}
          aria-pressed={muted}
          onClick={() => viewerSettings.set({ muted: !muted })}
        >
          <VolumeIcon size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <input
        className={`${classes.range} ${classes.volume}`}
        style={doneOf(muted ? 0 : volume, 1)}
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={muted ? 0 : volume}
        aria-label={t('media.volume')}
        onChange={({ currentTarget }) => viewerSettings.set({ volume: Number(currentTarget.value), muted: false })}
      />
    </>
  )
}

/** Button that lets the medium fill the whole window. */
export function FillButton() {
  const isFilling = viewerSettings.use((settings) => settings.isFilling)
  return (
    <ViewButton
      action="fillWindow"
      icon={isFilling ? IconMinimize : IconMaximize}
      onClick={() => viewerSettings.set({ isFilling: !isFilling })}
      pressed={isFilling}
    />
  )
}
