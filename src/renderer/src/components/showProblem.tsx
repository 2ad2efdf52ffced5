import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Problem } from '../../../shared/problem'
import { i18n } from '../i18n'

/** What a person reads about an error: a Problem's words, or plain ones for a fault of ours. */
export function problemWords(error: unknown): { readonly message: string; readonly remedy: string | null; readonly item: string | null } {
  if (error instanceof Problem) return { message: error.message, remedy: error.remedy, item: error.item }
  return { message: error instanceof Error ? error.message : String(error), remedy: null, item: null }
}

/** Tells an error at the edge of the window, spoken by screen readers at once; it stays until it is closed. */
export function showProblem(error: unknown) {
  const { message, remedy } = problemWords(error)
  notifications.show({
    role: 'alert',
    color: 'red',
    autoClose: false,
    withBorder: true,
    title: message,
    message: remedy ? <Text size="sm">{remedy}</Text> : i18n.t('common.codeFault'),
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
  })
}

/** Tells that something is done; it goes by itself. */
export function showDone(message: string) {
  notifications.show({
    role: 'status',
    color: 'accent',
    autoClose: 4000,
    withBorder: true,
    message,
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
  })
}
