import { Button, Group, Text, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rejectReasons, type RejectReason } from '../../../../../shared/domain'
import { takenBack } from '../../../../../shared/editing'
import { defaultReviewSettings, joinReasons, splitReasons } from '../../../../../shared/review'
import { keysOf, reasonActions } from '../../../../../shared/keymap'
import { useCall } from '../../../api/queries'
import { keyText } from '../../../app/keys/keyText'
import { useKeymap } from '../../../app/keys/Keymap'
import { once, useKeyScope } from '../../../app/keys/useActions'
import classes from '../review.module.css'

interface Props {
  /** Title that replaces the default title for a single pair. */
  readonly title?: string | undefined
  readonly onReject: (reason: string | undefined) => void
  readonly onCancel: () => void
}

const other = 'other' satisfies (typeof rejectReasons)[number]

/**
 * Asks for the reasons of a rejection. A key chooses one reason and rejects immediately; Shift with keys chooses several, and Enter
 * confirms. `other` asks for a note.
 */
export function RejectPanel({ title, onReject, onCancel }: Props) {
  const { t } = useTranslation()
  const asked = title ?? t('review.rejectTitle')
  const { reasons } = useCall('review.settings', {}).data ?? defaultReviewSettings
  const panel = useRef<HTMLDialogElement>(null)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [noting, setNoting] = useState(false)
  const [note, setNote] = useState('')
  useEffect(() => {
    if (!noting) panel.current?.focus()
  }, [noting])

  const finish = (all: readonly string[]) => {
    setChosen(all)
    if (asksForNote(all)) setNoting(true)
    else onReject(chosenReasons(reasons, all))
  }
  const toggle = (reason: string) => setChosen(chosen.includes(reason) ? chosen.filter((one) => one !== reason) : [...chosen, reason])
  const choose = (reason: string, more: boolean) => (more ? toggle(reason) : finish([...chosen.filter((one) => one !== reason), reason]))
  const rejectWithNote = () => onReject(chosenReasons(reasons, chosen, note))
  const chooseByKey = (reason: string) => (event: KeyboardEvent) => once(() => choose(reason, event.shiftKey))(event)
  useKeyScope({
    level: 'panel',
    actions: noting
      ? {}
      : Object.fromEntries(reasons.flatMap((reason, place) => (reasonActions[place] ? [[reasonActions[place], chooseByKey(reason)]] : []))),
  })
  useKeyScope({
    level: 'panel',
    within: panel,
    fixedKeys: {
      Escape: once(onCancel),
      Enter: (event) => {
        if (noting) return event.target instanceof HTMLInputElement ? once(rejectWithNote)(event) : false
        return event.target === panel.current ? once(() => finish(chosen))(event) : false
      },
    },
  })
  return (
    <dialog open ref={panel} className={classes.reasons} data-layer aria-label={asked} tabIndex={-1}>
      <Text fw={600} size="sm">
        {asked}
      </Text>
      {noting ? (
        <TextInput
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for by a key
          autoFocus
          size="xs"
          label={t('review.note')}
          maxLength={300}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      ) : (
        <Group gap={4}>
          {reasons.map((reason, index) => (
            <Button
              key={reason}
              size="compact-sm"
              variant={chosen.includes(reason) ? 'filled' : 'default'}
              aria-pressed={chosen.includes(reason)}
              onClick={(event) => choose(reason, event.shiftKey)}
              leftSection={<ReasonKey place={index} />}
            >
              {wordsOf(reason, t)}
            </Button>
          ))}
        </Group>
      )}
      <Group gap={4} justify="space-between">
        <Text size="xs" c="dimmed">
          {t(noting ? 'review.noteHint' : chosen.length > 0 ? 'review.rejectHintChosen' : 'review.rejectHint')}
        </Text>
        <Group gap={4}>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => (noting ? rejectWithNote() : finish(chosen))}>
            {noting || chosen.length > 0 ? t('review.reject') : t('review.noReason')}
          </Button>
        </Group>
      </Group>
    </dialog>
  )
}

function ReasonKey({ place }: { readonly place: number }) {
  const keymap = useKeymap()
  const action = reasonActions[place]
  const key = action && keysOf(action, keymap)[0]
  return key ? <kbd className={classes.number}>{keyText(key)}</kbd> : null
}

type ReasonText = (key: `review.reasons.${RejectReason}` | 'review.takenBack' | 'review.otherReason', values?: { note: string }) => string

/** Returns the text of a reason. Built-in reasons are translated; a project's own reasons are shown as written. */
export function wordsOf(reason: string, t: ReasonText): string {
  if (reason === takenBack) return t('review.takenBack')
  const known = rejectReasons.find((one) => one === reason)
  return known ? t(`review.reasons.${known}`) : reason
}

/** Returns the chosen reasons in stored form: in the project's order, with `other` and its note last. Undefined if none was chosen. */
export function chosenReasons(reasons: readonly string[], chosen: readonly string[], note = ''): string | undefined {
  const rest = reasons.filter((reason) => reason !== other && chosen.includes(reason))
  const noted = note.trim() ? `${other}: ${note.trim().replaceAll('\n', ' ')}` : other
  return joinReasons(chosen.includes(other) ? [...rest, noted] : rest) || undefined
}

/** Returns whether the chosen reasons require a note. */
export const asksForNote = (chosen: readonly string[]) => chosen.includes(other)

/** Returns the text of all reasons of a rejection. The note of `other` is shown as written. */
export const reasonWords = (reason: string | null, t: ReasonText): string =>
  splitReasons(reason)
    .map((one) => (one.startsWith(`${other}: `) ? t('review.otherReason', { note: one.slice(other.length + 2) }) : wordsOf(one, t)))
    .join(', ')
