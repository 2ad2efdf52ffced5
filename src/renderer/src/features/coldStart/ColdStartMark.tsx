import { Popover, UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/queries'
import classes from './ColdStart.module.css'
import { ruleParts } from './coldStartStep'
import { NextAction } from './NextAction'
import { RuleProgress } from './RuleProgress'

/** Shows how many checks of the open cold start are met; opens the rule and its next step. Hidden once the cold start is closed. */
export function ColdStartMark() {
  const { t } = useTranslation()
  const state = useCall('coldStart.get', {}).data
  if (!state || state.coldStart.closedAt !== null) return null
  const parts = ruleParts(state)
  const have = parts.filter(({ holds }) => holds).length
  const Icon = state.met ? IconCircleCheck : IconCircleDashed
  return (
    <Popover width={420} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={`${classes.mark} numbers`} data-met={state.met}>
          <Icon size={14} aria-hidden />
          {state.met ? t('coldStart.markMet') : t('coldStart.mark', { have, all: parts.length })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('coldStart.title')}>
        <div className={classes.inMark}>
          <RuleProgress state={state} />
          <NextAction state={state} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
