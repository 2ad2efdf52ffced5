import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { messageOf, Problem, type ProblemCode } from '../../../shared/problem'
import type { Text as MessageText } from '../../../shared/messages/message'
import { i18n } from '../i18n'
import { inWindowLanguage, type Words } from '../i18n/inWindowLanguage'

interface ProblemWords {
  /** Kind of the problem, if its message is only available in English and the window uses another language. */
  readonly title: string | null
  readonly message: Words
  readonly remedy: Words | null
  /** The item, if the message does not name it. */
  readonly item: string | null
}

/** Returns the texts for an error: those of a Problem, or generic ones for an internal error. */
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

/** Shows an error as a notification, which is announced to screen readers at once and stays until it is closed. */
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

/**
 * Shows that an action is done. The notification closes by itself or when the next one appears; with `undo` it has a button and stays
 * longer.
 */
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
