import { memo, useEffect, useLayoutEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pane } from '../../../../shared/comfort'
import { useCall } from '../../api/queries'
import { useSaveSettings } from '../settings/useSaveSettings'
import classes from './PaneEdge.module.css'

interface Props {
  /** The pane whose size is the style property `--pane-<name>` of the surrounding grid, in rem; the style of the grid sets the limits. */
  readonly pane: Pane
  /** Side of the edge on which the pane is, at the end of the grid. */
  readonly side: 'right' | 'bottom'
}

const STEP = 1 // rem
const FAST_STEP = 5 // rem, with Shift
const FAR = 400 // rem; more than the limits of the grid allow

const remInPixels = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

/**
 * Edge between a pane and the content before it: resized by dragging or with the arrow keys, reset by a double click or Enter, and
 * remembered. It only changes the style of the grid, so nothing re-renders while it moves.
 */
export const PaneEdge = memo(function PaneEdge({ pane, side }: Props) {
  const { t } = useTranslation()
  const edge = useRef<HTMLDivElement>(null)
  const { save } = useSaveSettings()
  const remembered = useCall('app.settings', {}).data?.panes[pane]
  // The size shown but not stored yet; null is the default size.
  const moved = useRef<number | null | undefined>(undefined)

  const measure = () => {
    const own = edge.current
    const grid = own?.parentElement
    if (!own || !grid) return { pixels: 0, whole: 0 }
    const [around, at] = [grid.getBoundingClientRect(), own.getBoundingClientRect()]
    return side === 'right'
      ? { pixels: around.right - (at.left + at.width / 2), whole: around.width }
      : { pixels: around.bottom - (at.top + at.height / 2), whole: around.height }
  }
  const tell = () => {
    const { pixels, whole } = measure()
    edge.current?.setAttribute('aria-valuenow', String(whole > 0 ? Math.round((100 * pixels) / whole) : 0))
  }
  const show = (rem: number | null) => {
    const style = edge.current?.parentElement?.style
    if (rem === null) style?.removeProperty(`--pane-${pane}`)
    else style?.setProperty(`--pane-${pane}`, `${rem}rem`)
  }
  const move = (rem: number) => {
    show(Math.max(0, rem))
    // The limits of the grid take precedence, so the resulting size is remembered.
    moved.current = Math.max(0.1, Math.round((10 * measure().pixels) / remInPixels()) / 10)
    show(moved.current)
    tell()
  }
  const putBack = () => {
    moved.current = null
    show(null)
    tell()
  }
  const store = () => {
    const size = moved.current
    moved.current = undefined
    if (size === undefined) return
    save(({ panes }) => {
      const { [pane]: _, ...others } = panes
      return { panes: size === null ? others : { ...others, [pane]: size } }
    })
  }

  useLayoutEffect(() => {
    if (moved.current === undefined) show(remembered ?? null)
  })
  useEffect(() => {
    const grid = edge.current?.parentElement
    if (!grid) return
    // Reports the position after a layout instead of forcing one.
    const observer = new ResizeObserver(tell)
    observer.observe(grid)
    return () => observer.disconnect()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what it calls reads the page alone
  }, [])

  const drag = (event: PointerEvent) => {
    const own = edge.current
    const grid = own?.parentElement
    if (!own?.hasPointerCapture(event.pointerId) || !grid) return
    const around = grid.getBoundingClientRect()
    move((side === 'right' ? around.right - event.clientX : around.bottom - event.clientY) / remInPixels())
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.shiftKey ? FAST_STEP : STEP
    const [more, less] = side === 'right' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const size = measure().pixels / remInPixels()
    if (event.key === more) move(size + step)
    else if (event.key === less) move(size - step)
    else if (event.key === 'Home') move(FAR)
    else if (event.key === 'End') move(0)
    else if (event.key === 'Enter') putBack()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator with a value is a control (ARIA 1.2)
    <div
      ref={edge}
      role="separator"
      className={classes.edge}
      data-side={side}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      aria-label={t(`comfort.edges.${pane}`)}
      aria-orientation={side === 'right' ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={50}
      title={t('comfort.panesHint')}
      onKeyDown={press}
      onKeyUp={store}
      onBlur={store}
      onDoubleClick={() => {
        putBack()
        store()
      }}
      onPointerDown={(event) => {
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onLostPointerCapture={store}
    />
  )
})
