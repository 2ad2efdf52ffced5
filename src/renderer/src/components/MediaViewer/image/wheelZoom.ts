import type { ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'

/** One notch of a wheel in pixels, and its zoom factor. */
const NOTCH = 100
const PER_NOTCH = 1.15
/** Pixels of one line, for wheels that report lines. */
const LINE = NOTCH / 3
/** With the control key a wheel reports whole notches; smaller steps are a pinch on a trackpad. */
const LEAST_NOTCH = 50
/** Tolerance for the scale, which the library rounds to two digits. */
const ROUNDING = 0.006

type Turn = Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>

/** Returns the zoom factor of a wheel event. A pinch zooms in proportion to the fingers; Chromium reports it as a logarithm. */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }: Turn): number {
  const pixels = deltaMode === 0 ? deltaY : deltaY * (deltaMode === 1 ? LINE : NOTCH)
  const isPinch = ctrlKey && deltaMode === 0 && Math.abs(pixels) < LEAST_NOTCH
  return isPinch ? Math.exp(-pixels / 100) : PER_NOTCH ** (-pixels / NOTCH)
}

/**
 * Creates a zoom by the wheel around the pointer: proportional at every scale, within the bounds of the view. Steps that are too small to
 * change the rounded scale add up.
 */
export function createWheelZoom() {
  let exact = 1
  return (view: Pick<ReactZoomPanPinchRef, 'instance' | 'zoomToPoint'>, turn: Turn & Pick<WheelEvent, 'clientX' | 'clientY'>) => {
    const isOld = () => Math.abs(exact - view.instance.state.scale) > ROUNDING
    if (isOld()) exact = view.instance.state.scale
    exact *= wheelFactor(turn)
    void view.zoomToPoint(exact, turn.clientX, turn.clientY, 0)
    if (isOld()) exact = view.instance.state.scale
  }
}
