import { Button, Text } from '@mantine/core'
import { IconArrowRight, IconCheck, IconSparkles, IconStar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { useCallMutation } from '../../queries'
import { goTo, goToReview, shell } from '../../state/shell'
import { useNextStep, useSaveColdStart } from './useColdStart'
import classes from './ColdStart.module.css'

/** What to do next in the cold start, in a sentence, with the button for it. */
export function NextAction({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const next = useNextStep(state)
  const screen = shell.use((s) => s.screen)
  const start = useCallMutation('run.start', { reread: ['run.list', 'project.stats'], onSuccess: () => goTo('runs') })
  const { save, isPending } = useSaveColdStart()
  if (!next) return null
  const { step, stats, few, onlyUndrafted, running } = next
  if (stats.items === 0) return <Text>{t('coldStart.next.import')}</Text>
  const draft = (
    <Button
      size="xs"
      variant="default"
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
    review: (
      <Button size="xs" variant="default" rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => goToReview()}>
        {t('coldStart.review')}
      </Button>
    ),
    promote: (
      <>
        {screen !== 'exemplars' && (
          <Button size="xs" variant="default" leftSection={<IconStar size={16} aria-hidden />} onClick={() => goTo('exemplars')}>
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
      <Text>{step === 'review' ? t('coldStart.next.review', { count: stats.pending }) : t(`coldStart.next.${step}`)}</Text>
      <div className={classes.buttons}>{buttons[step]}</div>
    </div>
  )
}
