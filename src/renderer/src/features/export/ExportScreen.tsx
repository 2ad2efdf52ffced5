import { Button, Progress, Text, Title } from '@mantine/core'
import { IconDownload, IconPackageExport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventPayload } from '../../../../shared/contract'
import type { ExportFormat } from '../../../../shared/domain'
import { on } from '../../api/api'
import { EmptyScreen } from '../../components/EmptyScreen'
import { PathField } from '../../components/fields/PathField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ScreenToolbar } from '../../components/ScreenToolbar'
import { useCall, useCallMutation, readAtVisit } from '../../api/queries'
import { goToReview } from '../../app/state/shell'
import { ExportHistory } from './ExportHistory'
import { ExportReportView } from './ExportReportView'
import { FormatList } from './FormatList'
import { LeftOutList, PlanPreview, Space } from './PlanView'
import classes from './Export.module.css'

/** Writes the approved pairs into files: what they will hold, and afterwards what a reader of them will find. */
export function ExportScreen() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<{ readonly format?: ExportFormat; readonly directory?: string }>({})
  const counts = useCall('candidate.counts', {}, readAtVisit)
  const history = useCall('export.history', {}, readAtVisit)
  const run = useCallMutation('export.start', { onError: () => undefined }) // shown below the toolbar
  const [last] = history.data ?? []
  // As it was the last time.
  const format = chosen.format ?? last?.format ?? 'mimic-it'
  const directory = chosen.directory ?? last?.directory ?? null
  const ready = counts.data !== undefined && !history.isPending
  const plan = useCall('export.plan', { format, directory }, { ...readAtVisit, enabled: ready, placeholderData: (before) => before })
  if (counts.error) return <ProblemNotice error={counts.error} onRetry={() => void counts.refetch()} />
  if (!counts.data) return null
  const { accepted, edited } = counts.data
  if (accepted + edited === 0)
    return (
      <EmptyScreen icon={<IconPackageExport size={40} stroke={1.5} />} title={t('export.emptyTitle')} text={t('export.emptyText')}>
        <Button onClick={() => goToReview()}>{t('export.toReview')}</Button>
      </EmptyScreen>
    )
  const start = (target: { readonly format: ExportFormat; readonly directory: string }) => {
    setChosen(target)
    run.mutate(target)
  }
  return (
    <section className={classes.screen} aria-label={t('export.title')}>
      <ScreenToolbar
        title={t('export.title')}
        info={`${t('export.ready', { count: accepted + edited })} · ${t('export.parts', { accepted, edited })}`}
      >
        <Button
          leftSection={<IconDownload size={16} aria-hidden />}
          disabled={!directory}
          title={directory ? undefined : t('export.chooseFolderFirst')}
          loading={run.isPending}
          onClick={() => directory && start({ format, directory })}
        >
          {t('export.start')}
        </Button>
      </ScreenToolbar>
      {run.isPending && <ExportProgress />}
      <div className={classes.body}>
        <section className={classes.choices} aria-label={t('export.format')} tabIndex={0}>
          <FormatList format={format} onChoose={(next) => setChosen({ ...chosen, format: next })} />
          <div>
            <PathField label={t('export.folder')} path={directory} onChoose={(next) => setChosen({ ...chosen, directory: next })} />
            {!directory && (
              <Text size="xs" c="dimmed" mt={4}>
                {t('export.chooseFolderFirst')}
              </Text>
            )}
            {plan.data && <Space plan={plan.data} />}
          </div>
          {plan.data && <LeftOutList plan={plan.data} />}
        </section>
        <section className={classes.results} aria-label={t('export.planned')} tabIndex={0}>
          {run.error && <ProblemNotice error={run.error} />}
          {run.data && !run.isPending && <ExportReportView report={run.data} />}
          {run.data === null && !run.isPending && <Text role="status">{t('export.stopped')}</Text>}
          {plan.error && <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} />}
          {plan.data && <PlanPreview plan={plan.data} />}
          <div>
            <Title order={3} mb="xs">
              {t('export.history')}
            </Title>
            <ExportHistory history={history.data ?? []} isBusy={run.isPending} onAgain={start} />
          </div>
        </section>
      </div>
    </section>
  )
}

function ExportProgress() {
  const { t } = useTranslation()
  const [{ done, total, step }, setProgress] = useState<EventPayload<'export.progress'>>({ done: 0, total: 0 })
  const cancel = useCallMutation('export.cancel')
  useEffect(() => on('export.progress', setProgress), [])
  const words = step ? t(`export.steps.${step}`, { done, total }) : t('export.progress', { done, total })
  return (
    <div className={classes.progress}>
      <Progress size="xs" className={classes.bar} value={total ? (100 * done) / total : 0} aria-label={t('export.exporting')} />
      <Text size="sm" className="numbers">
        {total || step ? words : t('export.exporting')}
      </Text>
      <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
        {t('export.stop')}
      </Button>
    </div>
  )
}
