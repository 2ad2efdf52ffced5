import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ColdStartState } from '../../../../shared/contract'
import { coldStartSteps, useNextStep } from './useColdStart'
import classes from './ColdStart.module.css'

/** The steps of the cold start in order, with the current one marked. */
export function StepList({ state }: { readonly state: ColdStartState }) {
  const { t } = useTranslation()
  const step = useNextStep(state)?.step
  return (
    <ol className={classes.steps} aria-label={t('coldStart.stepsLabel')}>
      {coldStartSteps.map((name, index) => (
        <li key={name} aria-current={name === step ? 'step' : undefined}>
          {index > 0 && <IconArrowRight size={14} aria-hidden />}
          <span>{t(`coldStart.steps.${name}`)}</span>
        </li>
      ))}
    </ol>
  )
}
