import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../shared/contract'
import type { Media } from '../../../../shared/domain'
import classes from './MediaViewer.module.css'

/** Milliseconds that each picture stays while they blink. */
const BLINK_MS = 600

interface Props {
  readonly pair: readonly [Media, Media]
  readonly projectUuid: string
  readonly size: { readonly width: number; readonly height: number }
}

/** Two pictures in one place, one after the other, so that what moved or changed jumps to the eye. */
export function BlinkFigure({ pair, projectUuid, size, stillness, turn }: Props & { readonly stillness: boolean; readonly turn: number }) {
  const { t } = useTranslation()
  const [ticks, setTicks] = useState(0)
  useEffect(() => {
    // Where motion is unwelcome, only the key changes the picture.
    if (stillness) return undefined
    const timer = setInterval(() => setTicks((count) => count + 1), BLINK_MS)
    return () => clearInterval(timer)
  }, [stillness])
  const shown = (ticks + turn) % 2
  return (
    <figure className={classes.figure} style={size}>
      {pair.map((medium, index) => (
        <img
          key={medium.id}
          className={classes.layer}
          style={{ visibility: index === shown ? 'visible' : 'hidden' }}
          src={mediaUrl(medium.id, projectUuid)}
          alt={t('review.media.image', { name: medium.fileName })}
          draggable={false}
          decoding="sync"
        />
      ))}
      <figcaption className={classes.caption}>{t('review.media.blinkOf', { name: pair[shown]?.fileName ?? '' })}</figcaption>
    </figure>
  )
}

/** How often differences are doubled, so that faint ones are seen. */
const DOUBLINGS = 2

/** |one − other| for each pixel and colour, made brighter. The canvas may be tainted: nothing is read back from it. */
function drawDifference(canvas: HTMLCanvasElement, one: HTMLImageElement, other: HTMLImageElement): void {
  canvas.width = Math.max(one.naturalWidth, other.naturalWidth)
  canvas.height = Math.max(one.naturalHeight, other.naturalHeight)
  const context = canvas.getContext('2d')
  if (!context) return
  const whole = [0, 0, canvas.width, canvas.height] as const
  context.drawImage(one, ...whole)
  context.globalCompositeOperation = 'difference'
  context.drawImage(other, ...whole)
  context.globalCompositeOperation = 'lighter'
  for (let times = 0; times < DOUBLINGS; times++) context.drawImage(canvas, ...whole)
}

const load = (address: string): Promise<HTMLImageElement> => {
  const image = new Image()
  image.src = address
  return image.decode().then(() => image)
}

/** What differs between two pictures; the second is stretched to the size of the first. */
export function DifferenceFigure({ pair: [one, other], projectUuid, size }: Props) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let current = true
    Promise.all([load(mediaUrl(one.id, projectUuid)), load(mediaUrl(other.id, projectUuid))]).then(
      ([first, second]) => {
        if (current && canvas.current) drawDifference(canvas.current, first, second)
      },
      () => setFailed(true),
    )
    return () => {
      current = false
    }
  }, [one.id, other.id, projectUuid])
  if (failed)
    return (
      <div className={classes.unshown} style={size} role="note">
        {t('review.media.unshownImage', { name: `${one.fileName}, ${other.fileName}` })}
      </div>
    )
  return (
    <figure className={classes.figure} style={size}>
      <canvas
        ref={canvas}
        className={classes.layer}
        role="img"
        aria-label={t('review.media.differenceOf', { one: one.fileName, other: other.fileName })}
      />
    </figure>
  )
}
