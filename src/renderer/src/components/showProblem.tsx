import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { messageOf, Problem, type ProblemCode } from '../../../shared/problem'
import type { Text as MessageText } from '../../../shared/messages/message'
import { i18n } from '../i18n'
import { inWindowLanguage, type Words } from '../i18n/inWindowLanguage'

interface ProblemWords {
  /** what kind of problem it is, where what happened is told in English, and the window speaks another language */
  readonly title: string | null
  readonly message: Words
  readonly remedy: Words | null
  /** where what happened does not name it */
  readonly item: string | null
}

/** What a person reads about an error: a Problem's words, or plain ones for a fault of ours. */
export function problemWords(error: unknown): ProblemWords {
  const words = (code: ProblemCode, text: MessageText) => {
    const message = inWindowLanguage(text)
    return { title: message.lang === undefined ? null : i18n.t(`comfort.problems.${code}`), message }
  }
  if (!(error instanceof Problem)) return { ...words('internal', messageOf(error)), remedy: null, item: null }
  const remedy = error.remedy === '' ? null : inWindowLanguage(error.remedyText)
  const happened = words(error.code, error.text)
  const isNamed = error.item === null || happened.message.text.toLowerCase().includes(error.item.toLowerCase())
  return { ...happened, remedy, item: isNamed ? null : error.item }
}

const Line = ({ words: { text, lang } }: { readonly words: Words }) => (
  <Text size="sm" lang={lang}>
    {text}
  </Text>
)

/** Tells an error at the edge of the window, spoken by screen readers at once; it stays until it is closed. */
export function showProblem(error: unknown) {
  const { title, message, remedy } = problemWords(error)
  notifications.show({
    role: 'alert',
    color: 'red',
    autoClose: false,
    withBorder: true,
    title: title ?? message.text,
    message: (
      <>
        {title && <Line words={message} />}
        {remedy ? <Line words={remedy} /> : i18n.t('common.codeFault')}
      </>
    ),
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
  })
}

let lastDone: string | null = null

/** Shows that something is done; the notification closes by itself, or when the next one appears. `undo` gets a button, and more time. */
export function showDone(message: string, undo?: () => void) {
  const hideLast = () => lastDone && notifications.hide(lastDone)
  hideLast()
  const takeBack = () => {
    hideLast()
    undo?.()
  }
  lastDone = notifications.show({
    role: 'status',
    color: 'accent',
    autoClose: undo ? 8000 : 4000,
    withBorder: true,
    message: undo ? (
      <Group gap="sm" wrap="nowrap" justify="space-between">
        {message}
        <Button size="compact-xs" variant="default" flex="none" onClick={takeBack}>
          {i18n.t('review.undo')}
        </Button>
      </Group>
    ) : (
      message
    ),
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
  })
}
