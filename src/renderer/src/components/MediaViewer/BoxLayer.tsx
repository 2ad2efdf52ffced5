import { memo } from 'react'
import type { Box } from '../../../../shared/domain'
import classes from './MediaViewer.module.css'

/** A box with its place in the context's list. */
export interface PlacedBox extends Box {
  readonly index: number
}

interface Props {
  readonly boxes: readonly PlacedBox[]
  /** pixels of the original picture */
  readonly width: number
  readonly height: number
  /** width on the screen, so that labels keep their size */
  readonly shownWidth: number
  readonly highlighted: number | null
  readonly onHighlight: (index: number | null) => void
}

/** The annotation's boxes over their picture, in the picture's own pixels. The context lists them as text, so screen readers skip them. */
export const BoxLayer = memo(function BoxLayer({ boxes, width, height, shownWidth, highlighted, onHighlight }: Props) {
  const unit = shownWidth > 0 ? width / shownWidth : 1
  return (
    <svg className={classes.boxes} viewBox={`0 0 ${width} ${height}`} aria-hidden data-testid="boxes">
      {boxes.map((box) => {
        const labelWidth = (box.label.length * 7 + 10) * unit
        const labelY = box.y >= 18 * unit ? box.y - 18 * unit : box.y
        return (
          <g
            key={box.index}
            className={classes.box}
            data-highlighted={highlighted === box.index}
            onMouseEnter={() => onHighlight(box.index)}
            onMouseLeave={() => onHighlight(null)}
          >
            <rect className={classes.boxHalo} x={box.x} y={box.y} width={box.width} height={box.height} strokeWidth={4 * unit} />
            <rect className={classes.boxLine} x={box.x} y={box.y} width={box.width} height={box.height} strokeWidth={2 * unit} />
            {box.label && (
              <>
                <rect className={classes.boxLabel} x={box.x} y={labelY} width={labelWidth} height={18 * unit} />
                <text
                  className={classes.boxText}
                  x={box.x + 5 * unit}
                  y={labelY + 13 * unit}
                  fontSize={12 * unit}
                  textLength={labelWidth - 10 * unit}
                >
                  {box.label}
                </text>
              </>
            )}
          </g>
        )
      })}
    </svg>
  )
})
