import { useMemo, type ReactNode } from 'react'
import { isAsItCame, type Adjustment } from './adjustments'
import classes from '../MediaViewer.module.css'
import { turnedStyle, type Size } from './turning'

interface Props {
  /** of the place on the screen, in which the image stands turned */
  readonly size: Size
  readonly adjustment: Adjustment
  readonly children: ReactNode
}

/** An image or video, turned and lit as the reviewer wants to see it. What is drawn over it stays upright and in its own colours. */
export function Turned({ size, adjustment, children }: Props) {
  const style = useMemo(() => turnedStyle(size, adjustment), [size, adjustment])
  return (
    <div className={classes.turned} data-adjusted={!isAsItCame(adjustment)} style={style}>
      {children}
    </div>
  )
}
