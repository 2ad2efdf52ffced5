import { Button, Text, Title } from '@mantine/core'
import { ProgressBar } from '../../components/ProgressBar'
import { IconDownload, IconPackageExport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput, EventPayload } from '../../../../shared/contract'
import { exportFormatSchema, kindsOfFormat, type AnyFormat, type TrainingChoices, type TrainingFormatId } from '../../../../shared/domain'
import { on } from '../../api/api'
import { EmptyScreen } from '../../components/EmptyScreen'
import { PathField } from '../../components/fields/PathField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ScreenToolbar } from '../../components/ScreenToolbar'
import { useCall, useCallMutation, readAtVisit } from '../../api/queries'
import { goToReview } from '../../app/state/shell'
import { ChoicesForm } from './ChoicesForm'
import { ExportHistory } from './ExportHistory'
import { ExportReportView } from './ExportReportView'
import { FormatList } from './FormatList'
import { LeftOutList, PlanPreview, Space } from './PlanView'
import { PreferenceList } from './PreferenceList'
import { SnapshotField } from './SnapshotField'
import classes from './Export.module.css'

type Target = Omit<CallInput<'export.start'>, 'directory' | 'itemIds'>

const isTraining = (format: AnyFormat): format is TrainingFormatId => !exportFormatSchema.safeParse(format).success

/** Returns the choices that a format supports, or undefined if it has none. */
function choicesFor(format: AnyFormat, choices: TrainingChoices): TrainingChoices | undefined {
  if (!isTraining(format)) return undefined
  const kinds: readonly string[] = kindsOfFormat[format]
  const kind = choices.kind && kinds.includes(choices.kind) ? choices.kind : 'sft'
  return { ...choices, kind, ...(kind !== 'sft' && { boxes: null }) }
}

/** Screen that exports the approved pairs to files: a plan before the export, and a report after it. */
export function ExportScreen() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Partial<Target> & { readonly directory?: string }>({})
  const counts = useCall('candidate.counts', {}, readAtVisit)
  const history = useCall('export.history', {}, readAtVisit)
  const run = useCallMutation('export.start', { onError: () => undefined }) // shown below the toolbar
  // The choices of the last export are the defaults.
  const [last] = history.data ?? []
  const snapshots = useCall('snapshot.list', {}, readAtVisit)
  const lastSnapshot = snapshots.data?.find(({ id }) => id === last?.snapshotId) // it may have been deleted since
  const { format = 'mimic-it', choices: wanted = {}, snapshotId, directory = null } = { ...last, snapshotId: lastSnapshot?.id, ...chosen }
  const choices = choicesFor(format, wanted)
  const target = { format, ...(choices && { choices }), ...(snapshotId !== undefined && { snapshotId }) }
  const ready = counts.data !== undefined && !history.isPending && !snapshots.isPending
  const plan = useCall('export.plan', { ...target, directory }, { ...readAtVisit, enabled: ready, placeholderData: (before) => before })
  if (counts.error) return <ProblemNotice error={counts.error} onRetry={() => void counts.refetch()} />
  if (!counts.data) return null
  const { accepted, edited } = counts.data
  if (accepted + edited === 0)
    return (
      <EmptyScreen icon={<IconPackageExport size={40} stroke={1.5} />} title={t('export.emptyTitle')} text={t('export.emptyText')}>
        <Button onClick={() => goToReview()}>{t('export.toReview')}</Button>
      </EmptyScreen>
    )
  const start = (request: Target & { readonly directory: string }) => {
    setChosen({ snapshotId: undefined, choices: {}, ...request })
    run.mutate(request)
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
          onClick={() => directory && start({ ...target, directory })}
        >
          {t('export.start')}
        </Button>
      </ScreenToolbar>
      {run.isPending && <ExportProgress />}
      <div className={classes.body}>
        <section className={classes.choices} aria-label={t('export.format')} tabIndex={0}>
          <SnapshotField snapshotId={snapshotId ?? null} onChoose={(id) => setChosen({ ...chosen, snapshotId: id ?? undefined })} />
          <div>
            <PathField label={t('export.folder')} path={directory} onChoose={(next) => setChosen({ ...chosen, directory: next })} />
            <div className={classes.folderHints}>
              {!directory && (
                <Text size="xs" c="dimmed" mt={4}>
                  {t('export.chooseFolderFirst')}
                </Text>
              )}
              {plan.data && <Space plan={plan.data} />}
            </div>
          </div>
          <FormatList format={format} onChoose={(next) => setChosen({ ...chosen, format: next })} />
          {choices && isTraining(format) && (
            <ChoicesForm format={format} choices={choices} onChange={(next) => setChosen({ ...chosen, choices: next })} />
          )}
        </section>
        <section className={classes.results} aria-label={t('export.planned')} tabIndex={0}>
          {run.error && <ProblemNotice error={run.error} />}
          {run.data && !run.isPending && <ExportReportView report={run.data} />}
          {run.data === null && !run.isPending && <Text role="status">{t('export.stopped')}</Text>}
          {plan.error && <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} />}
          {plan.data && !plan.error && (
            <>
              <LeftOutList plan={plan.data} />
              {plan.data.preferences.length > 0 && <PreferenceList preferences={plan.data.preferences} />}
              <PlanPreview plan={plan.data} />
            </>
          )}
          <div>
            <Title order={3} mb="xs">
              {t('export.history')}
            </Title>
            <ExportHistory history={history.data ?? []} snapshots={snapshots.data ?? []} isBusy={run.isPending} onAgain={start} />
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
  const words = step ? t(`export.steps.${step}`, { done, total }) : t(total ? 'export.progress' : 'export.progressOf', { done, total })
  return (
    <div className={classes.progress}>
      <ProgressBar size="xs" className={classes.bar} done={done} total={total} label={t('export.exporting')} />
      <Text size="sm" className="numbers">
        {done || step ? words : t('export.exporting')}
      </Text>
      <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
        {t('export.stop')}
      </Button>
    </div>
  )
}
