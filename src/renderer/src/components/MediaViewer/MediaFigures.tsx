import type { ReactNode } from 'react'
import type { Media } from '../../../../shared/domain'
import type { PlacedBox } from './BoxLayer'
import type { Adjustment } from './image/adjustments'
import { ImageFigure } from './image/ImageFigure'
import type { segmentsOf } from './video/segments'
import { VideoFigure } from './video/VideoFigure'

const noBoxes: readonly PlacedBox[] = []

interface Props {
  readonly itemId: number
  readonly item: string
  readonly shown: readonly { readonly medium: Media; readonly index: number }[]
  readonly sizes: readonly { readonly width: number; readonly height: number }[]
  readonly projectUuid: string
  readonly adjustment: Adjustment
  readonly segments: ReturnType<typeof segmentsOf>
  /** Additional buttons for a video. */
  readonly panel: ReactNode
  /** Boxes by index of the medium. */
  readonly boxes: readonly (readonly PlacedBox[])[]
  readonly showBoxes: boolean
  readonly showLabels: boolean
  readonly say: (text: string) => void
  readonly onSettled: (mediaId: number) => void
  readonly onRatio: (mediaId: number, ratio: number) => void
}

/** The media of an item side by side: images with their boxes, or videos. */
export function MediaFigures({ itemId, shown, sizes, segments, panel, boxes, showBoxes, showLabels, say, ...all }: Props) {
  return shown.map(({ medium, index }, at) => {
    const each = { ...all, medium, size: sizes[at] ?? { width: 0, height: 0 } }
    const key = `${itemId} ${medium.id}`
    return medium.kind === 'video' ? (
      <VideoFigure key={key} {...each} segments={segments} more={panel} say={say} />
    ) : (
      <ImageFigure key={key} {...each} boxes={boxes[index] ?? noBoxes} showBoxes={showBoxes} showLabels={showLabels} />
    )
  })
}
