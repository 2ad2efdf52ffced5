import { CloseButton, UnstyledButton } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { keyName } from '../../../../shared/keymap'
import classes from './Settings.module.css'

const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'])

interface Props {
  readonly label: string
  readonly text: string
  readonly startCapturing?: boolean
  readonly onKey: (key: string) => void
  /** Called when waiting for a key ends, with or without one. */
  readonly onEnd?: () => void
  readonly onRemove?: () => void
  readonly removeLabel?: string
}

/** Button for a key: after a click, the next key pressed replaces it. Escape and losing the focus change nothing. */
export function KeyButton({ label, text, startCapturing = false, onKey, onEnd, onRemove, removeLabel }: Props) {
  const { t } = useTranslation()
  const [capturing, setCapturing] = useState(startCapturing)
  const end = () => {
    setCapturing(false)
    onEnd?.()
  }
  const press = (event: KeyboardEvent) => {
    if (!capturing || event.key === 'Tab' || modifiers.has(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key !== 'Escape') onKey(keyName(event))
    end()
  }
  return (
    <span className={classes.key}>
      <UnstyledButton
        className={classes.keyButton}
        aria-label={capturing ? t('settings.pressKey') : label}
        aria-pressed={capturing}
        autoFocus={startCapturing}
        // Otherwise the dialog would handle Escape.
        data-mantine-stop-propagation={capturing}
        onClick={() => setCapturing(true)}
        onBlur={() => capturing && end()}
        onKeyDown={press}
        // The space bar clicks on key up.
        onKeyUp={(event) => event.key === ' ' && event.preventDefault()}
      >
        {capturing ? t('settings.pressKey') : <kbd>{text}</kbd>}
      </UnstyledButton>
      {onRemove && !capturing && <CloseButton size="xs" aria-label={removeLabel} onClick={onRemove} />}
    </span>
  )
}
