import { Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decision, UsedExemplar } from '../../../../../shared/domain'
import { reasonWords } from './RejectPanel'
import classes from '../review.module.css'
import { ShownText } from '../../../components/text/ShownText'

/** The exemplars that stood in the prompt which drafted the pair, in its order. */
export const UsedExemplars = memo(function UsedExemplars({ exemplars }: { readonly exemplars: readonly UsedExemplar[] }) {
  const { t } = useTranslation()
  return (
    <>
      {exemplars.length === 0 && <Text size="sm">{t('review.noExemplars')}</Text>}
      <ol className={classes.values}>
        {exemplars.map((exemplar) => (
          <li key={exemplar.candidateId}>
            <span className={`${classes.quiet} verbatim`}>
              <ShownText text={t('review.item', { item: exemplar.itemSourceId })} />
            </span>
            <p className={`${classes.exemplarText} verbatim`}>
              <ShownText text={exemplar.instruction} />
            </p>
            <p className={`${classes.exemplarText} verbatim`}>
              <ShownText text={exemplar.response} />
            </p>
          </li>
        ))}
      </ol>
    </>
  )
})

/** Everything that was decided on the pair, last first. */
export const History = memo(function History({ decisions }: { readonly decisions: readonly Decision[] }) {
  const { t, i18n } = useTranslation()
  return (
    <>
      {decisions.length === 0 && <Text size="sm">{t('review.noHistory')}</Text>}
      <ul className={classes.values}>
        {decisions.toReversed().map((decision) => (
          <li key={decision.id} className="verbatim">
            {[
              decision.kind === 'decide' ? '' : t(`review.decisionKind.${decision.kind}`),
              decision.moved && decision.change === null && decision.before === decision.after
                ? t('editing.movedTo', { place: decision.moved.to + 1 })
                : t(`review.decision.${decision.verdict}`),
              reasonWords(decision.reason, t),
              decision.reviewer,
              new Date(decision.decidedAt).toLocaleString(i18n.language),
              decision.seconds === null ? '' : t('review.seconds', { count: Math.round(decision.seconds) }),
              decision.guidelineVersion ? t('guidelines.decidedUnder', { version: decision.guidelineVersion }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </>
  )
})
