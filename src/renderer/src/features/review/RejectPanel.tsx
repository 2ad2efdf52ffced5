import { Button, Group, Text, TextInput } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { rejectReasons } from '../../../../shared/domain'
import classes from './review.module.css'

interface Props {
  readonly onReject: (reason: string | undefined) => void
  readonly onCancel: () => void
}

/** The reasons for a rejection, chosen by their number. `other` asks for a note. */
export function RejectPanel({ onReject, onCancel }: Props) {
  const { t } = useTranslation()
  const panel = useRef<HTMLDialogElement>(null)
  const [noting, setNoting] = useState(false)
  const [note, setNote] = useState('')
  useEffect(() => {
    if (!noting) panel.current?.focus()
  }, [noting])

  const choose = (reason: (typeof rejectReasons)[number]) => (reason === 'other' ? setNoting(true) : onReject(reason))
  const rejectWithNote = () => onReject(note.trim() ? `other: ${note.trim()}` : 'other')
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.repeat) return
    if (event.key === 'Escape') return handled(event, onCancel)
    if (noting) return event.key === 'Enter' && event.target instanceof HTMLInputElement ? handled(event, rejectWithNote) : undefined
    const reason = /^[1-9]$/.test(event.key) ? rejectReasons[Number(event.key) - 1] : undefined
    if (reason) return handled(event, () => choose(reason))
    if (event.key === 'Enter' && event.target === panel.current) handled(event, () => onReject(undefined))
  }
  return (
    <dialog open ref={panel} className={classes.reasons} aria-label={t('review.rejectTitle')} tabIndex={-1} onKeyDown={press}>
      <Text fw={600} size="sm">
        {t('review.rejectTitle')}
      </Text>
      {noting ? (
        <TextInput
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for by a key
          autoFocus
          size="xs"
          label={t('review.note')}
          maxLength={480}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      ) : (
        <Group gap={4}>
          {rejectReasons.map((reason, index) => (
            <Button
              key={reason}
              size="compact-sm"
              variant="default"
              onClick={() => choose(reason)}
              leftSection={<kbd className={classes.number}>{index + 1}</kbd>}
            >
              {t(`review.reasons.${reason}`)}
            </Button>
          ))}
        </Group>
      )}
      <Group gap={4} justify="space-between">
        <Text size="xs" c="dimmed">
          {t(noting ? 'review.noteHint' : 'review.rejectHint')}
        </Text>
        <Group gap={4}>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => (noting ? rejectWithNote() : onReject(undefined))}>
            {noting ? t('review.reject') : t('review.noReason')}
          </Button>
        </Group>
      </Group>
    </dialog>
  )
}

function handled(event: KeyboardEvent, act: () => void) {
  event.preventDefault()
  event.stopPropagation()
  act()
}
