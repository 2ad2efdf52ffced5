import { Button, Group, Progress, Radio, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconPackageExport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventPayload } from '../../../../shared/contract'
import { exportFormatSchema, type ExportFormat } from '../../../../shared/domain'
import { on } from '../../api/api'
import { EmptyScreen } from '../../components/EmptyScreen'
import { PathField } from '../../components/fields/PathField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall, useCallMutation, readAtVisit } from '../../api/queries'
import { goToReview } from '../../app/state/shell'
import { ExportReportView } from './ExportReportView'
import classes from './Export.module.css'

/** Writes the approved pairs into files, and tells what a reader of those files will find. */
export function ExportScreen() {
  const { t } = useTranslation()
  const [format, setFormat] = useState<ExportFormat>('mimic-it')
  const [directory, setDirectory] = useState<string | null>(null)
  const counts = useCall('candidate.counts', {}, readAtVisit)
  const { heldBack = 0 } = useCall('quality.counts', {}, readAtVisit).data ?? {}
  const run = useCallMutation('export.start', { onError: () => undefined }) // shown below the button
  if (counts.error) return <ProblemNotice error={counts.error} onRetry={() => void counts.refetch()} />
  if (!counts.data) return null
  const { accepted, edited, pending } = counts.data
  if (accepted + edited === 0)
    return (
      <EmptyScreen icon={<IconPackageExport size={40} stroke={1.5} />} title={t('export.emptyTitle')} text={t('export.emptyText')}>
        <Button onClick={() => goToReview()}>{t('export.toReview')}</Button>
      </EmptyScreen>
    )
  return (
    <section className={classes.screen} aria-label={t('export.title')} tabIndex={0}>
      <Stack className={classes.column} gap="lg">
        <header>
          <Title order={2}>{t('export.title')}</Title>
          <Text className="numbers">
            <strong>{t('export.ready', { count: accepted + edited })}</strong> ({t('export.parts', { accepted, edited })})
            {pending > 0 && `; ${t('export.pending', { count: pending })}`}
          </Text>
          {heldBack > 0 && <Text className="numbers">{t('quality.heldBack', { count: heldBack })}</Text>}
        </header>
        <Radio.Group label={t('export.format')} value={format} onChange={(value) => setFormat(exportFormatSchema.parse(value))}>
          <Stack gap="sm" mt="xs">
            {exportFormatSchema.options.map((option) => (
              <Radio
                key={option}
                value={option}
                label={t(`export.formats.${option}.title`)}
                description={t(`export.formats.${option}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <PathField label={t('export.folder')} path={directory} onChoose={setDirectory} />
        <Group>
          <Button
            leftSection={<IconDownload size={18} aria-hidden />}
            disabled={!directory}
            loading={run.isPending}
            onClick={() => directory && run.mutate({ format, directory })}
          >
            {t('export.start')}
          </Button>
        </Group>
        {run.isPending && <ExportProgress />}
        {run.error && <ProblemNotice error={run.error} />}
        {run.data && !run.isPending && <ExportReportView report={run.data} />}
        {run.data === null && !run.isPending && <Text role="status">{t('export.stopped')}</Text>}
      </Stack>
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
    <div>
      <Progress value={total ? (100 * done) / total : 0} aria-label={t('export.exporting')} />
      <Group justify="space-between" mt="xs">
        <Text size="sm" className="numbers">
          {total || step ? words : t('export.exporting')}
        </Text>
        <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          {t('export.stop')}
        </Button>
      </Group>
    </div>
  )
}
