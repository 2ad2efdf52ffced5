import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import type { LibrarySize } from '../../../../shared/contract'
import { useCall } from '../../api/queries'
import { useStable } from '../../app/state/useStable'
import { useTextScale } from '../comfort/textSize'
import { ItemTile } from './ItemTile'
import classes from './Library.module.css'
import { placeAfter, selectOne, selectRange, toggleOne, type Selection } from './selection'
import { useItemsAt } from './useItems'

/** Width and height of a tile in pixels, at the default text size. */
const tileSizes = { small: [128, 156], medium: [176, 208], large: [272, 288] } as const satisfies Record<
  LibrarySize,
  readonly [number, number]
>
const REM = 16
const GAP = 8
const NARROW = 320
/** Widths of the inspector, and of the rail and the margins, in pixels: used for the first paint, before the grid is measured. */
const INSPECTOR = 360
const EDGES = 96

interface Props {
  readonly ids: readonly number[]
  readonly size: LibrarySize
  readonly projectUuid: string
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
}

/** Grid that renders only the visible rows, so that a hundred thousand items scroll as smoothly as ten. */
export function ItemGrid({ ids, size, projectUuid, selection, onSelect }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ref, width: measured } = useElementSize()
  const scale = useTextScale()
  const remembered = useCall('app.settings', {}).data?.panes.libraryInspector
  const inspector = remembered === undefined ? INSPECTOR : remembered * REM
  const width = measured || innerWidth - inspector * scale - EDGES
  const [tileWidth, tileHeight] = tileSizes[size]
  const height = tileHeight * scale
  // In a narrow window with large text, two narrower tiles side by side show more than one.
  const fewest = width >= NARROW ? 2 : 1
  const columns = Math.max(fewest, Math.floor((width + GAP) / (tileWidth * scale + GAP)))
  const rows = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    overscan: 2,
    initialRect: { width, height: innerHeight },
  })
  const measuredFor = useRef(height)
  useLayoutEffect(() => {
    if (measuredFor.current !== height) rows.measure()
    measuredFor.current = height
  }, [rows, height])
  const drawn = rows.getVirtualItems()
  const itemAt = useItemsAt(ids, (drawn[0]?.index ?? 0) * columns, ((drawn.at(-1)?.index ?? 0) + 1) * columns)
  const reachable = selection.current !== null && ids.includes(selection.current) ? selection.current : ids[0]

  const goTo = (place: number) => {
    rows.scrollToIndex(Math.floor(place / columns))
    // The tile is rendered once its row is visible.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-item="${ids[place]}"]`)?.focus({ preventScroll: true }))
  }
  const press = (event: KeyboardEvent) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    const at = selection.current
    if (altKey) return
    if (key === ' ' && at !== null) {
      event.preventDefault()
      return onSelect(shiftKey ? selectRange(selection, ids, at) : toggleOne(selection, at))
    }
    const from = ids.indexOf(at ?? -1)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / (height + GAP)))
    const place = placeAfter(key, Math.max(0, from), { columns, count: ids.length, page })
    const id = place === null ? undefined : ids[place]
    if (place === null || id === undefined) return
    event.preventDefault()
    onSelect(shiftKey ? selectRange(selection, ids, id) : ctrlKey || metaKey ? { ...selection, current: id } : selectOne(id))
    goTo(place)
  }
  const handlers = useStable({
    press,
    choose: (id: number, { shiftKey, ctrlKey, metaKey }: MouseEvent) =>
      onSelect(shiftKey ? selectRange(selection, ids, id) : ctrlKey || metaKey ? toggleOne(selection, id) : selectOne(id)),
  })

  return (
    <div ref={scroller} className={classes.scroller}>
      <div ref={ref} className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {drawn.map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{ transform: `translateY(${row.start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, height }}
          >
            {ids.slice(row.index * columns, (row.index + 1) * columns).map((id) => (
              <ItemTile
                key={id}
                id={id}
                item={itemAt(id)}
                projectUuid={projectUuid}
                isSelected={selection.ids.has(id)}
                isReachable={id === reachable}
                onChoose={handlers.choose}
                onPress={handlers.press}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
