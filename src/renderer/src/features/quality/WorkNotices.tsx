import { Button, CloseButton, Text } from '@mantine/core'
import { IconHourglassLow, IconInfoCircle } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckNotice } from '../../../../shared/quality'
import classes from './quality.module.css'

interface Props {
  readonly isRushed: boolean
  /** A missed attention check. */
  readonly check: CheckNotice | null
  readonly onGoTo: (candidateId: number) => void
  readonly onClose: () => void
}

/** Unobtrusive notices about the reviewer's own work: they do not interrupt it and never take the focus. */
export const WorkNotices = memo(function WorkNotices({ isRushed, check, onGoTo, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <output className={classes.notice} aria-live="polite">
        {check && (
          <div className={classes.noticeBody}>
            <IconInfoCircle size={16} aria-hidden />
            <Text size="sm" className="verbatim">
              {t(`quality.check.${check.kind}`, { words: check.words })} {t('quality.check.note')}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => onGoTo(check.candidateId)}>
              {t('quality.check.goTo')}
            </Button>
            <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
          </div>
        )}
      </output>
      <output className={classes.notice} aria-live="polite">
        {isRushed && (
          <div className={classes.noticeBody}>
            <IconHourglassLow size={16} aria-hidden />
            <Text size="sm">{t('quality.hurried')}</Text>
          </div>
        )}
      </output>
    </>
  )
})
