import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AppSettings } from '../../../../shared/contract'
import { CommitField } from '../../components/fields/CommitField'
import { useCall } from '../../api/queries'
import { GoalField } from './GoalField'
import { Licenses } from './Licenses'
import { useSaveSettings } from './useSaveSettings'

/** Settings for the reviewer's name. */
export function GeneralSettings({ settings }: { readonly settings: AppSettings }) {
  const { t } = useTranslation()
  const { save } = useSaveSettings()
  const info = useCall('app.info', {}).data
  return (
    <Stack maw={480}>
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
      <Licenses />
    </Stack>
  )
}
