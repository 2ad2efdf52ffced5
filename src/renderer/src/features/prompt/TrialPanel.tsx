import { Button, Group, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCallMutation } from '../../api/queries'
import { TrialReply } from './TrialReply'
import type { ShownPrompt } from './promptDraft'
import classes from './Prompt.module.css'

interface Props {
  readonly itemId: number
  readonly shown: ShownPrompt
  readonly disabled: boolean
}

/** Requests one reply for this item with the current text, and shows it raw and parsed. */
export function TrialPanel({ itemId, shown, disabled }: Props) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<ShownPrompt | null>(null)
  const trial = useCallMutation('prompt.try', { onError: () => undefined }) // shown below the button
  const start = () => {
    setAsked(shown)
    trial.mutate({ itemId, ...shown })
  }
  const outdated = trial.data && asked && JSON.stringify(asked) !== JSON.stringify(shown)
  return (
    <section className={classes.trial} aria-label={t('prompt.trial')} aria-busy={trial.isPending}>
      <Group gap="sm" wrap="nowrap">
        <Button
          size="xs"
          variant="default"
          flex="none"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          disabled={disabled}
          loading={trial.isPending}
          onClick={start}
        >
          {t('prompt.try')}
        </Button>
        <Text size="xs" c="dimmed" role="status">
          {trial.isPending ? t('prompt.trying') : outdated ? t('prompt.trialOld') : t('prompt.tryHint')}
        </Text>
        {(trial.data || trial.error) && (
          <Button size="xs" variant="subtle" color="gray" ml="auto" flex="none" onClick={() => trial.reset()}>
            {t('prompt.trialClose')}
          </Button>
        )}
      </Group>
      {trial.error && <ProblemNotice error={trial.error} />}
      {trial.data && (
        <>
          <Title order={3}>{t('prompt.trial')}</Title>
          <TrialReply trial={trial.data} />
        </>
      )}
    </section>
  )
}
