import { ActionIcon } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from '../MediaViewer.module.css'
import { clock } from './segments'
import { ViewButton } from '../ViewButton'

interface Props {
  readonly playing: boolean
  readonly muted: boolean
  /** seconds */
  readonly time: number
  readonly duration: number
  readonly onPlay: () => void
  readonly onSeek: (seconds: number) => void
  readonly onMute: () => void
}

/** Playing and seeking below a video: the browser's own controls would turn and fade with it. */
export function VideoControls({ playing, muted, time, duration, onPlay, onSeek, onMute }: Props) {
  const { t } = useTranslation()
  const VolumeIcon = muted ? IconVolumeOff : IconVolume
  return (
    <div className={classes.videoButtons}>
      <ViewButton action="play" icon={playing ? IconPlayerPause : IconPlayerPlay} onClick={onPlay} />
      <input
        className={classes.frameSlider}
        type="range"
        min={0}
        max={duration}
        step={0.01}
        value={Math.min(time, duration)}
        aria-label={t('media.position')}
        aria-valuetext={clock(time)}
        onChange={({ currentTarget }) => onSeek(Number(currentTarget.value))}
      />
      <span className={classes.videoTime}>
        {clock(Math.floor(time))} / {clock(Math.floor(duration))}
      </span>
      <ActionIcon variant="subtle" size="md" className={classes.button} aria-label={t('media.mute')} aria-pressed={muted} onClick={onMute}>
        <VolumeIcon size={18} aria-hidden />
      </ActionIcon>
    </div>
  )
}
