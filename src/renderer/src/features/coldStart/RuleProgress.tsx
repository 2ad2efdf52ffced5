import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { formatShare } from '../../format'
import { ruleParts } from './coldStartStep'
import classes from './ColdStart.module.css'

/** The three parts of the rule, their progress, and whether each one is met. */
export function RuleProgress({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const { rule } = state.coldStart
  const share = formatShare(rule.share)
  const texts = {
    accepted: t(state.accepted > rule.accepted ? 'coldStart.acceptedMore' : 'coldStart.accepted', {
      have: state.accepted,
      need: rule.accepted,
    }),
    items: t(state.items > rule.items ? 'coldStart.itemsMore' : 'coldStart.items', { have: state.items, need: rule.items }),
    recent:
      state.recent === 0
        ? t('coldStart.recentNone', { share, window: rule.window })
        : t('coldStart.recent', { have: state.recentAccepted, decided: state.recent, share }),
  }
  return (
    <ul className={`numbers ${classes.rule}`} aria-live="polite">
      {ruleParts(state).map(({ name, holds }) => {
        const Icon = holds ? IconCircleCheck : IconCircleDashed
        return (
          <li key={name} data-holds={holds}>
            <Icon size={16} role="img" aria-label={holds ? t('coldStart.holds') : t('coldStart.open')} />
            {texts[name]}
          </li>
        )
      })}
    </ul>
  )
}
