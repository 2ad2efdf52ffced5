import { IconBoxModel2, IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { memo } from 'react'
import classes from './MediaViewer.module.css'
import { ViewButton } from './ViewButton'

interface Props {
  readonly onIn: () => void
  readonly onOut: () => void
  readonly onFit: () => void
  /** null: the item has none */
  readonly boxesShown: boolean | null
  readonly onToggleBoxes: () => void
}

/** What can be done with the view of a picture, each with its key. */
export const ZoomButtons = memo(function ZoomButtons({ onIn, onOut, onFit, boxesShown, onToggleBoxes }: Props) {
  return (
    <div className={classes.buttons}>
      <ViewButton action="zoomIn" icon={IconZoomIn} onClick={onIn} />
      <ViewButton action="zoomOut" icon={IconZoomOut} onClick={onOut} />
      <ViewButton action="zoomFit" icon={IconMaximize} onClick={onFit} />
      {boxesShown !== null && <ViewButton action="boxes" icon={IconBoxModel2} onClick={onToggleBoxes} pressed={boxesShown} />}
    </div>
  )
})
