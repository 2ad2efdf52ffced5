import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { formatShare } from '../../format'
import classes from './ColdStart.module.css'

/** The three parts of the rule, how far each one is, and whether it holds. */
export function RuleProgress({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const { rule } = state.coldStart
  const share = formatShare(rule.share)
  const parts = [
    { text: t('coldStart.accepted', { have: state.accepted, need: rule.accepted }), holds: state.accepted >= rule.accepted },
    { text: t('coldStart.items', { have: state.items, need: rule.items }), holds: state.items >= rule.items },
    {
      text:
        state.recent === 0
          ? t('coldStart.recentNone', { share, window: rule.window })
          : t('coldStart.recent', { have: state.recentAccepted, decided: state.recent, share }),
      holds: state.recent > 0 && state.recentAccepted >= rule.share * state.recent,
    },
  ]
  return (
    <ul className={`numbers ${classes.rule}`} aria-live="polite">
      {parts.map(({ text, holds }, index) => {
        const Icon = holds ? IconCircleCheck : IconCircleDashed
        return (
          <li key={index} data-holds={holds}>
            <Icon size={16} role="img" aria-label={holds ? t('coldStart.holds') : t('coldStart.open')} />
            {text}
          </li>
        )
      })}
    </ul>
  )
}
