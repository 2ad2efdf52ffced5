import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../shared/contract'
import type { Media } from '../../../../shared/domain'
import { BoxLayer, type PlacedBox } from './BoxLayer'
import classes from './MediaViewer.module.css'

interface Props {
  readonly medium: Media
  readonly projectUuid: string
  readonly size: { readonly width: number; readonly height: number }
  readonly boxes: readonly PlacedBox[]
  readonly highlighted: number | null
  readonly onHighlight: (index: number | null) => void
  /** the picture is on the screen, or it is known why not */
  readonly onSettled: (mediaId: number) => void
  readonly onRatio: (mediaId: number, ratio: number) => void
}

/** One picture with its boxes. A picture that cannot be shown says so in its place. */
export function ImageFigure({ medium, projectUuid, size, boxes, highlighted, onHighlight, onSettled, onRatio }: Props) {
  const { t } = useTranslation()
  const image = useRef<HTMLImageElement>(null)
  const [natural, setNatural] = useState({ width: medium.width ?? 0, height: medium.height ?? 0 })
  const [failed, setFailed] = useState(false)

  const loaded = () => {
    const { naturalWidth, naturalHeight } = image.current ?? { naturalWidth: 0, naturalHeight: 0 }
    if (naturalWidth > 0 && (naturalWidth !== natural.width || naturalHeight !== natural.height)) {
      setNatural({ width: naturalWidth, height: naturalHeight })
      onRatio(medium.id, naturalWidth / naturalHeight)
    }
    onSettled(medium.id)
  }
  // One that was read ahead is complete at once, and must not cost a second paint.
  useLayoutEffect(() => {
    if (image.current?.complete && image.current.naturalWidth > 0) loaded()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the picture appears
  }, [])

  if (failed)
    return (
      <div className={classes.unshown} style={size} role="note">
        {t('review.media.unshownImage', { name: medium.fileName })}
      </div>
    )
  return (
    <figure className={classes.figure} style={size}>
      <img
        ref={image}
        src={mediaUrl(medium.id, projectUuid)}
        alt={t('review.media.image', { name: medium.fileName })}
        draggable={false}
        decoding="sync"
        onLoad={loaded}
        onError={() => {
          setFailed(true)
          onSettled(medium.id)
        }}
      />
      {boxes.length > 0 && natural.width > 0 && (
        <BoxLayer boxes={boxes} {...natural} shownWidth={size.width} highlighted={highlighted} onHighlight={onHighlight} />
      )}
    </figure>
  )
}
