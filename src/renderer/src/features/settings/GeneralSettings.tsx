import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { appSettingsSchema, type AppSettings } from '../../../../shared/contract'
import { CommitField } from '../../components/CommitField'
import { useCall } from '../../queries'
import { GoalField } from './GoalField'
import { useSaveSettings } from './useSaveSettings'

const themeSchema = appSettingsSchema.shape.theme

/** Theme and the reviewer's name. */
export function GeneralSettings({ settings }: { readonly settings: AppSettings }) {
  const { t } = useTranslation()
  const { save } = useSaveSettings()
  const info = useCall('app.info', {}).data
  const themeLabel = useId()
  return (
    <Stack maw={480}>
      <div>
        <Text size="sm" fw={500} mb={4} id={themeLabel}>
          {t('settings.theme')}
        </Text>
        <SegmentedControl
          aria-labelledby={themeLabel}
          value={settings.theme}
          onChange={(value) => save({ theme: themeSchema.parse(value) })}
          data={themeSchema.options.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
        />
      </div>
      <CommitField
        label={t('settings.reviewer')}
        description={t('settings.reviewerHint')}
        value={settings.reviewer}
        maxLength={80}
        check={(text) => (text ? null : t('settings.required'))}
        onCommit={(reviewer) => save({ reviewer })}
      />
      <GoalField goal={settings.dailyGoal} onGoal={(dailyGoal) => save({ dailyGoal })} />
      {info && (
        <Text size="xs" c="dimmed">
          {t('settings.version', { version: info.version })}
        </Text>
      )}
    </Stack>
  )
}
