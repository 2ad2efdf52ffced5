import { Tooltip } from '@mantine/core'
import { IconCloudOff, IconPointFilled } from '@tabler/icons-react'
import { useIsMutating } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePromptEdited } from '../prompt/promptDraft'
import classes from './Header.module.css'

/** Whether all that was done is on the disk. Everything but the prompt's text is stored as soon as it is done. */
export function SavedState({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation()
  const saving = useIsMutating() > 0
  const edited = usePromptEdited()
  if (readOnly)
    return (
      <Tooltip label={t('shell.readOnlyHint')}>
        <span className={classes.saved}>
          <IconCloudOff size={14} aria-hidden />
          {t('shell.readOnly')}
        </span>
      </Tooltip>
    )
  const word = saving ? 'saving' : edited ? 'unsavedPrompt' : 'saved'
  const color = word === 'saved' ? 'var(--verdict-accepted)' : 'var(--verdict-pending)'
  return (
    <span className={classes.saved} role="status">
      <IconPointFilled size={14} color={color} aria-hidden />
      {t(`shell.${word}`)}
    </span>
  )
}
