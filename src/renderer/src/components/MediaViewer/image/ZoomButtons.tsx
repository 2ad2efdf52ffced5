import { IconBoxModel2, IconRotateClockwise, IconTag, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import classes from '../MediaViewer.module.css'
import { FillButton } from '../video/VideoBar'
import { ViewButton } from '../ViewButton'

interface Props {
  readonly onIn: () => void
  readonly onOut: () => void
  readonly onFit: () => void
  readonly onRotate: () => void
  /** Null if the item has no boxes. */
  readonly boxesShown: boolean | null
  readonly labelsShown: boolean
  readonly onToggleBoxes: () => void
  readonly onToggleLabels: () => void
  /** Additional buttons. */
  readonly more: ReactNode
}

/** The view actions of an image, each with its key. */
export const ZoomButtons = memo(function ZoomButtons(props: Props) {
  const { onIn, onOut, onFit, onRotate, boxesShown, labelsShown, onToggleBoxes, onToggleLabels, more } = props
  return (
    <div className={classes.buttons}>
      <ViewButton action="zoomIn" icon={IconZoomIn} onClick={onIn} />
      <ViewButton action="zoomOut" icon={IconZoomOut} onClick={onOut} />
      <ViewButton action="zoomFit" icon={IconZoomReset} onClick={onFit} />
      <ViewButton action="rotate" icon={IconRotateClockwise} onClick={onRotate} />
      {boxesShown !== null && (
        <>
          <ViewButton action="boxes" icon={IconBoxModel2} onClick={onToggleBoxes} pressed={boxesShown} />
          <ViewButton action="labels" icon={IconTag} onClick={onToggleLabels} pressed={labelsShown} />
        </>
      )}
      {more}
      <FillButton />
    </div>
  )
})
