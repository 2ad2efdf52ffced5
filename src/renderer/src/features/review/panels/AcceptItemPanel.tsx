import { Button, Group, Text } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../review.module.css'

interface Props {
  /** pending pairs of the item */
  readonly count: number
  readonly onAccept: () => void
  readonly onCancel: () => void
}

/** Says how many pairs of the item a step will accept, before it does. */
export function AcceptItemPanel({ count, onAccept, onCancel }: Props) {
  const { t } = useTranslation()
  const panel = useRef<HTMLDialogElement>(null)
  useEffect(() => panel.current?.focus(), [])
  const title = t('editing.acceptItemTitle', { count })
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.repeat) return
    const act = event.key === 'Escape' ? onCancel : event.key === 'Enter' && event.target === panel.current ? onAccept : null
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return (
    <dialog open ref={panel} className={classes.reasons} aria-label={title} tabIndex={-1} onKeyDown={press}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {t('editing.acceptItemHint')}
      </Text>
      <Group gap={4} justify="flex-end">
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button size="compact-sm" onClick={onAccept}>
          {t('editing.acceptAll', { count })}
        </Button>
      </Group>
    </dialog>
  )
}
