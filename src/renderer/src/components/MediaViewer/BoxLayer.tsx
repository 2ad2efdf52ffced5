import { memo, useMemo, type CSSProperties } from 'react'
import type { Box } from '../../../../shared/domain'
import { useLinked, useMediaLinks } from '../text/MediaLinks/MediaLinks'
import { labelRows } from './video/labelRows'
import classes from './MediaViewer.module.css'

/** A box with its index in the list of the context. */
export interface PlacedBox extends Box {
  readonly index: number
}

interface Props {
  readonly boxes: readonly PlacedBox[]
  /** Size of the original image, in pixels. */
  readonly width: number
  readonly height: number
  /** Width on the screen before zooming, in pixels; lines and labels keep their size on the screen. */
  readonly shownWidth: number
  /** If false, only highlighted boxes are shown. */
  readonly shown: boolean
  /** If false, only highlighted boxes have a label. */
  readonly labels: boolean
}

const variables = (values: Record<`--${string}`, string | number>) => values as CSSProperties

/**
 * Draws the boxes of the annotation over their image, in image pixels. Hidden from screen readers, since the context lists the boxes as
 * text.
 */
export const BoxLayer = memo(function BoxLayer({ boxes, width, height, shownWidth, shown, labels }: Props) {
  const unit = shownWidth > 0 ? width / shownWidth : 1
  const rows = useMemo(() => labelRows(boxes, unit), [boxes, unit])
  const pointed = useLinked((links) => links.isPointed(boxes.map(({ index }) => index)), false)
  if (!shown && !pointed) return null
  return (
    <svg
      className={classes.boxes}
      style={variables({ '--unit': unit })}
      viewBox={`0 0 ${width} ${height}`}
      data-shown={shown}
      data-labels={labels}
      aria-hidden
      data-testid="boxes"
    >
      {boxes.map((box, at) => (
        <BoxMark key={box.index} box={box} row={rows[at] ?? 0} />
      ))}
    </svg>
  )
})

function BoxMark({ box, row }: { readonly box: PlacedBox; readonly row: number }) {
  const links = useMediaLinks()
  const { index, label, x, y, width, height } = box
  const here = useMemo(() => [index], [index])
  const highlighted = useLinked((all) => all.isPointed(here), false)
  return (
    <g
      className={classes.box}
      data-highlighted={highlighted}
      style={variables({ '--x': `${x}px`, '--y': `${y}px`, '--letters': label.length, '--row': row })}
      onMouseEnter={() => links?.point(here)}
      onMouseLeave={() => links?.point([])}
    >
      <rect className={classes.boxHalo} x={x} y={y} width={width} height={height} />
      <rect className={classes.boxLine} x={x} y={y} width={width} height={height} />
      {label && (
        <>
          <rect className={classes.boxLabel} />
          <text className={classes.boxText}>{label}</text>
        </>
      )}
    </g>
  )
}
