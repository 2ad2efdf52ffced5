import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { NextAction } from './NextAction'
import { RuleProgress } from './RuleProgress'
import { useNextStep } from './useColdStart'
import classes from './ColdStart.module.css'

/** End of a round of the cold start, after its last draft was decided: the progress of the rule, and the next round. */
export function ColdStartRound({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  // Just after the last decision the counts may still be outdated.
  const counted = useNextStep(state)?.step !== 'review'
  return (
    <section className={`${classes.panel} ${classes.round}`} aria-label={t('coldStart.title')}>
      <RuleProgress state={state} />
      {counted && <NextAction state={state} />}
    </section>
  )
}
