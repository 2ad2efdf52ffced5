import { Button, Group, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeyScope } from '../../../app/keys/useActions'
import classes from '../review.module.css'

interface Props {
  /** Earlier reason, if any. */
  readonly reason: string | null
  /** @param reason null if none was given */
  readonly onPin: (reason: string | null) => void
  readonly onCancel: () => void
}

const MAX_LETTERS = 300

/** Asks why the pair is an exemplar. Enter confirms, with or without a reason. */
export function ExemplarReasonPanel({ reason, onPin, onCancel }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(reason ?? '')
  const pin = () => onPin(text.trim() || null)
  const panel = useRef<HTMLDialogElement>(null)
  useKeyScope({
    level: 'panel',
    within: panel,
    fixedKeys: { Escape: onCancel, Enter: ({ target }) => (target instanceof HTMLInputElement ? pin() : false) },
  })
  return (
    <dialog open ref={panel} className={classes.reasons} data-layer aria-label={t('exemplars.reasonTitle')}>
      <TextInput
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for by a key
        autoFocus
        size="xs"
        label={t('exemplars.reasonTitle')}
        maxLength={MAX_LETTERS}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap={4} justify="space-between">
        <Text size="xs" c="dimmed">
          {t('exemplars.reasonHint')}
        </Text>
        <Group gap={4}>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={pin}>
            {t('review.exemplar')}
          </Button>
        </Group>
      </Group>
    </dialog>
  )
}
