import { useCallback, useState, type RefObject } from 'react'
import type { ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'
import { createWheelZoom } from './wheelZoom'

/**
 * Returns a ref for the element that the wheel zooms. React registers passive wheel listeners, which could not keep the window from
 * scrolling or zooming.
 */
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
