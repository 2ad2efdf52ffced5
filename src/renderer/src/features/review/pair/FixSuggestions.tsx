import { Button } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint, useKeyShortcuts } from '../../../app/keys/KeyHint'
import { once, useActions } from '../../../app/keys/useActions'
import { DiffExcerpt } from './DiffText'
import classes from '../editing.module.css'
import type { ReviewSession } from '../session/reviewSession'
import type { Editor } from '../session/useEditor'
import { useFixes } from '../session/useFixes'

interface Props {
  readonly session: ReviewSession
  readonly editor: Editor
  readonly enabled: boolean
}

const parts = ['instruction', 'response'] as const

/** Lists the fixes that the project's rules suggest for the pair. Each fix shows its difference and can be applied to the text. */
export const FixSuggestions = memo(function FixSuggestions({ session, editor, enabled }: Props) {
  const { t } = useTranslation()
  const { found, all, of } = useFixes(editor.text)
  const take = (text: Editor['text'], count: number) => {
    editor.put(text)
    session.announce('fixed', { count })
  }
  const takeAll = () => (found.length > 0 ? take(all, found.length) : session.announce('noFix'))
  useActions({ fix: once(takeAll) }, enabled)
  const shortcuts = useKeyShortcuts('fix')
  if (found.length === 0) return null
  return (
    <ul className={classes.fixes} aria-label={t('editing.fixes')}>
      {found.map(({ rule, after }) => (
        <li key={rule.name} className={classes.fix}>
          <div>
            <span className={classes.fixName}>
              <IconWand size={14} aria-hidden /> {t('editing.fix', { name: rule.name })}
            </span>
            {parts.map(
              (part) =>
                after[part] !== of[part] && (
                  <p key={part} className={`${classes.excerpt} verbatim`}>
                    <DiffExcerpt before={of[part]} after={after[part]} />
                  </p>
                ),
            )}
          </div>
          <Button size="compact-xs" variant="subtle" aria-label={t('editing.applyFix', { name: rule.name })} onClick={() => take(after, 1)}>
            {t('editing.takeFix')}
          </Button>
        </li>
      ))}
      <li>
        <Button size="compact-xs" variant="default" rightSection={<KeyHint action="fix" />} aria-keyshortcuts={shortcuts} onClick={takeAll}>
          {t('editing.takeAllFixes')}
        </Button>
      </li>
    </ul>
  )
})
