import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../../shared/contract'
import type { Media } from '../../../../../shared/domain'
import type { Adjustment } from './adjustments'
import { BoxLayer, type PlacedBox } from '../BoxLayer'
import { BrokenMedium } from '../BrokenMedium'
import classes from '../MediaViewer.module.css'
import { Turned } from './Turned'
import { turnPlace, turnSize, type Size } from './turning'

interface Props {
  readonly item: string
  readonly medium: Media
  readonly projectUuid: string
  readonly size: Size
  readonly adjustment: Adjustment
  readonly boxes: readonly PlacedBox[]
  readonly showBoxes: boolean
  readonly showLabels: boolean
  /** Called when the image is on the screen or has failed. */
  readonly onSettled: (mediaId: number) => void
  readonly onRatio: (mediaId: number, ratio: number) => void
}

/** One image with its boxes, or the reason if it cannot be shown. */
export function ImageFigure(props: Props) {
  const { item, medium, projectUuid, size, adjustment, boxes, showBoxes, showLabels, onSettled, onRatio } = props
  const { t } = useTranslation()
  const image = useRef<HTMLImageElement>(null)
  const [natural, setNatural] = useState({ width: medium.width ?? 0, height: medium.height ?? 0 })
  const [painted, setPainted] = useState(false)
  const [failed, setFailed] = useState(false)
  const { turns } = adjustment
  const turned = useMemo(() => boxes.map((box) => turnPlace(box, natural, turns)), [boxes, natural, turns])

  const show = () => {
    const { naturalWidth, naturalHeight } = image.current ?? { naturalWidth: 0, naturalHeight: 0 }
    if (naturalWidth > 0 && (naturalWidth !== natural.width || naturalHeight !== natural.height)) {
      setNatural({ width: naturalWidth, height: naturalHeight })
      onRatio(medium.id, naturalWidth / naturalHeight)
    }
    setPainted(true)
    onSettled(medium.id)
  }
  const fail = () => {
    setFailed(true)
    onSettled(medium.id)
  }
  // A large image is decoded off the main thread and is shown only when complete.
  const loaded = ({ currentTarget }: { readonly currentTarget: HTMLImageElement }) => {
    if ('decode' in currentTarget) currentTarget.decode().then(show, () => (image.current === currentTarget ? fail() : undefined))
    else show()
  }
  // A preloaded image is complete at once and is shown without a second paint.
  useLayoutEffect(() => {
    if (image.current?.complete && image.current.naturalWidth > 0) show()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the image appears
  }, [])

  if (failed) return <BrokenMedium item={item} medium={medium} size={size} onRetry={() => setFailed(false)} />
  return (
    <figure className={classes.figure} style={size}>
      <Turned size={size} adjustment={adjustment}>
        <img
          ref={image}
          data-painted={painted}
          src={mediaUrl(medium.id, projectUuid)}
          alt={t('review.media.image', { name: medium.fileName })}
          draggable={false}
          decoding="sync"
          onLoad={loaded}
          onError={fail}
        />
      </Turned>
      {boxes.length > 0 && natural.width > 0 && (
        <BoxLayer boxes={turned} {...turnSize(natural, turns)} shownWidth={size.width} shown={showBoxes} labels={showLabels} />
      )}
    </figure>
  )
}
