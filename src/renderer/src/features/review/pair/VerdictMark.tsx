import { IconCheck, IconCircle, IconCircleMinus, IconPencil, IconX, type Icon } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateState } from '../../../../../shared/domain'
import classes from '../review.module.css'

export const verdictIcons = {
  pending: IconCircle,
  accepted: IconCheck,
  edited: IconPencil,
  rejected: IconX,
  ignored: IconCircleMinus,
} as const satisfies Record<CandidateState, Icon>

/** Shows a verdict with its colour, icon and label. With `count`, also shows the number of pairs that have it. */
export const VerdictMark = memo(function VerdictMark({ state, count }: { readonly state: CandidateState; readonly count?: number }) {
  const { t, i18n } = useTranslation()
  const MarkIcon = verdictIcons[state]
  return (
    <span className={classes.verdict} data-state={state}>
      <MarkIcon size={14} stroke={2.5} aria-hidden />
      {count !== undefined && <span className="numbers">{count.toLocaleString(i18n.language)}</span>}
      <span>{t(`common.states.${state}`).toLocaleLowerCase(i18n.language)}</span>
    </span>
  )
})
