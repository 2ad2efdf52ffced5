import { IconPointFilled } from '@tabler/icons-react'
import { useIsMutating } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { writes } from './state/writes'
import { usePromptEdited } from '../features/prompt/promptDraft'
import classes from './Rail.module.css'

/**
 * Shows whether all changes are stored. Everything except the text of the prompt is stored immediately. Not a live region: screen readers
 * would announce every decision twice.
 */
export function SavedState() {
  const { t } = useTranslation()
  const saving = useIsMutating() + writes.use(({ underWay }) => underWay) > 0
  const edited = usePromptEdited()
  const word = saving ? 'saving' : edited ? 'unsavedPrompt' : 'saved'
  const words = [t('shell.saved'), t('shell.saving')]
  const color = word === 'saved' ? 'var(--verdict-accepted)' : 'var(--verdict-pending)'
  return (
    <span className={classes.saved} data-state={word} title={t(`shell.${word}Hint`)}>
      <IconPointFilled size={12} color={color} aria-hidden />
      {word === 'unsavedPrompt' ? (
        t('shell.unsavedPrompt')
      ) : (
        <span className="steady" data-widest={words.reduce((widest, each) => (each.length > widest.length ? each : widest))}>
          {t(`shell.${word}`)}
        </span>
      )}
    </span>
  )
}
