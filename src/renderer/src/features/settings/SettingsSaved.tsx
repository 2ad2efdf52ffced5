import { Group } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useIsMutating } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Says that a change of the settings is being saved, or has been; before the first one, that they need no button. */
export function SettingsSaved() {
  const { t } = useTranslation()
  const isSaving = useIsMutating() > 0
  const [hasSaved, setHasSaved] = useState(false)
  const was = useRef(false)
  useEffect(() => {
    if (was.current && !isSaving) setHasSaved(true)
    was.current = isSaving
  }, [isSaving])
  return (
    <Group component="output" gap={4} wrap="nowrap" aria-live="polite">
      {!isSaving && hasSaved && <IconCheck size={16} color="var(--verdict-accepted)" aria-hidden />}
      {isSaving ? t('shell.saving') : hasSaved ? t('shell.saved') : t('settings.savedAtOnce')}
    </Group>
  )
}
