import { Badge, Button, Group, Progress, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconLoader2, IconPlayerPause, IconPlugOff, type Icon } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunProgress } from '../../../../shared/contract'
import type { RunState } from '../../../../shared/domain'
import { formatDate } from '../../format'
import { useCallMutation } from '../../api/queries'
import { goToReview } from '../../app/state/shell'
import { FailureTable } from './FailureTable'
import { RunNotice } from './RunNotice'
import { useTimeWords } from './timeWords'
import classes from './Runs.module.css'

const signs = {
  running: { icon: IconLoader2, color: 'var(--accent-text)' },
  finished: { icon: IconCircleCheck, color: 'var(--verdict-accepted)' },
  cancelled: { icon: IconPlayerPause, color: 'var(--verdict-ignored)' },
  interrupted: { icon: IconPlugOff, color: 'var(--verdict-pending)' },
} as const satisfies Record<RunState, { icon: Icon; color: string }>

/** One run: how far, how fast, what it cost, what failed, and what can be done with it. */
export function RunRow({ progress, latest }: { readonly progress: RunProgress; readonly latest: boolean }) {
  const { t } = useTranslation()
  const timeWords = useTimeWords()
  const [wanted, setWanted] = useState<boolean | null>(null)
  const { run, rate, remainingMs, active } = progress
  const cancel = useCallMutation('run.cancel')
  const resume = useCallMutation('run.resume')
  const failedAtEnd = run.state === 'finished' && run.failed > 0
  const sign = failedAtEnd ? { icon: IconAlertTriangle, color: 'var(--verdict-pending)' } : signs[run.state]
  const { provider } = run.settings
  const unfinished = run.state !== 'running' && run.done < run.items
  // What stopped the last run is shown without asking.
  const failuresShown = wanted ?? (latest && !active && run.failed > 0)
  const share = (count: number) => (run.items ? (100 * count) / run.items : 0)
  return (
    <li className={classes.run} aria-labelledby={`run-${run.id}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Group gap="xs">
            <sign.icon size={18} color={sign.color} aria-hidden />
            <Title order={3} id={`run-${run.id}`}>
              {t('runs.run', { id: run.id })}
            </Title>
            <Text component="span">{failedAtEnd ? t('runs.finishedWithFailures') : t(`runs.states.${run.state}`)}</Text>
            {provider.kind === 'demo' && <Badge color="gray">{t('common.demo')}</Badge>}
          </Group>
          <Text size="xs" c="dimmed" className="numbers">
            {[
              formatDate(run.createdAt),
              provider.kind === 'demo' ? null : provider.model,
              t('runs.promptVersion', { id: run.promptVersionId }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {active && (
            <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ runId: run.id })}>
              {t('runs.cancel')}
            </Button>
          )}
          {unfinished && (
            <Button size="xs" variant="default" loading={resume.isPending} onClick={() => resume.mutate({ runId: run.id })}>
              {failedAtEnd ? t('runs.retry') : t('runs.resume')}
            </Button>
          )}
          {run.candidates > 0 && (
            <Button size="xs" variant="default" onClick={() => goToReview({ runId: run.id })}>
              {t('runs.review')}
            </Button>
          )}
        </Group>
      </Group>
      <Progress.Root size="sm" my="xs">
        <Progress.Section value={share(run.done)} aria-label={t('runs.progress', { id: run.id })} />
        <Progress.Section value={share(run.failed)} color="var(--verdict-rejected)" withAria={false} />
      </Progress.Root>
      <Group gap="md" className="numbers" fz="sm">
        <span>{t('runs.done', { done: run.done, items: run.items })}</span>
        <span>{t('runs.candidates', { count: run.candidates })}</span>
        {run.promptTokens + run.completionTokens > 0 && (
          <span>{t('runs.tokens', { prompt: run.promptTokens, completion: run.completionTokens })}</span>
        )}
        {active && rate !== null && <span>{t('runs.rate', { rate: Math.round(rate) })}</span>}
        {active && remainingMs !== null && <span>{t('runs.timeLeft', { time: timeWords(remainingMs) })}</span>}
        {run.failed > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconAlertTriangle size={14} color="var(--verdict-rejected)" aria-hidden />}
            aria-expanded={failuresShown}
            onClick={() => setWanted(!failuresShown)}
          >
            {t('runs.failed', { count: run.failed })} · {failuresShown ? t('runs.hideFailures') : t('runs.showFailures')}
          </Button>
        )}
      </Group>
      <RunNotice progress={progress} />
      {failuresShown && <FailureTable runId={run.id} />}
    </li>
  )
}
