import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { memo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { nextSort, type SortColumn, type TableSort } from '../../../../shared/table'
import { announce } from '../../app/state/announcement'
import { moveColumn, resizeColumn, type Column, type TableColumns } from './columns'
import classes from './Table.module.css'

interface Props {
  readonly columns: TableColumns
  readonly template: string
  readonly width: number
  readonly sort: TableSort | null
  readonly onSort: (sort: TableSort | null) => void
  readonly onColumns: (columns: TableColumns) => void
}

/** Number of pixels by which a key press changes the width of a column. */
const WIDTH_STEP = 16

/**
 * Header row of the table. Clicking a column sorts the table: ascending, descending, and back to import order. Columns are moved by
 * dragging and resized by dragging their edge, or both by key.
 */
export const TableHead = memo(function TableHead({ columns, template, width, sort, onSort, onColumns }: Props) {
  const { t } = useTranslation()
  const dragged = useRef<Column | null>(null)
  const [target, setTarget] = useState<Column | null>(null)
  const choose = (column: SortColumn) => {
    const next = nextSort(sort, column)
    onSort(next)
    const name = t(`table.column.${column}`)
    announce(next === null ? t('table.sortedByImport') : t(next.descending ? 'table.sortedDown' : 'table.sortedUp', { column: name }))
  }
  const move = (name: Column, to: number) => {
    if (to < 0 || to >= columns.length) return
    onColumns(moveColumn(columns, name, to))
    announce(t('table.moved', { column: t(`table.column.${name}`), place: to + 1, count: columns.length }))
  }
  const pressKey = (event: KeyboardEvent<HTMLElement>, name: Column, index: number) => {
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (!event.altKey || way === 0) return
    event.preventDefault()
    if (!event.shiftKey) return move(name, index + way)
    const resized = (event.currentTarget.closest('[role="columnheader"]')?.clientWidth ?? 0) + way * WIDTH_STEP
    onColumns(resizeColumn(columns, name, resized))
    announce(t('table.resized', { column: t(`table.column.${name}`), width: resized }))
  }
  const Arrow = sort?.descending ? IconArrowDown : IconArrowUp
  return (
    <div role="rowgroup" className={classes.head} style={{ minWidth: width }}>
      <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: template }}>
        {columns.map(({ name }, index) => {
          const sorts = name !== 'thumbnail' && sort?.column === name
          return (
            // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its button has the focus and the keys
            <div
              key={name}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={sorts ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              className={classes.cell}
              draggable
              data-target={target === name}
              onDragStart={(event) => {
                dragged.current = name
                event.dataTransfer.effectAllowed = 'move'
                event.dataTransfer.setData('text/plain', name)
              }}
              onDragOver={(event) => {
                if (dragged.current === null) return
                event.preventDefault()
                setTarget(name)
              }}
              onDragEnd={() => {
                dragged.current = null
                setTarget(null)
              }}
              onDrop={(event) => {
                event.preventDefault()
                if (dragged.current !== null && dragged.current !== name) move(dragged.current, index)
                dragged.current = null
                setTarget(null)
              }}
            >
              <button
                type="button"
                className={classes.sort}
                title={name === 'thumbnail' ? t('table.headHint') : `${t('table.sortHint')}. ${t('table.headHint')}`}
                onClick={() => name !== 'thumbnail' && choose(name)}
                onKeyDown={(event) => pressKey(event, name, index)}
              >
                <span>{t(`table.column.${name}`)}</span>
                {sorts && <Arrow size={14} aria-hidden />}
              </button>
              <Edge onResize={(wanted) => onColumns(resizeColumn(columns, name, wanted))} />
            </div>
          )
        })}
      </div>
    </div>
  )
})

/** Edge of a column, which is dragged to resize it. */
function Edge({ onResize }: { readonly onResize: (width: number) => void }) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const press = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: event.currentTarget.parentElement?.clientWidth ?? 0 }
  }
  const drag = ({ clientX }: PointerEvent) => {
    if (start.current) onResize(start.current.width + clientX - start.current.x)
  }
  return (
    <span
      className={classes.edge}
      data-edge
      aria-hidden
      draggable
      // Dragging the edge must not drag the column.
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
    />
  )
}
