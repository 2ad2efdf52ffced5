import { Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { UsedExemplar } from '../../../../../shared/domain'
import classes from '../review.module.css'
import { ShownText } from '../../../components/text/ShownText'

/** Lists the exemplars of the prompt that drafted the pair, in prompt order. */
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
