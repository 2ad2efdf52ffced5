import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { afterScroll, heldHeight, placeOf, type Heights, type TallPlace } from './tallScroll'

interface Options {
  readonly element: RefObject<HTMLElement | null>
  readonly count: number
  /** Height of each row in pixels. */
  readonly height: number
  /** Index of the row that is initially visible. */
  readonly first: number
  /** Height of the content above the rows, such as a sticky header, in pixels. */
  readonly head?: number
  readonly overscan: number
}

/** Time without scrolling after which it has ended, in milliseconds. */
const SETTLED_MS = 120

/** React keys of rows are their index modulo this number, which exceeds the number of visible rows. A long scroll thus reuses elements. */
export const ROW_KEYS = 64

/** Virtualizes rows of equal height. Also supports lists that are taller than a browser can render. */
export function useTallRows({ element, count, height, first, head = 0, overscan }: Options) {
  const place = useRef<TallPlace | null>(null)
  const viewOf = () => element.current?.clientHeight ?? innerHeight
  const heights = (): Heights => ({ rows: count * height + head, view: viewOf() })
  const latest = useRef(heights)
  // Whether each scroll event moves by more than half of the view: a row is there for one frame then, and none is rendered.
  const [isSkimming, setSkimming] = useState(false)
  const now = (): TallPlace => (place.current ??= placeOf(Math.max(0, first - 1) * height, latest.current()))
  useLayoutEffect(() => {
    latest.current = heights
  })

  const rows = useVirtualizer({
    count,
    getScrollElement: () => element.current,
    estimateSize: () => height,
    overscan,
    initialOffset: () => now().top + now().shift,
    initialRect: { width: innerWidth, height: innerHeight },
    scrollToFn: () => undefined,
    observeElementOffset: (_, report) => {
      const scrolled = element.current
      if (!scrolled) return undefined
      let timer: ReturnType<typeof setTimeout> | undefined
      let jumps = 0
      const settle = () => {
        jumps = 0
        report(now().top + now().shift, false)
        setSkimming(false)
      }
      const handleScroll = () => {
        const before = now()
        const next = afterScroll(before, scrolled.scrollTop, latest.current())
        place.current = next
        if (next.top !== scrolled.scrollTop) scrolled.scrollTop = next.top
        const moved = Math.abs(next.top + next.shift - before.top - before.shift)
        jumps = moved > viewOf() / 2 ? jumps + 1 : 0
        setSkimming(jumps > 1)
        if (jumps < 2) report(next.top + next.shift, true)
        clearTimeout(timer)
        timer = setTimeout(settle, SETTLED_MS)
      }
      scrolled.scrollTop = now().top
      report(now().top + now().shift, false)
      scrolled.addEventListener('scroll', handleScroll, { passive: true })
      return () => {
        clearTimeout(timer)
        scrolled.removeEventListener('scroll', handleScroll)
      }
    },
  })

  /** Scrolls a row into view. */
  const show = (row: number, isCentred = false) => {
    const [offset, view] = [now().top + now().shift, viewOf()]
    const [from, to] = [row * height, row * height + height + head]
    const wanted = isCentred ? from - (view - height) / 2 : from < offset ? from : to > offset + view ? to - view : offset
    if (wanted === offset) return
    place.current = placeOf(wanted, latest.current())
    if (element.current) element.current.scrollTop = place.current.top
  }

  // Keep the same row at the top when the row height changes, for example after a change of the columns.
  const drawn = useRef(height)
  useEffect(() => {
    if (drawn.current === height) return
    const row = (now().top + now().shift) / drawn.current
    drawn.current = height
    place.current = placeOf(row * height, latest.current())
    rows.measure()
    if (element.current) element.current.scrollTop = place.current.top
  })

  const { shift } = now()
  const inView = rows.getVirtualItems()
  return {
    shown: isSkimming ? [] : inView.map(({ index, start }) => ({ index, top: start - shift })),
    first: inView[0]?.index ?? 0,
    last: inView.at(-1)?.index ?? 0,
    held: heldHeight(heights()) - head,
    isScrolling: rows.isScrolling,
    isSkimming,
    show,
  }
}
