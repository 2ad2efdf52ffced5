import { IconPointFilled } from '@tabler/icons-react'
import { useIsMutating } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePromptEdited } from '../prompt/promptDraft'
import classes from './Header.module.css'

/** Whether all that was done is on the disk. Everything but the prompt's text is stored as soon as it is done. */
export function SavedState() {
  const { t } = useTranslation()
  const saving = useIsMutating() > 0
  const edited = usePromptEdited()
  const word = saving ? 'saving' : edited ? 'unsavedPrompt' : 'saved'
  const color = word === 'saved' ? 'var(--verdict-accepted)' : 'var(--verdict-pending)'
  return (
    <span className={classes.saved} role="status">
      <IconPointFilled size={14} color={color} aria-hidden />
      {t(`shell.${word}`)}
    </span>
  )
}
