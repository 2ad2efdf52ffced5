import { Button, Text } from '@mantine/core'
import { IconArrowRight, IconCheck, IconSparkles, IconStar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { useCall } from '../../api/queries'
import { useStartRun } from '../runs/useStartRun'
import { goTo, goToReview, shell } from '../../app/state/shell'
import { useNextStep, useSaveColdStart } from './useColdStart'
import classes from './ColdStart.module.css'

/** The next step of the cold start in a sentence, with its button. */
export function NextAction({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const next = useNextStep(state)
  const screen = shell.use((s) => s.screen)
  const provider = useCall('app.settings', {}).data?.provider
  // The review screen shows new drafts by itself.
  const start = useStartRun(() => screen !== 'review' && goTo('runs'))
  const { save, isPending } = useSaveColdStart()
  if (!next) return null
  const { step, stats, few, onlyUndrafted, running } = next
  if (stats.items === 0) return <Text>{t('coldStart.next.import')}</Text>
  const by = !provider || provider.kind === 'demo' ? t('coldStart.byDemo') : t('coldStart.byModel', { model: provider.model })
  const draft = (
    <Button
      size="xs"
      variant={step === 'promote' && screen !== 'exemplars' ? 'default' : 'filled'}
      leftSection={<IconSparkles size={16} aria-hidden />}
      loading={start.isPending}
      disabled={running}
      onClick={() => start.mutate({ limit: few, ...(onlyUndrafted ? { onlyUndrafted } : {}) })}
    >
      {running ? t('coldStart.running') : t('coldStart.draftFew', { count: few })}
    </Button>
  )
  const buttons = {
    draft,
    again: draft,
    // On the review screen this step is already under way.
    review: screen !== 'review' && (
      <Button size="xs" rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => goToReview()}>
        {t('coldStart.review')}
      </Button>
    ),
    promote: (
      <>
        {screen !== 'exemplars' && (
          <Button size="xs" leftSection={<IconStar size={16} aria-hidden />} onClick={() => goTo('exemplars')}>
            {t('coldStart.promote')}
          </Button>
        )}
        {draft}
      </>
    ),
    close: (
      <Button
        size="xs"
        leftSection={<IconCheck size={16} aria-hidden />}
        loading={isPending}
        onClick={() => save(state.coldStart.rule, true)}
      >
        {t('coldStart.close')}
      </Button>
    ),
  }
  return (
    <div className={classes.next}>
      <Text>
        {step === 'review' ? t('coldStart.next.review', { count: stats.pending }) : t(`coldStart.next.${step}`)}
        {(step === 'draft' || step === 'again') && ` ${by}`}
      </Text>
      <div className={classes.buttons}>{buttons[step]}</div>
    </div>
  )
}
