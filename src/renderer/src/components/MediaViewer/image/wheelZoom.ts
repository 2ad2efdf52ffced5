import type { ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'

/** One notch of a wheel, in pixels, and how much it zooms. */
const NOTCH = 100
const PER_NOTCH = 1.15
/** Pixels that a line stands for, where a wheel turns by lines. */
const LINE = NOTCH / 3
/** With the control key a wheel turns by whole notches; steps smaller than this are two fingers on a trackpad. */
const LEAST_NOTCH = 50
/** The scale is kept to two digits. */
const ROUNDING = 0.006

type Turn = Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>

/** Returns by how much one turn of the wheel zooms; a pinch zooms as far as the fingers go, which Chromium gives as a logarithm. */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }: Turn): number {
  const pixels = deltaMode === 0 ? deltaY : deltaY * (deltaMode === 1 ? LINE : NOTCH)
  const isPinch = ctrlKey && deltaMode === 0 && Math.abs(pixels) < LEAST_NOTCH
  return isPinch ? Math.exp(-pixels / 100) : PER_NOTCH ** (-pixels / NOTCH)
}

/**
 * Creates a zoom by the wheel around the pointer: proportional at every scale, within the bounds of the view. Steps too small to change a
 * rounded scale add up.
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
