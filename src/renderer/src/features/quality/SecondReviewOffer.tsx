import { Button, Popover, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEyeCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { canChangeQuality, type QualitySettings } from '../../../../shared/quality'
import { useCall } from '../../api/queries'
import { openSettings } from '../../app/state/shell'
import classes from './quality.module.css'

/** Button that explains that second reviews are off and where to turn them on. */
export function SecondReviewOffer({ settings }: { readonly settings: QualitySettings }) {
  const { t } = useTranslation()
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <Popover width={320} position="bottom-start" shadow="md" withinPortal={false} trapFocus returnFocus opened={opened} onDismiss={close}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          className={classes.offer}
          leftSection={<IconEyeCheck size={14} aria-hidden />}
          title={t('quality.offer.title')}
          onClick={toggle}
        >
          {t('quality.secondLook')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <SecondReviewHint settings={settings} onOpen={close} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** Explains second reviews, with a button that opens their setting; in blind review, other reviewers are referred to the lead. */
export function SecondReviewHint({ settings, onOpen }: { readonly settings: QualitySettings; readonly onOpen?: () => void }) {
  const { t } = useTranslation()
  const reviewer = useCall('app.settings', {}).data?.reviewer ?? ''
  const canChange = canChangeQuality(settings, reviewer)
  return (
    <div className={classes.hint}>
      <Text size="sm">
        {t('quality.offer.text')} {!canChange && t('quality.offer.askLead', { lead: settings.lead ?? '' })}
      </Text>
      {canChange && (
        <Button size="xs" data-autofocus onClick={() => (onOpen?.(), openSettings('secondReview'))}>
          {t('quality.offer.open')}
        </Button>
      )}
    </div>
  )
}
