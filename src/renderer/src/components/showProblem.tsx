import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Problem, type ProblemCode } from '../../../shared/problem'
import { i18n } from '../i18n'

interface ProblemWords {
  /** what kind of problem it is, where the window does not speak English as its message does */
  readonly title: string | null
  readonly message: string
  readonly remedy: string | null
  readonly item: string | null
}

/** What a person reads about an error: a Problem's words, or plain ones for a fault of ours. Main writes in English. */
export function problemWords(error: unknown): ProblemWords {
  const title = (code: ProblemCode) => (i18n.language.startsWith('en') ? null : i18n.t(`comfort.problems.${code}`))
  if (error instanceof Problem) return { title: title(error.code), message: error.message, remedy: error.remedy, item: error.item }
  return { title: title('internal'), message: error instanceof Error ? error.message : String(error), remedy: null, item: null }
}

const InEnglish = ({ children }: { readonly children: string }) => (
  <Text size="sm" lang="en">
    {children}
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
    title: title ?? message,
    message: (
      <>
        {title && <InEnglish>{message}</InEnglish>}
        {remedy ? <InEnglish>{remedy}</InEnglish> : i18n.t('common.codeFault')}
      </>
    ),
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
