import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableRow } from '../../../../shared/table'
import { cellOf } from './cells'
import type { Column } from './columns'
import classes from './Table.module.css'

interface Props {
  readonly place: number
  readonly top: number
  /** undefined while it is being read */
  readonly row: TableRow | undefined
  readonly columns: readonly Column[]
  readonly template: string
  readonly selected: boolean
  readonly active: boolean
  readonly onPress: (place: number, event: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }) => void
  readonly onOpen: (place: number) => void
}

export const rowId = (place: number) => `pair-row-${place}`

/** One pair of the table. The grid has the focus and the keys; the row is pointed at. */
export const TableRowView = memo(function TableRowView({ place, top, row, columns, template, selected, active, onPress, onOpen }: Props) {
  const { t } = useTranslation()
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the keys, and points at its row
    <div
      id={rowId(place)}
      role="row"
      className={classes.row}
      aria-rowindex={place + 2}
      aria-selected={selected}
      data-active={active}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template }}
      onClick={(event) => onPress(place, event)}
      onDoubleClick={() => onOpen(place)}
    >
      {columns.map((column, index) => (
        <div key={column} role="gridcell" aria-colindex={index + 1} className={classes.cell} dir="auto">
          {row ? cellOf(column, row, t) : index === 0 && t('table.reading')}
        </div>
      ))}
    </div>
  )
})
