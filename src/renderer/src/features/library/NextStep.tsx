import { Button, Text } from '@mantine/core'
import { IconArrowRight, IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/queries'
import { goTo, goToReview } from '../../app/state/shell'
import { useStartRun } from '../runs/useStartRun'
import classes from './Library.module.css'

/** The next step of the project with its button: drafts, then reviews, then an export. */
export function NextStep() {
  const { t } = useTranslation()
  const stats = useCall('project.stats', {}).data
  const settings = useCall('app.settings', {}).data
  const start = useStartRun(() => goTo('runs'))
  if (!stats || !settings) return null
  const approved = stats.accepted + stats.edited
  if (stats.items > 0 && stats.candidates === 0)
    return (
      <div className={classes.next}>
        <Text>{t('library.nextDraft')}</Text>
        <Button
          size="xs"
          leftSection={<IconSparkles size={16} aria-hidden />}
          loading={start.isPending}
          onClick={() => start.mutate({ onlyUndrafted: true })}
        >
          {settings.provider.kind === 'demo' ? t('library.nextDraftDemo') : t('library.nextDraftModel', { model: settings.provider.model })}
        </Button>
      </div>
    )
  if (stats.pending > 0)
    return (
      <div className={classes.next}>
        <Text>{t('library.nextReview', { count: stats.pending })}</Text>
        <Button size="xs" rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => goToReview()}>
          {t('library.review')}
        </Button>
      </div>
    )
  if (approved > 0)
    return (
      <div className={classes.next}>
        <Text>{t('library.nextExport', { count: approved })}</Text>
        <Button size="xs" rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => goTo('export')}>
          {t('library.toExport')}
        </Button>
      </div>
    )
  return null
}
