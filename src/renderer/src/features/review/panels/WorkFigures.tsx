import { Progress, Tooltip } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../flow.module.css'

interface Props {
  readonly perHour: number | null
  /** Number of decisions today; null until known. */
  readonly today: number | null
  readonly goal: number | undefined
}

/** Shows the reviewer's rate, and the progress towards the daily goal. */
export const WorkFigures = memo(function WorkFigures({ perHour, today, goal }: Props) {
  const { t } = useTranslation()
  const reached = goal !== undefined && today !== null && today >= goal
  return (
    <>
      {perHour !== null && (
        <Tooltip label={t('flow.rateHint')} multiline w={260}>
          <span className={`${classes.figure} numbers`}>{t('flow.rate', { count: perHour })}</span>
        </Tooltip>
      )}
      {goal !== undefined && today !== null && (
        <Tooltip label={t('flow.goalHint')} multiline w={260}>
          <span className={`${classes.figure} ${classes.goal} numbers`} data-reached={reached}>
            {reached ? <IconCircleCheck size={14} aria-hidden /> : null}
            {t(reached ? 'flow.goalDone' : 'flow.goal', { count: today, goal })}
            {!reached && <Progress size="xs" w={40} value={(100 * today) / goal} transitionDuration={0} aria-hidden />}
          </span>
        </Tooltip>
      )}
      <output className="visually-hidden" aria-live="polite">
        {reached && t('flow.goalReached')}
      </output>
    </>
  )
})
