import { Group, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useIsMutating, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * Shows whether a change of the settings is being saved or has been saved; before the first change, that changes are saved automatically.
 */
export function SettingsSaved() {
  const { t } = useTranslation()
  const isSaving = useIsMutating() > 0
  const [hasSaved, setHasSaved] = useState(false)
  const client = useQueryClient()
  // Subscribes to the mutations, since a short one may finish before a render.
  useEffect(
    () =>
      client.getMutationCache().subscribe(({ type, mutation }) => {
        if (type === 'updated' && mutation.state.status === 'success') setHasSaved(true)
      }),
    [client],
  )
  return (
    <Group component="output" gap={4} wrap="nowrap" aria-live="polite">
      {!isSaving && hasSaved && <IconCheck size={16} color="var(--verdict-accepted)" aria-hidden />}
      <Text component="span" truncate title={t('settings.savedAtOnce')}>
        {isSaving ? t('shell.saving') : hasSaved ? t('shell.saved') : t('settings.savedAtOnce')}
      </Text>
    </Group>
  )
}
