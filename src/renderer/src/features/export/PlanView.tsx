import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExportPlan } from '../../../../shared/domain'
import { MainText } from '../../components/text/MainText'
import { Verbatim } from '../../components/text/Verbatim'
import { formatBytes, formatNumber } from '../../format'
import classes from './Export.module.css'

interface Props {
  readonly plan: ExportPlan
}

/** Disk space that the files need, and the free space on the disk of the folder. */
export function Space({ plan: { bytes, free } }: Props) {
  const { t } = useTranslation()
  const needed = formatBytes(bytes)
  if (free === null)
    return (
      <Text size="xs" c="dimmed" mt={4}>
        {t('export.space', { needed })}
      </Text>
    )
  const isShort = free < bytes
  return (
    <Text size="xs" c={isShort ? 'var(--mantine-color-error)' : 'dimmed'} mt={4} role={isShort ? 'alert' : undefined}>
      {t(isShort ? 'export.noSpace' : 'export.spaceOf', { needed, free: formatBytes(free) })}
    </Text>
  )
}

/** Number of pairs that will be left out, by reason. */
export function LeftOutList({ plan: { pairs, leftOut, lookedAt } }: Props) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="export-left-out">
      <Title order={3} id="export-left-out" mb={4}>
        {t('export.planTitle', { count: pairs })}
      </Title>
      {lookedAt !== null && (
        <Text size="xs" c="dimmed">
          {t('export.lookedAt', { count: lookedAt })}
        </Text>
      )}
      {leftOut.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('export.nothingLeftOut')}
        </Text>
      ) : (
        <dl className={`${classes.leftOut} numbers`}>
          {leftOut.map(({ reason, count }) => (
            <div key={JSON.stringify(reason)}>
              <dt>{typeof reason === 'string' ? t(`export.reasons.${reason}`) : <MainText>{reason}</MainText>}</dt>
              <dd>{formatNumber(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

/** The first records of the main file. */
export function PlanPreview({ plan: { records } }: Props) {
  const { t } = useTranslation()
  if (records.length === 0) return null
  return (
    <section aria-labelledby="export-preview">
      <Title order={3} id="export-preview">
        {t('export.preview')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('export.previewHint')}
      </Text>
      <div className={classes.records}>
        {records.map(({ item, text }, index) => (
          <Verbatim key={index} label={t('export.previewOf', { number: index + 1, item })} text={text} />
        ))}
      </div>
    </section>
  )
}
