import { Button, Skeleton, Stack, Title } from '@mantine/core'
import { IconPhotoPlus, IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { goTo } from '../../app/state/shell'
import { RunRow } from './RunRow'
import { StartPanel } from './StartPanel'
import classes from './Runs.module.css'

/** Start drafting, and see how every run is doing. */
export function RunsScreen() {
  const { t } = useTranslation()
  const runs = useCall('run.list', {})
  const stats = useCall('project.stats', {})
  if (stats.data?.items === 0)
    return (
      <EmptyScreen icon={<IconPhotoPlus size={40} stroke={1.5} />} title={t('runs.emptyTitle')} text={t('runs.noItemsText')}>
        <Button onClick={() => goTo('library')}>{t('runs.toLibrary')}</Button>
      </EmptyScreen>
    )
  return (
    <div className={classes.screen}>
      <StartPanel />
      <section className={classes.list} aria-label={t('runs.listTitle')} tabIndex={0}>
        <Title order={2} mb="sm">
          {t('runs.listTitle')}
        </Title>
        {runs.error ? (
          <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />
        ) : !runs.data ? (
          <Skeleton h={96} />
        ) : runs.data.length === 0 ? (
          <EmptyScreen icon={<IconSparkles size={40} stroke={1.5} />} title={t('runs.emptyTitle')} text={t('runs.emptyText')} />
        ) : (
          <Stack component="ul" gap={0} className={classes.runs}>
            {runs.data.map((progress, index) => (
              <RunRow key={progress.run.id} progress={progress} latest={index === 0} />
            ))}
          </Stack>
        )}
      </section>
    </div>
  )
}
