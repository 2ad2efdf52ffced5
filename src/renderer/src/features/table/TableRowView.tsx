import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate } from '../../../../shared/domain'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import type { TableRow } from '../../../../shared/table'
import { cellOf, cellTitle } from './cells'
import type { TableColumns } from './columns'
import classes from './Table.module.css'
import { TableThumbnail } from './TableThumbnail'

interface Props {
  readonly place: number
  readonly top: number
  /** The row; undefined while it is being read. */
  readonly row: TableRow | undefined
  /** Current version of the pair. */
  readonly candidate: Candidate | undefined
  readonly columns: TableColumns
  readonly template: string
  readonly projectUuid: string
  readonly selected: boolean
  readonly active: boolean
  readonly onPress: (place: number, event: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }) => void
  readonly onOpen: (place: number) => void
}

export const rowId = (place: number) => `pair-row-${place}`

/** Row with one pair. The grid has the focus and handles the keys; `active` marks the active row. */
export const TableRowView = memo(function TableRowView({ place, top, row, candidate, columns, template, ...props }: Props) {
  const { projectUuid, selected, active, onPress, onOpen } = props
  const { t } = useTranslation()
  const shown = row && candidate ? { ...row, candidate } : undefined
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
      {columns.map(({ name }, index) => (
        <div
          key={name}
          role="gridcell"
          aria-colindex={index + 1}
          className={classes.cell}
          dir="auto"
          title={shown && name !== 'thumbnail' ? showHidden(cellTitle(name, shown, t) ?? '') || undefined : undefined}
        >
          {!shown ? (
            index === 0 && t('table.reading')
          ) : name === 'thumbnail' ? (
            <TableThumbnail medium={shown.medium} projectUuid={projectUuid} />
          ) : (
            <span className={classes.lines}>{cellOf(name, shown, t)}</span>
          )}
        </div>
      ))}
    </div>
  )
})
