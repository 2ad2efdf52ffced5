import { Button, Group, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { once, useKeyScope } from '../../../app/keys/useActions'
import classes from '../review.module.css'

interface Props {
  /** Number of pending pairs of the item. */
  readonly count: number
  readonly onAccept: () => void
  readonly onCancel: () => void
}

/** Asks for confirmation before all pending pairs of the item are accepted, and shows their number. */
export function AcceptItemPanel({ count, onAccept, onCancel }: Props) {
  const { t } = useTranslation()
  const panel = useRef<HTMLDialogElement>(null)
  useEffect(() => panel.current?.focus(), [])
  const title = t('editing.acceptItemTitle', { count })
  useKeyScope({
    level: 'panel',
    within: panel,
    fixedKeys: {
      Escape: once(onCancel),
      Enter: (event) => (event.target === panel.current ? once(onAccept)(event) : false),
    },
  })
  return (
    <dialog open ref={panel} className={classes.reasons} data-layer aria-label={title} tabIndex={-1}>
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
