import { Button, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/queries'
import { goTo } from '../../app/state/shell'
import { ruleParts } from './coldStartStep'
import { NextAction } from './NextAction'
import { RuleProgress } from './RuleProgress'
import classes from './ColdStart.module.css'

/** Shows the rule of the open cold start in brief, with its next step. Once the cold start is closed, renders `closed` instead. */
export function ColdStartBrief({ closed }: { readonly closed: ReactNode }) {
  const { t } = useTranslation()
  const { data: state, error } = useCall('coldStart.get', {})
  if (error || (state && state.coldStart.closedAt !== null)) return closed
  if (!state) return null
  const parts = ruleParts(state)
  return (
    <section className={`${classes.panel} ${classes.brief}`} aria-labelledby="cold-start-title">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Title order={2} size="h3" id="cold-start-title" flex="none">
          {t('coldStart.title')}
        </Title>
        <Text className={classes.short}>
          {t('coldStart.checks', { have: parts.filter(({ holds }) => holds).length, all: parts.length })}
        </Text>
        <RuleProgress state={state} />
        <Button size="compact-xs" variant="subtle" color="gray" ml="auto" flex="none" onClick={() => goTo('exemplars')}>
          {t('coldStart.details')}
        </Button>
      </Group>
      <NextAction state={state} />
    </section>
  )
}
