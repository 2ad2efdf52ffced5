import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { nextSort, type TableSort } from '../../../../shared/table'
import { announce } from '../../app/state/announcement'
import type { Column } from './columns'
import classes from './Table.module.css'

interface Props {
  readonly columns: readonly Column[]
  readonly template: string
  readonly width: number
  readonly sort: TableSort | null
  readonly onSort: (sort: TableSort | null) => void
}

/** The names of the columns; each sorts the table: up, down, and back to the order of import. */
export function TableHead({ columns, template, width, sort, onSort }: Props) {
  const { t } = useTranslation()
  const choose = (column: Column) => {
    const next = nextSort(sort, column)
    onSort(next)
    const name = t(`table.column.${column}`)
    announce(next === null ? t('table.sortedByImport') : t(next.descending ? 'table.sortedDown' : 'table.sortedUp', { column: name }))
  }
  const Arrow = sort?.descending ? IconArrowDown : IconArrowUp
  return (
    <div role="rowgroup" className={classes.head} style={{ minWidth: width }}>
      <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: template }}>
        {columns.map((column, index) => {
          const sorts = sort?.column === column
          return (
            <div
              key={column}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={sorts ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              className={classes.cell}
            >
              <button type="button" className={classes.sort} title={t('table.sortHint')} onClick={() => choose(column)}>
                {t(`table.column.${column}`)}
                {sorts && <Arrow size={12} aria-hidden />}
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}
