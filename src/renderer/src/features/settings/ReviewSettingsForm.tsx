import { Button, Group, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { defaultReviewSettings, type ReviewSettings } from '../../../../shared/review'
import { useCallMutation } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { SpellingSettings } from './SpellingSettings'
import { FixRulesEditor } from './FixRulesEditor'

const maxReasons = 9

/** Review settings of the open project, which are stored in it and apply to all reviewers. */
export function ReviewSettingsForm({ settings }: { readonly settings: ReviewSettings }) {
  const { t } = useTranslation()
  const { mutate } = useCallMutation('review.saveSettings')
  const save = (part: Partial<ReviewSettings>) => mutate({ ...settings, ...part })
  const isDefault = settings.reasons.join('\n') === defaultReviewSettings.reasons.join('\n')
  return (
    <Stack maw={560}>
      <Text size="sm" c="dimmed">
        {t('settings.reviewHint')}
      </Text>
      <TagsInput
        label={t('settings.reasons')}
        description={t('settings.reasonsHint')}
        value={[...settings.reasons]}
        maxTags={maxReasons}
        maxLength={80}
        acceptValueOnBlur
        clearable={false}
        error={settings.reasons.length === 0 ? t('settings.required') : null}
        onChange={(reasons) => {
          const kept = reasons.map((reason) => reason.trim()).filter(Boolean)
          if (kept.length > 0) save({ reasons: kept })
        }}
      />
      {!isDefault && (
        <Group>
          <Button variant="default" size="xs" onClick={() => save({ reasons: defaultReviewSettings.reasons })}>
            {t('settings.resetReasons')}
          </Button>
        </Group>
      )}
      <Group justify="space-between" wrap="nowrap" data-setting={t('guidelines.settings')}>
        <div>
          <Text size="sm" fw={500}>
            {t('guidelines.settings')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('guidelines.settingsHint')}
          </Text>
        </div>
        <Button variant="default" size="xs" flex="none" onClick={() => dialogs.set({ guidelines: true })}>
          {t('guidelines.edit')}
        </Button>
      </Group>
      <SpellingSettings on={settings.spelling} onChange={(spelling) => save({ spelling })} />
      <Switch
        label={t('settings.ratings')}
        description={t('settings.ratingsHint')}
        checked={settings.ratings}
        onChange={(event) => save({ ratings: event.currentTarget.checked })}
      />
      <FixRulesEditor rules={settings.fixes} onSave={(fixes) => save({ fixes })} />
    </Stack>
  )
}
