import { CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkTarget, CandidateFilter } from '../../../../shared/review'
import { BulkActions, type Step } from '../review/queue/BulkActions'
import type { Column } from './columns'
import { ColumnsMenu } from './ColumnsMenu'
import classes from './Table.module.css'

/** The step that was chosen by key; `asked` grows with every choice. */
export interface ChosenStep {
  readonly of: Step | null
  readonly asked: number
}

interface Props {
  readonly filter: CandidateFilter
  /** what the selection stands for; null where nothing is selected */
  readonly target: BulkTarget | null
  readonly isAll: boolean
  /** selected pairs */
  readonly count: number
  /** pairs that the filter finds, as far as they are counted, and whether there are more */
  readonly found: number | undefined
  readonly more: boolean
  /** rows of the table */
  readonly total: number
  readonly step: ChosenStep
  readonly columns: readonly Column[]
  readonly onClear: () => void
  readonly onLeaveStep: () => void
  readonly onColumns: (columns: readonly Column[]) => void
  readonly onLeave: () => void
}

/** What is found or selected, the bulk actions for the selection, and the choice of columns. */
export function TableBar({ filter, target, isAll, count, found, more, total, step, columns, ...on }: Props) {
  const { t } = useTranslation()
  const isSimilar = filter.similarTo !== undefined
  const selected = isAll ? t('table.selectedAll', { count }) : t('table.selected', { count })
  const all = found ?? 0
  const hint =
    found === 0
      ? t(isSimilar ? 'table.noneSimilar' : 'table.none')
      : all > total
        ? t('table.tooMany', { count: total })
        : t(isSimilar ? 'table.keysSimilar' : 'table.keys')
  return (
    <div className={classes.bar}>
      <output aria-live="polite" className="numbers">
        {count > 0 ? selected : t(more ? 'table.foundMore' : 'table.found', { count: all })}
      </output>
      {target ? (
        // Escape gives the keys back to the table.
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
        <div className={classes.step} onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && on.onLeaveStep()}>
          <CloseButton className={classes.clear} size="sm" aria-label={t('table.clear')} onClick={on.onClear} />
          <BulkActions
            key={step.asked}
            target={target}
            count={count}
            counting={isAll && more}
            inline
            label={t('table.bulk')}
            first={step.of}
            onDone={() => {
              on.onClear()
              on.onLeaveStep()
            }}
          />
        </div>
      ) : (
        <span className={classes.keys}>{hint}</span>
      )}
      <ColumnsMenu columns={columns} onChoose={on.onColumns} onLeave={on.onLeave} />
    </div>
  )
}
