import { useLayoutEffect, useState, type RefObject } from 'react'

/** Returns the size of a scrollable element and the root font size, in pixels. Both follow the window and the settings. */
export function useElementSize(element: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState({ width: 1216, height: 700, rem: 16 })
  useLayoutEffect(() => {
    const measured = element.current
    if (!measured) return undefined
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
      const [width, height] = [measured.clientWidth, measured.clientHeight]
      setSize((known) => (known.width === width && known.height === height && known.rem === rem ? known : { width, height, rem }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    // The text size is set on the root element.
    const root = new MutationObserver(measure)
    root.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] })
    return () => {
      observer.disconnect()
      root.disconnect()
    }
  }, [element])
  return size
}
