import { useTranslation } from 'react-i18next'
import type { CandidateFilter } from '../../../../shared/review'
import type { TableColumns } from './columns'
import { ColumnsMenu } from './ColumnsMenu'
import { SelectionBar } from './SelectionBar'
import classes from './Table.module.css'
import type { VerdictActions } from './useVerdicts'

interface Props {
  readonly filter: CandidateFilter
  readonly isAll: boolean
  /** Number of selected pairs. */
  readonly count: number
  /** Number of pairs that match the filter, as far as counted. */
  readonly found: number | undefined
  /** Whether there are more pairs than counted so far. */
  readonly more: boolean
  readonly actions: VerdictActions
  readonly columns: TableColumns
  readonly onClear: () => void
  readonly onColumns: (columns: TableColumns) => void
  readonly onLeave: () => void
}

/** Bar with the number of matching pairs, or with the actions on the selected pairs, and the column menu. */
export function TableBar({ filter, isAll, count, found, more, actions, columns, ...on }: Props) {
  const { t } = useTranslation()
  const isSimilar = filter.similarTo !== undefined
  const hint = found === 0 ? t(isSimilar ? 'table.noneSimilar' : 'table.none') : t(isSimilar ? 'table.keysSimilar' : 'table.keys')
  return (
    <div className={classes.bar}>
      {count > 0 ? (
        <SelectionBar count={count} isAll={isAll} isCounting={isAll && more} actions={actions} onClear={on.onClear} />
      ) : (
        <>
          <output aria-live="polite" className="numbers">
            {t(more ? 'table.foundMore' : 'table.found', { count: found ?? 0 })}
          </output>
          <span className={classes.keys}>{hint}</span>
        </>
      )}
      <div className={classes.tools}>
        <ColumnsMenu columns={columns} onChoose={on.onColumns} onLeave={on.onLeave} />
      </div>
    </div>
  )
}
