import { Badge, Button, Text } from '@mantine/core'
import { ProgressBar } from '../../components/ProgressBar'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconLoader2, IconPlayerPause, IconPlugOff, type Icon } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunProgress } from '../../../../shared/contract'
import { listUnusedNames, type Run } from '../../../../shared/domain'
import { formatDate, formatDollars, formatNumber, formatShare } from '../../format'
import { readAtVisit, useCall, useCallMutation } from '../../api/queries'
import { goToReview } from '../../app/state/shell'
import { ShownText } from '../../components/text/ShownText'
import { FailureGroups } from './FailureGroups'
import { RunNotice } from './RunNotice'
import { useTimeWords } from './timeWords'
import classes from './Runs.module.css'

const signs = {
  running: { icon: IconLoader2, color: 'var(--accent-text)' },
  finished: { icon: IconCircleCheck, color: 'var(--verdict-accepted)' },
  withFailures: { icon: IconAlertTriangle, color: 'var(--verdict-pending)' },
  cancelled: { icon: IconCircleX, color: 'var(--verdict-ignored)' },
  paused: { icon: IconPlayerPause, color: 'var(--verdict-pending)' },
  interrupted: { icon: IconPlugOff, color: 'var(--verdict-pending)' },
} as const satisfies Record<string, { icon: Icon; color: string }>

/** Returns the displayed state. A run that was ended by its process is paused; if its process disappeared, it was interrupted. */
function stateOf({ state, failed, finishedAt }: Run): keyof typeof signs {
  if (state === 'finished') return failed > 0 ? 'withFailures' : 'finished'
  if (state === 'interrupted') return finishedAt === null ? 'interrupted' : 'paused'
  return state
}

interface Props {
  readonly progress: RunProgress
  readonly latest: boolean
  /** Whether the accepted pairs are counted. */
  readonly countsAccepted: boolean
}

/** A run: its progress, speed, costs, pairs and failures, and actions. */
export function RunRow({ progress, latest, countsAccepted }: Props) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState<boolean | null>(null)
  const { run, active } = progress
  const pause = useCallMutation('run.pause')
  const cancel = useCallMutation('run.cancel')
  const resume = useCallMutation('run.resume')
  const state = stateOf(run)
  const sign = signs[state]
  const { provider } = run.settings
  // If only failed items are left, they are retried instead, so that there is only one button.
  const canResume = run.state !== 'running' && state !== 'withFailures' && run.done < run.items
  // The failures of the latest run are shown by default.
  const failuresShown = wanted ?? (latest && !active && run.failed > 0)
  return (
    <li className={classes.run} aria-labelledby={`run-${run.id}`}>
      <div className={classes.row}>
        <div>
          <div className={classes.name}>
            <sign.icon size={16} color={sign.color} aria-hidden />
            <h3 id={`run-${run.id}`}>{t('runs.run', { id: run.id })}</h3>
            <span>{t(`runs.states.${state}`)}</span>
            {provider.kind === 'demo' && <Badge color="gray">{t('common.demo')}</Badge>}
          </div>
          <div className={classes.quiet}>
            {[
              formatDate(run.createdAt),
              provider.kind === 'demo' ? null : provider.model,
              t('runs.promptVersion', { id: run.promptVersionId }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </div>
        <div>
          <div className={classes.progress}>
            <span>{t('runs.done', { done: run.done, items: run.items })}</span>
            {run.failed > 0 && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                leftSection={<IconAlertTriangle size={14} color="var(--verdict-rejected)" aria-hidden />}
                aria-expanded={failuresShown}
                title={failuresShown ? t('runs.hideFailures') : t('runs.showFailures')}
                onClick={() => setWanted(!failuresShown)}
              >
                {t('runs.failed', { count: run.failed })}
              </Button>
            )}
          </div>
          <ProgressBar
            size="xs"
            className={classes.bar}
            done={run.done}
            failed={run.failed}
            total={run.items}
            label={t('runs.progress', { id: run.id })}
          />
        </div>
        <div>
          <div>{t('runs.candidates', { count: run.candidates })}</div>
          {countsAccepted && run.candidates > 0 && <Accepted run={run} />}
        </div>
        <Figures progress={progress} />
        <div className={classes.actions}>
          {active && (
            <>
              <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate({ runId: run.id })}>
                {t('runs.pause')}
              </Button>
              <Button variant="subtle" color="gray" loading={cancel.isPending} onClick={() => cancel.mutate({ runId: run.id })}>
                {t('runs.cancel')}
              </Button>
            </>
          )}
          {canResume && (
            <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate({ runId: run.id })}>
              {t('runs.resume')}
            </Button>
          )}
          {run.candidates > 0 && (
            <Button variant="default" onClick={() => goToReview({ runId: run.id })}>
              {t('runs.review')}
            </Button>
          )}
        </div>
      </div>
      <RunNotice progress={progress} isBrief={failuresShown} />
      {run.unused.replies > 0 && (
        <Text size="sm" mt="xs" className="verbatim">
          <ShownText text={t('runs.unused', { count: run.unused.replies, names: listUnusedNames(run.unused.fields) })} />
        </Text>
      )}
      {failuresShown && (
        <FailureGroups
          run={run}
          canRetry={run.state !== 'running'}
          isResumable={canResume}
          isRetrying={resume.isPending}
          onRetry={(itemIds) => resume.mutate({ runId: run.id, ...(itemIds ? { itemIds: [...itemIds] } : {}) })}
        />
      )}
    </li>
  )
}

/** Number of the run's pairs that are accepted so far, with or without an edit, if this reviewer may know it. */
function Accepted({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const accepted = useCall('candidate.count', { filter: { runId: run.id, states: ['accepted', 'edited'] } }, readAtVisit).data
  if (accepted === undefined) return null
  return (
    <div className={classes.quiet}>
      {t('runs.accepted', { accepted: formatNumber(accepted), share: formatShare(accepted / run.candidates) })}
    </div>
  )
}

/** Speed and remaining time during a run, total time afterwards, and the costs. */
function Figures({ progress: { run, rate, remainingMs, active, cost } }: { readonly progress: RunProgress }) {
  const { t } = useTranslation()
  const timeWords = useTimeWords()
  const tokens = run.promptTokens + run.completionTokens
  const price = cost === null ? t('runs.priceUnknown') : cost === 0 ? t('runs.noCost') : formatDollars(cost)
  const took = run.finishedAt === null ? null : timeWords(run.finishedAt - run.createdAt)
  const times = active
    ? [
        rate !== null && t('runs.rate', { rate: Math.round(rate) }),
        remainingMs !== null && t('runs.timeLeft', { time: timeWords(remainingMs) }),
      ]
    : [took && (run.resumed ? t('runs.tookWithPauses', { time: took }) : t('runs.took', { time: took }))]
  return (
    <div>
      <div className={classes.figures}>
        {[...times, tokens > 0 && price].filter(Boolean).map((text) => (
          <span key={String(text)}>{text}</span>
        ))}
      </div>
      {tokens > 0 && (
        <div className={classes.quiet}>{t('runs.tokens', { prompt: run.promptTokens, completion: run.completionTokens })}</div>
      )}
    </div>
  )
}
