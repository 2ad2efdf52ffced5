import { Modal, Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/queries'
import { shell } from '../../app/state/shell'
import { AppearanceSettings } from './AppearanceSettings'
import { QualitySettingsForm } from '../quality/QualitySettingsForm'
import { GeneralSettings } from './GeneralSettings'
import { KeysEditor } from './KeysEditor'
import { ProviderSettingsForm } from './ProviderSettingsForm'
import { ReviewSettingsForm } from './ReviewSettingsForm'

const sections = ['general', 'appearance', 'provider', 'keys', 'review'] as const

/** The settings of the application; each is kept as soon as it is made. */
export function SettingsDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const place = shell.use((state) => state.settingsPlace)
  const settings = useCall('app.settings', {}).data
  const project = useCall('project.current', {}).data
  const review = useCall('review.settings', {}, { enabled: opened && project !== null }).data
  return (
    <Modal opened={opened} onClose={onClose} title={t('settings.title')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {settings && (
        <Tabs defaultValue={place === 'secondReview' ? 'review' : place} mih={480} keepMounted={false}>
          <Tabs.List mb="md" aria-label={t('settings.title')}>
            {sections
              .filter((section) => section !== 'review' || project)
              .map((section) => (
                <Tabs.Tab key={section} value={section}>
                  {section === 'appearance' ? t('comfort.section') : t(`settings.sections.${section}`)}
                </Tabs.Tab>
              ))}
          </Tabs.List>
          <Tabs.Panel value="general">
            <GeneralSettings settings={settings} />
          </Tabs.Panel>
          <Tabs.Panel value="appearance">
            <AppearanceSettings settings={settings} />
          </Tabs.Panel>
          <Tabs.Panel value="provider">
            <ProviderSettingsForm settings={settings} />
          </Tabs.Panel>
          <Tabs.Panel value="keys">
            <KeysEditor keymap={settings.keys} />
          </Tabs.Panel>
          <Tabs.Panel value="review">
            {review && <ReviewSettingsForm settings={review} />}
            {review && <QualitySettingsForm reasons={review.reasons} atSecondReview={place === 'secondReview'} />}
          </Tabs.Panel>
        </Tabs>
      )}
    </Modal>
  )
}
