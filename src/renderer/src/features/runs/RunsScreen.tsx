import { Button, Skeleton } from '@mantine/core'
import { IconPhotoPlus, IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ScreenToolbar } from '../../components/ScreenToolbar'
import { useCall } from '../../api/queries'
import { goTo } from '../../app/state/shell'
import { RunPlan } from './RunPlan'
import { RunRow } from './RunRow'
import { useRunPlan } from './useRunPlan'
import { useStartRun } from './useStartRun'
import classes from './Runs.module.css'

/** Number of rows whose accepted pairs are counted: those that are probably visible. */
const COUNTED = 20

/** Screen that starts runs and shows the state of all of them. */
export function RunsScreen() {
  const { t } = useTranslation()
  const runs = useCall('run.list', {})
  const stats = useCall('project.stats', {})
  const plan = useRunPlan()
  const start = useStartRun()
  if (stats.data?.items === 0)
    return (
      <EmptyScreen icon={<IconPhotoPlus size={40} stroke={1.5} />} title={t('runs.emptyTitle')} text={t('runs.noItemsText')}>
        <Button onClick={() => goTo('library')}>{t('runs.toLibrary')}</Button>
      </EmptyScreen>
    )
  const isActive = runs.data?.some(({ active }) => active) ?? false
  const pairs = runs.data?.reduce((sum, { run }) => sum + run.candidates, 0) ?? 0
  return (
    <section className={classes.screen} aria-label={t('runs.listTitle')}>
      <ScreenToolbar
        title={t('runs.listTitle')}
        info={
          runs.data && runs.data.length > 0 && `${t('runs.total', { count: runs.data.length })} · ${t('runs.candidates', { count: pairs })}`
        }
      >
        <Button
          leftSection={<IconSparkles size={16} aria-hidden />}
          disabled={plan.calls === 0}
          loading={start.isPending}
          onClick={() => start.mutate(plan.request)}
        >
          {t('runs.start')}
        </Button>
      </ScreenToolbar>
      <RunPlan plan={plan} isActive={isActive} />
      <section className={classes.list} aria-label={t('runs.list')} tabIndex={0}>
        {runs.error ? (
          <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />
        ) : !runs.data ? (
          <Skeleton h={96} m="md" />
        ) : runs.data.length === 0 ? (
          <EmptyScreen icon={<IconSparkles size={40} stroke={1.5} />} title={t('runs.emptyTitle')} text={t('runs.emptyText')} />
        ) : (
          <ul className={classes.runs}>
            {runs.data.map((progress, index) => (
              <RunRow key={progress.run.id} progress={progress} latest={index === 0} countsAccepted={index < COUNTED} />
            ))}
          </ul>
        )}
      </section>
    </section>
  )
}
