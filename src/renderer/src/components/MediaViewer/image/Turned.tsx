import { useMemo, type ReactNode } from 'react'
import { isAsItCame, type Adjustment } from './adjustments'
import classes from '../MediaViewer.module.css'
import { turnedStyle, type Size } from './turning'

interface Props {
  /** Size of the area on the screen, which contains the rotated image. */
  readonly size: Size
  readonly adjustment: Adjustment
  readonly children: ReactNode
}

/** Rotates an image or video and adjusts its brightness and contrast. Elements drawn over it stay upright and keep their colours. */
export function Turned({ size, adjustment, children }: Props) {
  const style = useMemo(() => turnedStyle(size, adjustment), [size, adjustment])
  return (
    <div className={classes.turned} data-adjusted={!isAsItCame(adjustment)} style={style}>
      {children}
    </div>
  )
}
