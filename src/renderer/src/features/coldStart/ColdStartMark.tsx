import { Popover, Progress, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatShare } from '../../format'
import { useCall } from '../../api/queries'
import { ruleShare } from './coldStartStep'
import { NextAction } from './NextAction'
import { RuleProgress } from './RuleProgress'
import classes from './ColdStart.module.css'

/** How far the open cold start is, in a word and a bar; it opens the rule and its next step. Nothing once it is closed. */
export function ColdStartMark() {
  const { t } = useTranslation()
  const state = useCall('coldStart.get', {}).data
  if (!state || state.coldStart.closedAt !== null) return null
  const share = Math.floor(100 * ruleShare(state)) / 100
  return (
    <Popover width={420} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={`${classes.mark} numbers`} data-met={state.met}>
          {state.met ? t('coldStart.markMet') : t('coldStart.mark', { share: formatShare(share) })}
          {!state.met && <Progress size="xs" w={48} value={100 * share} transitionDuration={0} aria-hidden />}
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
