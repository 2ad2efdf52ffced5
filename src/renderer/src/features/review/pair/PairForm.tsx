import { Button, Group, Switch, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GrowingTextarea } from '../../../components/fields/GrowingTextarea'
import type { Pair } from '../../../../../shared/domain'
import type { PairForm as Form, TypedPairs } from '../../../../../shared/editing'
import { call } from '../../../api/api'
import { showProblem } from '../../../components/showProblem'
import { KeyHint } from '../../../app/keys/KeyHint'
import { once, useKeyScope } from '../../../app/keys/useActions'
import { createDelayedSave } from '../session/delayedSave'
import classes from '../editing.module.css'
import review from '../review.module.css'
import type { ReviewSession } from '../session/reviewSession'
import { trimmed } from '../session/verdict'

interface Props {
  readonly session: ReviewSession
  readonly form: Form
  readonly subjectId: number
  readonly title: string
  readonly hint: string
  readonly send: string
  /** Initial content of the fields. */
  readonly initial: TypedPairs
  /** Label of an optional switch below the fields, which is initially on; null for no switch. */
  readonly choice: string | null
  readonly onSend: (pairs: readonly Pair[], chosen: boolean) => Promise<void>
  readonly onClose: () => void
}

const parts = ['instruction', 'response'] as const

/** Form for writing pairs, shown instead of the current pair and next to its media. Typed text is kept until it is sent or discarded. */
export function PairForm({ session, form, subjectId, title, hint, send, initial, choice, onSend, onClose }: Props) {
  const { t } = useTranslation()
  const [pairs, setPairs] = useState(initial)
  const [chosen, setChosen] = useState(choice !== null)
  const [sending, setSending] = useState(false)
  const [delayed] = useState(createDelayedSave)
  const first = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    first.current?.focus()
    return delayed.flush
  }, [delayed])
  useEffect(() => {
    session.setTyping(true)
    return () => session.setTyping(false)
  }, [session])

  const place = { form, subjectId }
  const change = (index: number, part: Partial<Pair>) => {
    const typed = pairs.map((pair, at) => (at === index ? { ...pair, ...part } : pair))
    setPairs(typed)
    delayed.later(() => void session.enqueue(() => call('pair.saveTyped', { ...place, pairs: typed })).catch(showProblem))
  }
  const submit = async () => {
    if (sending) return
    const texts = pairs.map(trimmed)
    if (texts.some(({ instruction, response }) => !instruction || !response)) return session.announce('empty')
    delayed.flush()
    setSending(true)
    await onSend(texts, chosen).finally(() => setSending(false))
  }
  const discard = () => {
    delayed.cancel()
    void session.enqueue(() => call('pair.discardTyped', place)).catch(showProblem)
    onClose()
  }
  useKeyScope({
    level: 'panel',
    actions: {
      saveAndAccept: once(() => void submit()),
      leaveField: () => {
        delayed.flush() // Before the list of unfinished pairs is read again.
        onClose()
      },
    },
  })
  return (
    <div className={classes.form} role="group" aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
      {pairs.map((pair, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the halves have no other name
        <div key={index} className={classes.half}>
          {pairs.length > 1 && <h3 className={review.label}>{t('editing.half', { number: index + 1 })}</h3>}
          {parts.map((part) => (
            <GrowingTextarea
              key={part}
              ref={index === 0 && part === 'instruction' ? first : undefined}
              classNames={{ input: review.judged, label: review.label }}
              label={t(`review.${part}`)}
              aria-label={pairs.length > 1 ? t(`editing.${part}Of`, { number: index + 1 }) : undefined}
              minRows={part === 'response' ? 2 : 1}
              value={pair[part]}
              onChange={(event) => change(index, { [part]: event.currentTarget.value })}
              onBlur={delayed.flush}
            />
          ))}
        </div>
      ))}
      {choice !== null && <Switch size="xs" label={choice} checked={chosen} onChange={(event) => setChosen(event.currentTarget.checked)} />}
      <Group gap="xs">
        <Button size="xs" loading={sending} rightSection={<KeyHint action="saveAndAccept" />} onClick={() => void submit()}>
          {send}
        </Button>
        <Button size="xs" variant="default" rightSection={<KeyHint action="leaveField" />} onClick={onClose}>
          {t('editing.close')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={discard}>
          {t('editing.discard')}
        </Button>
      </Group>
    </div>
  )
}
