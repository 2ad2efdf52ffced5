import { memo, useMemo, type CSSProperties } from 'react'
import type { Box } from '../../../../shared/domain'
import { labelRows } from './labelRows'
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
  /** width on the screen before zooming: lines and labels keep their size on it */
  readonly shownWidth: number
  readonly highlighted: number | null
  readonly onHighlight: (index: number | null) => void
}

const variables = (values: Record<`--${string}`, string | number>) => values as CSSProperties

/** The annotation's boxes over their picture, in the picture's own pixels. The context lists them as text, so screen readers skip them. */
export const BoxLayer = memo(function BoxLayer({ boxes, width, height, shownWidth, highlighted, onHighlight }: Props) {
  const unit = shownWidth > 0 ? width / shownWidth : 1
  const rows = useMemo(() => labelRows(boxes, unit), [boxes, unit])
  return (
    <svg className={classes.boxes} style={variables({ '--unit': unit })} viewBox={`0 0 ${width} ${height}`} aria-hidden data-testid="boxes">
      {boxes.map((box, at) => (
        <g
          key={box.index}
          className={classes.box}
          data-highlighted={highlighted === box.index}
          style={variables({ '--x': `${box.x}px`, '--y': `${box.y}px`, '--letters': box.label.length, '--row': rows[at] ?? 0 })}
          onMouseEnter={() => onHighlight(box.index)}
          onMouseLeave={() => onHighlight(null)}
        >
          <rect className={classes.boxHalo} x={box.x} y={box.y} width={box.width} height={box.height} />
          <rect className={classes.boxLine} x={box.x} y={box.y} width={box.width} height={box.height} />
          {box.label && (
            <>
              <rect className={classes.boxLabel} />
              <text className={classes.boxText}>{box.label}</text>
            </>
          )}
        </g>
      ))}
    </svg>
  )
})
