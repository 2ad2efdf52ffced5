import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../../shared/contract'
import type { Media } from '../../../../../shared/domain'
import type { Adjustment } from './adjustments'
import { BrokenMedium } from '../BrokenMedium'
import classes from '../MediaViewer.module.css'
import { Turned } from './Turned'
import type { Size } from './turning'

/** Time for which each image is shown while blinking, in milliseconds. */
const BLINK_MS = 600

interface Props {
  readonly item: string
  readonly pair: readonly [Media, Media]
  readonly projectUuid: string
  readonly size: Size
  readonly adjustment: Adjustment
}

/** Shows two images alternately in the same position, so that differences stand out. */
export function BlinkFigure(props: Props & { readonly stillness: boolean; readonly turn: number }) {
  const { item, pair, projectUuid, size, adjustment, stillness, turn } = props
  const { t } = useTranslation()
  const [ticks, setTicks] = useState(0)
  const [broken, setBroken] = useState<Media | null>(null)
  useEffect(() => {
    // With reduced motion the image changes only by key.
    if (stillness) return undefined
    const timer = setInterval(() => setTicks((count) => count + 1), BLINK_MS)
    return () => clearInterval(timer)
  }, [stillness])
  const shown = (ticks + turn) % 2
  if (broken) return <BrokenMedium item={item} medium={broken} size={size} onRetry={() => setBroken(null)} />
  return (
    <figure className={classes.figure} style={size}>
      <Turned size={size} adjustment={adjustment}>
        {pair.map((medium, index) => (
          <img
            key={medium.id}
            className={classes.layer}
            style={{ visibility: index === shown ? 'visible' : 'hidden' }}
            src={mediaUrl(medium.id, projectUuid)}
            alt={t('review.media.image', { name: medium.fileName })}
            draggable={false}
            decoding="sync"
            onError={() => setBroken(medium)}
          />
        ))}
      </Turned>
      <figcaption className={classes.caption}>{t('review.media.blinkOf', { name: pair[shown]?.fileName ?? '' })}</figcaption>
    </figure>
  )
}

/** Number of times that the differences are doubled to make faint ones visible. */
const DOUBLINGS = 2

/** Draws |one − other| for each pixel and channel, brightened. The canvas may be tainted, so it is never read back. */
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

/** Loads and decodes an image. Returns null if decoding fails. */
const load = (address: string): Promise<HTMLImageElement | null> => {
  const image = new Image()
  image.src = address
  return image.decode().then(
    () => image,
    () => null,
  )
}

/** Shows the difference between two images, both stretched to the larger width and height. */
export function DifferenceFigure({ item, pair: [one, other], projectUuid, size, adjustment }: Props) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [broken, setBroken] = useState<Media | null>(null)
  useEffect(() => {
    if (broken) return undefined
    let current = true
    void Promise.all([load(mediaUrl(one.id, projectUuid)), load(mediaUrl(other.id, projectUuid))]).then(([first, second]) => {
      if (!current) return
      if (!first || !second) setBroken(first ? other : one)
      else if (canvas.current) drawDifference(canvas.current, first, second)
    })
    return () => {
      current = false
    }
  }, [one, other, projectUuid, broken])
  if (broken) return <BrokenMedium item={item} medium={broken} size={size} onRetry={() => setBroken(null)} />
  return (
    <figure className={classes.figure} style={size}>
      <Turned size={size} adjustment={adjustment}>
        <canvas
          ref={canvas}
          className={classes.layer}
          role="img"
          aria-label={t('review.media.differenceOf', { one: one.fileName, other: other.fileName })}
        />
      </Turned>
    </figure>
  )
}
