import { ActionIcon, Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { keysOf, type Action } from '../../../../shared/keymap'
import { keyText } from '../../app/keys/keyText'
import { useKeymap } from '../../app/keys/Keymap'
import classes from './MediaViewer.module.css'

interface Props {
  readonly action: Action
  readonly icon: Icon
  readonly onClick: () => void
  readonly pressed?: boolean
}

/** A button of the viewer with the name and key of its action. */
export function ViewButton({ action, icon: ButtonIcon, onClick, pressed }: Props) {
  const { t } = useTranslation()
  const name = t(`keys.actions.${action}`)
  const [key] = keysOf(action, useKeymap())
  return (
    <Tooltip label={key ? `${name} (${keyText(key)})` : name}>
      <ActionIcon variant="subtle" size="md" className={classes.button} aria-label={name} aria-pressed={pressed} onClick={onClick}>
        <ButtonIcon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
