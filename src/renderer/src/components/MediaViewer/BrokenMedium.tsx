import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Media } from '../../../../shared/domain'
import type { Text } from '../../../../shared/messages/message'
import { Problem } from '../../../../shared/problem'
import { useCall } from '../../api/queries'
import { inWindowLanguage } from '../../i18n/inWindowLanguage'
import { MessageAndRemedy } from '../text/MainText'
import classes from './MediaViewer.module.css'
import type { Size } from './image/turning'
import { ShownText } from '../text/ShownText'

interface Props {
  /** The id of the item in the imported file. */
  readonly item: string
  readonly medium: Media
  readonly size: Size
  /** Reason known to the window, if any. */
  readonly why?: Text | undefined
  readonly onRetry: () => void
}

/** Replaces a medium that cannot be shown: names the item, the reason and the remedy. */
export function BrokenMedium({ item, medium: { id, fileName, kind }, size, why, onRetry }: Props) {
  const { t } = useTranslation()
  // The fault of a file may have been repaired in the meantime.
  const { data: fault, isPending, error } = useCall('media.fault', { id }, { gcTime: 0, staleTime: 0, retry: false })
  const found =
    fault ?? (error && why === undefined ? { message: error instanceof Problem ? error.text : error.message, remedy: '' } : null)
  return (
    <div className={classes.unshown} style={size} role="note">
      <p>
        <strong className="verbatim">
          <ShownText text={t('media.broken', { item })} />
        </strong>
      </p>
      <p className="verbatim">
        {isPending ? (
          t('media.looking', { name: fileName })
        ) : found ? (
          <MessageAndRemedy of={found} />
        ) : (
          t(kind === 'image' ? 'media.unknownImage' : 'media.unknownVideo', {
            name: fileName,
            why: why === undefined ? t('media.noReason') : inWindowLanguage(why).text,
          })
        )}
      </p>
      <p>{t('media.judgeAnyway')}</p>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t('media.again')}
      </Button>
    </div>
  )
}
