import { Button, Group, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustments } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { ProblemNotice } from '../../components/ProblemNotice'
import { formatDate } from '../../format'
import { useCall } from '../../queries'
import { goTo } from '../../state/shell'
import { AcceptanceChart } from './AcceptanceChart'
import { NextAction } from './NextAction'
import { RuleDialog } from './RuleDialog'
import { RuleProgress } from './RuleProgress'
import { StepList } from './StepList'
import { useSaveColdStart } from './useColdStart'
import classes from './ColdStart.module.css'

/**
 * The cold start: find the first good exemplars on a few items. Its rule, how far it is, and what to do next. `brief` leaves out the
 * chart and the rule's settings, and shows nothing once the phase is closed.
 */
export function ColdStartPanel({ brief = false }: { readonly brief?: boolean }) {
  const state = useCall('coldStart.get', {})
  if (state.error) return brief ? null : <ProblemNotice error={state.error} onRetry={() => void state.refetch()} />
  if (!state.data) return null
  if (state.data.coldStart.closedAt === null) return brief ? <BriefPhase state={state.data} /> : <OpenPhase state={state.data} />
  return brief ? null : <ClosedPhase state={state.data} closedAt={state.data.coldStart.closedAt} />
}

function BriefPhase({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  return (
    <section className={`${classes.panel} ${classes.brief}`} aria-labelledby="cold-start-title">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Title order={2} size="h3" id="cold-start-title" flex="none">
          {t('coldStart.title')}
        </Title>
        <RuleProgress state={state} />
        <Button size="compact-xs" variant="subtle" color="gray" ml="auto" flex="none" onClick={() => goTo('exemplars')}>
          {t('coldStart.details')}
        </Button>
      </Group>
      <NextAction state={state} />
    </section>
  )
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
