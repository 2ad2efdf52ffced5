import { Button, Group, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustments } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { ProblemNotice } from '../../components/ProblemNotice'
import { formatDate } from '../../format'
import { useCall } from '../../api/queries'
import { AcceptanceChart } from './AcceptanceChart'
import { NextAction } from './NextAction'
import { RuleDialog } from './RuleDialog'
import { RuleProgress } from './RuleProgress'
import { StepList } from './StepList'
import { useSaveColdStart } from './useColdStart'
import classes from './ColdStart.module.css'

/** Panel of the cold start, which finds the first good exemplars on a few items: the rule, its progress, and the next step. */
export function ColdStartPanel() {
  const state = useCall('coldStart.get', {})
  if (state.error) return <ProblemNotice error={state.error} onRetry={() => void state.refetch()} />
  if (!state.data) return null
  const { closedAt } = state.data.coldStart
  return closedAt === null ? <OpenPhase state={state.data} /> : <ClosedPhase state={state.data} closedAt={closedAt} />
}

function OpenPhase({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const { save, isPending } = useSaveColdStart()
  const { rule } = state.coldStart
  return (
    <section className={classes.panel} aria-labelledby="cold-start-title">
      <div className={classes.columns}>
        <div className={classes.words}>
          <Title order={2} id="cold-start-title">
            {t('coldStart.title')}
          </Title>
          <Text c="dimmed">{state.met ? t('coldStart.met') : t('coldStart.intro')}</Text>
          <StepList state={state} />
          <RuleProgress state={state} />
        </div>
        <AcceptanceChart state={state} />
      </div>
      <NextAction state={state} />
      <Group gap="xs">
        <RuleButton state={state} />
        {!state.met && (
          <Button size="compact-xs" variant="subtle" color="gray" loading={isPending} onClick={() => save(rule, true)}>
            {t('coldStart.close')}
          </Button>
        )}
      </Group>
    </section>
  )
}

function ClosedPhase({ state, closedAt }: { readonly state: ColdStartState; readonly closedAt: number }) {
  const { t } = useTranslation()
  const { save, isPending } = useSaveColdStart()
  return (
    <section className={classes.closed} aria-label={t('coldStart.title')}>
      <Text c="dimmed">{t('coldStart.closed', { date: formatDate(closedAt) })}</Text>
      <Button size="compact-xs" variant="default" loading={isPending} onClick={() => save(state.coldStart.rule, false)}>
        {t('coldStart.reopen')}
      </Button>
    </section>
  )
}

function RuleButton({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const [opened, dialog] = useDisclosure(false)
  return (
    <>
      <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconAdjustments size={14} aria-hidden />} onClick={dialog.open}>
        {t('coldStart.adjust')}
      </Button>
      <RuleDialog opened={opened} coldStart={state.coldStart} onClose={dialog.close} />
    </>
  )
}
