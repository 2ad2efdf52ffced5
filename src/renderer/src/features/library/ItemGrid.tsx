import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { ItemSummary } from '../../../../shared/contract'
import { useCall } from '../../api/queries'
import { useTextScale } from '../comfort/textSize'
import { ItemTile } from './ItemTile'
import classes from './Library.module.css'

/** In pixels, with text of the usual size. */
const TILE_WIDTH = 168
const TILE_HEIGHT = 184
const REM = 16
const GAP = 12
/** What the window keeps for the inspector and the edges: until the grid is measured, so that its first image is right. */
const INSPECTOR = 360
const EDGES = 52

interface Props {
  readonly items: readonly ItemSummary[]
  /** items there are, read or not */
  readonly total: number
  readonly projectUuid: string
  readonly chosenId: number | null
  readonly onChoose: (id: number) => void
  /** the last items that have been read are in view */
  readonly onEnd: () => void
}

/** Draws only the rows in view, so that a hundred thousand items scroll like ten. */
export function ItemGrid({ items, total, projectUuid, chosenId, onChoose, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ref, width: measured } = useElementSize()
  const scale = useTextScale()
  const remembered = useCall('app.settings', {}).data?.panes.libraryInspector
  const inspector = remembered === undefined ? INSPECTOR : remembered * REM
  const width = measured || innerWidth - inspector * scale - EDGES
  const height = TILE_HEIGHT * scale
  const columns = Math.max(1, Math.floor((width + GAP) / (TILE_WIDTH * scale + GAP)))
  const rows = useVirtualizer({
    count: Math.ceil(items.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    overscan: 1,
    initialRect: { width, height: innerHeight },
  })
  const measuredFor = useRef(height)
  useLayoutEffect(() => {
    if (measuredFor.current !== height) rows.measure()
    measuredFor.current = height
  }, [rows, height])
  const lastRow = rows.getVirtualItems().at(-1)?.index ?? 0
  const atEnd = items.length < total && (lastRow + 4) * columns >= items.length
  const end = useRef(onEnd)
  useEffect(() => {
    end.current = onEnd
  })
  useEffect(() => {
    if (atEnd) end.current()
  }, [atEnd, items.length])

  return (
    <div ref={scroller} className={classes.scroller}>
      <div ref={ref} className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              height,
            }}
          >
            {items.slice(row.index * columns, (row.index + 1) * columns).map((item) => (
              <ItemTile key={item.id} item={item} projectUuid={projectUuid} chosen={item.id === chosenId} onChoose={onChoose} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
