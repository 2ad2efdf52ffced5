import { useCallback, useState, type RefObject } from 'react'
import type { ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'
import { createWheelZoom } from './wheelZoom'

/** Returns a ref for the element over which the wheel zooms. React listens to the wheel passively, and the window must not scroll or zoom along. */
export function useWheelZoom(transform: RefObject<ReactZoomPanPinchRef | null>) {
  const [zoomByWheel] = useState(createWheelZoom)
  return useCallback(
    (element: HTMLElement | null) => {
      const turn = (event: WheelEvent) => {
        if (!transform.current || event.deltaY === 0) return
        event.preventDefault()
        zoomByWheel(transform.current, event)
      }
      element?.addEventListener('wheel', turn, { passive: false })
      return () => element?.removeEventListener('wheel', turn)
    },
    [transform, zoomByWheel],
  )
}
