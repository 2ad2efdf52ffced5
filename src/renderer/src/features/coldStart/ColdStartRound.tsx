import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { NextAction } from './NextAction'
import { RuleProgress } from './RuleProgress'
import { useNextStep } from './useColdStart'
import classes from './ColdStart.module.css'

/** The end of a round of the cold start, where its last draft has been decided: how far the rule is, and the next round. */
export function ColdStartRound({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  // What waited a moment ago has just been decided, and is about to be counted.
  const counted = useNextStep(state)?.step !== 'review'
  return (
    <section className={`${classes.panel} ${classes.round}`} aria-label={t('coldStart.title')}>
      <RuleProgress state={state} />
      {counted && <NextAction state={state} />}
    </section>
  )
}
